//! Invented sections that are rules of a list: `<smtp-pattern NAME>`, and `<pattern>` in
//! `<bounce-category-patterns>`.

use super::block::{Block, section};
use crate::diagnostics::{Fix, SectionSite};

/// The fix that writes a list of answers that start backoff.
pub(super) fn answers(site: &SectionSite<'_>) -> Option<Fix> {
    let name = site.argument();
    let mut block = Block::of(site)?;
    let patterns = block.take_all(&["pattern", "match", "regex"]);
    if name.is_empty() || patterns.is_empty() {
        return None;
    }
    let rules = patterns
        .iter()
        .map(|pattern| format!("reply {} mode=backoff", expression(pattern)));
    let others = block.others();
    let body: Vec<String> = rules.chain(others).collect();
    let title = format!("Write `<smtp-pattern-list {name}>`");
    Some(block.replaced_by(title, &section("smtp-pattern-list", name, &body)))
}

/// The fix that writes a rule for a category of bounces.
pub(super) fn category(site: &SectionSite<'_>) -> Option<Fix> {
    let mut block = Block::of(site)?;
    let pattern = block.take(&["pattern", "match", "regex"])?;
    let category = block.take(&["category"])?;
    let rule = format!("{} {category}", expression(&pattern));
    let title = format!("Write `{rule}`");
    let others = block.others();
    let lines: Vec<String> = std::iter::once(rule).chain(others).collect();
    Some(block.replaced_by(title, &lines))
}

/// A pattern between slashes.
fn expression(pattern: &str) -> String {
    let is_complete = pattern.len() > 1 && pattern.starts_with('/') && pattern.ends_with('/');
    if is_complete {
        pattern.to_owned()
    } else {
        format!("/{}/", pattern.replace('/', "\\/"))
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::diagnostics::test_support::{findings, fixed};

    #[test]
    fn answers_start_backoff() {
        let text = "<smtp-pattern slow>\n    # theirs\n    pattern ^45\n    pattern /rate limit/\n</smtp-pattern>\n";
        let fixed = fixed(text, "folklore-section");
        expect![[r#"
            <smtp-pattern-list slow>
                reply /^45/ mode=backoff
                reply /rate limit/ mode=backoff
                # theirs
            </smtp-pattern-list>
        "#]]
        .assert_eq(&fixed);
        assert_eq!(findings(&fixed), "");
    }

    #[test]
    fn a_category_is_a_line() {
        let text = "<bounce-category-patterns>\n    <pattern>\n        pattern /quota/\n        category quota-issues\n    </pattern>\n</bounce-category-patterns>\n";
        let fixed = fixed(text, "folklore-section");
        expect![[r#"
            <bounce-category-patterns>
                /quota/ quota-issues
            </bounce-category-patterns>
        "#]]
        .assert_eq(&fixed);
        assert_eq!(findings(&fixed), "");
    }
}
