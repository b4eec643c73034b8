//! `unknown-word`: a word is not among those that the value may be.

use crate::diagnostics::{Group, Rule, Severity};

/// The rule.
pub static RULE: Rule = Rule {
    code: "unknown-word",
    severity: Severity::Warning,
    group: Group::Values,
    summary: "a word is not among those that the value may be",
    documentation:
        "The directive takes one of a fixed set of words (or an action, a record type, a field of a
record), and this one is not known. It may be misspelt, or belong to a newer version of PowerMTA.

```pmta
type discrad
records d,bounces
```

Take one of the known words; completion offers them:

```pmta
type discard
records d,b
```",
};
