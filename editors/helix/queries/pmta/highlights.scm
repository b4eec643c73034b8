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

(directive name: (name) @variable.other.member)

(assignment name: (name) @variable.other.member)

(element name: (tag_name) @variable.other.member)

(element close: (end_tag name: (tag_name) @variable.other.member))

((directive name: (name) @keyword.control.import)
  (#match? @keyword.control.import "^[Ii][Nn][Cc][Ll][Uu][Dd][Ee]$"))

((directive name: (name) @keyword.directive)
  (#match? @keyword.directive "^[Dd][Oo][Mm][Aa][Ii][Nn][-_][Mm][Aa][Cc][Rr][Oo]$"))

(template_marker) @keyword.directive

; Values

(boolean) @constant.builtin.boolean

(number) @constant.numeric

(rate) @constant.numeric

(address) @constant.numeric

(word) @string.special

(bracket_list) @string

[
  (quoted_string)
  (unclosed_string)
] @string

[
  (regex)
  (unclosed_regex)
] @string.regexp

(regex_flags) @string.special

(macro) @variable

(parameter) @variable.parameter

[
  ","
  ";"
  (statement_end)
] @punctuation.delimiter

"=" @operator

(line_continuation) @punctuation.special
