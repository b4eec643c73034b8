//! `unreachable-rule`: a rule comes after one that matches all it does.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use super::{Finding, Fix, Group, Rule, Safety, SectionSite, Severity, deletion};
use crate::meaning::{Meaning, catalog_name};
use crate::syntax::{Directive, Entry, EntryKind, SectionEnd};
use crate::text::TextRange;

/// The rule.
pub static RULE: Rule = Rule {
    code: "unreachable-rule",
    severity: Severity::Hint,
    group: Group::Order,
    summary: "a rule comes after one that matches all it does",
    documentation: "Rules are tried from top to bottom and the first that matches counts, so a rule behind a catch-all, or
behind the same pattern, is never used.

```pmta
<pattern-list by-sender>
    mail-from // virtual-mta=rest
    mail-from /^news@/ virtual-mta=news
</pattern-list>
```

```pmta
<pattern-list by-sender>
    mail-from /^news@/ virtual-mta=news
    mail-from // virtual-mta=rest
</pattern-list>
```",
};

/// How the catalog says that the first rule that matches counts.
const FIRST_MATCH: &str = "first match";
/// Expressions that match every text.
const CATCH_ALL: [&str; 5] = ["//", "/.*/", "/^/", "/^.*/", "/^.*$/"];

pub(crate) fn check(site: &SectionSite<'_>, findings: &mut Vec<Finding>) {
    let Meaning::Section(section) = site.judged.meaning else {
        return;
    };
    let parts = |text: &'static str| text.split([',', ';']).map(str::trim);
    if !section
        .evaluation
        .is_some_and(|text| parts(text).any(|part| part == FIRST_MATCH))
    {
        return;
    }
    // Without its end, or that of one around it, a section may hold rules of another.
    let own = site.section.into_iter();
    let around = site.item.view.ancestors(site.entry);
    let mut sections = own.chain(around.map(|(_, section)| section));
    if sections.any(|section| section.end == SectionEnd::Missing) {
        return;
    }
    // What is tried: the kind of rule with its expression, and of a header its name.
    let mut seen: FxHashMap<(Cow<'_, str>, String), TextRange> = FxHashMap::default();
    let mut ends = FxHashMap::default();
    for (_, entry) in site.children() {
        let EntryKind::Directive(directive) = &entry.kind else {
            continue;
        };
        let kind = catalog_name(site.item.text, directive);
        let whole = directive.name.cover(directive.value);
        let text = if kind.starts_with('/') {
            site.item.slice(whole)
        } else {
            site.item.slice(directive.value)
        };
        let Some((subject, pattern)) = tried(&kind, text) else {
            continue;
        };
        let key = (kind.clone(), format!("{subject} {pattern}"));
        let end = ends
            .get(&(Cow::Borrowed("*"), String::new()))
            .or_else(|| ends.get(&(kind.clone(), subject.clone())));
        let before: Option<&TextRange> = end.or_else(|| seen.get(&key));
        if let Some(before) = before {
            let message = "This rule is never used: a rule above it matches first.";
            findings.push(
                Finding::new(&RULE, whole, message)
                    .with_related(*before, "This rule matches first.")
                    .with_fixes(deletion_of(site, entry, directive)),
            );
            continue;
        }
        if kind == "*" {
            ends.insert((kind.clone(), String::new()), whole);
        } else if CATCH_ALL.contains(&pattern) && subject.is_empty() {
            ends.insert((kind.clone(), subject), whole);
        }
        seen.insert(key, whole);
    }
}

/// The fix that deletes a rule, unless a list of its own hangs on it.
fn deletion_of(site: &SectionSite<'_>, entry: &Entry, directive: &Directive) -> Option<Fix> {
    directive.inline_section.is_none().then(|| Fix {
        title: "Delete this rule".to_owned(),
        safety: Safety::Unsafe,
        edits: vec![deletion::directive(site.item, entry.range)],
    })
}

/// What a rule looks at, in lower case, and its expression; none if it has none.
fn tried<'t>(kind: &str, text: &'t str) -> Option<(String, &'t str)> {
    if kind == "*" {
        return Some((String::new(), "*"));
    }
    let start = text.find('/')?;
    let subject = text.get(..start)?.trim().to_ascii_lowercase();
    let inside = text.get(start.saturating_add(1)..)?;
    let mut is_escaped = false;
    let end = inside.find(|sign| {
        let ends = sign == '/' && !is_escaped;
        is_escaped = sign == '\\' && !is_escaped;
        ends
    })?;
    let end = start.saturating_add(end).saturating_add(2);
    Some((subject, text.get(start..end)?))
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::test_support::findings;
    use expect_test::expect;

    #[test]
    fn rules_that_are_never_used() {
        let text = "\
<pattern-list a>
    mail-from /^a@/ virtual-mta=one
    rcpt-to /^a@/ virtual-mta=one
    mail-from /^a@/ virtual-mta=two
    header x-class // virtual-mta=one
    header x-job // virtual-mta=one
    mail-from // virtual-mta=one
    mail-from /b/ virtual-mta=two
    rcpt-to /b/ virtual-mta=two
</pattern-list>
<bounce-category-patterns>
    /full/ quota-issues
    // other
    /unknown/ bad-mailbox
</bounce-category-patterns>
<smtp-pattern-list b>
    reply // mode=backoff
    reply /x/ mode=normal
    reply /x/ bounce-queue
</smtp-pattern-list>
";
        expect![[r#"
            4:5-36 hint unreachable-rule: This rule is never used: a rule above it matches first.
            8:5-34 hint unreachable-rule: This rule is never used: a rule above it matches first.
            14:5-26 hint unreachable-rule: This rule is never used: a rule above it matches first.
        "#]]
        .assert_eq(&findings(text));
    }
}
