" Colours for PowerMTA configuration. Names that PowerMTA has are told from others.

if exists('b:current_syntax')
  finish
endif

let s:cpo = &cpo
set cpo&vim

syntax case ignore
syntax iskeyword @,48-57,-,_,.

syntax match pmtaComment /#.*$/ contains=pmtaTodo,@Spell
syntax keyword pmtaTodo TODO FIXME XXX contained

syntax region pmtaString start=/"/ skip=/\\./ end=/"/ end=/$/ oneline contained
" A pattern begins a line, or stands between blanks.
syntax region pmtaRegex start=+\%(^\s*\|\s\)\@<=/+ skip=+\\.+ end=+/+ end=/#\@=/ end=/$/ oneline
syntax match pmtaMacro /\$\k\+/
syntax match pmtaParameter /\<\k\+=/ contained
syntax match pmtaNumber +\<\d\+\%([smhdwkg]\|min\)\?\%(\d\+[smhdw]\)*\%(/\d*[smhd]\%(in\)\?\)\?\>+ contained
syntax match pmtaNumber /\<\d\{1,3}\%(\.\d\{1,3}\)\{3}\%([:\/]\d\+\)\?\>/ contained
syntax keyword pmtaBoolean yes no true false contained
syntax cluster pmtaValue contains=pmtaString,pmtaRegex,pmtaMacro,pmtaParameter,pmtaNumber,pmtaBoolean,pmtaComment

syntax match pmtaName /^\s*\a\k*/ contains=pmtaDirective,pmtaInclude nextgroup=pmtaLine
syntax match pmtaLine /\s.*$/ contained contains=@pmtaValue
syntax region pmtaTag matchgroup=pmtaBracket start=+</\?\ze\a+ end=+/\?>+ end=/$/ oneline contains=pmtaTagName,pmtaMacro,pmtaString
syntax match pmtaTagName +\%(</\?\)\@<=\a\k*+ contained contains=pmtaSection

" BEGIN of what is written from editors/language.toml
syntax keyword pmtaInclude contained
      \  include
