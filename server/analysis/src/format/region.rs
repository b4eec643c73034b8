//! How much of a text must be looked at to format a part of it.

use crate::document::Document;
use crate::text::TextRange;

/// Most lines that are looked at before and behind a range. In longer stretches without a blank line,
/// columns may be others than when the document is formatted.
const FARTHEST: usize = 1_000;

/// The whole lines of a range. A line in which only its end lies is none of them, unless it is empty.
pub(super) fn lines_of(document: &Document, range: TextRange) -> TextRange {
    let rope = document.rope();
    let line_of = |byte: u32| rope.byte_to_line((byte as usize).min(rope.len_bytes()));
    let first = line_of(range.start);
    let mut last = line_of(range.end);
    if range.end > range.start && last > first && rope.line_to_byte(last) == range.end as usize {
        last = last.saturating_sub(1);
    }
    let end = last.saturating_add(1).min(rope.len_lines());
    TextRange::of(rope.line_to_byte(first), rope.line_to_byte(end))
}

/// The items of a range, with those that no blank line parts from them: their values and comments
/// may stand in one column. All of the document if an end is missing somewhere, for then it is not
/// known how far that reaches.
pub(super) fn around(document: &Document, range: TextRange) -> TextRange {
    let length = document.rope().len_bytes();
    let has_marks = document.items_where(|contents| contents.has_marks).next();
    if has_marks.is_some() {
        return TextRange::of(0, length);
    }
    let lines = lines_of(document, range);
    let start = start_of_paragraph(document, lines.start as usize);
    let end = end_of_paragraph(document, lines.end as usize);
    TextRange::of(start, end)
}

/// The start of the first item that no blank line parts from what stands at a byte.
fn start_of_paragraph(document: &Document, byte: usize) -> usize {
    let rope = document.rope();
    let mut at = byte;
    let mut left = FARTHEST;
    loop {
        let start = document.item_at(at).map_or(0, |(start, _, _)| start);
        let first = rope.byte_to_line(start);
        let mut line = first;
        while let Some(above) = line.checked_sub(1).filter(|_| left > 0) {
            if is_blank(document, above) {
                break;
            }
            line = above;
            left = left.saturating_sub(1);
        }
        if line == first {
            return start;
        }
        at = rope.line_to_byte(line);
    }
}

/// The end of the last item that no blank line parts from what stands before a byte.
fn end_of_paragraph(document: &Document, byte: usize) -> usize {
    let rope = document.rope();
    let mut at = byte.saturating_sub(1);
    let mut left = FARTHEST;
    loop {
        let item = document.item_at(at);
        let end = item.map_or(rope.len_bytes(), |(start, text, _)| {
            start.saturating_add(text.len())
        });
        let is_parted = line_before(document, end).is_none_or(|line| is_blank(document, line));
        let first = rope.byte_to_line(end);
        let mut line = first;
        while left > 0 && line < rope.len_lines() && !is_parted && !is_blank(document, line) {
            line = line.saturating_add(1);
            left = left.saturating_sub(1);
        }
        if line == first {
            return end.max(byte);
        }
        at = rope.line_to_byte(line).saturating_sub(1);
    }
}

fn line_before(document: &Document, byte: usize) -> Option<usize> {
    document.rope().byte_to_line(byte).checked_sub(1)
}

fn is_blank(document: &Document, line: usize) -> bool {
    let line = document.rope().get_line(line);
    line.is_none_or(|line| line.chars().all(char::is_whitespace))
}
