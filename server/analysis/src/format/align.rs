//! Columns: where the values and comments of neighbouring lines begin.

use super::lines::{Layout, Line, Lines};
use super::{FormatOptions, wrap};

/// Of each line, the number of blanks before its value. Where values are aligned, those of
/// neighbouring lines of one section begin in one column; comments between them do not part them.
pub(super) fn values(lines: &Lines, options: &FormatOptions) -> Vec<Option<usize>> {
    let mut blanks: Vec<Option<usize>> = lines
        .lines
        .iter()
        .map(|line| line.value_gap.as_ref().map(|_| 1))
        .collect();
    if !options.align_values {
        return blanks;
    }
    let mut group: Vec<(usize, usize)> = Vec::new();
    let mut section = None;
    for (index, line) in lines.lines.iter().enumerate() {
        // How long a list becomes may not depend on its neighbours: it would be wrapped the next time.
        let may_be_wrapped = options.wrap_macros && line.is_macro_list;
        let Some(gap) = line.alignable().filter(|_| !may_be_wrapped) else {
            let is_comment = lines.slice(line.text, line.end).starts_with('#');
            if !is_comment || line.layout == Layout::Kept {
                align(&mut group, &mut blanks);
            }
            continue;
        };
        if section != Some(line.section) {
            align(&mut group, &mut blanks);
            section = Some(line.section);
        }
        let name = lines.slice(line.text, gap.start);
        group.push((index, name.chars().count()));
    }
    align(&mut group, &mut blanks);
    blanks
}

/// Lets the values behind names of these widths begin in one column.
fn align(group: &mut Vec<(usize, usize)>, blanks: &mut [Option<usize>]) {
    let widest = group.iter().map(|(_, width)| *width).max().unwrap_or(0);
    for (index, width) in group.drain(..) {
        if let Some(blanks) = blanks.get_mut(index) {
            *blanks = Some(widest.saturating_sub(width).saturating_add(1));
        }
    }
}

/// A comment behind something else. Columns are counted from 0.
struct Behind {
    line: usize,
    /// Where the comment stands now.
    column: usize,
    /// Blanks before it now.
    gap: usize,
    /// Where what precedes it will end.
    end: usize,
}

/// Of each line, the number of blanks before the comment behind it. Comments in neighbouring lines
/// that stand in one column do so afterwards; others keep their distance.
pub(super) fn comments(
    lines: &Lines,
    value_gaps: &[Option<usize>],
    options: &FormatOptions,
) -> Vec<Option<usize>> {
    let mut blanks: Vec<Option<usize>> = vec![None; lines.lines.len()];
    let mut group: Vec<Behind> = Vec::new();
    for (index, line) in lines.lines.iter().enumerate() {
        let value_gap = value_gaps.get(index).copied().flatten();
        let behind = behind(lines, index, line, value_gap, options);
        let goes_on = match (&behind, group.last()) {
            (Some(behind), Some(last)) => behind.column == last.column,
            _ => false,
        };
        if !goes_on {
            align_comments(&mut group, &mut blanks);
        }
        group.extend(behind);
    }
    align_comments(&mut group, &mut blanks);
    blanks
}

fn behind(
    lines: &Lines,
    index: usize,
    line: &Line,
    value_gap: Option<usize>,
    options: &FormatOptions,
) -> Option<Behind> {
    let (start, comment) = line.comment_gap(lines)?;
    let now = lines.slice(line.start, start);
    let indentation = match line.layout {
        Layout::Blank | Layout::Kept => return None,
        Layout::Floating => lines.slice(line.start, line.text).to_owned(),
        Layout::Indented(levels) => options.indentation(levels),
    };
    let mut then = indentation;
    let mut from = line.text;
    for (gap, gap_end, text) in line.gaps(value_gap) {
        then.push_str(lines.slice(from, gap));
        then.push_str(&text);
        from = gap_end;
    }
    then.push_str(lines.slice(from, start));
    if options.wrap_macros && line.is_macro_list && wrap::is_too_long(&then, options) {
        return None;
    }
    let tab = options.tab();
    let code = width(now, 0, tab);
    let column = width(lines.slice(start, comment), code, tab);
    Some(Behind {
        line: index,
        column,
        gap: column.saturating_sub(code),
        end: width(&then, 0, tab),
    })
}

fn align_comments(group: &mut Vec<Behind>, blanks: &mut [Option<usize>]) {
    let gap = group.iter().map(|it| it.gap).min().unwrap_or(1).max(1);
    let end = group.iter().map(|it| it.end).max().unwrap_or(0);
    let column = end.saturating_add(gap);
    for behind in group.drain(..) {
        if let Some(blanks) = blanks.get_mut(behind.line) {
            *blanks = Some(column.saturating_sub(behind.end));
        }
    }
}

/// The column behind a text that begins in a column.
pub(super) fn width(text: &str, from: usize, tab: usize) -> usize {
    text.chars().fold(from, |column, character| {
        let step = match character {
            '\t' => tab.saturating_sub(column.checked_rem(tab).unwrap_or(0)),
            _ => 1,
        };
        column.saturating_add(step)
    })
}
