-- nvim --clean --headless --cmd 'set runtimepath^=editors/neovim,PARSERS' -l test.lua SERVER
--
-- Drives the server in Neovim with the files of editors/neovim: file types, queries, then a deployment
-- of two files: diagnostics, completion, hover, definition. PARSERS is a folder that holds parser/pmta.so.

local server = arg[1]
local here = vim.fs.dirname(vim.fs.dirname(vim.fs.abspath(arg[0])))
-- How long it waits for something to be seen, in milliseconds.
local patience = 1000 * tonumber(vim.env.PMTA_TEST_PATIENCE or 20)
local deployment = here .. '/deployment/pmta'

local function check(what, condition, seen)
  if not condition then
    error(what .. (seen ~= nil and ', seen: ' .. vim.inspect(seen) or ''), 0)
  end
end

local function wait(what, condition)
  local seen
  local done = vim.wait(patience, function()
    local ok
    ok, seen = condition()
    return ok
  end, 10)
  check('waited in vain for ' .. what, done, seen)
end

--- Puts the cursor behind `text`, or `back` characters before its end, in the first line that holds it.
local function go_to(text, back)
  for number, line in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, false)) do
    local _, last = line:find(text, 1, true)
    if last then
      vim.api.nvim_win_set_cursor(0, { number, last - (back or 0) })
      return number
    end
  end
  check('no line with ' .. text, false)
end

local function diagnostics()
  return vim.tbl_map(function(it)
    return ('%d %s'):format(it.lnum + 1, it.code)
  end, vim.diagnostic.get(0))
end

local function request(method)
  local client = vim.lsp.get_clients({ bufnr = 0, name = 'pmta' })[1]
  local params = vim.lsp.util.make_position_params(0, client.offset_encoding)
  local reply = assert(client:request_sync(method, params, patience, 0))
  check(method, not reply.err, reply.err)
  return reply.result
end

local tests = {}

function tests.file_types()
  for line in io.lines(here .. '/file_types.tsv') do
    local path, kind = line:match('^([^#\t]+)\t(%a+)$')
    if path then
      local found = vim.filetype.match({ filename = '/' .. path }) == 'pmta' and 'pmta' or 'other'
      check(path, found == kind, found)
    end
  end
  local key = vim.api.nvim_create_buf(false, true)
  vim.api.nvim_buf_set_lines(key, 0, -1, false, { '-----BEGIN RSA PRIVATE KEY-----' })
  check('a key', vim.filetype.match({ filename = '/etc/pmta/a.conf', buf = key }) ~= 'pmta')
end

function tests.queries()
  for _, name in ipairs({ 'folds', 'highlights', 'indents', 'injections', 'locals', 'textobjects' }) do
    check(name, vim.treesitter.query.get('pmta', name) ~= nil)
  end
end

function tests.options()
  vim.cmd.edit(deployment .. '/config')
  check('file type', vim.bo.filetype == 'pmta', vim.bo.filetype)
  check('comments', vim.bo.commentstring == '# %s', vim.bo.commentstring)
  go_to('max-smtp-out', 1)
  check('words', vim.fn.expand('<cword>') == 'max-smtp-out', vim.fn.expand('<cword>'))
  vim.treesitter.get_parser(0):parse(true)
  local captures = vim.tbl_map(function(it)
    return it.capture
  end, vim.treesitter.get_captures_at_pos(0, vim.fn.line('.') - 1, 5))
  check('colours', vim.tbl_contains(captures, 'property'), captures)
end

function tests.matching_tags()
  local open = go_to('<domain *>', 3)
  vim.cmd.normal({ '%', bang = false })
  local close = vim.api.nvim_get_current_line()
  check('end tag', close == '</domain>', close)
  vim.cmd.normal({ '%', bang = false })
  check('start tag', vim.fn.line('.') == open, vim.fn.line('.'))
end

function tests.attaches()
  wait('the server', function()
    local clients = vim.lsp.get_clients({ bufnr = 0, name = 'pmta' })
    return clients[1] and clients[1].initialized, vim.lsp.get_log_path()
  end)
  local root = vim.lsp.get_clients({ bufnr = 0, name = 'pmta' })[1].root_dir
  check('root', root == deployment, root)
end

function tests.diagnostics()
  local line = go_to('max-conn')
  wait('the finding in line ' .. line, function()
    local seen = diagnostics()
    return #seen == 1 and vim.startswith(seen[1], line .. ' '), seen
  end)
end

function tests.completion()
  local line = go_to('max-conn')
  vim.api.nvim_buf_set_lines(0, line, line, false, { '    max-sm' })
  vim.api.nvim_win_set_cursor(0, { line + 1, 10 })
  local result = request('textDocument/completion')
  local labels = vim.tbl_map(function(it)
    return it.label
  end, result and (result.items or result) or {})
  check('max-smtp-out', vim.tbl_contains(labels, 'max-smtp-out'), labels)
  check('nothing of other sections', not vim.tbl_contains(labels, 'smtp-listener'), labels)
  vim.api.nvim_buf_set_lines(0, line, line + 1, false, {})
end

function tests.hover()
  go_to('retry-after', 3)
  vim.lsp.buf.hover()
  local text
  wait('the window', function()
    for _, window in ipairs(vim.api.nvim_list_wins()) do
      if vim.api.nvim_win_get_config(window).relative ~= '' then
        text = table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false), '\n')
        vim.api.nvim_win_close(window, true)
        return true
      end
    end
  end)
  check('the directive', text:find('retry-after', 1, true), text)
end

function tests.definition()
  go_to('virtual-mta=news', 2)
  vim.lsp.buf.definition()
  wait('the other file', function()
    local name = vim.api.nvim_buf_get_name(0)
    return vim.endswith(name, '/includes/virtual-mtas.conf'), name
  end)
  local line = vim.api.nvim_get_current_line()
  check('the section', line:find('<virtual-mta news>', 1, true), line)
end

function tests.included_file()
  local line = go_to('many')
  wait('the finding in line ' .. line, function()
    local seen = diagnostics()
    return #seen == 1 and vim.startswith(seen[1], line .. ' '), seen
  end)
end

function tests.edit()
  local line = go_to('many')
  vim.api.nvim_buf_set_lines(0, line - 1, line, false, { '        max-smtp-out 5' })
  wait('no finding', function()
    local seen = diagnostics()
    return #seen == 0, seen
  end)
end

function tests.stops()
  local client = vim.lsp.get_clients({ name = 'pmta' })[1]
  client:stop()
  wait('the end of the server', function()
    return client:is_stopped()
  end)
end

local order = {
  'file_types', 'queries', 'options', 'matching_tags', 'attaches', 'diagnostics', 'completion', 'hover', 'definition',
  'included_file', 'edit', 'stops',
}

vim.o.swapfile = false
vim.o.hidden = true
vim.cmd('filetype plugin on')
vim.cmd('packadd matchit')
vim.lsp.config('pmta', { cmd = { server, 'lsp' } })
vim.lsp.enable('pmta')

local failed = 0
for _, name in ipairs(order) do
  local ok, message = pcall(tests[name])
  io.stdout:write(('%s %s%s\n'):format(ok and 'ok  ' or 'FAIL', name, ok and '' or ': ' .. message))
  failed = failed + (ok and 0 or 1)
end
os.exit(failed == 0 and 0 or 1)
