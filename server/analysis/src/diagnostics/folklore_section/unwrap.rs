//! An invented section around lines that may stand where it stands: `<limits>` in a `<domain>`.

use crate::diagnostics::{Fix, Safety, SectionSite, deletion};

/// The fix that deletes both tags.
pub(super) fn fix(site: &SectionSite<'_>) -> Option<Fix> {
    let (close, _) = site.closing()?;
    let item = site.item;
    let edits = [site.tag.range, close].map(|tag| deletion::directive(item, tag));
    Some(Fix {
        title: "Delete both tags".to_owned(),
        safety: Safety::Unsafe,
        edits: deletion::apart(edits.into()),
    })
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::diagnostics::test_support::fixed;

    #[test]
    fn the_lines_stay() {
        let text = "<domain example.net>\n    <limits>\n        max-msg-rate 600/h # slow\n    </limits>\n    max-smtp-out 5\n</domain>\n";
        expect![[r#"
            <domain example.net>
                    max-msg-rate 600/h # slow
                max-smtp-out 5
            </domain>
        "#]]
        .assert_eq(&fixed(text, "folklore-section"));
    }
}
