;;; proof.el --- in an Emacs that is set up: prints the finding of a file -*- lexical-binding: t -*-

(setq eglot-sync-connect 20)
(find-file (pop command-line-args-left))
(run-hooks 'post-command-hook)
(font-lock-ensure)
(let ((end (+ (float-time) 20)))
  (while (and (not (flymake-diagnostics)) (< (float-time) end))
    (accept-process-output nil 0.05)
    (when flymake-mode (flymake-start))))
(let ((found (car (flymake-diagnostics)))
      (face (progn (goto-char (point-min)) (search-forward "host-") (get-text-property (1- (point)) 'face))))
  (princ (format "%s\nhost-name is shown as %s\n" (if found (flymake-diagnostic-text found) "no finding") face))
  (kill-emacs (if (and found face) 0 1)))
