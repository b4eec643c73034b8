//! Formatting: the white space between what is written, and nothing else.
//!
//! Lines are indented by the sections around them, blanks between names and values become one or
//! align the values, and of several blank lines one remains. No line is broken or joined, unless long
//! lists are to be wrapped. What cannot be read for sure stays as it is: text that lost its line
//! breaks, sections without end, blocks that stand on their indentation, and everything between
//! `# pmta-ls: format off` and `# pmta-ls: format on`.

mod align;
mod lines;
mod region;
mod style;
mod switch;
mod typing;
mod wrap;

use crate::diagnostics::Edit;
use crate::document::Document;
use crate::text::TextRange;

use lines::{Layout, Line, Lines};
pub use style::FormatStyle;
pub(crate) use switch::switch;
pub use typing::format_on_type;

/// What one level of indentation is made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum IndentStyle {
    /// Blanks, as many as the indentation is wide.
    #[default]
    Spaces,
    /// One tab.
    Tabs,
}

/// How a text is to be formatted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FormatOptions {
    /// Columns of one level of indentation, and of a tab.
    pub indent_width: u8,
    /// What a level of indentation is made of.
    pub indent_style: IndentStyle,
    /// Whether the values of neighbouring lines begin in one column; else one blank stands before
    /// each.
    pub align_values: bool,
    /// Whether lists of macros that are longer than 100 columns are wrapped after commas.
    pub wrap_macros: bool,
}

impl Default for FormatOptions {
    fn default() -> Self {
        Self {
            indent_width: 4,
            indent_style: IndentStyle::Spaces,
            align_values: false,
            wrap_macros: false,
        }
    }
}

impl FormatOptions {
    /// The white space of so many levels.
    fn indentation(&self, levels: u32) -> String {
        let levels = levels as usize;
        match self.indent_style {
            IndentStyle::Spaces => " ".repeat(levels.saturating_mul(self.tab())),
            IndentStyle::Tabs => "\t".repeat(levels),
        }
    }

    /// Columns of a tab.
    fn tab(&self) -> usize {
        usize::from(self.indent_width.max(1))
    }
}

/// The edits that format a document, in order and apart from each other.
#[must_use]
pub fn format(document: &Document, options: &FormatOptions) -> Vec<Edit> {
    let all = TextRange::of(0, document.rope().len_bytes());
    edits(document, all, options)
}

/// The edits that format the lines of a range as formatting the document would.
#[must_use]
pub fn format_range(document: &Document, range: TextRange, options: &FormatOptions) -> Vec<Edit> {
    let mut edits = edits(document, region::around(document, range), options);
    let lines = region::lines_of(document, range);
    // What is inserted where the lines end belongs to the next one.
    let is_last = lines.end as usize >= document.rope().len_bytes();
    edits.retain(|edit| {
        let range = edit.range;
        let is_before_end = range.start < lines.end || is_last;
        range.start >= lines.start && range.end <= lines.end && is_before_end
    });
    edits
}

/// The edits that format a region: whole items.
fn edits(document: &Document, region: TextRange, options: &FormatOptions) -> Vec<Edit> {
    let lines = Lines::read(document, region, options);
    let columns = align::values(&lines, options);
    let comments = align::comments(&lines, &columns, options);
    let mut writer = Writer {
        lines: &lines,
        options,
        edits: Vec::new(),
    };
    let all = lines.lines.iter().zip(columns).zip(comments);
    for ((line, value_gap), comment_gap) in all {
        writer.line(line, value_gap, comment_gap);
    }
    writer.blank_lines(
        region.start == 0,
        region.end as usize >= document.rope().len_bytes(),
    );
    writer.finish(region.start)
}

struct Writer<'a> {
    lines: &'a Lines,
    options: &'a FormatOptions,
    edits: Vec<Edit>,
}

impl Writer<'_> {
    /// Replaces a stretch of the region if that changes anything.
    fn replace(&mut self, start: usize, end: usize, text: String) {
        if self.lines.slice(start, end) != text {
            self.edits.push(Edit {
                range: TextRange::of(start, end),
                text,
            });
        }
    }

    /// Formats a line that holds something. `value_gap` and `comment_gap` are the blanks to be put
    /// before its value and its comment.
    fn line(&mut self, line: &Line, value_gap: Option<usize>, comment_gap: Option<usize>) {
        let levels = match line.layout {
            Layout::Blank | Layout::Kept => return,
            Layout::Floating => None,
            Layout::Indented(levels) => Some(levels),
        };
        if let Some(levels) = levels {
            self.replace(line.start, line.text, self.options.indentation(levels));
        }
        let breaks = match levels.filter(|_| self.options.wrap_macros) {
            Some(levels) => wrap::breaks(self.lines, line, levels, self.options),
            None => Vec::new(),
        };
        let mut gaps = line.gaps(value_gap);
        gaps.retain(|(start, ..)| breaks.iter().all(|(broken, ..)| broken != start));
        for (start, end, text) in gaps.into_iter().chain(breaks) {
            self.replace(start, end, text);
        }
        if let (Some((start, end)), Some(blanks)) = (line.comment_gap(self.lines), comment_gap) {
            self.replace(start, end, " ".repeat(blanks));
        }
        if !line.ends_openly(self.lines) {
            self.replace(line.content_end, line.end, String::new());
        }
    }

    /// Leaves one of several blank lines, and none at the ends of the text.
    fn blank_lines(&mut self, is_at_start: bool, is_at_end: bool) {
        let lines = &self.lines.lines;
        let mut index = 0;
        while let Some(line) = lines.get(index) {
            if line.layout != Layout::Blank {
                index = index.saturating_add(1);
                continue;
            }
            let rest = lines.get(index..).unwrap_or_default();
            let count = rest
                .iter()
                .take_while(|line| line.layout == Layout::Blank)
                .count();
            let after = index.saturating_add(count);
            let end = rest
                .get(count.saturating_sub(1))
                .map_or(line.next, |last| last.next);
            let is_outer = (is_at_start && index == 0) || (is_at_end && after == lines.len());
            if is_outer {
                self.replace(line.start, end, String::new());
            } else {
                self.replace(line.start, line.end, String::new());
                self.replace(line.next, end, String::new());
            }
            index = after;
        }
    }

    /// The edits, moved to where the region begins; none if one of them touched anything but white
    /// space.
    fn finish(mut self, by: u32) -> Vec<Edit> {
        let is_white = |text: &str| {
            text.bytes()
                .all(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r'))
        };
        let is_harmless = self
            .edits
            .iter()
            .all(|edit| is_white(&edit.text) && is_white(edit.range.slice(&self.lines.all)));
        if !is_harmless {
            return Vec::new();
        }
        self.edits.sort_by_key(|edit| edit.range);
        for edit in &mut self.edits {
            edit.range = edit.range.shifted(by);
        }
        self.edits
    }
}

/// A text with edits applied that are in order and apart from each other.
#[must_use]
pub fn apply(text: &str, edits: &[Edit]) -> String {
    let mut edited = String::with_capacity(text.len());
    let mut from = 0;
    for edit in edits {
        let range = edit.range.as_usize();
        edited.push_str(text.get(from..range.start).unwrap_or_default());
        edited.push_str(&edit.text);
        from = range.end;
    }
    edited.push_str(text.get(from..).unwrap_or_default());
    edited
}

#[cfg(test)]
#[expect(
    clippy::arithmetic_side_effects,
    reason = "a test that overflows should fail"
)]
mod tests;
