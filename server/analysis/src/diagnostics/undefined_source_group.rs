//! `undefined-source-group`: a source names a source group that nothing defines.

use super::{Group, Rule, Severity};

/// The rule.
pub static RULE: Rule = Rule {
    code: "undefined-source-group",
    severity: Severity::Warning,
    group: Group::References,
    summary: "a source names a source group that nothing defines",
    documentation: r#"A `<source>` belongs to a group, and no `<source-group>` has this name.

```pmta
<source 192.0.2.0/24>
    source-group customers
</source>
```

```pmta
<source-group customers>
</source-group>
<source 192.0.2.0/24>
    source-group customers
</source>
```

A name counts as defined if any file of the configuration defines it, before or after the line that
uses it. Nothing is reported while the configuration is not known as a whole: if it is a fragment, if
an included file could not be read, or if a template engine fills in some of the names."#,
};
