//! `invalid-value`: the value does not fit its directive.

use crate::diagnostics::{Group, Rule, Severity};

/// The rule.
pub static RULE: Rule = Rule {
    code: "invalid-value",
    severity: Severity::Error,
    group: Group::Values,
    summary: "the value does not fit its directive",
    documentation: "The value, or the marked part of it, is not of the kind that the directive takes: an address
that is none, a word where a number belongs, a host name with a `/` in it. PowerMTA refuses to
load such a configuration.

```pmta
smtp-source-host 192.0.2.300 mail.example.com
http-access 10.* monitor
```

Write a value of the right kind; hovering over the directive shows which that is:

```pmta
smtp-source-host 192.0.2.30 mail.example.com
http-access 10/8 monitor
```",
};
