//! `regex-cut-by-comment`: a `#` inside an expression cuts it off.

use crate::diagnostics::{Group, Rule, Severity};

/// The rule.
pub static RULE: Rule = Rule {
    code: "regex-cut-by-comment",
    severity: Severity::Warning,
    group: Group::Values,
    summary: "a `#` inside an expression cuts it off",
    documentation: r#"A `#` begins a comment everywhere, inside an expression too: PowerMTA sees an expression that
ends there.

```pmta
/address rejected \(#5.1.1\)/ bad-mailbox
```

Write the sign as `\x23`:

```pmta
/address rejected \(\x235.1.1\)/ bad-mailbox
```"#,
};
