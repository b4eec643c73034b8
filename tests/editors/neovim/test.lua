-- nvim --clean -l test.lua NVIM
--
-- Drives the server in NVIM with the files of editors/neovim. A second Neovim is started as a person
-- would start it, with an init.lua, and gets keys; this one looks at what is seen there.

local nvim = arg[1]
local here = vim.fs.dirname(vim.fs.normalize(vim.uv.fs_realpath(arg[0])))
local tests = vim.fs.dirname(here)
-- How long it waits for something to be seen, in milliseconds.
local patience = 1000 * tonumber(vim.env.PMTA_TEST_PATIENCE or 20)
local is_0_10 = vim.fn.system({ nvim, '--version' }):find('NVIM v0%.10') ~= nil

local home = vim.fn.tempname()
local deployment = home .. '/pmta'
vim.fn.mkdir(home .. '/config/nvim', 'p')
vim.fn.system({ 'cp', '-r', tests .. '/deployment/pmta', home })
vim.fn.writefile({
  ('vim.opt.runtimepath:append(%q)'):format(vim.fs.dirname(vim.fs.dirname(tests)) .. '/editors/neovim'),
  ('vim.opt.runtimepath:append(%q)'):format(vim.env.PMTA_EDITORS .. '/parsers'),
  is_0_10 and "require('pmta').enable()" or "vim.lsp.enable('pmta')",
}, home .. '/config/nvim/init.lua')

local child = vim.fn.jobstart({ nvim, '--embed', '--headless', '-n' }, {
  rpc = true,
  env = {
    XDG_CONFIG_HOME = home .. '/config', XDG_DATA_HOME = home .. '/data', XDG_STATE_HOME = home .. '/state',
    XDG_CACHE_HOME = home .. '/cache', VIM = false, NVIM = false,
  },
})

local function check(what, condition, seen)
  if not condition then
    error(what .. (seen ~= nil and ', seen: ' .. vim.inspect(seen) or ''), 0)
  end
end

--- Runs Lua in the Neovim under test.
local function lua(code, ...)
  return vim.rpcrequest(child, 'nvim_exec_lua', code, { ... })
end

--- Types keys, as `:help keycodes` names them.
local function keys(text)
  vim.rpcrequest(child, 'nvim_input', text)
end

--- Waits until Lua in the Neovim under test answers with something true; its answer.
local function wait(what, code, ...)
  local arguments = { ... }
  local answer
  local done = vim.wait(patience, function()
    answer = lua(code, unpack(arguments))
    return answer and answer ~= vim.NIL
  end, 20)
  check('waited in vain for ' .. what, done, { lua('return vim.api.nvim_buf_get_lines(0, 0, -1, false)') })
  return answer
end

--- Shows a file as it is on the disk.
local function edit(name)
  keys('<C-\\><C-n>')
  lua("if vim.bo.modified then vim.cmd.edit({ bang = true }) end")
  lua("if vim.api.nvim_buf_get_name(0) ~= ... then vim.cmd.edit(...) end", deployment .. '/' .. name)
end

--- Does something until it has the wanted effect: a file that was just opened is known to be a part of
--- its configuration a moment later.
local function repeat_until(what, action, code)
  local ok, message
  for _ = 1, 10 do
    action()
    local all = patience
    patience = all / 10
    ok, message = pcall(wait, what, code)
    patience = all
    if ok then
      return
    end
  end
  error(message, 0)
end

--- Puts the cursor `back` signs before the end of `text`, in the first line that holds it; its number.
local function go_to(text, back)
  keys('<C-\\><C-n>')
  local line = lua(
    [[local text, back = ...
    for number, line in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, false)) do
      local _, last = line:find(text, 1, true)
      if last then
        vim.api.nvim_win_set_cursor(0, { number, last - back })
        return number
      end
    end]],
    text, back or 1
  )
  check('a line with ' .. text, line ~= vim.NIL)
  return line
end

