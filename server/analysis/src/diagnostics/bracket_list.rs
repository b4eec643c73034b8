//! `bracket-list`: a list is written in brackets and quotes.

use crate::diagnostics::{Group, Rule, Severity};

/// The rule.
pub static RULE: Rule = Rule {
    code: "bracket-list",
    severity: Severity::Warning,
    group: Group::Syntax,
    summary: "a list is written in brackets and quotes",
    documentation: r#"Lists have no brackets around them: the items are joined by commas. Brackets and quotes around
items belong to JSON and the like.

```pmta
use-proxy ["proxy-a", "proxy-b"]
```

The fix takes them away:

```pmta
use-proxy proxy-a,proxy-b
```"#,
};
