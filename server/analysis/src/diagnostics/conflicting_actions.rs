//! `conflicting-actions`: actions of one rule exclude each other.

use crate::diagnostics::{Group, Rule, Severity};

/// The rule.
pub static RULE: Rule = Rule {
    code: "conflicting-actions",
    severity: Severity::Error,
    group: Group::Values,
    summary: "actions of one rule exclude each other",
    documentation: "Two actions of one rule cannot be taken together, such as setting the mode to `normal` and to
`backoff`, or skipping the mail exchanger and bouncing the queue; or an action that may stand
only once stands twice.

```pmta
reply /too many/ mode=backoff,mode=normal
```

Keep the one that is meant:

```pmta
reply /too many/ mode=backoff
```",
};
