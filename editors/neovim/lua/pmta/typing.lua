--- What happens while one types: an opening tag gets its end, and Enter between the two makes room.

local language = require('pmta.language')

local M = {}

--- The sign behind which the server is asked for the end of a tag.
local CLOSES_TAG = '>'

--- Makes the edits that the server wants behind what was typed, and leaves the cursor where it is.
---@param client vim.lsp.Client
---@param buffer integer
local function format_on_type(client, buffer)
  local method = 'textDocument/onTypeFormatting'
  local cursor = vim.api.nvim_win_get_cursor(0)
  local tick = vim.api.nvim_buf_get_changedtick(buffer)
  local params = vim.tbl_extend('force', vim.lsp.util.make_position_params(0, client.offset_encoding), {
    ch = CLOSES_TAG,
    options = { tabSize = vim.lsp.util.get_effective_tabstop(buffer), insertSpaces = vim.bo[buffer].expandtab },
  })
  require('pmta').request(client, method, params, function(_, edits)
    -- An answer about a text that is no longer there is of no use.
    local is_current = vim.api.nvim_get_current_buf() == buffer and vim.api.nvim_buf_get_changedtick(buffer) == tick
    if is_current and type(edits) == 'table' and #edits > 0 then
      vim.lsp.util.apply_text_edits(edits, buffer, client.offset_encoding)
      vim.api.nvim_win_set_cursor(0, cursor)
    end
  end, buffer)
end

--- Puts a line between a tag and its end where Enter has just parted them.
---@param buffer integer
local function make_room(buffer)
  local row = vim.api.nvim_win_get_cursor(0)[1]
  local before, line = unpack(vim.api.nvim_buf_get_lines(buffer, row - 2, row, false))
  local indent, opened = before:match('^(%s*)<([%w-]+)[^<>]*>%s*$')
  local closed = line and line:match('^%s*</([%w-]+)>%s*$')
  if not opened or not closed or opened:lower() ~= closed:lower() then
    return
  end
  local step = vim.bo[buffer].expandtab and (' '):rep(vim.fn.shiftwidth()) or '\t'
  vim.api.nvim_buf_set_lines(buffer, row - 1, row, false, { indent .. step, indent .. vim.trim(line) })
  vim.api.nvim_win_set_cursor(0, { row, #indent + #step })
end

--- Listens to what is typed in a buffer.
---@param client vim.lsp.Client
---@param buffer integer
function M.attach(client, buffer)
  if vim.bo[buffer].filetype ~= language.id then
    return
  end
  local group = vim.api.nvim_create_augroup('pmta.typing.' .. buffer, {})
  local lines = vim.api.nvim_buf_line_count(buffer)
  local row = 0
  vim.api.nvim_create_autocmd('InsertEnter', {
    group = group,
    buffer = buffer,
    callback = function()
      lines, row = vim.api.nvim_buf_line_count(buffer), vim.fn.line('.')
    end,
  })
  vim.api.nvim_create_autocmd('TextChangedI', {
    group = group,
    buffer = buffer,
    callback = function()
      local count, now = vim.api.nvim_buf_line_count(buffer), vim.fn.line('.')
      if count == lines + 1 and now == row + 1 then
        make_room(buffer)
        count = vim.api.nvim_buf_line_count(buffer)
      end
      lines, row = count, vim.fn.line('.')
    end,
  })
  if vim.lsp.on_type_formatting then
    vim.lsp.on_type_formatting.enable(true, { client_id = client.id })
    return
  end
  vim.api.nvim_create_autocmd('InsertCharPre', {
    group = group,
    buffer = buffer,
    callback = function()
      if vim.v.char == CLOSES_TAG and client.server_capabilities.documentOnTypeFormattingProvider then
        vim.schedule(function()
          format_on_type(client, buffer)
        end)
      end
    end,
  })
end

return M
