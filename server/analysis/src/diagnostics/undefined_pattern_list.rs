//! `undefined-pattern-list`: a source or rule names a pattern list that nothing defines.

use super::{Group, Rule, Severity};

/// The rule.
pub static RULE: Rule = Rule {
    code: "undefined-pattern-list",
    severity: Severity::Warning,
    group: Group::References,
    summary: "a source or rule names a pattern list that nothing defines",
    documentation: r#"A `<source>` chooses the VirtualMTA by a pattern list, or a rule goes on with one by `call-to:`, and
no `<pattern-list>` has this name.

```pmta
<source 192.0.2.1>
    pattern-list sender
</source>
<pattern-list senders>
    mail-from /@example[.]com$/ virtual-mta=mta1
</pattern-list>
```

```pmta
<source 192.0.2.1>
    pattern-list senders
</source>
<pattern-list senders>
    mail-from /@example[.]com$/ virtual-mta=mta1
</pattern-list>
```

A name counts as defined if any file of the configuration defines it, before or after the line that
uses it. Nothing is reported while the configuration is not known as a whole: if it is a fragment, if
an included file could not be read, or if a template engine fills in some of the names."#,
};
