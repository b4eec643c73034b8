//! `invalid-boolean`: a switch is written with a word other than `yes`, `no`, `true` or `false`.

use crate::diagnostics::{Group, Rule, Severity};

/// The rule.
pub static RULE: Rule = Rule {
    code: "invalid-boolean",
    severity: Severity::Error,
    group: Group::Values,
    summary: "a switch is written with a word other than `yes`, `no`, `true` or `false`",
    documentation: "A switch is `yes` or `no`, or `true` or `false`, which mean the same. Other programs also take
`on` and `off`, `1` and `0` or `enabled` and `disabled`; PowerMTA does not.

```pmta
require-auth on
```

The fix writes the word that means the same:

```pmta
require-auth yes
```",
};
