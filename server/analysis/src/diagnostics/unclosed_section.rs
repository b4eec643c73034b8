//! `unclosed-section`: a section has no end tag.

use super::{Finding, Fix, Group, Item, Rule, Safety, SectionSite, Severity};
use crate::meaning::Meaning;
use crate::slip;
use crate::syntax::{SectionEnd, SectionForm};
use crate::text::TextRange;

/// The rule.
pub static RULE: Rule = Rule {
    code: "unclosed-section",
    severity: Severity::Error,
    group: Group::Structure,
    summary: "a section has no end tag",
    documentation:
        "Each section ends with its own end tag. Without it PowerMTA does not load the file, and it
cannot be told for sure which lines belong to the section.

```pmta
<domain example.com>
    max-smtp-out 20
<domain example.net>
    max-smtp-out 5
</domain>
```

Write the end tag where the section ends:

```pmta
<domain example.com>
    max-smtp-out 20
</domain>
```",
};

pub(crate) fn check(site: &SectionSite<'_>, findings: &mut Vec<Finding>) {
    let Some(section) = site.section else { return };
    let is_open = section.end == SectionEnd::Missing && section.form != SectionForm::Indentation;
    if is_misspelt(site) {
        return;
    }
    if !is_open || super::mismatched_end_tag::ends(site) {
        return;
    }
    let end = end_of_content(site.item, site.entry.range);
    let closing = closing_text(site);
    let finding = Finding::new(
        &RULE,
        site.tag.range,
        format!("This section has no end: write `{closing}` where it ends."),
    )
    .with_related(
        TextRange::empty(end),
        format!("`{}` is taken to end here.", site.written_name()),
    );
    findings.push(finding.with_fix(insertion(site, end, &closing)));
}

/// Whether the tag's name has a slip, which is reported: the end tag is there as a rule, under the
/// right name.
pub(crate) fn is_misspelt(site: &SectionSite<'_>) -> bool {
    matches!(site.judged.meaning, Meaning::UnknownSection) && slip::section(&site.name).is_some()
}

/// What would close the section.
pub(crate) fn closing_text(site: &SectionSite<'_>) -> String {
    match site.section.map(|section| section.form) {
        Some(SectionForm::Braces) => "}".to_owned(),
        Some(SectionForm::Keyword) => "end".to_owned(),
        _ => format!("</{}>", site.written_name()),
    }
}

/// The fix that writes the missing end on a line of its own behind `end`.
pub(crate) fn insertion(site: &SectionSite<'_>, end: u32, closing: &str) -> Fix {
    let item = site.item;
    let text = format!(
        "{}{}{closing}",
        item.line_break(),
        item.indentation(site.tag.range.start)
    );
    Fix::replace(
        format!("Insert `{closing}`"),
        Safety::Safe,
        TextRange::empty(end),
        text,
    )
}

/// The end of the last line of a section that holds more than blanks.
fn end_of_content(item: Item<'_>, range: TextRange) -> u32 {
    let content = item.slice(range).trim_end().len();
    let end = range.start.saturating_add(TextRange::of(0, content).end);
    let (line, text) = item.line_around(end);
    line.start
        .saturating_add(TextRange::of(0, text.trim_end().len()).end)
        .max(end)
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::test_support::{findings, fixed};
    use expect_test::expect;

    #[test]
    fn the_next_section_shows_the_end() {
        let text = r#"<domain a.example.com>
    max-smtp-out 20
<domain b.example.com>
    max-smtp-out 5
</domain>
log-file /var/log/pmta/log
"#;
        expect![[r#"
            1:1-23 error unclosed-section: This section has no end: write `</domain>` where it ends.
        "#]]
        .assert_eq(&findings(text));
        expect![[r#"
            <domain a.example.com>
                max-smtp-out 20
            </domain>
            <domain b.example.com>
                max-smtp-out 5
            </domain>
            log-file /var/log/pmta/log
        "#]]
        .assert_eq(&fixed(text, "unclosed-section"));
    }

    #[test]
    fn at_the_end_of_the_file() {
        let text = r#"<virtual-mta mta1>
    smtp-source-host 192.0.2.1 mta1.example.com
    <domain *>
        max-smtp-out 20
"#;
        expect![[r#"
            1:1-19 error unclosed-section: This section has no end: write `</virtual-mta>` where it ends.
            3:5-15 error unclosed-section: This section has no end: write `</domain>` where it ends.
        "#]].assert_eq(&findings(text));
        expect![[r#"
            <virtual-mta mta1>
                smtp-source-host 192.0.2.1 mta1.example.com
                <domain *>
                    max-smtp-out 20
            </virtual-mta>
        "#]]
        .assert_eq(&fixed(text, "unclosed-section"));
    }

    #[test]
    fn nothing_is_said_of_places_in_an_open_section() {
        let text = r#"<virtual-mta mta1>
    smtp-source-host 192.0.2.1 mta1.example.com
<domain *>
    max-smtp-out 20
</domain>
log-file /var/log/pmta/log
"#;
        expect![[r#"
            1:1-19 error unclosed-section: This section has no end: write `</virtual-mta>` where it ends.
        "#]].assert_eq(&findings(text));
    }

    #[test]
    fn the_end_of_the_section_around_shows_the_end() {
        let text = r#"<virtual-mta mta1>
    <domain *>
        max-smtp-out 20
</virtual-mta>
log-file /var/log/pmta/log
"#;
        expect![[r#"
            2:5-15 error unclosed-section: This section has no end: write `</domain>` before `</virtual-mta>`.
        "#]].assert_eq(&findings(text));
        expect![[r#"
            <virtual-mta mta1>
                <domain *>
                    max-smtp-out 20
                </domain>
            </virtual-mta>
            log-file /var/log/pmta/log
        "#]]
        .assert_eq(&fixed(text, "unclosed-section"));
    }

    #[test]
    fn a_tag_with_a_slip_is_reported_for_its_name() {
        let text = r#"<virtual-mta mta1>
    <domian *>
        max-smtp-out 20
    </domain>
</virtual-mta>
<virtaul-mta mta2>
    smtp-source-host 192.0.2.2 mta2.example.com
</virtual-mta>
log-file /var/log/pmta/log
"#;
        expect![[r#"
            2:6-12 warning unknown-section: PowerMTA has no section `<domian>`. Did you mean `<domain>`?
            6:2-13 warning unknown-section: PowerMTA has no section `<virtaul-mta>`. Did you mean `<virtual-mta>`?
        "#]].assert_eq(&findings(text));
    }

    #[test]
    fn braces() {
        let text = r#"domain example.com {
    max-smtp-out 20
"#;
        expect![[r#"
            1:1-21 error unclosed-section: This section has no end: write `}` where it ends.
            1:20-21 warning brace-block: A section is written `<domain example.com>` … `</domain>`, not with braces.
        "#]].assert_eq(&findings(text));
    }
}
