//! `undefined-proxy`: `use-proxy` names a proxy that nothing defines.

use super::{Group, Rule, Severity};

/// The rule.
pub static RULE: Rule = Rule {
    code: "undefined-proxy",
    severity: Severity::Error,
    group: Group::References,
    summary: "`use-proxy` names a proxy that nothing defines",
    documentation: r#"Every name after `use-proxy` has to be that of a `<proxy>`. PowerMTA does not take the configuration
otherwise.

```pmta
use-proxy proxy1,proxy2
<proxy proxy1>
    server 192.0.2.10:5000
    client 192.0.2.1 mta1.example.com
</proxy>
```

```pmta
use-proxy proxy1
<proxy proxy1>
    server 192.0.2.10:5000
    client 192.0.2.1 mta1.example.com
</proxy>
```

A name counts as defined if any file of the configuration defines it, before or after the line that
uses it. Nothing is reported while the configuration is not known as a whole: if it is a fragment, if
an included file could not be read, or if a template engine fills in some of the names."#,
};
