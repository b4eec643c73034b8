; Written from grammar/queries/injections.scm: change it there.

((comment) @content
  (#set! language "comment"))

((semicolon_comment) @content
  (#set! language "comment"))

((regex) @content
  (#set! language "regex"))
