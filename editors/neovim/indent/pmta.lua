if vim.b.did_indent then
  return
end
vim.b.did_indent = 1

vim.bo.indentexpr = "v:lua.require'pmta.indent'.expression()"
-- A line that becomes an end tag moves back.
vim.bo.indentkeys = '!^F,o,O,=</'
vim.b.undo_indent = 'setlocal indentexpr< indentkeys<'
