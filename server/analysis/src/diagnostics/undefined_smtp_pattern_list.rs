//! `undefined-smtp-pattern-list`: a domain names an SMTP pattern list that nothing defines.

use super::{Group, Rule, Severity};

/// The rule.
pub static RULE: Rule = Rule {
    code: "undefined-smtp-pattern-list",
    severity: Severity::Warning,
    group: Group::References,
    summary: "a domain names an SMTP pattern list that nothing defines",
    documentation: r#"A `<domain>` reads the replies of the other side by an SMTP pattern list, and no
`<smtp-pattern-list>` has this name. So a mailbox provider that pushes back is not understood.

```pmta
<domain example.com>
    smtp-pattern-list blocking-error
</domain>
<smtp-pattern-list blocking-errors>
    reply /too many connections/ mode=backoff
</smtp-pattern-list>
```

```pmta
<domain example.com>
    smtp-pattern-list blocking-errors
</domain>
<smtp-pattern-list blocking-errors>
    reply /too many connections/ mode=backoff
</smtp-pattern-list>
```

A name counts as defined if any file of the configuration defines it, before or after the line that
uses it. Nothing is reported while the configuration is not known as a whole: if it is a fragment, if
an included file could not be read, or if a template engine fills in some of the names."#,
};
