[
  (section)
  (brace_section)
  (keyword_section)
  (indented_section)
  (xml_comment)
] @fold

; Comment lines that follow one another.
(comment)+ @fold
