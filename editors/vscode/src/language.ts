// Written from editors/language.toml by `PMTA_UPDATE=1 cargo test -p pmta-ls-tests --test generated`: change it there.

/** Paths of files that may be configuration by what they hold. */
export const CONTENT_PATH = new RegExp(String.raw`(?:\.(?:conf|cfg|inc|txt)$|/[^/.]+$)`, 'i');

/** Paths of files that are none, whatever they hold. */
export const NONE_PATH = new RegExp(String.raw`(?:/license[^/]*$|/\.git/|/pmta/(?:.*/)?(?:certs|dkim|keys|ssl|tls)/.*\.txt$)`, 'i');

/** The first line that holds something, in a file that is configuration. */
export const FIRST_LINE = new RegExp(String.raw`^[ \t]*(?:#[ \t]*pmta-ls:|<(?:acct-file|address-list|bounce-category-patterns|bounce-processor|domain-key-list|email-patterns|feedback-loop-processor|gm-imprinter|mx-rollup-list|pattern-list|rewrite-list|signals-filter|smtp-listener|smtp-pattern-list|smtp-user|source-group|sparkpost-analytics|suppression-list|transmissions-api|transmissions-api-listener|virtual-mta|virtual-mta-pool)[ \t>]|(?:domain-macro|http-mgmt-port|smtp-listener|smtp-source-host|sync-msg-create)[ \t])`, 'i');

/** The first line of a file that is none, whatever its name is. */
export const NONE_LINE = new RegExp(String.raw`^-----BEGIN `, 'i');
