//! How much of a text must be looked at to format a part of it.

use crate::document::Document;
use crate::facts::Contents;
use crate::syntax::looks_ahead;
use crate::text::TextRange;

/// Most lines that are looked at before and behind a range. In longer stretches without a blank line,
/// columns may be others than when the document is formatted.
const FARTHEST: usize = 1_000;

/// Characters of a first word that are looked at: all names that look ahead are shorter.
const LONGEST_NAME: usize = 64;

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
/// may stand in one column. Further those that a line which looks ahead looks at. All of the document
/// if an end is missing or closes nothing somewhere, for then it is not known how far that reaches.
pub(super) fn around(document: &Document, range: TextRange) -> TextRange {
    let length = document.rope().len_bytes();
    let is_doubtful = |contents: &Contents| contents.has_marks || contents.has_stray_end;
    if document.items_where(is_doubtful).next().is_some() {
        return TextRange::of(0, length);
    }
    let lines = lines_of(document, range);
    let mut start = start_of_paragraph(document, lines.start as usize);
    let mut end = end_of_paragraph(document, lines.end as usize);
    for _ in 0..FARTHEST {
        let Some(above) = text_before(document, start).filter(|line| line.looks_ahead) else {
            break;
        };
        start = start_of_paragraph(document, above.start);
    }
    for _ in 0..FARTHEST {
        let looks_ahead = text_before(document, end).is_some_and(|line| line.looks_ahead);
        let Some(below) = text_behind(document, end).filter(|_| looks_ahead) else {
            break;
        };
        end = end_of_paragraph(document, below.end);
    }
    TextRange::of(start, end)
}

/// A line that is neither blank nor a comment.
struct TextLine {
    start: usize,
    end: usize,
    /// What it is depends on the next line of its kind.
    looks_ahead: bool,
}

/// The last line with text that begins before a byte.
fn text_before(document: &Document, byte: usize) -> Option<TextLine> {
    let first_behind = document.rope().byte_to_line(byte).saturating_add(1);
    let above = (0..first_behind).rev().take(FARTHEST);
    let mut lines = above.filter_map(|line| text_line(document, line));
    lines.find(|line| line.start < byte)
}

/// The first line with text that begins at or behind a byte.
fn text_behind(document: &Document, byte: usize) -> Option<TextLine> {
    let rope = document.rope();
    let below = (rope.byte_to_line(byte)..rope.len_lines()).take(FARTHEST);
    let mut lines = below.filter_map(|line| text_line(document, line));
    lines.find(|line| line.start >= byte)
}

fn text_line(document: &Document, line: usize) -> Option<TextLine> {
    let rope = document.rope();
    let text = rope.get_line(line)?;
    let length = text.len_bytes();
    let mut signs = text
        .chars()
        .skip_while(|sign| sign.is_whitespace())
        .peekable();
    if matches!(signs.peek(), None | Some('#')) {
        return None;
    }
    let name: String = signs
        .take(LONGEST_NAME)
        .take_while(|sign| !sign.is_whitespace())
        .collect();
    let start = rope.line_to_byte(line);
    Some(TextLine {
        start,
        end: start.saturating_add(length),
        looks_ahead: looks_ahead(&name),
    })
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
