; Written from grammar/queries/injections.scm: change it there.

((comment) @injection.content
  (#set! injection.language "comment"))

((semicolon_comment) @injection.content
  (#set! injection.language "comment"))

((regex) @injection.content
  (#set! injection.language "regex"))
