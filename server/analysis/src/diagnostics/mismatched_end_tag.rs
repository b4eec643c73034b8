//! `mismatched-end-tag`: an end tag has another name than the section it ends.

use super::{Finding, Fix, Group, Rule, Safety, SectionSite, Severity, unclosed_section};
use crate::catalog;
use crate::syntax::{EntryKind, SectionEnd, SectionForm, normalise};
use crate::text::TextRange;

/// The rule.
pub static RULE: Rule = Rule {
    code: "mismatched-end-tag",
    severity: Severity::Error,
    group: Group::Structure,
    summary: "an end tag has another name than the section it ends",
    documentation:
        "Sections end in the reverse order in which they began, each by a tag of its own name.

```pmta
<virtual-mta mta1>
    <domain *>
        max-smtp-out 20
    </virtual-mta>
</virtual-mta>
```

Correct the name, or write the end tag that is missing:

```pmta
<virtual-mta mta1>
    <domain *>
        max-smtp-out 20
    </domain>
</virtual-mta>
```",
};

/// Whether the end tag of the section around ends this one too.
pub(crate) fn ends(site: &SectionSite<'_>) -> bool {
    let Some((_, outer)) = site.item.view.ancestors(site.entry).next() else {
        return false;
    };
    let SectionEnd::Closed(closing, _) = outer.end else {
        return false;
    };
    outer.form == SectionForm::Tag
        && site
            .section
            .is_some_and(|section| section.form == SectionForm::Tag)
        && site
            .item
            .slice(TextRange::new(site.entry.range.end, closing.start))
            .trim()
            .is_empty()
}

pub(crate) fn check(site: &SectionSite<'_>, findings: &mut Vec<Finding>) {
    let Some(section) = site.section else { return };
    let SectionEnd::Closed(closing, name) = section.end else {
        return;
    };
    if section.form != SectionForm::Tag {
        return;
    }
    let last = site.children().last();
    if let Some((index, entry)) = last
        && let EntryKind::Section(inner) = &entry.kind
    {
        let judged = site.item.judged.get(index as usize);
        let inner_site = SectionSite::new(
            site.item,
            index,
            entry,
            &inner.open,
            Some(inner),
            judged.copied().unwrap_or(site.judged),
        );
        if inner.end == SectionEnd::Missing
            && ends(&inner_site)
            && !unclosed_section::is_misspelt(&inner_site)
        {
            findings.push(inner_without_end(&inner_site, closing));
            return;
        }
    }
    let written = site.item.slice(name);
    if is_misspelt(&site.name, &normalise(written)) {
        findings.push(
            Finding::new(
                &RULE,
                name,
                format!(
                    "`</{written}>` should be `</{}>`, the section that is open here.",
                    site.written_name()
                ),
            )
            .with_related(site.tag.range, "The section began here.")
            .with_fix(Fix::replace(
                format!("Write `</{}>`", site.written_name()),
                Safety::Safe,
                name,
                site.written_name(),
            )),
        );
    }
}

/// The end tag of an outer section, `closing`, also ends `inner`, which has none: as a rule its own was
/// lost.
fn inner_without_end(inner: &SectionSite<'_>, closing: TextRange) -> Finding {
    let missing = unclosed_section::closing_text(inner);
    let content = inner.item.slice(inner.entry.range).trim_end().len();
    let end = inner
        .entry
        .range
        .start
        .saturating_add(TextRange::of(0, content).end);
    let outer = inner.item.slice(closing);
    let message = format!("This section has no end: write `{missing}` before `{outer}`.");
    Finding::new(&unclosed_section::RULE, inner.tag.range, message)
        .with_related(closing, format!("`{outer}` ends the section around it."))
        .with_fix(unclosed_section::insertion(inner, end, &missing))
}

/// Makes a finding about a section without end one about the end tag of the section around it, which
/// has the wrong name: the right one comes behind it.
pub(crate) fn rename_instead(finding: &mut Finding) {
    let missing = finding.fixes.first().and_then(|fix| fix.edits.first());
    let missing = missing.map(|edit| edit.text.trim().to_owned());
    let (Some(missing), Some(closing)) = (missing, finding.related.first()) else {
        return;
    };
    let name = missing.trim_matches(['<', '/', '>']);
    let message = format!("`{name}` is still open here: this end tag should be `{missing}`.");
    let title = format!("Write `{missing}`");
    *finding = Finding::new(&RULE, closing.range, message)
        .with_related(finding.range, format!("`{name}` began here."))
        .with_fix(Fix::replace(title, Safety::Safe, closing.range, missing));
}

/// Whether the end tag's name is a slip, and not one of two names for the same section. An opening
/// tag that is itself a slip is reported there.
fn is_misspelt(open: &str, close: &str) -> bool {
    open != close
        && catalog::section(open).is_some()
        && catalog::section(close).is_none()
        && catalog::folklore_section(close).is_none()
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::test_support::{findings, fixed};
    use expect_test::expect;

    #[test]
    fn the_first_of_two_has_the_wrong_name() {
        let text = r#"<virtual-mta mta1>
    <domain *>
        max-smtp-out 20
    </virtual-mta>
</virtual-mta>
log-file /var/log/pmta/log
"#;
        expect![[r#"
            4:5-19 error mismatched-end-tag: `domain` is still open here: this end tag should be `</domain>`.
        "#]].assert_eq(&findings(text));
        expect![[r#"
            <virtual-mta mta1>
                <domain *>
                    max-smtp-out 20
                </domain>
            </virtual-mta>
            log-file /var/log/pmta/log
        "#]]
        .assert_eq(&fixed(text, "mismatched-end-tag"));
    }

    #[test]
    fn a_slip_in_the_name() {
        let text = r#"<domain a.example.com>
    max-smtp-out 20
</domian>
log-file /var/log/pmta/log
"#;
        expect![[r#"
            3:3-9 error mismatched-end-tag: `</domian>` should be `</domain>`, the section that is open here.
        "#]].assert_eq(&findings(text));
        expect![[r#"
            <domain a.example.com>
                max-smtp-out 20
            </domain>
            log-file /var/log/pmta/log
        "#]]
        .assert_eq(&fixed(text, "mismatched-end-tag"));
    }

    #[test]
    fn two_names_of_one_section() {
        let text = r#"<sparkpost-analytics>
    log-verbose yes
</signals>
"#;
        expect![[r#"
            1:2-21 information deprecated: `<sparkpost-analytics>` is deprecated: use `<signals>` instead.
        "#]].assert_eq(&findings(text));
    }
}
