//! Lists of macros that are too long for a line.

use super::FormatOptions;
use super::align::width;
use super::lines::{Line, Lines};

/// Columns of the longest line that is not wrapped.
const LONGEST: usize = 100;

/// Whether a line of this text is to be wrapped.
pub(super) fn is_too_long(text: &str, options: &FormatOptions) -> bool {
    width(text, 0, options.tab()) > LONGEST
}

/// Whether an item of a list reads as a part of it where it stands at the start of a line: one word,
/// without signs that mean something else there.
fn may_begin_line(item: &str) -> bool {
    let item = item.trim_matches([' ', '\t']);
    let means_more = |sign: char| {
        sign.is_whitespace()
            || sign.is_control()
            || matches!(sign, '=' | '\\' | '\u{200b}' | '\u{feff}')
    };
    !item.starts_with(['<', '/', ';', '}', '&']) && !item.contains(means_more)
}

/// The blanks behind commas at which a line of a macro's list is broken, and what they become.
pub(super) fn breaks(
    lines: &Lines,
    line: &Line,
    levels: u32,
    options: &FormatOptions,
) -> Vec<(usize, usize, String)> {
    let end = line
        .comment
        .map_or(line.content_end, |comment| comment.min(line.content_end));
    let text = lines.slice(line.text, end).trim_end_matches([' ', '\t']);
    if !line.is_macro_list || line.is_shared() || text.contains(['"', '#']) {
        return Vec::new();
    }
    let tab = options.tab();
    let own = width(&options.indentation(levels), 0, tab);
    let is_first = line.value_gap.is_some();
    let inner = if is_first {
        options.indentation(levels.saturating_add(1))
    } else {
        options.indentation(levels)
    };
    let line_break = match lines.slice(line.end, line.next) {
        "" => "\n",
        line_break => line_break,
    };
    if !text.split(',').skip(1).all(may_begin_line) {
        return Vec::new();
    }
    let mut breaks = Vec::new();
    let mut column = own;
    let mut at = line.text;
    for item in text.split_inclusive(',') {
        let written = item.trim_start_matches([' ', '\t']);
        let blanks = item.len().saturating_sub(written.len());
        let start = at;
        at = at.saturating_add(item.len());
        let first = start.saturating_add(blanks);
        let length = written.chars().count();
        let is_full = column.saturating_add(blanks).saturating_add(length) > LONGEST;
        if is_full && start > line.text && length > 0 {
            breaks.push((start, first, format!("{line_break}{inner}")));
            column = width(&inner, 0, tab).saturating_add(length);
        } else {
            column = column.saturating_add(blanks).saturating_add(length);
        }
    }
    breaks
}
