; Written by tests/editors/queries.py from grammar/queries/injections.scm: edit that.

((comment) @injection.content
  (#set! injection.language "comment"))

((semicolon_comment) @injection.content
  (#set! injection.language "comment"))

((regex) @injection.content
  (#set! injection.language "regex"))
