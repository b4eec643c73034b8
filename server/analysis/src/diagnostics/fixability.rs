//! What kind of fix the findings of a rule may have: what the pages about rules say.

use super::{Rule, Safety};

/// Rules with a fix that keeps what was meant.
const SAFE: &[&str] = &[
    "unclosed-section",
    "unmatched-end-tag",
    "mismatched-end-tag",
    "malformed-tag",
    "unexpected-section-argument",
    "unexpected-value",
    "continued-line",
    "unknown-directive",
    "folklore-directive",
    "folklore-value",
    "xml-comment",
    "semicolon-comment",
    "assignment",
    "statement-semicolon",
    "underscore-name",
    "xml-element",
    "wrapper-section",
    "regex-flags",
    "html-entity",
    "look-alike-character",
    "page-debris",
    "invalid-value",
    "invalid-boolean",
    "invalid-unit",
    "value-case",
    "regex-cut-by-comment",
    "name-case-mismatch",
    "include-twice",
    "repeated-directive",
    "source-host-swapped",
    "csrf-protection-off",
    "deprecated",
    "unknown-code",
    "unused-ignore",
    "malformed-directive-comment",
];

/// Rules with a fix that changes the meaning, and none that keeps it.
const UNSAFE: &[&str] = &[
    "missing-value",
    "missing-section-argument",
    "misplaced-directive",
    "several-directives-on-one-line",
    "folklore-section",
    "brace-block",
    "keyword-block",
    "tag-attribute",
    "several-section-arguments",
    "bracket-list",
    "unit-in-name",
    "shell-command",
    "directives-in-comment",
    "duplicate-section",
    "unreachable-rule",
    "setting-without-effect",
];

/// Rules whose fixes only a person can choose.
const ALTERNATIVE: &[&str] = &[
    "unused-definition",
    "unclosed-quote",
    "unclosed-regex",
    "unknown-section",
    "missing-unit",
    "value-out-of-range",
    "unknown-word",
    "conflicting-actions",
    "incomplete-action",
    "undefined-virtual-mta",
    "undefined-source",
    "undefined-source-group",
    "undefined-pattern-list",
    "undefined-smtp-pattern-list",
    "undefined-address-list",
    "undefined-rewrite-list",
    "undefined-signals-filter",
    "undefined-macro",
    "undefined-proxy",
    "pool-named-as-virtual-mta",
    "include-missing",
    "include-not-mapped",
    "duplicate-directive",
    "used-before-definition",
    "missing-partner",
    "contradicting-settings",
    "dkim-sign-without-key",
    "domain-key-without-dkim-sign",
    "backoff-without-pattern-list",
    "cold-virtual-mta-without-limit",
    "cold-limit-without-virtual-mta",
    "virtual-mta-without-source-host",
    "missing-log-file",
    "missing-postmaster",
    "open-relay",
    "open-admin-access",
    "plain-auth-unencrypted",
    "old-tls-version",
    "weak-cipher",
    "weak-dkim",
    "run-as-root",
    "removed",
    "untrusted-x-virtual-mta",
    "legacy-directive",
];

/// The surest kind of fix that a finding of the rule may have; none: there is none.
#[must_use]
pub fn best_fix(rule: &Rule) -> Option<Safety> {
    let kinds = [
        (SAFE, Safety::Safe),
        (UNSAFE, Safety::Unsafe),
        (ALTERNATIVE, Safety::Alternative),
    ];
    let found = kinds
        .into_iter()
        .find(|(codes, _)| codes.contains(&rule.code));
    found.map(|(_, safety)| safety)
}
