//! The edit that takes a directive out of the text.

use super::{Edit, Item};
use crate::document::Document;
use crate::text::TextRange;

/// Deletes a directive: its line, or only itself where other things stand on the line, such as a
/// comment, which stays.
pub(crate) fn directive(item: Item<'_>, range: TextRange) -> Edit {
    let (first, _) = item.line_around(range.start);
    let (last, _) = item.line_around(range.end);
    let before = item.slice(TextRange::new(first.start, range.start));
    let after = item.slice(TextRange::new(range.end, last.end)).trim_start();
    let starts_line = before.trim().is_empty();
    let range = if starts_line && after.is_empty() {
        item.whole_lines(range)
    } else if starts_line {
        TextRange::new(
            range.start,
            last.end.saturating_sub(TextRange::of(0, after.len()).end),
        )
    } else {
        let blanks = before.len().saturating_sub(before.trim_end().len());
        TextRange::new(
            range.start.saturating_sub(TextRange::of(0, blanks).end),
            range.end,
        )
    };
    Edit {
        range,
        text: String::new(),
    }
}

/// The whole lines of a construct, or itself where other things stand on its lines.
pub(super) fn whole_lines(document: &Document, range: TextRange) -> TextRange {
    let rope = document.rope();
    let line_of = |byte: u32| rope.byte_to_line((byte as usize).min(rope.len_bytes()));
    let start = rope.line_to_byte(line_of(range.start));
    let end = line_of(range.end).saturating_add(1).min(rope.len_lines());
    let lines = TextRange::of(start, rope.line_to_byte(end));
    let before = document.slice(TextRange::new(lines.start, range.start).as_usize());
    let after = document.slice(TextRange::new(range.end, lines.end).as_usize());
    let after = after.trim();
    if before.trim().is_empty() && after.is_empty() {
        lines
    } else {
        range
    }
}

/// Sorts edits and takes from each what the one before it already covers.
pub(super) fn apart(mut edits: Vec<Edit>) -> Vec<Edit> {
    edits.sort_by_key(|edit| edit.range);
    let mut end = 0;
    for edit in &mut edits {
        edit.range = TextRange::new(edit.range.start.max(end), edit.range.end);
        end = edit.range.end;
    }
    edits
}
