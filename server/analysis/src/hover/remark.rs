//! Help for a code in a comment that speaks to this program.

use super::{Hover, Page, quoted};
use crate::diagnostics::Rule;
use crate::document::Document;
use crate::pages;
use crate::policy::Selector;
use crate::remarks::Order;
use crate::text::TextRange;

/// Help for the code at a byte of a document.
pub(super) fn code(document: &Document, offset: usize) -> Option<Hover> {
    let offset = TextRange::of(offset, offset).start;
    let remark = document
        .remarks()
        .find(|remark| remark.range.touches(offset))?;
    let (Order::Ignore(codes) | Order::IgnoreFile(codes)) = remark.order else {
        return None;
    };
    let range = codes.into_iter().find(|code| code.touches(offset))?;
    let page = match Selector::named(&document.slice(range.as_usize()))? {
        Selector::Rule(rule) => about(rule),
        Selector::Group(group) => {
            let mut page = Page::default();
            page.heading(format!("Group {}", group.name()));
            let rules = crate::diagnostics::RULES.iter();
            for rule in rules.filter(|rule| rule.group == group) {
                page.item(format!("`{}`: {}", rule.code, rule.summary));
            }
            page
        }
    };
    Some(Hover { range, page })
}

/// What a rule says of itself.
fn about(rule: &Rule) -> Page {
    let mut page = Page::default();
    page.heading(rule.code);
    page.field("Severity", rule.severity.name());
    page.field("Group", rule.group.name());
    // Every second part between fences is code.
    for (index, part) in rule.documentation.split("```").enumerate() {
        if index % 2 == 1 {
            page.code(part.strip_prefix("pmta\n").unwrap_or(part));
            continue;
        }
        for paragraph in part.split("\n\n").map(str::trim) {
            if paragraph.starts_with("- ") {
                for item in paragraph.lines() {
                    page.item(item.trim_start_matches("- "));
                }
            } else {
                page.paragraph(paragraph.replace('\n', " "));
            }
        }
    }
    page.field("Page", quoted(&pages::rule(rule.code)));
    page
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::fixture::fixture;
    use crate::hover::{Markup, hover, render};

    fn shown(text: &str) -> Option<String> {
        let fixture = fixture(text);
        let hover = hover(&fixture.workspace, fixture.at)?;
        Some(render(&hover.page, Markup::Plain))
    }

    #[test]
    fn codes_are_explained() {
        expect![[r#"
            value-case

            Severity: information
            Group: values

            The words and units of values are only documented in one case, nearly always lower. Whether PowerMTA takes another one is not established, so better not to rely on it. Suffixes of sizes may have either case and are never reported.

                use-starttls Yes
                max-msg-rate 500/H

            The fix writes them as documented:

                use-starttls yes
                max-msg-rate 500/h

            Page: docs/rules/value-case.md"#]].assert_eq(
            &shown("max-msg-rate 1/H # pmta-ls: ignore[values, value-$0case]\n").unwrap(),
        );
        let group = shown("# pmta-ls: ignore-file[pmta-l$0s]\n").unwrap();
        assert!(group.contains("unused-ignore"), "{group}");
        for rule in crate::diagnostics::RULES {
            let help = shown(&format!("# pmta-ls: ignore[{}$0]\n", rule.code)).unwrap();
            assert!(help.contains(&crate::pages::rule(rule.code)), "{help}");
        }
        assert_eq!(shown("# pmta-ls: ig$0nore[values]\n"), None);
        assert_eq!(shown("# a comm$0ent\n"), None);
    }
}
