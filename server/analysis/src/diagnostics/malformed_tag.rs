//! `malformed-tag`: a tag without its closing bracket, or brackets that make no tag.

use super::{Finding, Fix, Group, Item, Rule, Safety, SectionSite, Severity};
use crate::syntax::{EntryKind, SectionForm};
use crate::text::TextRange;

/// The rule.
pub static RULE: Rule = Rule {
    code: "malformed-tag",
    severity: Severity::Error,
    group: Group::Structure,
    summary: "a tag lacks its closing bracket, or has no name",
    documentation: "A section begins with `<name argument>` and ends with `</name>`, each bracket closed on the same
line.

```pmta
<domain example.com
    max-smtp-out 20
</domain>
```

```pmta
<domain example.com>
    max-smtp-out 20
</domain>
```",
};

pub(crate) fn check(site: &SectionSite<'_>, findings: &mut Vec<Finding>) {
    let is_tag = site
        .section
        .is_none_or(|section| section.form == SectionForm::Tag);
    if is_tag && !site.tag.is_closed && !site.tag.argument_behind {
        findings.push(unclosed_bracket(site.tag.range));
    }
    if let Some((closing, _)) = site.closing() {
        let written = site.item.slice(closing);
        let is_end_tag = written.starts_with("</") || written.starts_with("&lt;/");
        if is_end_tag && !written.ends_with('>') && !written.ends_with("&gt;") {
            findings.push(unclosed_bracket(closing));
        }
    }
}

fn unclosed_bracket(tag: TextRange) -> Finding {
    Finding::new(
        &RULE,
        tag,
        "This tag has no closing bracket: write `>` at its end.",
    )
    .with_fix(Fix::replace(
        "Add `>`",
        Safety::Safe,
        TextRange::empty(tag.end),
        ">",
    ))
}

/// Sections that may be open at once: what the grammar can remember, many times more than PowerMTA has
/// levels.
const MOST_OPEN: usize = 24;

/// Brackets that the grammar could not read as a tag.
pub(crate) fn check_opaque(item: Item<'_>, findings: &mut Vec<Finding>) {
    for entry in &item.view.entries {
        if matches!(entry.kind, EntryKind::Opaque) && item.slice(entry.range).starts_with('<') {
            findings.push(no_tag(item.view.ancestors(entry).count(), entry.range));
        }
    }
}

/// The finding for brackets that stand in so many sections.
fn no_tag(open: usize, range: TextRange) -> Finding {
    if open >= MOST_OPEN {
        let message = format!(
            "Sections are read {MOST_OPEN} deep, and this one stands deeper: its tag is not read."
        );
        let mut finding = Finding::new(&RULE, range, message);
        finding.severity = Severity::Warning;
        return finding;
    }
    Finding::new(
        &RULE,
        range,
        "This is no tag: a section begins with `<name argument>` and ends with `</name>`.",
    )
}

#[cfg(test)]
mod tests {
    use super::MOST_OPEN;
    use crate::diagnostics::test_support::{findings, fixed};
    use expect_test::expect;

    #[test]
    fn without_bracket() {
        let text = r#"<domain a.example.com
    max-smtp-out 20
</domain
log-file /var/log/pmta/log
"#;
        expect![[r#"
            1:1-22 error malformed-tag: This tag has no closing bracket: write `>` at its end.
            3:1-9 error malformed-tag: This tag has no closing bracket: write `>` at its end.
        "#]]
        .assert_eq(&findings(text));
        expect![[r#"
            <domain a.example.com>
                max-smtp-out 20
            </domain
            log-file /var/log/pmta/log
        "#]]
        .assert_eq(&fixed(text, "malformed-tag"));
    }

    #[test]
    fn no_tag_at_all() {
        let text = r#"<>
< domain x>
<5>
log-file /var/log/pmta/log
"#;
        expect![[r#"
            1:1-3 error malformed-tag: This is no tag: a section begins with `<name argument>` and ends with `</name>`.
            2:1-12 error malformed-tag: This is no tag: a section begins with `<name argument>` and ends with `</name>`.
            3:1-4 error malformed-tag: This is no tag: a section begins with `<name argument>` and ends with `</name>`.
        "#]].assert_eq(&findings(text));
    }

    #[test]
    fn what_stands_deeper_than_is_read() {
        let nested = |levels: usize| {
            let open: String = (0..levels).map(|level| format!("<a{level}>\n")).collect();
            let close = (0..levels).rev().map(|level| format!("</a{level}>\n"));
            findings(&format!("{open}{}", close.collect::<String>()))
        };
        let told = "is not read";
        assert_eq!(nested(MOST_OPEN).matches(told).count(), 0);
        assert_eq!(nested(MOST_OPEN + 1).matches(told).count(), 1);
        expect!["25:1-6 warning malformed-tag: Sections are read 24 deep, and this one stands deeper: its tag is not read."]
        .assert_eq(
            nested(MOST_OPEN + 1)
                .lines()
                .find(|line| line.contains(told))
                .unwrap(),
        );
    }
}
