//! `<bind source-vmta="V" destination-domain="D">`: the settings of one VirtualMTA for one domain.

use crate::diagnostics::{Edit, Fix, Safety, SectionSite};
use crate::syntax::normalise;

/// The fix that writes a `<domain>` inside a `<virtual-mta>`.
pub(super) fn fix(site: &SectionSite<'_>) -> Option<Fix> {
    let item = site.item;
    let attribute = |wanted: &str| {
        let mut attributes = site.tag.attributes.iter();
        let (_, value) = attributes.find(|(name, _)| normalise(item.slice(*name)) == wanted)?;
        let value = item.slice(*value);
        (!value.is_empty() && !value.contains([' ', '\t'])).then_some(value)
    };
    let name = attribute("source-vmta")?;
    let domain = attribute("destination-domain")?;
    let (close, _) = site.closing()?;
    let line_break = item.line_break();
    let indentation = item.indentation(site.tag.range.start);
    Some(Fix {
        title: format!("Write `<virtual-mta {name}>` with `<domain {domain}>` inside"),
        safety: Safety::Unsafe,
        edits: vec![
            Edit {
                range: site.tag.range,
                text: format!("<virtual-mta {name}>{line_break}{indentation}<domain {domain}>"),
            },
            Edit {
                range: close,
                text: format!("</domain>{line_break}{indentation}</virtual-mta>"),
            },
        ],
    })
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::diagnostics::test_support::fixed;

    #[test]
    fn two_sections_take_its_place() {
        let text = "<bind source-vmta=\"orders-1\" destination-domain=\"example.net\">\n  max-smtp-out 6\n</bind>\n";
        expect![[r#"
            <virtual-mta orders-1>
            <domain example.net>
              max-smtp-out 6
            </domain>
            </virtual-mta>
        "#]]
        .assert_eq(&fixed(text, "folklore-section"));
    }
}
