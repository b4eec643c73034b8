" Tells vim-lsp of the language server, where vim-lsp is installed.

if exists('g:loaded_pmta')
  finish
endif
let g:loaded_pmta = 1

let s:cpo = &cpo
set cpo&vim

function! s:register() abort
  let program = empty($PMTA_LS_PATH) ? 'pmta-ls' : $PMTA_LS_PATH
  if !executable(program)
    return
  endif
  call lsp#register_server({
        \ 'name': 'pmta-ls',
        \ 'cmd': {server_info -> [program, 'lsp']},
        \ 'allowlist': ['pmta'],
        \ 'root_uri': {server_info -> s:root()},
        \ })
endfunction

" The folder of the configuration: of pmta-ls.toml, else of a root, else of the file.
function! s:root() abort
  let folder = expand('%:p:h')
  for name in ['pmta-ls.toml', 'config', 'config.dat', 'pmta.conf']
    let found = findfile(name, folder . ';')
    if !empty(found)
      return lsp#utils#path_to_uri(fnamemodify(found, ':p:h'))
    endif
  endfor
  return lsp#utils#path_to_uri(folder)
endfunction

augroup pmta
  autocmd!
  autocmd User lsp_setup call s:register()
augroup END

let &cpo = s:cpo
unlet s:cpo
