--- `:checkhealth pmta`.

local M = {}

local function check_neovim()
  if vim.fn.has('nvim-0.11') == 1 then
    vim.health.ok('Neovim ' .. tostring(vim.version()))
  elseif vim.fn.has('nvim-0.10') == 1 then
    vim.health.ok('Neovim ' .. tostring(vim.version()) .. ": start the server with require('pmta').enable()")
  else
    vim.health.error('Neovim 0.10 or newer is needed')
  end
end

--- The program as it would be started.
local function program()
  local config = vim.lsp.config and vim.lsp.config.pmta or require('pmta').config()
  return type(config.cmd) == 'table' and config.cmd[1] or nil
end

local function check_server()
  local name = program()
  if not name then
    vim.health.info('The server is started by a function of yours')
    return
  end
  if vim.fn.executable(name) == 0 then
    vim.health.error(('There is no program `%s`'):format(name), {
      'Install it, or put it on PATH.',
      "Or say where it is: vim.lsp.config('pmta', { cmd = { '/path/to/pmta-ls', 'lsp' } })",
    })
    return
  end
  local done = vim.system({ name, '--version' }, { text = true }):wait(5000)
  local version = vim.trim(done.stdout or '')
  if done.code == 0 and vim.startswith(version, 'pmta-ls ') then
    vim.health.ok(('%s (%s)'):format(version, vim.fn.exepath(name)))
  else
    vim.health.error(('`%s --version` does not answer as pmta-ls does'):format(name), { done.stderr })
  end
end

local function check_clients()
  local clients = vim.lsp.get_clients({ name = 'pmta' })
  if #clients == 0 then
    vim.health.info('No server runs: one starts when a configuration is opened')
  end
  for _, client in ipairs(clients) do
    local buffers = vim.tbl_count(client.attached_buffers or {})
    vim.health.ok(('A server runs for %d buffers below %s'):format(buffers, client.root_dir or 'no folder'))
  end
end

local function check_parser()
  local is_there, message = pcall(vim.treesitter.language.inspect, 'pmta')
  if not is_there then
    is_there, message = pcall(vim.treesitter.language.add, 'pmta')
    is_there = is_there and message ~= nil
  end
  if not is_there then
    vim.health.warn('There is no parser: no colours, folds and text objects', {
      'Build it as the help says: :help pmta-install',
      tostring(message or ''),
    })
    return
  end
  for _, name in ipairs({ 'highlights', 'folds', 'indents', 'injections', 'locals', 'textobjects' }) do
    local ok, problem = pcall(vim.treesitter.query.get, 'pmta', name)
    if not ok then
      vim.health.error(('The query `%s` does not fit the parser: build it again'):format(name), { problem })
      return
    end
  end
  vim.health.ok('The parser is there, and the queries fit it')
end

function M.check()
  vim.health.start('pmta: the editor')
  check_neovim()
  check_parser()
  vim.health.start('pmta: the language server')
  check_server()
  check_clients()
end

return M
