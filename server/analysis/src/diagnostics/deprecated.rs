//! `deprecated`: there is a newer directive or section for it.

use super::{DirectiveSite, Finding, Fix, Group, Rule, Safety, SectionSite, Severity};
use super::{old_tls_version, renaming};
use crate::catalog::{self, Deprecated, Status};
use crate::meaning::{Meaning, catalog_name};
use crate::syntax::{DirectiveForm, EntryKind};
use crate::value::{self, Context};

/// The rule.
pub static RULE: Rule = Rule {
    code: "deprecated",
    severity: Severity::Information,
    group: Group::Versions,
    summary: "there is a newer directive or section for it",
    documentation: "PowerMTA still reads it, but something else took its place, and a later version may drop it.

```pmta
<domain example.com>
    max-msg-per-hour 500
</domain>
```

```pmta
<domain example.com>
    max-msg-rate 500/h
</domain>
```

Where the newer name takes the same value and means the same, the fix renames it.",
};

pub(crate) fn check(site: &DirectiveSite<'_>, findings: &mut Vec<Finding>) {
    let Meaning::Directive(found) = site.judged.meaning else {
        return;
    };
    let Some(deprecated) = found.deprecated else {
        return;
    };
    let section_is_deprecated = || {
        let section = found.place.section();
        section.is_some_and(|section| section.deprecated.is_some())
    };
    if found.status != Status::Documented
        || section_is_deprecated()
        || old_tls_version::allowed(site).is_some()
    {
        return;
    }
    let mut finding = Finding::new(
        &RULE,
        site.directive.name,
        message(&format!("`{}`", found.name), deprecated),
    );
    finding.fixes.extend(renamed(site, found, deprecated));
    findings.push(finding);
}

pub(crate) fn check_section(site: &SectionSite<'_>, findings: &mut Vec<Finding>) {
    let Meaning::Section(found) = site.judged.meaning else {
        return;
    };
    let Some(deprecated) = found.deprecated else {
        return;
    };
    let mut finding = Finding::new(
        &RULE,
        site.tag.name,
        message(&format!("`<{}>`", found.name), deprecated),
    );
    let wanted = deprecated
        .replacement
        .filter(|_| deprecated.is_equal)
        .and_then(|tag| catalog::section(tag.trim_matches(['<', '>'])));
    if let Some(wanted) = wanted {
        finding = finding.with_fix(Fix {
            title: format!("Change to `<{}>`", wanted.name),
            safety: Safety::Safe,
            edits: renaming::section(site, wanted.name),
        });
    }
    findings.push(finding);
}

fn message(name: &str, deprecated: Deprecated) -> String {
    match deprecated.replacement {
        Some(replacement) => format!("{name} is deprecated: use {} instead.", quoted(replacement)),
        None => format!("{name} is deprecated ({}).", deprecated.since),
    }
}

/// A replacement that is a name alone, in code quotes.
fn quoted(replacement: &str) -> String {
    if replacement.contains(' ') {
        replacement.to_owned()
    } else {
        format!("`{replacement}`")
    }
}

/// The fix that renames the directive, where its value fits the newer one.
pub(super) fn renamed(
    site: &DirectiveSite<'_>,
    found: &catalog::Directive,
    deprecated: Deprecated,
) -> Option<Fix> {
    let wanted = catalog::directive_in(deprecated.replacement?, found.place)?;
    let context = Context {
        cut_by_comment: site.directive.cut_by_comment,
    };
    let parsed = value::parse(&wanted.value, site.value(), context);
    let fits = parsed.problems.is_empty() && parsed.rest.is_empty();
    let is_plain = site.directive.form == DirectiveForm::Plain && !site.value().is_empty();
    let mut siblings = (site.item.view.entries.iter()).filter(|it| it.parent == site.entry.parent);
    let is_there = siblings.any(|sibling| match &sibling.kind {
        EntryKind::Directive(line) => catalog_name(site.item.text, line) == wanted.name,
        _ => false,
    });
    (fits && is_plain && !is_there).then(|| Fix {
        title: format!("Change to `{}`", wanted.name),
        safety: if deprecated.is_equal {
            Safety::Safe
        } else {
            Safety::Alternative
        },
        edits: renaming::directive(site, wanted.name),
    })
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::diagnostics::test_support::{findings, fixed};

    #[test]
    fn a_directive_with_a_newer_name() {
        let text =
            "<domain example.com>\n    route [192.0.2.1]:25\n    max-msg-per-hour 500\n</domain>\n";
        expect![[r#"
            2:5-10 information deprecated: `route` is deprecated: use `smtp-hosts` instead.
            3:5-21 information deprecated: `max-msg-per-hour` is deprecated: use `max-msg-rate` instead.
        "#]]
        .assert_eq(&findings(text));
        expect![[r#"
            <domain example.com>
                smtp-hosts [192.0.2.1]:25
                max-msg-per-hour 500
            </domain>
        "#]]
        .assert_eq(&fixed(text, "deprecated"));
    }

    #[test]
    fn a_section_with_a_newer_name() {
        let text = "<sparkpost-analytics>\n    customer-id 5\n</sparkpost-analytics>\n";
        expect![[r#"
            1:2-21 information deprecated: `<sparkpost-analytics>` is deprecated: use `<signals>` instead.
            2:5-16 warning unknown-directive: PowerMTA has no directive `customer-id`.
        "#]]
        .assert_eq(&findings(text));
        expect![[r#"
            <signals>
                customer-id 5
            </signals>
        "#]]
        .assert_eq(&fixed(text, "deprecated"));
    }

    #[test]
    fn one_finding_for_a_section_that_is_no_more() {
        expect![[r#"
            1:2-14 information deprecated: `<gm-imprinter>` is deprecated (absent from the 5.0 guides).
        "#]]
        .assert_eq(&findings(
            "<gm-imprinter>\n    account-id 1\n    imprinter-id 2\n</gm-imprinter>\n",
        ));
    }
}
