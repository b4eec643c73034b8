//! `invalid-regex`: a regular expression cannot be compiled.

use crate::diagnostics::{Group, Rule, Severity};

/// The rule.
pub static RULE: Rule = Rule {
    code: "invalid-regex",
    severity: Severity::Error,
    group: Group::Values,
    summary: "a regular expression cannot be compiled",
    documentation: r#"Expressions are those of Perl, and PCRE2 refuses this one at the marked place: a bracket without
its partner, a quantifier with nothing to repeat, and so on.

```pmta
/mailbox (is full/ quota-issues
```

Repair the expression, or put a backslash before a sign that stands for itself:

```pmta
/mailbox \(is full/ quota-issues
```"#,
};
