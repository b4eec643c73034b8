//! Formatting while somebody types: a new line is indented, a new tag gets its end.

use super::{FormatOptions, IndentStyle, format_range};
use crate::catalog;
use crate::diagnostics::Edit;
use crate::document::Document;
use crate::syntax::{EntryKind, ItemView, Section, SectionEnd, SectionForm, normalise};
use crate::text::TextRange;

/// The edits that follow a sign that was just typed before a position: a line break or `>`.
#[must_use]
pub fn format_on_type(
    document: &Document,
    offset: usize,
    typed: char,
    options: &FormatOptions,
) -> Vec<Edit> {
    match typed {
        '\n' => new_line(document, offset, options),
        '>' => end_tag(document, offset).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// Indents the line of the cursor.
fn new_line(document: &Document, offset: usize, options: &FormatOptions) -> Vec<Edit> {
    let rope = document.rope();
    let line = rope.byte_to_line(offset.min(rope.len_bytes()));
    let start = rope.line_to_byte(line);
    let text = rope.get_line(line).map(String::from).unwrap_or_default();
    let content = text.trim_end_matches(['\n', '\r']);
    let blanks = content
        .len()
        .saturating_sub(content.trim_start_matches([' ', '\t']).len());
    let indentation = TextRange::of(start, start.saturating_add(blanks));
    if blanks < content.len() {
        let here = TextRange::of(start, start);
        let mut edits = format_range(document, here, options);
        edits.retain(|edit| {
            edit.range.start == indentation.start && edit.range.end <= indentation.end
        });
        return edits;
    }
    let wanted = indentation_at(document, offset, options);
    if wanted == document.slice(indentation.as_usize()) {
        return Vec::new();
    }
    vec![Edit {
        range: indentation,
        text: wanted,
    }]
}

/// The indentation of an empty line: one level deeper than the innermost section that is open there.
fn indentation_at(document: &Document, offset: usize, options: &FormatOptions) -> String {
    let Some((start, text, view)) = document.item_at(offset) else {
        return String::new();
    };
    let at = TextRange::of(offset.saturating_sub(start), 0).start;
    let Some(section) = sections_around(&view, at).last() else {
        return String::new();
    };
    let before = text
        .get(..section.open.range.start as usize)
        .unwrap_or_default();
    let line = before.rsplit(['\n', '\r']).next().unwrap_or_default();
    let kept = line.len().saturating_sub(line.trim_start().len());
    let mut indentation = line.get(..kept).unwrap_or_default().to_owned();
    match options.indent_style {
        IndentStyle::Spaces => indentation.push_str(&" ".repeat(options.tab())),
        IndentStyle::Tabs => indentation.push('\t'),
    }
    indentation
}

/// The sections in whose bodies a place stands, the outermost first.
fn sections_around(view: &ItemView, at: u32) -> impl Iterator<Item = &Section> {
    let sections = view.entries.iter().filter_map(move |entry| {
        let EntryKind::Section(section) = &entry.kind else {
            return None;
        };
        let ends_before = match section.end {
            SectionEnd::Closed(end, _) => end.start < at,
            SectionEnd::Missing => entry.range.end < at && entry.range.end < last_end(view),
        };
        (section.open.range.end <= at && !ends_before).then_some(section)
    });
    sections.filter(|section| section.form != SectionForm::Indentation)
}

/// Where the last construct of an item ends: blank lines behind it belong to the sections that are
/// open there.
fn last_end(view: &ItemView) -> u32 {
    view.entries
        .iter()
        .map(|entry| entry.range.end)
        .max()
        .unwrap_or(0)
}

/// The end tag for an opening tag that ends at the cursor, alone at the end of its line, and has none.
fn end_tag(document: &Document, offset: usize) -> Option<Edit> {
    let rope = document.rope();
    let line = rope.get_line(rope.byte_to_line(offset.min(rope.len_bytes())))?;
    let line_start = rope.line_to_byte(rope.byte_to_line(offset.min(rope.len_bytes())));
    let behind = String::from(line);
    let behind = behind.get(offset.saturating_sub(line_start)..)?;
    if !behind.trim().is_empty() {
        return None;
    }
    let (start, text, view) = document.item_at(offset.checked_sub(1)?)?;
    let at = TextRange::of(offset.saturating_sub(start), 0).start;
    let (entry, section) = view.entries.iter().find_map(|entry| match &entry.kind {
        EntryKind::Section(section) if section.open.range.end == at => Some((entry, section)),
        _ => None,
    })?;
    let name = section.open.name.slice(&text);
    let is_same = |other: &Section| {
        other.end == SectionEnd::Missing && other.open.name.slice(&text).eq_ignore_ascii_case(name)
    };
    // A new section takes the end of one around it that has the same name.
    let is_open = is_same(section) || view.ancestors(entry).any(|(_, outer)| is_same(outer));
    let is_new = section.form == SectionForm::Tag
        && section.open.is_closed
        && !section.open.is_entity
        && is_open
        && catalog::section(&normalise(name)).is_some();
    is_new.then(|| Edit {
        range: TextRange::of(offset, offset),
        text: format!("</{name}>"),
    })
}
