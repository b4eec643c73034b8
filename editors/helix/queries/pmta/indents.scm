[
  (section)
  (brace_section)
  (keyword_section)
  (indented_section)
] @indent

[
  (end_tag)
  (brace_close)
  (keyword_close)
] @outdent

; While its end tag is not written yet, a section goes on below it.
(section !close) @extend
