-- Which files are PowerMTA configuration: by their names, else by their first line.

local language = require('pmta.language')

--- Whether a text begins like configuration.
---@param lines string[]
local function is_configuration(lines)
  for _, line in ipairs(lines) do
    if language.first_line:match_str(line) then
      return true
    elseif line:find('%S') and not vim.startswith(vim.trim(line), language.comment) then
      return false
    end
  end
  return false
end

---@param path string
---@param buffer integer?
---@return string?
local function detect(path, buffer)
  -- Asked about a name alone, Neovim gives no buffer or one that does not exist.
  local is_read = buffer and vim.api.nvim_buf_is_valid(buffer)
  local lines = is_read and vim.api.nvim_buf_get_lines(buffer, 0, 40, false) or {}
  if language.none_path:match_str(path) or language.none_line:match_str(lines[1] or '') then
    return nil
  end
  local is_named = language.path:match_str(path)
  if is_named or (language.content_path:match_str(path) and is_configuration(lines)) then
    return language.id
  end
end

-- Before the patterns that come with Neovim, which know `*.conf` and the like.
vim.filetype.add({ pattern = { ['.*'] = { detect, { priority = 1 } } } })
