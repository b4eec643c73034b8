//! `unexpected-value`: text follows a complete value.

use crate::diagnostics::{Group, Rule, Severity};

/// The rule.
pub static RULE: Rule = Rule {
    code: "unexpected-value",
    severity: Severity::Error,
    group: Group::Structure,
    summary: "text follows a complete value",
    documentation: r#"The value is complete before the marked text. Perhaps a name or path with blanks lacks its
quotes, or two directives stand on one line.

```pmta
spool /var/spool/power mta
```

Quote the value, or delete what does not belong there:

```pmta
spool "/var/spool/power mta"
```"#,
};
