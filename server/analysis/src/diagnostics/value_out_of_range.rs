//! `value-out-of-range`: a number is too small or too large, or a list too long.

use crate::diagnostics::{Group, Rule, Severity};

/// The rule.
pub static RULE: Rule = Rule {
    code: "value-out-of-range",
    severity: Severity::Error,
    group: Group::Values,
    summary: "a number is too small or too large, or a list too long",
    documentation: "The value is of the right kind, but lies outside the range that the directive allows, or a list
holds more items than are allowed. The message names the limit.

```pmta
http-mgmt-port 80800
queue-priority 500
```

Write a value inside the range:

```pmta
http-mgmt-port 8080
queue-priority 50
```",
};
