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
    let mut breaks = Vec::new();
    let mut column = own;
    let mut at = line.text;
    for item in text.split_inclusive(',') {
        let blanks = item.len().saturating_sub(item.trim_start().len());
        let start = at;
        at = at.saturating_add(item.len());
        let first = start.saturating_add(blanks);
        let length = item.trim_start().chars().count();
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
