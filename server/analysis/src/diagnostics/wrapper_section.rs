//! `wrapper-section`: a tag around the whole configuration.

use super::{Edit, Finding, Fix, Group, Item, Rule, Safety, SectionSite, Severity};
use crate::meaning::Meaning;
use crate::text::TextRange;

/// The rule.
pub static RULE: Rule = Rule {
    code: "wrapper-section",
    severity: Severity::Warning,
    group: Group::Syntax,
    summary: "a tag stands around the whole configuration",
    documentation: "The file itself is the configuration: no tag stands around it.

```pmta
<powermta>
host-name mail.example.com
</powermta>
```

```pmta
host-name mail.example.com
```",
};

pub(crate) fn check(site: &SectionSite<'_>, findings: &mut Vec<Finding>) {
    if !matches!(site.judged.meaning, Meaning::Wrapper) || site.section.is_none() {
        return;
    }
    let mut edits = vec![deletion(site.item, site.tag.range)];
    if let Some((close, _)) = site.closing() {
        let closing = deletion(site.item, close);
        if edits
            .iter()
            .all(|opening| opening.range.end <= closing.range.start)
        {
            edits.push(closing);
        }
    }
    let name = site.written_name();
    findings.push(
        Finding::new(
            &RULE,
            site.tag.range,
            format!("PowerMTA has no section `{name}`: the file itself is the configuration."),
        )
        .with_fix(Fix {
            title: format!("Delete `{name}` and its end"),
            safety: Safety::Safe,
            edits,
        }),
    );
}

/// Deletes a tag, with its line if nothing else stands there.
fn deletion(item: Item<'_>, tag: TextRange) -> Edit {
    let lines = item.whole_lines(tag);
    let is_alone = item.slice(lines).trim() == item.slice(tag).trim();
    Edit {
        range: if is_alone { lines } else { tag },
        text: String::new(),
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::diagnostics::test_support::{findings, fixed};

    const WRAPPED: &str = "<powermta>\n<domain example.net>\n    max-smtp-out 7\n</domain>\nrun-as-root no\n</powermta>\n";

    #[test]
    fn what_it_holds_stands_at_the_top_level() {
        expect![[r#"
            1:1-11 warning wrapper-section: PowerMTA has no section `powermta`: the file itself is the configuration.
        "#]].assert_eq(&findings(WRAPPED));
    }

    #[test]
    fn both_tags_go() {
        expect![[r#"
            <domain example.net>
                max-smtp-out 7
            </domain>
            run-as-root no
        "#]]
        .assert_eq(&fixed(WRAPPED, "wrapper-section"));
        assert_eq!(
            fixed("config {\nrun-as-root no\n}\n", "wrapper-section"),
            "run-as-root no\n"
        );
    }
}
