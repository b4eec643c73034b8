//! `invalid-unit`: a unit is unknown, or stands apart from its number.

use crate::diagnostics::{Group, Rule, Severity};

/// The rule.
pub static RULE: Rule = Rule {
    code: "invalid-unit",
    severity: Severity::Error,
    group: Group::Values,
    summary: "a unit is unknown, or stands apart from its number",
    documentation: "Durations have the units `w`, `d`, `h`, `m` and `s`, sizes `b`, `k`, `m`, `g` and `t`, and the
period of a rate is `d`, `h`, `m` or `s` (also `day`, `hr`, `min` and `sec`). A unit directly
follows its number.

```pmta
max-msg-rate 3000/hour
bounce-after 4 d
max-message-size 10MB
```

The fix writes the unit that means the same, where there is one:

```pmta
max-msg-rate 3000/h
bounce-after 4d
max-message-size 10M
```",
};
