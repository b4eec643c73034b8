//! `undefined-macro`: a domain macro is used that nothing defines.

use super::{Group, Rule, Severity};

/// The rule.
pub static RULE: Rule = Rule {
    code: "undefined-macro",
    severity: Severity::Warning,
    group: Group::References,
    summary: "a domain macro is used that nothing defines",
    documentation: r#"`$name` stands for the domains of a `domain-macro`, and none has this name. So the section or list
does not hold the domains it is meant for.

```pmta
domain-macro hotmail hotmail.com,outlook.com
<domain $hotmial>
    max-smtp-out 10
</domain>
```

```pmta
domain-macro hotmail hotmail.com,outlook.com
<domain $hotmail>
    max-smtp-out 10
</domain>
```

Variables of `command` and `file-destination`, such as `$user`, are filled in at run time and are no
macros.

A name counts as defined if any file of the configuration defines it, before or after the line that
uses it. Nothing is reported while the configuration is not known as a whole: if it is a fragment, if
an included file could not be read, or if a template engine fills in some of the names."#,
};
