//! Stretch by stretch, a text reads as all of it at once, and so it does after an edit.

use proptest::prelude::*;

use super::*;
use crate::document::Document;
use crate::syntax::plain::tests::{line, text};

const PLACES: [Place; 1] = [Place::GLOBAL];

/// The items with their views.
fn items(reading: &Reading) -> Vec<(TextRange, ItemView)> {
    let items = reading.items.iter();
    items.map(|item| (item.range, item.view.view())).collect()
}

/// As [`items`], read with one tree.
fn of_one_tree(text: &str) -> Vec<(TextRange, ItemView)> {
    let tree = parse(text, None).unwrap();
    let spans = syntax::item_spans(tree.root_node(), text);
    let mut items = Vec::new();
    syntax::for_each_view(tree.root_node(), spans.into_iter(), text, |span, view| {
        items.push((span.range, view.clone()));
    });
    items
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn stretches_read_as_one_tree(text in text()) {
        prop_assert_eq!(items(&read(&text, &PLACES, &Earlier::default())), of_one_tree(&text), "{:?}", text);
    }

    #[test]
    fn what_is_settled_reads_the_same_whatever_follows(text in text(), behind in text()) {
        let reading = read(&text, &PLACES, &Earlier::default());
        let all = items(&reading);
        let with_all = (0..).zip(reading.items.iter());
        for (last, item) in with_all.filter(|(_, item)| item.is_settled) {
            let settled = format!("{}{behind}", &text[..item.range.end as usize]);
            let mut found = of_one_tree(&settled);
            found.truncate(last + 1);
            // Blank lines belong to the item before them.
            if let Some(last) = found.last_mut() {
                prop_assert!(last.0.end >= item.range.end, "{settled:?}");
                last.0.end = item.range.end;
            }
            prop_assert_eq!(&found[..], &all[..=last], "{:?}", settled);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    /// Documents of several runs, edited several times: so borders that edits have left are used.
    #[test]
    fn edits_read_as_fresh_texts(
        text in text(),
        edits in prop::collection::vec((any::<prop::sample::Index>(), 0..40_usize, prop::option::of(line())), 1..6),
    ) {
        let mut text = text;
        let mut document = Document::new(&text);
        for (at, removed, inserted) in edits {
            let border = |mut byte: usize| {
                while !text.is_char_boundary(byte) {
                    byte -= 1;
                }
                byte
            };
            let start = border(at.index(text.len() + 1));
            let end = border((start + removed).min(text.len())).max(start);
            let inserted = inserted.unwrap_or_default();
            document.edit(start..end, &inserted);
            text.replace_range(start..end, &inserted);
            let is_same = document.shape() == Document::new(&text).shape();
            prop_assert!(is_same, "{:?} after {start}..{end} {inserted:?}", text);
        }
    }
}

#[test]
fn comments_do_not_end_an_indented_section() {
    let text = "domain\n  host-name\n#\n\n";
    let reading = read(text, &PLACES, &Earlier::default());
    assert!(reading.items.iter().all(|item| !item.is_settled));
    let mut document = Document::new(text);
    document.edit(text.len()..text.len(), "  host-name\n");
    let fresh = Document::new(&format!("{text}  host-name\n"));
    assert!(document.shape() == fresh.shape());
}

#[test]
fn an_edit_reads_little_again() {
    let block = "<domain a.example.com>\n    max-smtp-out 20\n</domain>\n\n";
    for odd in [
        "",
        "domain-macro m a.example.com,\n  b.example.com\n\n",
        "smtp-port = 25\n",
    ] {
        let text = format!("{}{odd}{}", block.repeat(20), block.repeat(20));
        let reading = read(&text, &PLACES, &Earlier::default());
        assert_eq!(items(&reading), of_one_tree(&text));
        let settled = reading.items.iter().filter(|item| item.is_settled);
        assert!(settled.count() >= 36, "{odd:?}");
    }
}
