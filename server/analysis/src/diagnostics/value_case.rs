//! `value-case`: a value is documented in other case.

use crate::diagnostics::{Group, Rule, Severity};

/// The rule.
pub static RULE: Rule = Rule {
    code: "value-case",
    severity: Severity::Information,
    group: Group::Values,
    summary: "a value is documented in other case",
    documentation:
        "The words and units of values are only documented in one case, nearly always lower. Whether
PowerMTA takes another one is not established, so better not to rely on it. Suffixes of sizes may
have either case and are never reported.

```pmta
use-starttls Yes
max-msg-rate 500/H
```

The fix writes them as documented:

```pmta
use-starttls yes
max-msg-rate 500/h
```",
};
