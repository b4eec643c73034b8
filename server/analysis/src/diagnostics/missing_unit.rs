//! `missing-unit`: a duration or a size is a bare number.

use crate::diagnostics::{Group, Rule, Severity};

/// The rule.
pub static RULE: Rule = Rule {
    code: "missing-unit",
    severity: Severity::Information,
    group: Group::Values,
    summary: "a duration or a size is a bare number",
    documentation: "A duration without unit is read as seconds and a size without unit as bytes, as far as is known:
no guide says so for durations, and for sizes it is deprecated. With its unit the value says
what it means.

```pmta
connect-timeout 60
max-message-size 10485760
```

Write the unit:

```pmta
connect-timeout 60s
max-message-size 10M
```",
};
