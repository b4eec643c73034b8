//! `unclosed-regex`: an expression lacks its closing slash.

use crate::diagnostics::{Group, Rule, Severity};

/// The rule.
pub static RULE: Rule = Rule {
    code: "unclosed-regex",
    severity: Severity::Error,
    group: Group::Structure,
    summary: "an expression lacks its closing slash",
    documentation: "An expression begins and ends with a slash, on one line. Often the line was broken by an editor
or a web page, and the rest stands in the next one.

```pmta
/mailbox is
full/ quota-issues
```

Join the lines, or write the closing slash:

```pmta
/mailbox is full/ quota-issues
```",
};
