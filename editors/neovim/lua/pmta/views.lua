--- Shows texts that the server makes: effective settings, routes of messages, syntax trees.

local M = {}

--- The commands that the server puts behind code lenses and actions of clients that have them.
M.SHOW = 'pmta-ls.showView'
M.SHOW_REFERENCES = 'pmta-ls.showReferences'

--- What is asked of the server for a text.
---@class pmta.Asked
---@field title string
---@field command string
---@field arguments table[]

--- A window with a text that nobody edits.
---@param title string
---@param text string
---@return integer buffer
local function show_text(title, text)
  local name = 'pmta-ls://' .. title
  local buffer = vim.fn.bufnr('^' .. vim.fn.escape(name, '*?[]{}\\,$') .. '$')
  local window = buffer ~= -1 and vim.fn.bufwinid(buffer) or -1
  if window ~= -1 then
    vim.api.nvim_set_current_win(window)
  else
    buffer = vim.api.nvim_create_buf(false, true)
    pcall(vim.api.nvim_buf_set_name, buffer, name)
    vim.bo[buffer].bufhidden = 'wipe'
    vim.cmd.split()
    vim.api.nvim_win_set_buf(0, buffer)
  end
  vim.bo[buffer].modifiable = true
  vim.api.nvim_buf_set_lines(buffer, 0, -1, false, vim.split(vim.trim(text), '\n'))
  vim.bo[buffer].modifiable = false
  vim.keymap.set('n', 'q', '<Cmd>close<CR>', { buffer = buffer, desc = 'Close this view' })
  return buffer
end

--- The place that the text names under the cursor, else the first in the cursor's line.
---@param links table[]
local function link_at_cursor(links)
  local cursor = vim.api.nvim_win_get_cursor(0)
  local first
  for _, link in ipairs(links) do
    local range = link.range
    if range.start.line == cursor[1] - 1 then
      first = first or link
      if range.start.character <= cursor[2] and cursor[2] < range['end'].character then
        return link
      end
    end
  end
  return first
end

--- Makes Enter and `gd` go to the lines of files that a text names.
---@param buffer integer
---@param links table[]
---@param encoding string
local function follow_links(buffer, links, encoding)
  local function follow()
    local link = link_at_cursor(links)
    if link then
      vim.lsp.util.show_document(link.target, encoding, { focus = true })
    end
  end
  for _, key in ipairs({ '<CR>', 'gd', '<C-]>' }) do
    vim.keymap.set('n', key, follow, { buffer = buffer, desc = 'Go to the line that is named here' })
  end
end

--- Asks the server for a text and shows it.
---@param asked pmta.Asked
---@param client vim.lsp.Client
---@param buffer integer?
function M.show(asked, client, buffer)
  local params = { command = asked.command, arguments = asked.arguments }
  require('pmta').request(client, 'pmta-ls/view', params, function(failure, view)
    if failure then
      vim.notify(failure.message, vim.log.levels.ERROR)
    elseif type(view) ~= 'table' then
      vim.notify(asked.title .. ': there is nothing to show here.', vim.log.levels.WARN)
    else
      follow_links(show_text(view.title, view.text), view.links, client.offset_encoding)
    end
  end, buffer)
end

--- Lists the places behind a count above a name.
---@param command lsp.Command
---@param client vim.lsp.Client
function M.show_references(command, client)
  local items = vim.lsp.util.locations_to_items(command.arguments[3], client.offset_encoding)
  vim.fn.setqflist({}, ' ', { title = command.title, items = items })
  vim.cmd.copen()
end

return M
