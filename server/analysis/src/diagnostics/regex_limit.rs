//! `regex-limit`: a regular expression is too large to be checked.

use crate::diagnostics::{Group, Rule, Severity};

/// The rule.
pub static RULE: Rule = Rule {
    code: "regex-limit",
    severity: Severity::Information,
    group: Group::Checker,
    summary: "a regular expression is too large to be checked",
    documentation: "The expression exceeds what is compiled here, in length or in the size of the result. It may
work in PowerMTA; it was not checked. Large repeated groups such as `(a{1000}){1000}` are the
usual reason; a shorter expression is also quicker at run time.",
};
