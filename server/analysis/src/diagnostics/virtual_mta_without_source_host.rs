//! `virtual-mta-without-source-host`: a VirtualMTA has no address to send from.

use super::overview::Overview;
use super::{Finding, Group, Rule, Severity, addition};
use crate::catalog::ReferenceKind;
use crate::gaps::Gaps;
use crate::names::NameSpace;
use crate::outline::Line;
use crate::text::TextRange;

/// The rule.
pub static RULE: Rule = Rule {
    code: "virtual-mta-without-source-host",
    severity: Severity::Hint,
    group: Group::Settings,
    summary: "a VirtualMTA has no address to send from",
    documentation: "A VirtualMTA without `smtp-source-host` sends from the addresses given at the top level; where there are
none either, from whatever address the system chooses.

```pmta
<virtual-mta news>
</virtual-mta>
```

```pmta
<virtual-mta news>
    smtp-source-host 192.0.2.10 news.example.com
</virtual-mta>
```",
};

/// What gives a VirtualMTA an address, or may hold what does.
const ADDRESSES: [&str; 4] = [
    "include",
    "smtp-proxy-source-host",
    "smtp-source-host",
    "use-proxy",
];

/// Whether the lines are those of a VirtualMTA that has no address of its own, nor a line that may
/// have been meant to give it one.
pub(crate) fn is_bare(lines: &[Line], gaps: Option<&Gaps>) -> bool {
    let may_be_meant =
        gaps.is_some_and(|gaps| ADDRESSES.iter().any(|name| gaps.directives.has(name)));
    let is_virtual_mta =
        matches!(lines.first(), Some(Line::Open { place, .. }) if place.name() == "virtual-mta");
    is_virtual_mta
        && !may_be_meant
        && !lines.iter().any(|line| {
            matches!(line, Line::Setting { directive, .. } if directive
                .directive()
                .is_some_and(|directive| ADDRESSES.contains(&directive.name)))
        })
}

pub(crate) fn check(overview: &Overview<'_>, findings: &mut Vec<Finding>) {
    if ADDRESSES
        .iter()
        .any(|name| *name != "include" && overview.may_have_global(name))
    {
        return;
    }
    let document = overview.site.document;
    let items = document.items_where(|contents| contents.has_bare_virtual_mta);
    for item in items.filter(|item| item.facts.is_bare_virtual_mta) {
        let Some(Line::Open { argument, .. }) = item.facts.outline.first() else {
            continue;
        };
        let start = TextRange::of(item.start, item.start).start;
        if is_defined_twice(overview, argument.shifted(start)) {
            continue;
        }
        let message =
            "This VirtualMTA has no `smtp-source-host`, and there is none at the top level.";
        let range = argument.shifted(start);
        let name = document.slice(range.as_usize());
        let is_part = |sign: &char| sign.is_ascii_alphanumeric() || matches!(sign, '-' | '.');
        let host: String = name.chars().filter(is_part).collect();
        let line = format!("smtp-source-host 192.0.2.1 {host}.example.com");
        let edit = addition::inside(document, range, &line);
        let fix = addition::choice(
            "Add `smtp-source-host` with an address".to_owned(),
            vec![edit],
        );
        findings.push(Finding::new(&RULE, range, message).with_fix(fix));
    }
}

/// Whether another section defines the VirtualMTA of this name as well, which is reported: that one may
/// have the address.
fn is_defined_twice(overview: &Overview<'_>, name: TextRange) -> bool {
    let site = overview.site;
    let Some(table) = site.workspace.names(site.root) else {
        return false;
    };
    let name = site.document.slice(name.as_usize());
    let space = NameSpace::of(ReferenceKind::VirtualMta);
    let mut entries = table.spellings(space, &name);
    entries.any(|(key, entry)| space.is_same(&key.name, &name) && entry.total().definitions > 1)
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::overview::tests::found;
    use expect_test::expect;

    #[test]
    fn no_address() {
        let text = "\
<virtual-mta a>
    max-smtp-out 1
</virtual-mta>
<virtual-mta b>
    smtp-source-host 192.0.2.1 b.example.com
</virtual-mta>
";
        expect![[r#"
            config:1 hint: This VirtualMTA has no `smtp-source-host`, and there is none at the top level.
        "#]].assert_eq(&found(text, "virtual-mta-without-source-host"));
    }

    #[test]
    fn an_address_for_all() {
        let text = "\
smtp-source-host 192.0.2.1 b.example.com
<virtual-mta a>
</virtual-mta>
";
        expect![[r#""#]].assert_eq(&found(text, "virtual-mta-without-source-host"));
    }
}