local function line_is(what, number, text)
  wait(('%s: %q in line %d'):format(what, text, number), [[
    local number, text = ...
    return vim.api.nvim_buf_get_lines(0, number - 1, number, false)[1] == text]], number, text)
end

local function finding_in(line, message)
  return wait('a finding in line ' .. line, [[
    local line, message = ...
    for _, it in ipairs(vim.diagnostic.get(0)) do
      if it.lnum + 1 == line and it.message:find(message, 1, true) then
        return it.message
      end
    end]], line, message)
end

local checks = {}

function checks.file_types()
  for line in io.lines(tests .. '/file_types.tsv') do
    local path, kind = line:match('^([^#\t]+)\t(%a+)$')
    if path then
      local found = lua("return vim.filetype.match({ filename = ... }) == 'pmta' and 'pmta' or 'other'", '/' .. path)
      check(path, found == kind, found)
    end
  end
  local by_content = [[
    local name, lines = ...
    local buffer = vim.api.nvim_create_buf(false, true)
    vim.api.nvim_buf_set_lines(buffer, 0, -1, false, lines)
    return vim.filetype.match({ filename = name, buf = buffer }) == 'pmta']]
  check('a key', not lua(by_content, '/etc/pmta/a.conf', { '-----BEGIN RSA PRIVATE KEY-----' }))
  check('a section', lua(by_content, '/srv/mail/a.conf', { '', '# ours', '<virtual-mta a>' }))
  check('a comment', lua(by_content, '/srv/mail/a', { '# pmta-ls: place=domain' }))
  check('another language', not lua(by_content, '/srv/a.conf', { "<domain type='kvm'>" }))
end

function checks.attach()
  edit('config')
  wait('the server', "local client = require('pmta').client() return client and client.initialized")
  local root = lua("return require('pmta').client().root_dir")
  check('root', vim.uv.fs_realpath(root) == vim.uv.fs_realpath(deployment), root)
end

function checks.diagnostics()
  finding_in(go_to('max-conn'), 'max-conn')
end

function checks.completion()
  local line = go_to('max-conn')
  keys('omax-sm<C-x><C-o>')
  wait('max-smtp-out among the candidates', [[
    local words = vim.tbl_map(function(it) return vim.trim(it.word) end, vim.fn.complete_info({ 'items' }).items)
    return vim.tbl_contains(words, 'max-smtp-out') and not vim.tbl_contains(words, 'smtp-listener')]])
  keys('<C-e><C-\\><C-n>u')
  line_is('undone', line + 1, '    retry-after 10m')
end

function checks.hover()
  go_to('retry-after', 3)
  keys('K')
  wait('the window about retry-after', [[
    for _, window in ipairs(vim.api.nvim_list_wins()) do
      if vim.api.nvim_win_get_config(window).relative ~= '' then
        local lines = vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false)
        vim.api.nvim_win_close(window, true)
        return table.concat(lines, '\n'):find('retry-after', 1, true) ~= nil
      end
    end]])
end

function checks.definition()
  go_to('virtual-mta=news', 2)
  repeat_until('the section in the other file', function()
    keys('<C-]>')
  end, [[
    return vim.endswith(vim.api.nvim_buf_get_name(0), '/includes/virtual-mtas.conf')
      and vim.api.nvim_get_current_line():find('<virtual-mta news>', 1, true) ~= nil]])
end

function checks.references()
  edit('includes/virtual-mtas.conf')
  go_to('<virtual-mta news', 2)
  repeat_until('both places in the list', function()
    lua('vim.lsp.buf.references()')
  end, 'return #vim.fn.getqflist() == 2')
  lua('vim.cmd.cclose()')
end

function checks.included_file()
  edit('includes/virtual-mtas.conf')
  local line = go_to('many')
  finding_in(line, 'many')
  lua("vim.fn.setline(..., '        max-smtp-out 5')", line)
  wait('no finding', 'return #vim.diagnostic.get(0) == 0')
  lua('vim.cmd.edit({ bang = true })')
end

