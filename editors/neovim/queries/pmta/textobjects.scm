[
  (section)
  (brace_section)
  (keyword_section)
  (indented_section)
] @class.outer

(section
  open: (start_tag)
  .
  (_) @_first
  (_)? @_last
  .
  close: (end_tag)
  (#make-range! "class.inner" @_first @_last))

[
  (directive)
  (rule)
  (assignment)
  (element)
] @function.outer

(directive value: (value) @function.inner)

(rule value: (value) @function.inner)

(assignment value: (value) @function.inner)

(argument) @parameter.outer

(attribute) @parameter.outer

(attribute value: (_) @parameter.inner)

[
  (comment)
  (semicolon_comment)
  (xml_comment)
] @comment.outer
