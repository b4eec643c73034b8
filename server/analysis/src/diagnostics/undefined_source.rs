//! `undefined-source`: a listener or user names a source that nothing defines.

use super::{Group, Rule, Severity};

/// The rule.
pub static RULE: Rule = Rule {
    code: "undefined-source",
    severity: Severity::Warning,
    group: Group::References,
    summary: "a listener or user names a source that nothing defines",
    documentation: r#"A listener or an SMTP user takes its settings from a source of this name, and no `<source NAME>` has
it.

```pmta
<smtp-user alice>
    password "EXAMPLE"
    source auth-users
</smtp-user>
```

```pmta
<smtp-user alice>
    password "EXAMPLE"
    source auth-users
</smtp-user>
<source auth-users>
    always-allow-relaying yes
</source>
```

The braces of a name such as `{auth}` belong to it.

A name counts as defined if any file of the configuration defines it, before or after the line that
uses it. Nothing is reported while the configuration is not known as a whole: if it is a fragment, if
an included file could not be read, or if a template engine fills in some of the names."#,
};