function checks.rename()
  edit('config')
  go_to('virtual-mta=news', 2)
  lua("vim.lsp.buf.rename('letters')")
  wait('the new name here', [[
    return vim.fn.search('virtual-mta=letters', 'nw') > 0]])
  wait('the new name in the other file', [[
    local buffer = vim.fn.bufnr('virtual-mtas.conf')
    local text = table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), '\n')
    return text:find('<virtual-mta letters>', 1, true) ~= nil]])
  lua([[for _, buffer in ipairs(vim.api.nvim_list_bufs()) do
    if vim.bo[buffer].modified then vim.api.nvim_buf_call(buffer, function() vim.cmd.edit({ bang = true }) end) end
  end]])
end

function checks.format()
  edit('config')
  local line = go_to('max-smtp-out 20')
  lua("vim.fn.setline(..., '  max-smtp-out   20')", line)
  lua("vim.lsp.buf.format({ name = 'pmta' })")
  line_is('indented', line, '    max-smtp-out 20')
  lua('vim.cmd.edit({ bang = true })')
end

function checks.code_action()
  edit('config')
  local line = go_to('max-conn')
  finding_in(line, 'max-conn')
  lua([[vim.lsp.buf.code_action({
    apply = true,
    context = { only = { 'quickfix' }, diagnostics = {} },
    filter = function(action) return action.isPreferred end,
  })]])
  line_is('fixed', line, '    max-smtp-out 5')
  lua('vim.cmd.edit({ bang = true })')
end

function checks.queries()
  edit('config')
  for _, name in ipairs({ 'folds', 'highlights', 'indents', 'injections', 'locals', 'textobjects' }) do
    check(name, lua("return vim.treesitter.query.get('pmta', ...) ~= nil", name))
  end
end

function checks.colours()
  edit('config')
  local wanted = {
    ['# A deployment'] = 'comment', ['host-name'] = 'property', ['include'] = 'keyword.import',
    ['<domain'] = 'tag', ['20'] = 'number', ['yes'] = 'boolean', ['/^news@/'] = 'string.regexp',
    ['virtual-mta='] = 'variable.parameter',
  }
  for text, group in pairs(wanted) do
    local line = go_to(text)
    local captures = lua([[
      vim.treesitter.get_parser(0):parse(true)
      local captures = vim.treesitter.get_captures_at_pos(0, ..., vim.fn.col('.') - 1)
      return vim.tbl_map(function(it) return it.capture end, captures)]], line - 1)
    check(('%s is %s'):format(text, group), vim.tbl_contains(captures, group), captures)
    local colour = lua("return vim.api.nvim_get_hl(0, { name = '@' .. ... .. '.pmta' , link = false })", group)
    check(group .. ' is shown', next(colour) ~= nil or group == 'variable.parameter', colour)
  end
end

function checks.folds()
  edit('config')
  lua("vim.wo.foldmethod, vim.wo.foldexpr = 'expr', 'v:lua.vim.treesitter.foldexpr()'")
  local line = go_to('<domain *>')
  wait('the fold', 'vim.cmd("normal! zxzM") return vim.fn.foldclosedend(...) - ... == 4', line)
  lua("vim.wo.foldmethod = 'manual' vim.cmd('normal! zE')")
end

function checks.matching_tags()
  edit('config')
  local open = go_to('<domain *>', 3)
  keys('%')
  check('the end', lua('return vim.api.nvim_get_current_line()') == '</domain>')
  keys('%')
  check('the tag', lua("return vim.fn.line('.')") == open)
end

function checks.word()
  edit('config')
  go_to('max-smtp-out', 1)
  check('the word', lua("return vim.fn.expand('<cword>')") == 'max-smtp-out')
end

function checks.enter_indents()
  edit('config')
  local line = go_to('<domain *>')
  keys('A<CR>max-smtp-out 1<CR>max-msg-rate 1/h')
  line_is('in the section', line + 1, '    max-smtp-out 1')
  line_is('and further', line + 2, '    max-msg-rate 1/h')
  keys('<CR><lt>/')
  line_is('an end tag moves back', line + 3, '</')
  keys('<C-\\><C-n>')
  lua('vim.cmd.edit({ bang = true })')
