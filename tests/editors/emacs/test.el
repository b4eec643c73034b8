;;; test.el --- the server and pmta-mode in Emacs -*- lexical-binding: t -*-

;; emacs -Q --batch -l test.el REPOSITORY/tests
;; In a folder with a copy of the deployment.

(require 'cl-lib)
(defconst test-folder (file-name-as-directory (pop command-line-args-left)))
(defconst test-mode (expand-file-name "../editors/emacs/pmta-mode.el" test-folder))
(defconst test-deployment (expand-file-name "pmta/"))
(defconst test-patience (string-to-number (or (getenv "PMTA_TEST_PATIENCE") "20")))

(load test-mode nil t)
(require 'eglot)
(require 'flymake)
(setq eglot-sync-connect test-patience
      enable-local-variables nil
      make-backup-files nil
      create-lockfiles nil)

(defun test-check (what condition &optional seen)
  (unless condition
    (error "%s%s" what (if seen (format ", seen: %S" seen) ""))))

(defun test-wait (what condition)
  "Wait until CONDITION answers with something; its answer."
  (let ((end (+ (float-time) test-patience)) answer)
    (while (and (not (setq answer (funcall condition))) (< (float-time) end))
      (accept-process-output nil 0.05))
    (test-check (concat "waited in vain for " what) answer (buffer-string))
    answer))

(defun test-open (name)
  (find-file (expand-file-name name test-deployment))
  (revert-buffer t t)
  (unless (eglot-current-server)
    (eglot-ensure)
    (run-hooks 'post-command-hook)
    (test-wait "the server" #'eglot-current-server)))

(defun test-go (text)
  "Go behind the first TEXT."
  (goto-char (point-min))
  (search-forward text))

(defun test-type (text)
  "Type TEXT; a line end is RET."
  (execute-kbd-macro (vconcat (string-replace "\n" "\r" text))))

(defun test-line (&optional further)
  (save-excursion
    (forward-line (or further 0))
    (buffer-substring-no-properties (line-beginning-position) (line-end-position))))

(defun test-finding (text)
  (test-wait (concat "a finding about " text)
             (lambda ()
               (flymake-start)
               (cl-find-if (lambda (it) (string-search text (flymake-diagnostic-text it)))
                           (flymake-diagnostics)))))

(defun test-is-type (path &optional content)
  (with-temp-buffer
    (setq buffer-file-name path)
    (insert (or content ""))
    (prog1 (and (pmta-file-p) t)
      (setq buffer-file-name nil))))

(defun check-file-types ()
  (dolist (line (split-string (with-temp-buffer
                                (insert-file-contents (expand-file-name "editors/file_types.tsv" test-folder))
                                (buffer-string))
                              "\n" t))
    (pcase (split-string line "\t")
      (`(,path ,kind)
       (test-check path (eq (test-is-type (concat "/" path)) (equal kind "pmta"))))))
  (test-check "a section" (test-is-type "/srv/mail/a.conf" "\n# ours\n<virtual-mta a>\n"))
  (test-check "a comment" (test-is-type "/srv/mail/a" "# pmta-ls: place=domain\n"))
  (test-check "a key" (not (test-is-type "/etc/pmta/a.conf" "-----BEGIN RSA PRIVATE KEY-----\n")))
  (test-check "another language" (not (test-is-type "/srv/a.conf" "<domain type='kvm'>\n"))))

(defun check-mode ()
  (find-file (expand-file-name "config" test-deployment))
  (test-check "the mode" (eq major-mode 'pmta-mode) major-mode))

(defun check-compiles ()
  (let ((byte-compile-error-on-warn t)
        (byte-compile-dest-file-function (lambda (_) (make-temp-file "pmta-mode"))))
    (test-check "no warning" (byte-compile-file test-mode))))

(defun check-colours ()
  (find-file (expand-file-name "config" test-deployment))
  (font-lock-ensure)
  (pcase-dolist (`(,text . ,face)
                 '(("# A deploy" . font-lock-comment-face) ("host-name" . font-lock-keyword-face)
                   ("include" . font-lock-preprocessor-face) ("<domain" . font-lock-function-name-face)
                   ("max-smtp-out 20" . font-lock-constant-face) ("yes" . font-lock-constant-face)
                   ("/^news@/" . font-lock-string-face) ("virtual-mta=" . font-lock-type-face)))
    (test-go text)
    (let ((seen (get-text-property (1- (point)) 'face)))
      (test-check text (if (consp seen) (memq face seen) (eq seen face)) seen)))
  (test-go "max-conn")
  (test-check "an unknown name" (not (get-text-property (1- (point)) 'face))))

(defun check-diagnostics ()
  (test-open "config")
  (let ((found (test-finding "max-conn")))
    (test-check "its line" (= 21 (line-number-at-pos (flymake-diagnostic-beg found))))))

(defun check-hover ()
  (test-open "config")
  (test-go "retry-af")
  (let ((seen nil))
    (eglot-hover-eldoc-function (lambda (text &rest _) (setq seen text)))
    (test-wait "help about retry-after" (lambda () (and seen (string-search "retry-after" seen))))))

(defun check-completion ()
  (test-open "config")
  (test-go "max-conn 5")
  (insert "\n    max-sm")
  (let* ((found (eglot-completion-at-point))
         (words (all-completions "max-sm" (nth 2 found))))
    (test-check "max-smtp-out" (cl-some (lambda (it) (string-prefix-p "max-smtp-out" it)) words) words)
    (test-check "nothing of other sections" (not (member "smtp-listener" words)))))

(defun check-definition ()
  (test-open "config")
  (test-go "virtual-mta=news")
  (backward-char 2)
  ;; A file that was just opened is known to be a part of its configuration a moment later.
  (test-wait "a definition"
             (lambda () (condition-case nil
                            (progn (call-interactively #'xref-find-definitions) t)
                          (user-error nil))))
  (test-check "the file" (string-suffix-p "includes/virtual-mtas.conf" buffer-file-name) buffer-file-name)
  (test-check "the line" (string-search "<virtual-mta news>" (test-line)) (test-line)))

(defun check-references ()
  (test-open "config")
  (test-go "virtual-mta=news")
  (backward-char 2)
  (test-wait "both places"
             (lambda ()
               (let ((name (xref-backend-identifier-at-point 'eglot)))
                 (= 2 (length (xref-backend-references 'eglot name)))))))

(defun check-rename ()
  (test-open "config")
  (test-go "virtual-mta=news")
  (backward-char 2)
  (let ((eglot-confirm-server-edits nil))
    (eglot-rename "letters"))
  (test-go "virtual-mta=letters")
  (with-current-buffer (find-file-noselect (expand-file-name "includes/virtual-mtas.conf" test-deployment))
    (test-go "<virtual-mta letters>")
    (revert-buffer t t)))

(defun check-format ()
  (test-open "config")
  (test-go "    max-smtp-out 20")
  (replace-match "  max-smtp-out   20")
  (eglot-format-buffer)
  (test-go "\n    max-smtp-out 20\n"))

(defun check-code-action ()
  (test-open "config")
  (let ((found (test-finding "max-conn")) (eglot-confirm-server-edits nil))
    (goto-char (flymake-diagnostic-beg found))
    (let ((action (cl-find-if (lambda (it) (eq t (plist-get it :isPreferred)))
                              (eglot-code-actions (flymake-diagnostic-beg found) (flymake-diagnostic-end found)
                                                  "quickfix"))))
      (test-check "a fix" action)
      (eglot-execute (eglot-current-server) action)
      (test-wait "it is made" (lambda () (save-excursion (goto-char (point-min))
                                                         (search-forward "    max-smtp-out 5\n" nil t)))))))

(defun check-outline ()
  (test-open "config")
  (let ((found (format "%S" (eglot-imenu))))
    (test-check "the list" (string-search "by-sender" found) found)))

(defun check-enter-indents ()
  (test-open "config")
  (test-go "<domain *>")
  (switch-to-buffer (current-buffer))
  (test-type "\nmax-smtp-out 1\nmax-msg-rate 1/h\n</domain>\t")
  (test-check "in the section" (equal (test-line -2) "    max-smtp-out 1") (test-line -2))
  (test-check "and further" (equal (test-line -1) "    max-msg-rate 1/h") (test-line -1))
  (test-check "an end tag moves back" (equal (test-line) "</domain>") (test-line)))

(defun check-comment ()
  (test-open "config")
  (test-go "retry-after")
  (switch-to-buffer (current-buffer))
  (comment-line 1)
  (test-check "commented" (equal (test-line -1) "    # retry-after 10m") (test-line -1))
  (forward-line -1)
  (comment-line 1)
  (test-check "and back" (equal (test-line -1) "    retry-after 10m") (test-line -1)))

(defun check-close-tag ()
  (test-open "config")
  (switch-to-buffer (current-buffer))
  (goto-char (point-max))
  (test-type "<domain b.example>")
  (test-check "an end" (equal (test-line) "<domain b.example></domain>") (test-line))
  (test-type "\nmax-smtp-out 3")
  (test-check "room between" (equal (test-line) "    max-smtp-out 3") (test-line))
  (test-check "and the end below" (equal (test-line 1) "</domain>") (test-line 1))
  (test-go "<source 127.0.0.1")
  (delete-char 1)
  (test-type ">")
  (test-check "no second end" (equal (test-line) "<source 127.0.0.1>") (test-line)))

(let ((failed 0))
  (dolist (name '("file_types" "mode" "compiles" "colours" "diagnostics" "hover" "completion" "definition"
                  "references" "rename" "format" "code_action" "outline" "enter_indents" "comment" "close_tag"))
    (condition-case problem
        (progn
          (funcall (intern (concat "check-" (string-replace "_" "-" name))))
          (princ (format "ok   %s\n" name)))
      (error
       (cl-incf failed)
       (princ (format "FAIL %s: %s\n" name (error-message-string problem))))))
  (dolist (buffer (buffer-list))
    (with-current-buffer buffer (set-buffer-modified-p nil)))
  (kill-emacs (if (= failed 0) 0 1)))
