" Buffers with PowerMTA configuration.

if exists('b:did_ftplugin')
  finish
endif
let b:did_ftplugin = 1

let s:cpo = &cpo
set cpo&vim

setlocal comments=:# commentstring=#\ %s
setlocal expandtab shiftwidth=4 softtabstop=-1
" Names of directives have dashes, macros begin with a dollar sign.
setlocal iskeyword+=-,$
" What gf and [i follow.
setlocal include=^\\s*include\\>
inoremap <buffer> <expr> > pmta#close_tag()
inoremap <buffer> <expr> <CR> pmta#enter()

" % goes from a tag to its end, with matchit.
let b:match_ignorecase = 1
let b:match_words = '<\@<=\([A-Za-z][^ \t>/]*\)[^>]*>:<\@<=/\1>'

let b:undo_ftplugin = 'setlocal comments< commentstring< expandtab< shiftwidth< softtabstop< iskeyword< include<'
      \ . ' | unlet! b:match_ignorecase b:match_words'
      \ . ' | silent! iunmap <buffer> > | silent! iunmap <buffer> <CR>'

let &cpo = s:cpo
unlet s:cpo
