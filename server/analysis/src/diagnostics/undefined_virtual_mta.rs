//! `undefined-virtual-mta`: a line names a VirtualMTA or pool that nothing defines.

use super::{Group, Rule, Severity};

/// The rule.
pub static RULE: Rule = Rule {
    code: "undefined-virtual-mta",
    severity: Severity::Warning,
    group: Group::References,
    summary: "a line names a VirtualMTA or pool that nothing defines",
    documentation: r#"The line sends mail to a VirtualMTA or pool, and no `<virtual-mta>` and no `<virtual-mta-pool>` has
this name. PowerMTA rejects such mail, or bounces it later.

```pmta
<pattern-list senders>
    mail-from /@example[.]com$/ virtual-mta=mta-1
</pattern-list>
<virtual-mta mta1>
    smtp-source-host 192.0.2.1 mta1.example.com
</virtual-mta>
```

Correct the name, or define the VirtualMTA:

```pmta
<pattern-list senders>
    mail-from /@example[.]com$/ virtual-mta=mta1
</pattern-list>
<virtual-mta mta1>
    smtp-source-host 192.0.2.1 mta1.example.com
</virtual-mta>
```

`{default}` always exists, and `by-smtp-source-ip` is no name. What an invented line such as
`vmta NAME` refers to is looked up in every file, whole configuration or not.

A name counts as defined if any file of the configuration defines it, before or after the line that
uses it. Nothing is reported while the configuration is not known as a whole: if it is a fragment, if
an included file could not be read, or if a template engine fills in some of the names."#,
};
