//! `undefined-rewrite-list`: a line names a rewrite list that nothing defines.

use super::{Group, Rule, Severity};

/// The rule.
pub static RULE: Rule = Rule {
    code: "undefined-rewrite-list",
    severity: Severity::Warning,
    group: Group::References,
    summary: "a line names a rewrite list that nothing defines",
    documentation: r#"A source, VirtualMTA or pool rewrites addresses by a list, and no `<rewrite-list>` has this name.

```pmta
<virtual-mta mta1>
    rewrite-list brands
</virtual-mta>
```

```pmta
<rewrite-list brands>
    mail-from *@old.example *@new.example
</rewrite-list>
<virtual-mta mta1>
    rewrite-list brands
</virtual-mta>
```

A name counts as defined if any file of the configuration defines it, before or after the line that
uses it. Nothing is reported while the configuration is not known as a whole: if it is a fragment, if
an included file could not be read, or if a template engine fills in some of the names."#,
};
