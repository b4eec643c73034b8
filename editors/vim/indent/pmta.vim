if exists('b:did_indent')
  finish
endif
let b:did_indent = 1

setlocal indentexpr=pmta#indent()
" A line that becomes an end tag moves back.
setlocal indentkeys=!^F,o,O,=</
let b:undo_indent = 'setlocal indentexpr< indentkeys<'
