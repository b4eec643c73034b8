//! `missing-value`: a value, or a required part of one, is missing.

use crate::diagnostics::{Group, Rule, Severity};

/// The rule.
pub static RULE: Rule = Rule {
    code: "missing-value",
    severity: Severity::Error,
    group: Group::Structure,
    summary: "a value, or a required part of one, is missing",
    documentation: "The directive has no value, or its value ends before all the required parts are there. PowerMTA
refuses it as a missing argument.

```pmta
smtp-source-host 192.0.2.10
```

Add what the message names:

```pmta
smtp-source-host 192.0.2.10 mail.example.com
```",
};
