//! `undefined-signals-filter`: a line names a signals filter that nothing defines.

use super::{Group, Rule, Severity};

/// The rule.
pub static RULE: Rule = Rule {
    code: "undefined-signals-filter",
    severity: Severity::Warning,
    group: Group::References,
    summary: "a line names a signals filter that nothing defines",
    documentation: r#"`enable-signals` takes `true`, `false` or the name of a filter, and no `<signals-filter>` has this
name.

```pmta
enable-signals customers
```

```pmta
<signals-filter customers>
    mail-from example.com enable-signals
</signals-filter>
enable-signals customers
```

A name counts as defined if any file of the configuration defines it, before or after the line that
uses it. Nothing is reported while the configuration is not known as a whole: if it is a fragment, if
an included file could not be read, or if a template engine fills in some of the names."#,
};
