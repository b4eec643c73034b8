//! `incomplete-action`: an action lacks the one it belongs to.

use crate::diagnostics::{Group, Rule, Severity};

/// The rule.
pub static RULE: Rule = Rule {
    code: "incomplete-action",
    severity: Severity::Warning,
    group: Group::Values,
    summary: "an action lacks the one it belongs to",
    documentation: "`reenable-after` says for how long `disable-source-ip` lasts, and `backoff-to-normal-after` how
long `mode=backoff` does. Each must follow the action it belongs to in the same rule.

```pmta
reply /blocked/ reenable-after=1h
```

Put the other action before it:

```pmta
reply /blocked/ disable-source-ip,reenable-after=1h
```",
};
