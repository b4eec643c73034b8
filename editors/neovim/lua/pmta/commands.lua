--- `:PmtaSettings` and `:PmtaTrace`.

local M = {}

--- What a message may be known by beside sender and recipient, and what the server calls it.
local PARTS = { source = 'source', listener = 'listener', user = 'user' }

--- The server of the current buffer; says so if there is none.
---@return vim.lsp.Client?
local function client()
  local found = require('pmta').client()
  if not found then
    vim.notify('No language server runs for this buffer. :checkhealth pmta says why.', vim.log.levels.ERROR)
  end
  return found
end

---@param asked pmta.Asked
---@param server vim.lsp.Client
local function show(asked, server)
  require('pmta.views').show(asked, server, vim.api.nvim_get_current_buf())
end

--- Shows the effective settings of a queue, `DOMAIN` or `DOMAIN/VMTA`; without one, of the section that
--- the cursor is in.
---@param queue string?
---@param all boolean whether defaults are shown too
function M.settings(queue, all)
  local server = client()
  if not server then
    return
  end
  local at = vim.lsp.util.make_position_params(0, server.offset_encoding)
  show({
    title = queue and 'Effective settings of ' .. queue or 'Effective settings',
    command = 'pmta-ls.effectiveSettings',
    arguments = {
      { uri = at.textDocument.uri, position = not queue and at.position or nil, queue = queue, all = all },
    },
  }, server)
end

--- Shows which way a message takes.
---@param message { mailFrom: string, rcptTo: string, source: string?, listener: string?, user: string? }
function M.trace(message)
  local server = client()
  if not server then
    return
  end
  local argument = vim.tbl_extend('force', message, { uri = vim.uri_from_bufnr(0) })
  show({
    title = ('Route from %s to %s'):format(message.mailFrom, message.rcptTo),
    command = 'pmta-ls.trace',
    arguments = { argument },
  }, server)
end

--- Reads `FROM TO [source=IP] [listener=IP:PORT] [user=NAME]`; what is wrong with it else.
---@param words string[]
local function message_of(words)
  local message = { mailFrom = words[1], rcptTo = words[2] }
  for index = 3, #words do
    local name, value = words[index]:match('^(%a+)=(.+)$')
    if not PARTS[name] then
      return nil, ('%s is not of the form source=IP, listener=IP:PORT or user=NAME.'):format(words[index])
    end
    message[PARTS[name]] = value
  end
  return message
end

--- `:PmtaTrace`: asks for what is not given.
---@param words string[]
function M.trace_words(words)
  if not words[1] then
    vim.ui.input({ prompt = 'Sender: ' }, function(sender)
      if sender and sender ~= '' then
        M.trace_words({ sender })
      end
    end)
  elseif not words[2] then
    vim.ui.input({ prompt = 'Recipient: ' }, function(recipient)
      if recipient and recipient ~= '' then
        M.trace_words({ words[1], recipient })
      end
    end)
  else
    local message, wrong = message_of(words)
    if message then
      M.trace(message)
    else
      vim.notify(wrong, vim.log.levels.ERROR)
    end
  end
end

return M
