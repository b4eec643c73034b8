(section
  open: (start_tag
    name: (tag_name) @_tag
    argument: (argument) @name)
  (#any-of? @_tag "virtual-mta" "virtual-mta-pool" "smtp-pattern-list" "pattern-list" "source" "source-group" "smtp-user"
    "rewrite-list" "domain-key-list" "signals-filter" "address-list" "proxy")) @definition.class

(section
  open: (start_tag
    name: (tag_name) @_tag
    argument: (argument) @name)
  (#not-any-of? @_tag "virtual-mta" "virtual-mta-pool" "smtp-pattern-list" "pattern-list" "source" "source-group"
    "smtp-user" "rewrite-list" "domain-key-list" "signals-filter" "address-list" "proxy")) @definition.module

(section
  open: (start_tag
    name: (tag_name) @name
    !argument)) @definition.module

(brace_section
  open: (brace_open
    name: (name)
    argument: (argument) @name)) @definition.module

((directive
  name: (name) @_directive
  value: (value . (word) @name)) @definition.constant
  (#match? @_directive "^[Dd][Oo][Mm][Aa][Ii][Nn][-_][Mm][Aa][Cc][Rr][Oo]$"))

((directive
  name: (name) @_directive
  value: (value . (word) @name)) @reference.class
  (#any-of? @_directive "virtual-mta" "default-virtual-mta" "smtp-pattern-list" "pattern-list" "source" "source-group"
    "rewrite-list" "use-proxy" "cold-virtual-mta" "reroute-to-virtual-mta" "backoff-reroute-to-virtual-mta"))
