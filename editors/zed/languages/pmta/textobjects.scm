(section
  open: (start_tag)
  (_)* @class.inside
  close: (end_tag)) @class.around

(directive
  value: (value)? @function.inside) @function.around

(rule
  value: (value)? @function.inside) @function.around

(comment)+ @comment.around