syntax keyword pmtaDirective contained
      \  accept-invalid-recipients access-token account-id add-date-header add-gm-token
      \ add-message-id-header add-received-header add-x-msys-api-header add-x-virtual-mta-header
      \ address address-file alias allow-auth allow-cancel-during-transfer allow-chunking
      \ allow-empty-x-virtual-mta allow-mailmerge allow-priority-interruption
      \ allow-priority-interruption-during-transfer allow-smtputf8 allow-starttls
      \ allow-unencrypted-plain-auth always-allow-api-submission always-allow-relaying api-key
      \ assume-delivery-upon-data-termination-timeout auth-password auth-username
      \ authentication-method auto-cold-virtual-mta auto-qualify-domain await-slot
      \ backoff-max-connect-rate backoff-max-data-volume-rate backoff-max-msg-per-hour
      \ backoff-max-msg-rate backoff-max-smtp-out backoff-notify backoff-reroute-to-virtual-mta
      \ backoff-retry-after backoff-to-normal-after backoff-to-normal-after-delivery
      \ backoff-upon-all-sources-disabled bcc bcc-upon-delivery body-pattern-file bounce-after
      \ bounce-upon-5xx-greeting bounce-upon-no-mx bounce-upon-pix-transfer-failure
      \ bounce-upon-transfer-failure broken-auth-clients cache-ttl check-dkim-inbound
      \ check-iprev-inbound check-mfrom-inbound check-mfrom-outbound check-pra-outbound
      \ check-spf-inbound check-spf-inbound-best-guess check-spf-inbound-max-void-lookups
      \ check-spf-outbound client cold-virtual-mta command connect-timeout connection-idle-timeout
      \ count-moved-records custom-dsn-from-header custom-message-id-header data-send-timeout
      \ date-header-time default-content-type default-obo-id default-payer-id default-smtp-port
      \ default-token-class default-virtual-mta delete-after delete-file-holders deliver-email
      \ deliver-local-dsn deliver-matched-email deliver-only deliver-unmatched-email
      \ delivery-priority disable-acct-records disable-mx-rollup disabled-source-ip-notify
      \ discard-as-bounce disconnect-on-transient-error dk-sign dkim-add-body-limit
      \ dkim-add-timestamp dkim-algorithm dkim-body-canon dkim-disallow-adding-headers
      \ dkim-expire-after dkim-headers dkim-headers-canon dkim-identity dkim-identity-fallback
      \ dkim-query-method dkim-sign domain domain-key domain-macro domain-suffix
      \ dsn-failed-body-template-from dsn-failed-from-template dsn-failed-subject-template
      \ dsn-format dsn-return-default dummy-smtp-await-slot dummy-smtp-blacklist
      \ dummy-smtp-blacklist-bounce-method dummy-smtp-blacklist-bounce-percent
      \ dummy-smtp-has-chunking dummy-smtp-has-mailmerge dummy-smtp-has-pipelining
      \ dummy-smtp-has-verp dummy-smtp-ip dummy-smtp-latency dummy-smtp-log-blacklist
      \ dummy-smtp-port dummy-smtp-update-stats edns-udp-length enable-signals engagement-tracking
      \ file-destination file-format forward-errors-to forward-unmatched-to from-domain header
      \ hide-message-source host-id host-name http-access http-api-key http-csrf-protection
      \ http-default-max-items http-default-sort-order http-delivery-extra-headers http-delivery-url
      \ http-log-data http-log-requests http-log-tls http-mgmt-port http-mgmt-source
      \ http-redirect-to-https http-strict-transport-security-max-age http-tls-allow-sslv3
      \ http-tls-allow-tlsv1 http-tls-allow-tlsv1.1 http-tls-allow-tlsv1.2 http-tls-allow-tlsv1.3
      \ http-tls-ca-file http-tls-ciphers http-tls-dh-key-length http-tls-tlsv1.3-ciphersuites
      \ http-webhook-ca-file http-webhook-certificate http-webhook-connect-timeout
      \ http-webhook-extra-headers http-webhook-io-timeout http-webhook-log-verbose
      \ http-webhook-max-interval http-webhook-transfer-encoding http-webhook-url ignore-8bitmime
      \ ignore-chunking ignore-dsn ignore-pipelining immediate-tls imprinter-id imprinter-password
      \ include-headers-from invalid-virtual-mta-fallback ip-connection-limit iso-times jobid-header
      \ jobid-prefix log-auto-rotation log-commands log-connections log-data log-disabled-ips
      \ log-file log-file-world-readable log-match-info log-messages log-requests log-resolution
      \ log-rotate log-tls log-transfer-failures log-verbose macro-variables-preserve-case mail-from
      \ mailmerge-expands-undefined-variables map-header-to-field max-cold-virtual-mta-msg
      \ max-connect-rate max-data-volume-rate max-errors-per-connection max-events-recorded
      \ max-memory-usage-percent max-message-hops max-message-size max-msg-per-connection
      \ max-msg-per-hour max-msg-rate max-rcpt-per-message max-rcpt-per-transaction max-size
      \ max-smtp-data-volume-rate max-smtp-in max-smtp-msg-rate max-smtp-out
      \ max-smtp-out-per-source-ip min-free-space move-interval move-to mx mx-connection-attempts
      \ mx-connection-limit name-server no-http-mgmt-source notify-of-delay-every password
      \ pattern-list pickup pickup-remove-dot pickup-retry-interval pix-bug-workaround
      \ pmc-acct-min-free-space postmaster precached-domains-file precached-max-domains
      \ precached-refresh-interval priority privacy-policy process-x-dkim-key process-x-dkim-options
      \ process-x-envid process-x-job process-x-schedule process-x-sp-subaccount-id
      \ process-x-virtual-mta protocol-version proxy-protocol queue-filter queue-priority queue-to
      \ rcpt-to record-fields records reenable-source-ip-after reject-invalid-virtual-mta
      \ reject-iprev-check-fail reject-iprev-check-permerror reject-iprev-check-temperror
      \ reject-spf-check-fail reject-spf-check-permerror reject-spf-check-temperror relay-address
      \ relay-debug relay-domain remove-header remove-received-headers
      \ replace-smtp-421-service-response reply require-auth require-starttls
      \ require-starttls-before-auth reroute-to-virtual-mta reserved-smtp-in retain-x-dkim-key
      \ retain-x-dkim-options retain-x-job retain-x-schedule retain-x-sp-subaccount-id
      \ retain-x-virtual-mta retry-after retry-after-dns-error retry-interval retry-recipients-after
      \ retry-upon-new-mail reuse-ssl-session rewrite-list route run-as-root
      \ second-dkim-add-body-limit second-dkim-add-timestamp second-dkim-algorithm
      \ second-dkim-body-canon second-dkim-disallow-adding-headers second-dkim-expire-after
      \ second-dkim-headers second-dkim-headers-canon second-dkim-identity
      \ second-dkim-identity-fallback second-dkim-query-method second-dkim-sign sender-or-from
      \ server server-url smtp-421-means-mx-unavailable smtp-553-means-invalid-mailbox
      \ smtp-await-slot smtp-client-certificate smtp-command-timeout smtp-data-termination-timeout
      \ smtp-data-timeout smtp-greeting-timeout smtp-hosts smtp-ip smtp-listener
      \ smtp-max-auth-failure-rate smtp-multiple-line-response-timeout smtp-out-rampup-interval
      \ smtp-pattern-list smtp-port smtp-proxy-source-host smtp-server-tls-allow-sslv3
      \ smtp-server-tls-allow-tlsv1 smtp-server-tls-allow-tlsv1.1 smtp-server-tls-allow-tlsv1.2
      \ smtp-server-tls-allow-tlsv1.3 smtp-server-tls-ca-file smtp-server-tls-certificate
      \ smtp-server-tls-ciphers smtp-server-tls-dh-key-length smtp-server-tls-v1.3-ciphersuites
      \ smtp-service smtp-source-host smtp-source-ip smtp-tls-allow-sslv3 smtp-tls-allow-tlsv1
      \ smtp-tls-allow-tlsv1.1 smtp-tls-allow-tlsv1.2 smtp-tls-allow-tlsv1.3 smtp-tls-ca-file
      \ smtp-tls-ciphers smtp-tls-tlsv1.3-ciphersuites source source-group
      \ source-ip-max-connect-rate source-ip-max-data-volume-rate source-ip-max-msg-rate
      \ source-ip-max-smtp-out sparkpost-ip-pool sparkpost-sandbox spool spool-delete-corrupted
      \ spool-max-recipients spool-min-free-space suppress-local-dsn suppression-lists sync
      \ sync-msg-create sync-msg-update thread-max-priority thread-min-priority thread-reuse
      \ tls-allow-sslv3 tls-allow-tlsv1 tls-allow-tlsv1.1 tls-allow-tlsv1.2 tls-allow-tlsv1.3
      \ tls-ca-file tls-certificate tls-ciphers tls-dh-key-length tls-tlsv1.3-ciphersuites
      \ tls-trusted-certificate too-many-rcpts-fails-message total-max-file total-max-smtp-in
      \ total-max-smtp-out trace-dkim-check trace-iprev-check trace-spf-check track-recipient-events
      \ track-time-first-attempt type upload-url use-dane use-mta-sts use-proxy use-starttls
      \ use-unencrypted-plain-auth user-string verp-default virtual-mta volume-audit-api-key
      \ world-readable write-timeout
syntax keyword pmtaSection contained
      \  acct-file address-list aliases bounce-category-patterns bounce-processor dns domain
      \ domain-key-list email-patterns feedback-loop-processor gm-imprinter mx-rollup-list
      \ pattern-list proxy rewrite-list signals signals-filter smtp-listener smtp-pattern-list
      \ smtp-user source source-group sparkpost-analytics spool suppression-list transmissions-api
      \ transmissions-api-listener vault virtual-mta virtual-mta-pool
" END of what is written

highlight default link pmtaComment Comment
highlight default link pmtaTodo Todo
highlight default link pmtaString String
highlight default link pmtaRegex String
highlight default link pmtaMacro Identifier
highlight default link pmtaParameter Type
highlight default link pmtaNumber Number
highlight default link pmtaBoolean Boolean
highlight default link pmtaDirective Keyword
highlight default link pmtaInclude Include
highlight default link pmtaBracket Delimiter
highlight default link pmtaSection Statement

let b:current_syntax = 'pmta'

let &cpo = s:cpo
unlet s:cpo
