-- Buffers with PowerMTA configuration.

if vim.b.did_ftplugin then
  return
end
vim.b.did_ftplugin = 1

local language = require('pmta.language')

vim.bo.comments = ':' .. language.comment
vim.bo.commentstring = language.comment .. ' %s'
vim.bo.expandtab = true
vim.bo.shiftwidth = language.indent
vim.bo.softtabstop = -1
-- Names of directives have dashes, macros begin with a dollar sign.
vim.opt_local.iskeyword:append(language.word_signs)
-- What `gf` and `[i` follow.
vim.bo.include = [[^\s*include\>]]
vim.b.undo_ftplugin = 'setlocal comments< commentstring< expandtab< shiftwidth< softtabstop< iskeyword< include<'

-- `%` goes from a tag to its end.
vim.b.match_ignorecase = 1
vim.b.match_words = [[<\@<=\([A-Za-z][^ \t>/]*\)[^>]*>:<\@<=/\1>]]
vim.b.undo_ftplugin = vim.b.undo_ftplugin .. ' | unlet! b:match_ignorecase b:match_words'

-- Without the parser there are no colours, and all else works.
if pcall(vim.treesitter.start) then
  vim.b.undo_ftplugin = vim.b.undo_ftplugin .. ' | lua vim.treesitter.stop()'
end
