[
  (section)
  (brace_section)
  (keyword_section)
  (indented_section)
] @indent.begin

[
  (end_tag)
  (brace_close)
  (keyword_close)
] @indent.branch @indent.end

; A value that goes on in the next line.
(value (line_continuation)) @indent.begin

[
  (xml_comment)
  (template_marker)
] @indent.ignore
