//! `regex-flags`: letters follow the closing slash of an expression.

use crate::diagnostics::{Group, Rule, Severity};

/// The rule.
pub static RULE: Rule = Rule {
    code: "regex-flags",
    severity: Severity::Warning,
    group: Group::Syntax,
    summary: "letters follow the closing slash of an expression",
    documentation: "PowerMTA takes no flags after the closing slash. Expressions ignore case without being asked;
where case matters, begin the expression with `(?-i)`. Other options can be set inside the
expression in the same way.

```pmta
reply /rate limited/i mode=backoff
```

The fix deletes the letters, and moves those that change what matches to the front:

```pmta
reply /rate limited/ mode=backoff
```",
};
