(section
  open: (start_tag
    name: (tag_name) @context
    argument: (argument)? @name)) @item

(brace_section
  open: (brace_open
    name: (name) @context
    argument: (argument)? @name)) @item

((directive
  name: (name) @context
  value: (value . (word) @name)) @item
  (#match? @context "^[Dd][Oo][Mm][Aa][Ii][Nn][-_][Mm][Aa][Cc][Rr][Oo]$"))
