--- Starts the language server, in Neovim 0.10 and newer.

local language = require('pmta.language')

local M = {}

--- The types of files that the server is asked about; of `toml` it wants `pmta-ls.toml` only.
M.filetypes = { language.id, 'toml' }

--- The file with the settings of a project.
local settings_file = 'pmta-ls.toml'

--- Whether the server has something to say about a buffer.
---@param buffer integer
function M.is_served(buffer)
  local name = vim.fs.basename(vim.api.nvim_buf_get_name(buffer))
  return vim.bo[buffer].filetype == language.id or name == settings_file
end

--- The folder of the configuration that a buffer belongs to; none: the buffer stands alone.
---@param buffer integer
---@return string?
function M.root(buffer)
  local function is_configuration(name, path)
    local is_named = vim.tbl_contains(language.roots, name)
    return is_named and vim.fn.isdirectory(vim.fs.joinpath(path, name)) == 0
  end
  return vim.fs.root(buffer, settings_file) or vim.fs.root(buffer, is_configuration) or vim.fs.root(buffer, '.git')
end

--- What both ways to start the server have in common.
---@return vim.lsp.ClientConfig
function M.config()
  local views = require('pmta.views')
  local capabilities = vim.lsp.protocol.make_client_capabilities()
  capabilities.experimental = { commands = { commands = { views.SHOW, views.SHOW_REFERENCES } } }
  -- Neovim 0.12 has it; for the others `pmta.typing` does it.
  capabilities.textDocument.onTypeFormatting = { dynamicRegistration = false }
  local cmd = vim.list_extend({ vim.env.PMTA_LS_PATH or language.server[1] }, vim.list_slice(language.server, 2))
  return {
    cmd = cmd,
    capabilities = capabilities,
    commands = {
      [views.SHOW] = function(command, context)
        views.show(command.arguments[1], vim.lsp.get_client_by_id(context.client_id), context.bufnr)
      end,
      [views.SHOW_REFERENCES] = function(command, context)
        views.show_references(command, vim.lsp.get_client_by_id(context.client_id))
      end,
    },
  }
end

--- Starts the server for every buffer that it has something to say about, as `vim.lsp.enable('pmta')`
--- does. That exists in Neovim 0.11 and newer only, this in 0.10 too.
---@param overrides vim.lsp.ClientConfig? what is to be different
function M.enable(overrides)
  if vim.lsp.enable then
    vim.lsp.config('pmta', overrides or {})
    vim.lsp.enable('pmta')
    return
  end
  local config = vim.tbl_deep_extend('force', M.config(), { name = 'pmta' }, overrides or {})
  local function start(buffer)
    if M.is_served(buffer) then
      vim.lsp.start(vim.tbl_extend('keep', config, { root_dir = M.root(buffer) }), { bufnr = buffer })
    end
  end
  vim.api.nvim_create_autocmd('FileType', {
    group = vim.api.nvim_create_augroup('pmta.start', {}),
    pattern = M.filetypes,
    callback = function(event)
      start(event.buf)
    end,
  })
  for _, buffer in ipairs(vim.api.nvim_list_bufs()) do
    if vim.api.nvim_buf_is_loaded(buffer) then
      start(buffer)
    end
  end
end

--- The server that looks after a buffer.
---@param buffer integer? the current one if none
---@return vim.lsp.Client?
function M.client(buffer)
  return vim.lsp.get_clients({ bufnr = buffer or 0, name = 'pmta' })[1]
end

--- Asks the server. In Neovim 0.10 `request` is no method yet.
---@param client vim.lsp.Client
---@param method string
---@param params table
---@param handler lsp.Handler
---@param buffer integer?
function M.request(client, method, params, handler, buffer)
  if vim.fn.has('nvim-0.11') == 1 then
    client:request(method, params, handler, buffer)
  else
    client.request(method, params, handler, buffer)
  end
end

return M
