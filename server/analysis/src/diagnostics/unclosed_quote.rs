//! `unclosed-quote`: a double quote has no partner on its line.

use crate::diagnostics::{Group, Rule, Severity};

/// The rule.
pub static RULE: Rule = Rule {
    code: "unclosed-quote",
    severity: Severity::Error,
    group: Group::Structure,
    summary: "a double quote has no partner on its line",
    documentation: r#"A quoted value begins and ends with a double quote, on one line. A double quote that belongs to
the text is written `\"`.

```pmta
custom-dsn-from-header "Postmaster <postmaster@example.com>
```

Write the closing quote:

```pmta
custom-dsn-from-header "Postmaster <postmaster@example.com>"
```"#,
};
