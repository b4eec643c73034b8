-- Written from editors/language.toml by `PMTA_UPDATE=1 cargo test -p pmta-ls-tests --test generated`: change it there.

return {
  id = 'pmta',
  --- Paths of files that are configuration by their name, unless `none_path` fits too.
  path = vim.regex([[\v\c%(/pmta\.conf$|\.pmta$|/pmta/%(.*/)?%(%(config|config\.dat|config-defaults)$|[^/]*\.%(conf|cfg|inc|txt)$))]]),
  none_path = vim.regex([[\v\c%(/license[^/]*$|/\.git/|/pmta/%(.*/)?%(certs|dkim|keys|ssl|tls)/.*\.txt$)]]),
  --- Paths of files that are configuration if they begin like this.
  content_path = vim.regex([[\v\c%(\.%(conf|cfg|inc|txt)$|/[^/.]+$)]]),
  first_line = vim.regex([[\v\c^[ \t]*%(#[ \t]*pmta-ls:|\<%(acct-file|address-list|bounce-category-patterns|bounce-processor|domain-key-list|email-patterns|feedback-loop-processor|gm-imprinter|mx-rollup-list|pattern-list|rewrite-list|signals-filter|smtp-listener|smtp-pattern-list|smtp-user|source-group|sparkpost-analytics|suppression-list|transmissions-api|transmissions-api-listener|virtual-mta|virtual-mta-pool)[ \t>]|%(domain-macro|http-mgmt-port|smtp-listener|smtp-source-host|sync-msg-create)[ \t])]]),
  none_line = vim.regex([[\v\c^-----BEGIN ]]),
  comment = '#',
  word_signs = { '-', '$' },
  indent = 4,
  server = { 'pmta-ls', 'lsp' },
  --- What marks the folder that the server works in, the nearest of them.
  roots = { 'pmta-ls.toml', 'config', 'config.dat', 'pmta.conf' },
}
