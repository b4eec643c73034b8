;;; pmta-mode.el --- PowerMTA configuration -*- lexical-binding: t -*-

;; Package-Requires: ((emacs "28.1"))
;; Keywords: languages, mail

;;; Commentary:

;; Colours, indentation and comments for PowerMTA configuration, and the language server pmta-ls, by
;; Eglot (`M-x eglot') or lsp-mode (`M-x lsp').  README.md beside this file tells more.

;;; Code:

(require 'rx)

(defgroup pmta nil
  "PowerMTA configuration."
  :group 'languages)

(defcustom pmta-indent-offset 4
  "Columns of one step of indentation."
  :type 'natnum
  :safe #'natnump)

(defcustom pmta-server-command
  (list (or (getenv "PMTA_LS_PATH") "pmta-ls") "lsp")
  "The language server and its arguments."
  :type '(repeat string)
  :risky t)

(defcustom pmta-close-tags t
  "Whether an opening tag gets its end when it is typed."
  :type 'boolean)

;; BEGIN of what is written from editors/language.toml
(defconst pmta--path "\\(?:/pmta\\.conf$\\|\\.pmta$\\|/pmta/\\(?:.*/\\)?\\(?:\\(?:config\\|config\\.dat\\|config-defaults\\)$\\|[^/]*\\.\\(?:conf\\|cfg\\|inc\\|txt\\)$\\)\\)"
  "Paths of configuration, unless `pmta--none-path' fits.")

(defconst pmta--none-path "\\(?:/license[^/]*$\\|/\\.git/\\|/pmta/\\(?:.*/\\)?\\(?:certs\\|dkim\\|keys\\|ssl\\|tls\\)/.*\\.txt$\\)"
  "Paths of files that are none.")

(defconst pmta--content-path "\\(?:\\.\\(?:conf\\|cfg\\|inc\\|txt\\)$\\|/[^/.]+$\\)"
  "Paths of files that are configuration if they begin so.")

(defconst pmta--first-line "^[ \t]*\\(?:#[ \t]*pmta-ls:\\|<\\(?:acct-file\\|address-list\\|bounce-category-patterns\\|bounce-processor\\|domain-key-list\\|email-patterns\\|feedback-loop-processor\\|gm-imprinter\\|mx-rollup-list\\|pattern-list\\|rewrite-list\\|signals-filter\\|smtp-listener\\|smtp-pattern-list\\|smtp-user\\|source-group\\|sparkpost-analytics\\|suppression-list\\|transmissions-api\\|transmissions-api-listener\\|virtual-mta\\|virtual-mta-pool\\)[ \t>]\\|\\(?:domain-macro\\|http-mgmt-port\\|smtp-listener\\|smtp-source-host\\|sync-msg-create\\)[ \t]\\)"
  "How such a file begins.")

(defconst pmta--none-line "^-----BEGIN "
  "How a file begins that is none.")

(defconst pmta-directives
  '(
    "accept-invalid-recipients" "access-token" "account-id" "add-date-header" "add-gm-token"
    "add-message-id-header" "add-received-header" "add-x-msys-api-header" "add-x-virtual-mta-header"
    "address" "address-file" "alias" "allow-auth" "allow-cancel-during-transfer" "allow-chunking"
    "allow-empty-x-virtual-mta" "allow-mailmerge" "allow-priority-interruption"
    "allow-priority-interruption-during-transfer" "allow-smtputf8" "allow-starttls"
    "allow-unencrypted-plain-auth" "always-allow-api-submission" "always-allow-relaying" "api-key"
    "assume-delivery-upon-data-termination-timeout" "auth-password" "auth-username"
    "authentication-method" "auto-cold-virtual-mta" "auto-qualify-domain" "await-slot"
    "backoff-max-connect-rate" "backoff-max-data-volume-rate" "backoff-max-msg-per-hour"
    "backoff-max-msg-rate" "backoff-max-smtp-out" "backoff-notify" "backoff-reroute-to-virtual-mta"
    "backoff-retry-after" "backoff-to-normal-after" "backoff-to-normal-after-delivery"
    "backoff-upon-all-sources-disabled" "bcc" "bcc-upon-delivery" "body-pattern-file" "bounce-after"
    "bounce-upon-5xx-greeting" "bounce-upon-no-mx" "bounce-upon-pix-transfer-failure"
    "bounce-upon-transfer-failure" "broken-auth-clients" "cache-ttl" "check-dkim-inbound"
    "check-iprev-inbound" "check-mfrom-inbound" "check-mfrom-outbound" "check-pra-outbound"
    "check-spf-inbound" "check-spf-inbound-best-guess" "check-spf-inbound-max-void-lookups"
    "check-spf-outbound" "client" "cold-virtual-mta" "command" "connect-timeout"
    "connection-idle-timeout" "count-moved-records" "custom-dsn-from-header"
    "custom-message-id-header" "data-send-timeout" "date-header-time" "default-content-type"
    "default-obo-id" "default-payer-id" "default-smtp-port" "default-token-class"
    "default-virtual-mta" "delete-after" "delete-file-holders" "deliver-email" "deliver-local-dsn"
    "deliver-matched-email" "deliver-only" "deliver-unmatched-email" "delivery-priority"
    "disable-acct-records" "disable-mx-rollup" "disabled-source-ip-notify" "discard-as-bounce"
    "disconnect-on-transient-error" "dk-sign" "dkim-add-body-limit" "dkim-add-timestamp"
    "dkim-algorithm" "dkim-body-canon" "dkim-disallow-adding-headers" "dkim-expire-after"
    "dkim-headers" "dkim-headers-canon" "dkim-identity" "dkim-identity-fallback" "dkim-query-method"
    "dkim-sign" "domain" "domain-key" "domain-macro" "domain-suffix" "dsn-failed-body-template-from"
    "dsn-failed-from-template" "dsn-failed-subject-template" "dsn-format" "dsn-return-default"
    "dummy-smtp-await-slot" "dummy-smtp-blacklist" "dummy-smtp-blacklist-bounce-method"
    "dummy-smtp-blacklist-bounce-percent" "dummy-smtp-has-chunking" "dummy-smtp-has-mailmerge"
    "dummy-smtp-has-pipelining" "dummy-smtp-has-verp" "dummy-smtp-ip" "dummy-smtp-latency"
    "dummy-smtp-log-blacklist" "dummy-smtp-port" "dummy-smtp-update-stats" "edns-udp-length"
    "enable-signals" "engagement-tracking" "file-destination" "file-format" "forward-errors-to"
    "forward-unmatched-to" "from-domain" "header" "hide-message-source" "host-id" "host-name"
    "http-access" "http-api-key" "http-csrf-protection" "http-default-max-items"
    "http-default-sort-order" "http-delivery-extra-headers" "http-delivery-url" "http-log-data"
    "http-log-requests" "http-log-tls" "http-mgmt-port" "http-mgmt-source" "http-redirect-to-https"
    "http-strict-transport-security-max-age" "http-tls-allow-sslv3" "http-tls-allow-tlsv1"
    "http-tls-allow-tlsv1.1" "http-tls-allow-tlsv1.2" "http-tls-allow-tlsv1.3" "http-tls-ca-file"
    "http-tls-ciphers" "http-tls-dh-key-length" "http-tls-tlsv1.3-ciphersuites"
    "http-webhook-ca-file" "http-webhook-certificate" "http-webhook-connect-timeout"
    "http-webhook-extra-headers" "http-webhook-io-timeout" "http-webhook-log-verbose"
    "http-webhook-max-interval" "http-webhook-transfer-encoding" "http-webhook-url"
    "ignore-8bitmime" "ignore-chunking" "ignore-dsn" "ignore-pipelining" "immediate-tls"
    "imprinter-id" "imprinter-password" "include" "include-headers-from"
    "invalid-virtual-mta-fallback" "ip-connection-limit" "iso-times" "jobid-header" "jobid-prefix"
    "log-auto-rotation" "log-commands" "log-connections" "log-data" "log-disabled-ips" "log-file"
    "log-file-world-readable" "log-match-info" "log-messages" "log-requests" "log-resolution"
    "log-rotate" "log-tls" "log-transfer-failures" "log-verbose" "macro-variables-preserve-case"
    "mail-from" "mailmerge-expands-undefined-variables" "map-header-to-field"
    "max-cold-virtual-mta-msg" "max-connect-rate" "max-data-volume-rate" "max-errors-per-connection"
    "max-events-recorded" "max-memory-usage-percent" "max-message-hops" "max-message-size"
    "max-msg-per-connection" "max-msg-per-hour" "max-msg-rate" "max-rcpt-per-message"
    "max-rcpt-per-transaction" "max-size" "max-smtp-data-volume-rate" "max-smtp-in"
    "max-smtp-msg-rate" "max-smtp-out" "max-smtp-out-per-source-ip" "min-free-space" "move-interval"
    "move-to" "mx" "mx-connection-attempts" "mx-connection-limit" "name-server"
    "no-http-mgmt-source" "notify-of-delay-every" "password" "pattern-list" "pickup"
    "pickup-remove-dot" "pickup-retry-interval" "pix-bug-workaround" "pmc-acct-min-free-space"
    "postmaster" "precached-domains-file" "precached-max-domains" "precached-refresh-interval"
    "priority" "privacy-policy" "process-x-dkim-key" "process-x-dkim-options" "process-x-envid"
    "process-x-job" "process-x-schedule" "process-x-sp-subaccount-id" "process-x-virtual-mta"
    "protocol-version" "proxy-protocol" "queue-filter" "queue-priority" "queue-to" "rcpt-to"
    "record-fields" "records" "reenable-source-ip-after" "reject-invalid-virtual-mta"
    "reject-iprev-check-fail" "reject-iprev-check-permerror" "reject-iprev-check-temperror"
    "reject-spf-check-fail" "reject-spf-check-permerror" "reject-spf-check-temperror"
    "relay-address" "relay-debug" "relay-domain" "remove-header" "remove-received-headers"
    "replace-smtp-421-service-response" "reply" "require-auth" "require-starttls"
    "require-starttls-before-auth" "reroute-to-virtual-mta" "reserved-smtp-in" "retain-x-dkim-key"
    "retain-x-dkim-options" "retain-x-job" "retain-x-schedule" "retain-x-sp-subaccount-id"
    "retain-x-virtual-mta" "retry-after" "retry-after-dns-error" "retry-interval"
    "retry-recipients-after" "retry-upon-new-mail" "reuse-ssl-session" "rewrite-list" "route"
    "run-as-root" "second-dkim-add-body-limit" "second-dkim-add-timestamp" "second-dkim-algorithm"
    "second-dkim-body-canon" "second-dkim-disallow-adding-headers" "second-dkim-expire-after"
    "second-dkim-headers" "second-dkim-headers-canon" "second-dkim-identity"
    "second-dkim-identity-fallback" "second-dkim-query-method" "second-dkim-sign" "sender-or-from"
    "server" "server-url" "smtp-421-means-mx-unavailable" "smtp-553-means-invalid-mailbox"
    "smtp-await-slot" "smtp-client-certificate" "smtp-command-timeout"
    "smtp-data-termination-timeout" "smtp-data-timeout" "smtp-greeting-timeout" "smtp-hosts"
    "smtp-ip" "smtp-listener" "smtp-max-auth-failure-rate" "smtp-multiple-line-response-timeout"
    "smtp-out-rampup-interval" "smtp-pattern-list" "smtp-port" "smtp-proxy-source-host"
    "smtp-server-tls-allow-sslv3" "smtp-server-tls-allow-tlsv1" "smtp-server-tls-allow-tlsv1.1"
    "smtp-server-tls-allow-tlsv1.2" "smtp-server-tls-allow-tlsv1.3" "smtp-server-tls-ca-file"
    "smtp-server-tls-certificate" "smtp-server-tls-ciphers" "smtp-server-tls-dh-key-length"
    "smtp-server-tls-v1.3-ciphersuites" "smtp-service" "smtp-source-host" "smtp-source-ip"
    "smtp-tls-allow-sslv3" "smtp-tls-allow-tlsv1" "smtp-tls-allow-tlsv1.1" "smtp-tls-allow-tlsv1.2"
    "smtp-tls-allow-tlsv1.3" "smtp-tls-ca-file" "smtp-tls-ciphers" "smtp-tls-tlsv1.3-ciphersuites"
    "source" "source-group" "source-ip-max-connect-rate" "source-ip-max-data-volume-rate"
    "source-ip-max-msg-rate" "source-ip-max-smtp-out" "sparkpost-ip-pool" "sparkpost-sandbox"
    "spool" "spool-delete-corrupted" "spool-max-recipients" "spool-min-free-space"
    "suppress-local-dsn" "suppression-lists" "sync" "sync-msg-create" "sync-msg-update"
    "thread-max-priority" "thread-min-priority" "thread-reuse" "tls-allow-sslv3" "tls-allow-tlsv1"
    "tls-allow-tlsv1.1" "tls-allow-tlsv1.2" "tls-allow-tlsv1.3" "tls-ca-file" "tls-certificate"
    "tls-ciphers" "tls-dh-key-length" "tls-tlsv1.3-ciphersuites" "tls-trusted-certificate"
    "too-many-rcpts-fails-message" "total-max-file" "total-max-smtp-in" "total-max-smtp-out"
    "trace-dkim-check" "trace-iprev-check" "trace-spf-check" "track-recipient-events"
    "track-time-first-attempt" "type" "upload-url" "use-dane" "use-mta-sts" "use-proxy"
    "use-starttls" "use-unencrypted-plain-auth" "user-string" "verp-default" "virtual-mta"
    "volume-audit-api-key" "world-readable" "write-timeout")
  "All directives.")
;; END of what is written

(defvar pmta-mode-syntax-table
  (let ((table (make-syntax-table)))
    (modify-syntax-entry ?# "<" table)
    (modify-syntax-entry ?\n ">" table)
    (modify-syntax-entry ?\" "\"" table)
    (modify-syntax-entry ?\\ "\\" table)
    ;; Names have dashes, macros begin with a dollar sign.
    (modify-syntax-entry ?- "w" table)
    (modify-syntax-entry ?_ "w" table)
    (modify-syntax-entry ?$ "'" table)
    (modify-syntax-entry ?' "." table)
    (modify-syntax-entry ?< "(>" table)
    (modify-syntax-entry ?> ")<" table)
    table))

(defvar pmta-font-lock-keywords
  `((,(rx line-start (* blank) (group (| "</" "<")) (group alpha (* (any alnum "-"))))
     (2 font-lock-function-name-face))
    (,(rx line-start (* blank) (group "include") blank) (1 font-lock-preprocessor-face))
    (,(concat "^[ \t]*\\(" (regexp-opt pmta-directives) "\\)\\(?:[ \t]\\|$\\)")
     (1 font-lock-keyword-face))
    (,(rx (or line-start blank) (group "/" (* (| (seq "\\" nonl) (not (any "/\\\n#")))) "/"))
     (1 font-lock-string-face))
    (,(rx "$" (+ (any alnum "-_"))) . font-lock-variable-name-face)
    (,(rx word-start (+ (any alnum "-")) "=") . font-lock-type-face)
    (,(rx word-start (| "yes" "no" "true" "false") word-end) . font-lock-constant-face)
    (,(rx blank (group (+ digit) (* (any alnum "./:")))) (1 font-lock-constant-face)))
  "What is coloured, beside comments and strings.")

(defun pmta-indent-line ()
  "Indent the line one step deeper than the section that it stands in."
  (interactive)
  (let ((column
         (save-excursion
           (beginning-of-line)
           (let ((ends (looking-at "[ \t]*</")))
             (skip-chars-backward " \t\n")
             (beginning-of-line)
             (max 0 (+ (if (and (looking-at "[ \t]*<[[:alpha:]]")
                                (not (looking-at ".*\\(?:</\\|/>\\)")))
                           pmta-indent-offset
                         0)
                       (if ends (- pmta-indent-offset) 0)
                       (current-indentation)))))))
    (if (<= (current-column) (current-indentation))
        (indent-line-to column)
      (save-excursion (indent-line-to column)))))

(defun pmta--missing-end ()
  "The end tag that the opening tag before point lacks; nil if it has one."
  (save-excursion
    (let ((here (point)) (case-fold-search t))
      (beginning-of-line)
      (when (and (looking-at "[ \t]*<\\([[:alpha:]][[:alnum:]-]*\\)\\(?:[ \t][^<>#\n]*\\)?>[ \t]*$")
                 (<= (match-end 1) here))
        (let ((name (match-string-no-properties 1)))
          (end-of-line)
          ;; The next tag of that name decides: if it is an end tag, it is ours.
          (unless (and (re-search-forward (concat "^[ \t]*<\\(/?\\)" (regexp-quote name) "\\_>") nil t)
                       (equal (match-string 1) "/"))
            (format "</%s>" name)))))))

(defun pmta--close-tag ()
  "Write the end of an opening tag that was just typed."
  (when (and pmta-close-tags (eq last-command-event ?>))
    (let ((end (pmta--missing-end)))
      (when end
        (save-excursion (insert end))))))

(defun pmta-newline ()
  "Begin a line, and make room for one between a tag and its end."
  (interactive "*")
  (if (and (eq (char-before) ?>) (looking-at "</"))
      (progn
        (newline-and-indent)
        (forward-line -1)
        (end-of-line)
        (newline-and-indent))
    (newline-and-indent)))

(defvar pmta-mode-map
  (let ((map (make-sparse-keymap)))
    (define-key map (kbd "RET") #'pmta-newline)
    map)
  "Keys in buffers with PowerMTA configuration.")

;;;###autoload
(define-derived-mode pmta-mode prog-mode "PowerMTA"
  "PowerMTA configuration."
  (setq-local comment-start "# "
              comment-end ""
              comment-start-skip "#+[ \t]*"
              indent-line-function #'pmta-indent-line
              indent-tabs-mode nil
              ;; The step by which the server indents.
              tab-width pmta-indent-offset
              font-lock-defaults '(pmta-font-lock-keywords nil t))
  (add-hook 'post-self-insert-hook #'pmta--close-tag nil t))

(defun pmta--begins-so (pattern)
  "Whether the buffer begins with a line that fits PATTERN.
Comments before it are left out, unless one fits itself."
  (save-excursion
    (goto-char (point-min))
    (let ((case-fold-search t) (found nil) (lines 40))
      (while (and (not found) (> lines 0) (not (eobp)))
        (cond ((looking-at pattern) (setq found t))
              ((not (looking-at "[ \t]*\\(?:#\\|$\\)")) (setq lines 0)))
        (setq lines (1- lines))
        (forward-line))
      found)))

;;;###autoload
(defun pmta-file-p ()
  "Whether the buffer holds PowerMTA configuration.
Its name says so, else how it begins."
  (let ((name (buffer-file-name)) (case-fold-search t))
    (and name
         (not (string-match-p pmta--none-path name))
         (not (save-excursion (goto-char (point-min)) (looking-at pmta--none-line)))
         (or (string-match-p pmta--path name)
             (and (string-match-p pmta--content-path name)
                  (pmta--begins-so pmta--first-line))))))

;; Before `auto-mode-alist', which takes *.conf and the like for something else.
;;;###autoload
(add-to-list 'magic-mode-alist '(pmta-file-p . pmta-mode))

(defvar eglot-server-programs)
(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs (cons 'pmta-mode (lambda (&rest _) pmta-server-command))))

(declare-function lsp-register-client "ext:lsp-mode")
(declare-function make-lsp-client "ext:lsp-mode")
(declare-function lsp-stdio-connection "ext:lsp-mode")
(declare-function lsp-activate-on "ext:lsp-mode")
(defvar lsp-language-id-configuration)
(with-eval-after-load 'lsp-mode
  (add-to-list 'lsp-language-id-configuration '(pmta-mode . "pmta"))
  (lsp-register-client
   (make-lsp-client :new-connection (lsp-stdio-connection (lambda () pmta-server-command))
                    :activation-fn (lsp-activate-on "pmta")
                    :server-id 'pmta-ls)))

(provide 'pmta-mode)
;;; pmta-mode.el ends here
