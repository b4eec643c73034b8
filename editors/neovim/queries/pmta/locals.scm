(source_file) @local.scope

; domain-macro NAME item, item
((directive
  name: (name) @_directive
  value: (value . (word) @local.definition.constant))
  (#match? @_directive "^[Dd][Oo][Mm][Aa][Ii][Nn][-_][Mm][Aa][Cc][Rr][Oo]$"))

(start_tag
  name: (tag_name) @_tag
  argument: (argument . (text) @local.definition.namespace .)
  (#any-of? @_tag "virtual-mta" "virtual-mta-pool" "smtp-pattern-list" "pattern-list" "source" "source-group"
    "smtp-user" "rewrite-list" "domain-key-list" "signals-filter" "address-list" "proxy"))

(macro) @local.reference

((directive
  name: (name) @_directive
  value: (value . (word) @local.reference))
  (#any-of? @_directive "virtual-mta" "default-virtual-mta" "smtp-pattern-list" "pattern-list" "source" "source-group"
    "rewrite-list" "use-proxy" "cold-virtual-mta" "reroute-to-virtual-mta" "backoff-reroute-to-virtual-mta"))

((value
  (parameter) @_parameter
  .
  (word) @local.reference)
  (#any-of? @_parameter "virtual-mta=" "source="))
