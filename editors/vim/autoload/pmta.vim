" What the other files of this folder share.

" BEGIN of what is written from editors/language.toml
let s:path = '\v\c%(/pmta\.conf$|\.pmta$|/pmta/%(.*/)?%(%(config|config\.dat|config-defaults)$|[^/]*\.%(conf|cfg|inc|txt)$))'
let s:none_path = '\v\c%(/license[^/]*$|/\.git/|/pmta/%(.*/)?%(certs|dkim|keys|ssl|tls)/.*\.txt$)'
let s:content_path = '\v\c%(\.%(conf|cfg|inc|txt)$|/[^/.]+$)'
let s:first_line = '\v\c^[ \t]*%(#[ \t]*pmta-ls:|\<%(acct-file|address-list|bounce-category-patterns|bounce-processor|domain-key-list|email-patterns|feedback-loop-processor|gm-imprinter|mx-rollup-list|pattern-list|rewrite-list|signals-filter|smtp-listener|smtp-pattern-list|smtp-user|source-group|sparkpost-analytics|suppression-list|transmissions-api|transmissions-api-listener|virtual-mta|virtual-mta-pool)[ \t>]|%(domain-macro|http-mgmt-port|smtp-listener|smtp-source-host|sync-msg-create)[ \t])'
let s:none_line = '\v\c^-----BEGIN '
" END of what is written

" Sets the file type of a buffer with configuration: by its name, else by how it begins.
function! pmta#detect() abort
  let path = expand('%:p')
  if has('win32')
    let path = tr(path, '\', '/')
  endif
  if path =~ s:none_path || getline(1) =~ s:none_line
    return
  endif
  if path =~ s:path || (path =~ s:content_path && s:is_configuration())
    setlocal filetype=pmta
  endif
endfunction

" Whether the text begins like configuration: comments may stand before.
function! s:is_configuration() abort
  for line in getline(1, 40)
    if line =~ s:first_line
      return 1
    elseif line =~ '\S' && line !~ '^\s*#'
      return 0
    endif
  endfor
  return 0
endfunction

" How far the line v:lnum is indented: one step deeper than the section that it stands in.
function! pmta#indent() abort
  let above = prevnonblank(v:lnum - 1)
  let indent = above ? indent(above) : 0
  if getline(above) =~ '^\s*<\a' && getline(above) !~ '</\|/>\s*$'
    let indent += shiftwidth()
  endif
  if getline(v:lnum) =~ '^\s*</'
    let indent -= shiftwidth()
  endif
  return max([indent, 0])
endfunction

" What `>` types: the end of an opening tag as well, if that stands alone on its line and the next tag of
" its name does not end it.
function! pmta#close_tag() abort
  let before = strpart(getline('.'), 0, col('.') - 1)
  let name = matchstr(before, '^\s*<\zs\a[[:alnum:]-]*\ze\%(\s[^<>#]*\)\?$')
  if name ==# '' || strpart(getline('.'), col('.') - 1) =~ '\S'
    return '>'
  endif
  let next = search('\c^\s*</\?' . name . '\>', 'nW')
  if next && getline(next) =~ '^\s*</'
    return '>'
  endif
  return '></' . name . '>' . repeat("\<C-g>U\<Left>", strlen(name) + 3)
endfunction

" What Enter types: room for a line, too, between a tag and its end.
function! pmta#enter() abort
  let before = strpart(getline('.'), 0, col('.') - 1)
  let after = strpart(getline('.'), col('.') - 1)
  return before =~ '^\s*<\a[^<>]*>$' && after =~ '^</' ? "\<CR>\<Esc>O" : "\<CR>"
endfunction
