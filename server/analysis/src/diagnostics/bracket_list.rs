//! `bracket-list`: a list is written in brackets and quotes.

use crate::diagnostics::{DirectiveSite, Finding, Group, Rule, Severity};
use crate::meaning::Meaning;

/// The rule.
pub static RULE: Rule = Rule {
    code: "bracket-list",
    severity: Severity::Warning,
    group: Group::Syntax,
    summary: "a list is written in brackets and quotes",
    documentation: r#"Lists have no brackets around them: the items are joined by commas. Brackets and quotes around
items belong to JSON and the like.

```pmta
use-proxy ["proxy-a", "proxy-b"]
```

The fix takes them away:

```pmta
use-proxy proxy-a,proxy-b
```"#,
};

/// Lists of directives that have no value in the catalog; `value.rs` reports those of the others.
pub(crate) fn check(site: &DirectiveSite<'_>, findings: &mut Vec<Finding>) {
    if !matches!(
        site.judged.meaning,
        Meaning::UnknownDirective | Meaning::Folklore(_)
    ) {
        return;
    }
    let value = site.value();
    let inside = value
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    if inside.is_some_and(|inside| inside.contains(['"', ','])) {
        findings.push(Finding::new(
            &RULE,
            site.directive.value,
            "Lists have no brackets in PowerMTA: items are joined by commas.",
        ));
    }
}
