//! `undefined-address-list`: a source names an address list that nothing defines.

use super::{Group, Rule, Severity};

/// The rule.
pub static RULE: Rule = Rule {
    code: "undefined-address-list",
    severity: Severity::Warning,
    group: Group::References,
    summary: "a source names an address list that nothing defines",
    documentation: r#"A `<source>` suppresses the addresses of a list, and no `<address-list>` at the top level has this
name. Lists inside `<bounce-processor>` and `<feedback-loop-processor>` belong to these alone.

```pmta
<source 192.0.2.1>
    suppression-lists unsubscribed
</source>
```

```pmta
<address-list unsubscribed>
    address-file /etc/pmta/unsubscribed.txt
</address-list>
<source 192.0.2.1>
    suppression-lists unsubscribed
</source>
```

A name counts as defined if any file of the configuration defines it, before or after the line that
uses it. Nothing is reported while the configuration is not known as a whole: if it is a fragment, if
an included file could not be read, or if a template engine fills in some of the names."#,
};
