//! `html-entity`: brackets are written as HTML entities.

use super::{DirectiveSite, Edit, Finding, Fix, Group, Item, Rule, Safety, SectionSite, Severity};
use crate::syntax::EntryKind;
use crate::text::TextRange;

/// The rule.
pub static RULE: Rule = Rule {
    code: "html-entity",
    severity: Severity::Warning,
    group: Group::Syntax,
    summary: "a bracket is written as an HTML entity",
    documentation: "The source of a web page writes `<` and `>` as `&lt;` and `&gt;`. In a configuration they are just these
characters.

```pmta
&lt;domain example.com&gt;
    max-smtp-out 20
&lt;/domain&gt;
```

```pmta
<domain example.com>
    max-smtp-out 20
</domain>
```",
};

const ENTITIES: [(&str, &str); 5] = [
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&quot;", "\""),
    ("&#39;", "'"),
    ("&amp;", "&"),
];

pub(crate) fn check_section(site: &SectionSite<'_>, findings: &mut Vec<Finding>) {
    report(site.item, site.tag.range, findings);
    if let Some((close, _)) = site.closing() {
        report(site.item, close, findings);
    }
}

/// Directives written as elements in entities.
pub(crate) fn check(site: &DirectiveSite<'_>, findings: &mut Vec<Finding>) {
    report(site.item, site.entry.range, findings);
}

pub(crate) fn check_item(item: Item<'_>, findings: &mut Vec<Finding>) {
    for entry in &item.view.entries {
        if matches!(entry.kind, EntryKind::StrayEnd(_)) {
            report(item, entry.range, findings);
        }
    }
}

fn report(item: Item<'_>, range: TextRange, findings: &mut Vec<Finding>) {
    if !item.slice(range).starts_with("&lt;") {
        return;
    }
    let edits = decoding(item, range);
    findings.push(
        Finding::new(
            &RULE,
            range,
            "`&lt;` is how a web page's source writes `<`: write the bracket itself.",
        )
        .with_fix(Fix {
            title: "Decode the HTML entities of the line".to_owned(),
            safety: Safety::Safe,
            edits,
        }),
    );
}

/// The entities of the line. Decoding one tag alone would leave a line that is half the one and half
/// the other.
fn decoding(item: Item<'_>, tag: TextRange) -> Vec<Edit> {
    let (line, text) = item.line_around(tag.start);
    text.match_indices('&')
        .filter_map(|(at, _)| {
            let rest = text.get(at..)?;
            let (entity, plain) = ENTITIES
                .iter()
                .find(|(entity, _)| rest.starts_with(entity))?;
            let range = TextRange::of(at, at.saturating_add(entity.len())).shifted(line.start);
            Some(Edit {
                range,
                text: (*plain).to_owned(),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::diagnostics::test_support::{findings, fixed};

    #[test]
    fn each_tag_is_one_finding() {
        expect![[r#"
            1:1-27 warning html-entity: `&lt;` is how a web page's source writes `<`: write the bracket itself.
            3:1-16 warning html-entity: `&lt;` is how a web page's source writes `<`: write the bracket itself.
        "#]].assert_eq(&findings("&lt;domain example.net&gt;\n    max-smtp-out 7\n&lt;/domain&gt;\n"));
    }

    #[test]
    fn a_flattened_section_is_decoded_as_a_whole() {
        assert_eq!(
            fixed(
                "&lt;domain example.net&gt; max-smtp-out 7 &lt;/domain&gt;\n",
                "html-entity"
            ),
            "<domain example.net> max-smtp-out 7 </domain>\n"
        );
    }

    #[test]
    fn the_line_is_decoded() {
        assert_eq!(
            fixed(
                "&lt;acct-file &quot;/var/log/pmta/a b.csv&quot;&gt; # a &amp; b\n&lt;/acct-file&gt;\n",
                "html-entity"
            ),
            "<acct-file \"/var/log/pmta/a b.csv\"> # a & b\n&lt;/acct-file&gt;\n"
        );
    }
}
