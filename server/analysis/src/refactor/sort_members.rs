//! Sorts the members of a pool, or the domains of a macro.

use std::cmp::Ordering;

use super::{Refactoring, RefactoringKind, Spot};
use crate::meaning::Meaning;
use crate::syntax::{Directive, EntryKind};
use crate::text::TextRange;
use crate::workspace::Workspace;

pub(super) fn refactoring(_: &Workspace, spot: &Spot) -> Option<Refactoring> {
    let (places, title) = match members_of_pool(spot) {
        Some(places) => (places, "Sort the members of the pool"),
        None => (domains_of_macro(spot)?, "Sort the domains of the macro"),
    };
    let texts: Vec<&str> = places.iter().map(|place| place.slice(&spot.text)).collect();
    let mut sorted = texts.clone();
    sorted.sort_by(|one, other| natural(one, other));
    if texts == sorted {
        return None;
    }
    let edits = places.iter().zip(sorted).zip(texts);
    let edits = edits.filter(|((_, new), old)| new != old);
    Some(Refactoring {
        title: title.to_owned(),
        kind: RefactoringKind::Rewrite,
        edits: edits
            .map(|((place, new), _)| spot.edit(*place, new))
            .collect(),
    })
}

/// The values of the `virtual-mta` lines of the pool around the place.
fn members_of_pool(spot: &Spot) -> Option<Vec<TextRange>> {
    let pool = super::share_in_pool::pool_at(spot)?;
    let mut members = Vec::new();
    for (_, entry) in spot.view.children(Some(pool)) {
        match &entry.kind {
            EntryKind::Directive(line) if is_member(spot, line) => members.push(line.value),
            // A comment would not know where to go.
            EntryKind::Comment(_) | EntryKind::TemplateMarker => return None,
            _ => {}
        }
    }
    Some(members)
}

fn is_member(spot: &Spot, line: &Directive) -> bool {
    line.name
        .slice(&spot.text)
        .eq_ignore_ascii_case("virtual-mta")
}

/// The domains of the `domain-macro` line at the place.
fn domains_of_macro(spot: &Spot) -> Option<Vec<TextRange>> {
    let (entry, judged) = spot.view.entries.first().zip(spot.judged.first())?;
    let (EntryKind::Directive(line), Meaning::Directive(found)) = (&entry.kind, judged.meaning)
    else {
        return None;
    };
    let value = line.value.slice(&spot.text);
    if found.name != "domain-macro" || value.contains(['#', '\n', '"']) {
        return None;
    }
    let list = value.find([' ', '\t'])?;
    let mut at = list;
    let mut domains = Vec::new();
    for part in value.get(list..)?.split_inclusive(',') {
        let domain = part.trim_end_matches(',').trim();
        let blanks = part.len().saturating_sub(part.trim_start().len());
        let start = at.saturating_add(blanks);
        let end = start.saturating_add(domain.len());
        domains.push(TextRange::of(start, end).shifted(line.value.start));
        at = at.saturating_add(part.len());
    }
    domains.retain(|domain| !domain.is_empty());
    Some(domains)
}

/// The order in which people count: `mta2` before `mta10`.
fn natural(one: &str, other: &str) -> Ordering {
    let key = |text: &str| {
        let mut parts: Vec<(String, u64)> = Vec::new();
        let mut rest = text;
        while !rest.is_empty() {
            let digits = rest.find(|sign: char| sign.is_ascii_digit());
            let (word, after) = rest.split_at(digits.unwrap_or(rest.len()));
            let end = after.find(|sign: char| !sign.is_ascii_digit());
            let (number, after) = after.split_at(end.unwrap_or(after.len()));
            parts.push((word.to_ascii_lowercase(), number.parse().unwrap_or(0)));
            rest = after;
        }
        parts
    };
    key(one).cmp(&key(other)).then_with(|| one.cmp(other))
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::refactor::test_support::refactored;

    #[test]
    fn members_are_counted_as_people_do() {
        expect![[r#"
            Sort the members of the pool
            <virtual-mta-pool p>
                virtual-mta mta1
                virtual-mta mta2
                max-smtp-out 5
                virtual-mta mta10
            </virtual-mta-pool>
        "#]]
        .assert_eq(&refactored(
            "<virtual-mta-pool p>\n    virtual-mta mta10$0\n    virtual-mta mta2\n    max-smtp-out 5\n    virtual-mta mta1\n</virtual-mta-pool>\n",
            "Sort",
        ));
    }

    #[test]
    fn domains_of_a_macro() {
        expect![[r#"
            Sort the domains of the macro
            domain-macro isps aol.com,gmail.com,  yahoo.com
        "#]]
        .assert_eq(&refactored(
            "domain-macro isps$0 yahoo.com,aol.com,  gmail.com\n",
            "Sort",
        ));
    }

    #[test]
    fn not_where_comments_stand_between_or_all_is_sorted() {
        for text in [
            "<virtual-mta-pool p>\n    virtual-mta b$0\n    # first\n    virtual-mta a\n</virtual-mta-pool>\n",
            "<virtual-mta-pool p>\n    virtual-mta a$0\n    virtual-mta b\n</virtual-mta-pool>\n",
        ] {
            assert_eq!(refactored(text, "Sort"), "nothing among []\n");
        }
    }
}
