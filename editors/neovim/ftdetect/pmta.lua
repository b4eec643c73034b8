-- Which files are PowerMTA configuration: by name below a folder `pmta`, by `.pmta` anywhere.

local names = { ['config'] = true, ['config.dat'] = true, ['config-defaults'] = true }
local extensions = { conf = true, cfg = true, inc = true, txt = true, pmta = true }
local folders_of_keys = { certs = true, dkim = true, keys = true, ssl = true, tls = true }

--- Whether a file is a licence, a key or a certificate, and so no configuration whatever its name.
---@param path string in lower case
---@param buffer integer?
local function is_something_else(path, buffer)
  local name = vim.fs.basename(path)
  if vim.startswith(name, 'license') or path:find('/%.git/') then
    return true
  end
  if vim.endswith(name, '.txt') then
    for folder in vim.fs.parents(path) do
      if vim.fs.basename(folder) == 'pmta' then
        break
      elseif folders_of_keys[vim.fs.basename(folder)] then
        return true
      end
    end
  end
  -- Asked about a name alone, Neovim gives no buffer or one that does not exist.
  if not buffer or not vim.api.nvim_buf_is_valid(buffer) then
    return false
  end
  local first = vim.api.nvim_buf_get_lines(buffer, 0, 1, false)[1]
  return first ~= nil and vim.startswith(first, '-----BEGIN ')
end

---@param path string
---@param buffer integer?
local function below_pmta(path, buffer)
  path = path:lower()
  local name = vim.fs.basename(path)
  if (names[name] or extensions[name:match('%.([^.]+)$')]) and not is_something_else(path, buffer) then
    return 'pmta'
  end
end

---@param path string
---@param buffer integer?
local function anywhere(path, buffer)
  if not is_something_else(path:lower(), buffer) then
    return 'pmta'
  end
end

vim.filetype.add({
  extension = { pmta = anywhere },
  filename = { ['pmta.conf'] = anywhere },
  pattern = { ['.*/[Pp][Mm][Tt][Aa]/.*'] = below_pmta },
})