end

function checks.comment()
  edit('config')
  local line = go_to('retry-after')
  keys('gcc')
  line_is('commented', line, '    # retry-after 10m')
  keys('gcc')
  line_is('and back', line, '    retry-after 10m')
end

function checks.end_tag()
  edit('config')
  local last = lua('return vim.api.nvim_buf_line_count(0)')
  keys('Go<lt>domain b.example>')
  line_is('an end', last + 1, '<domain b.example></domain>')
  keys('<CR>')
  line_is('room between', last + 2, '    ')
  keys('max-smtp-out 3')
  line_is('what is typed there', last + 2, '    max-smtp-out 3')
  line_is('and the end below', last + 3, '</domain>')
  keys('<C-\\><C-n>')
  lua('vim.cmd.edit({ bang = true })')
end

function checks.commands()
  edit('config')
  go_to('max-smtp-out 20')
  lua("vim.cmd.PmtaSettings('example.com/news')")
  wait('the settings', [[
    local text = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
    return vim.startswith(vim.api.nvim_buf_get_name(0), 'pmta-ls://') and text:find('retry-after', 1, true) ~= nil]])
  go_to('retry-after')
  keys('<CR>')
  wait('the line that is named', "return vim.api.nvim_get_current_line() == '    retry-after 10m'")
  lua("vim.cmd.only() vim.cmd('PmtaTrace news@example.com you@example.net source=127.0.0.1')")
  wait('the route', [[
    local text = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
    return text:find('example.net/news', 1, true) ~= nil]])
  keys('q')
end

function checks.settings_file()
  vim.fn.writefile({ 'powermta = "5.0"', 'rotos = []' }, deployment .. '/pmta-ls.toml')
  edit('pmta-ls.toml')
  finding_in(2, 'rotos')
  vim.fn.delete(deployment .. '/pmta-ls.toml')
  lua('vim.cmd.bwipeout({ bang = true })')
end

function checks.health()
  lua('vim.cmd.checkhealth("pmta")')
  local text = wait('the report', [[
    local text = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
    return text:find('A server runs', 1, true) and text]])
  check('all is well', not text:find('WARN') and not text:find('ERROR'), vim.split(text, '\n'))
  lua('vim.cmd.bwipeout()')
end

function checks.help()
  lua('vim.cmd.helptags(...)', vim.fs.dirname(vim.fs.dirname(tests)) .. '/editors/neovim/doc')
  for _, tag in ipairs({ 'pmta', 'pmta-install', ':PmtaSettings', ':PmtaTrace' }) do
    lua('vim.cmd.help(...)', tag)
    check(tag, lua("return vim.endswith(vim.api.nvim_buf_get_name(0), 'doc/pmta.txt')"))
    lua('vim.cmd.helpclose()')
  end
  vim.fn.delete(vim.fs.dirname(vim.fs.dirname(tests)) .. '/editors/neovim/doc/tags')
end

function checks.stop()
  edit('config')
  lua('vim.lsp.stop_client(vim.lsp.get_clients())')
  wait('the end of the server', 'return #vim.lsp.get_clients() == 0')
end

local order = {
  'file_types', 'attach', 'diagnostics', 'completion', 'hover', 'definition', 'references', 'included_file', 'rename',
  'format', 'code_action', 'queries', 'colours', 'folds', 'matching_tags', 'word', 'enter_indents', 'comment',
  'end_tag', 'commands', 'settings_file', 'health', 'help', 'stop',
}

local failed = 0
for _, name in ipairs(order) do
  local ok, message = pcall(checks[name])
  io.stdout:write(('%s %s%s\n'):format(ok and 'ok  ' or 'FAIL', name, ok and '' or ': ' .. message))
  failed = failed + (ok and 0 or 1)
end
vim.fn.jobstop(child)
vim.fn.delete(home, 'rf')
os.exit(failed == 0 and 0 or 1)
