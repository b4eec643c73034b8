[
  (section)
  (brace_section)
  (keyword_section)
  (indented_section)
] @class.around

(section
  open: (start_tag)
  (_)+ @class.inside
  close: (end_tag))

[
  (directive)
  (rule)
  (assignment)
  (element)
] @function.around

(directive value: (value) @function.inside)

(rule value: (value) @function.inside)

(assignment value: (value) @function.inside)

[
  (argument)
  (attribute)
] @parameter.around

(attribute value: (_) @parameter.inside)

[
  (comment)
  (semicolon_comment)
  (xml_comment)
] @comment.inside

(comment)+ @comment.around
