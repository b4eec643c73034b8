; Written from grammar/queries/highlights.scm: change it there.

; Comments

[
  (comment)
  (semicolon_comment)
  (xml_comment)
] @comment

; Tags and blocks

(tag_name) @tag

(attribute_name) @attribute

[
  "<"
  "</"
  ">"
  "/>"
] @punctuation.bracket

(argument (text) @string.special)

(attribute value: (text) @string)

(brace_open name: (name) @tag)

(indented_open name: (name) @tag)

(keyword_open name: (name) @keyword)

(keyword_close) @keyword

(stray_end) @keyword

[
  "{"
  (brace_close)
  (stray_brace)
] @punctuation.bracket

; Lines

(directive name: (name) @property)

(assignment name: (name) @property)

(element name: (tag_name) @property)

(element close: (end_tag name: (tag_name) @property))

((directive name: (name) @keyword)
  (#match? @keyword "^[Ii][Nn][Cc][Ll][Uu][Dd][Ee]$"))

((directive name: (name) @keyword)
  (#match? @keyword "^[Dd][Oo][Mm][Aa][Ii][Nn][-_][Mm][Aa][Cc][Rr][Oo]$"))

(template_marker) @keyword

; Values

(boolean) @boolean

(number) @number

(rate) @number

(address) @number

(word) @string.special

(bracket_list) @string

[
  (quoted_string)
  (unclosed_string)
] @string

[
  (regex)
  (unclosed_regex)
] @string.regex

(regex_flags) @string.special

(macro) @variable

(parameter) @variable.special

[
  ","
  ";"
  (statement_end)
] @punctuation.delimiter

"=" @operator

(line_continuation) @punctuation.special
