(section
  close: (end_tag)? @end) @indent

(brace_section
  close: (brace_close)? @end) @indent
