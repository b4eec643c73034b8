//! Fixes that add lines: beside a line, inside a section, above an item or at the end of a file.

use super::{Edit, Fix, Safety};
use crate::catalog::{self, Directive, Partner};
use crate::document::Document;
use crate::text::TextRange;

/// A choice that adds something.
pub(super) fn choice(title: String, edits: Vec<Edit>) -> Fix {
    Fix {
        title,
        safety: Safety::Alternative,
        edits,
    }
}

/// The blanks at the start of the line around a position.
fn indentation(document: &Document, at: u32) -> String {
    let line = line_around(document, at);
    let text = document.slice(line.as_usize());
    let blanks = text
        .len()
        .saturating_sub(text.trim_start_matches([' ', '\t']).len());
    text.get(..blanks).unwrap_or_default().to_owned()
}

/// The line around a position, without its break.
fn line_around(document: &Document, at: u32) -> TextRange {
    let rope = document.rope();
    let line = rope.byte_to_line((at as usize).min(rope.len_bytes()));
    let start = rope.line_to_byte(line);
    let next = rope.line_to_byte(line.saturating_add(1).min(rope.len_lines()));
    let text = document.slice(start..next);
    let length = text.trim_end_matches(['\n', '\r']).len();
    TextRange::of(start, start.saturating_add(length))
}

/// The line break that a file uses: that of its first line.
fn line_break(document: &Document) -> &'static str {
    let first = document.rope().lines().next();
    if first.is_some_and(|line| line.to_string().ends_with("\r\n")) {
        "\r\n"
    } else {
        "\n"
    }
}

/// Adds lines behind the line on which a range ends, indented as it is.
pub(super) fn behind(document: &Document, range: TextRange, lines: &[String]) -> Edit {
    let indentation = indentation(document, range.start);
    let end = line_around(document, range.end).end;
    let text = lines
        .iter()
        .map(|line| format!("{}{indentation}{line}", line_break(document)))
        .collect();
    Edit {
        range: TextRange::empty(end),
        text,
    }
}

/// Adds a line as the first in a section whose tag holds a range, indented as the next line is if that
/// stands deeper.
pub(super) fn inside(document: &Document, tag: TextRange, line: &str) -> Edit {
    let outer = indentation(document, tag.start);
    let end = line_around(document, tag.end).end;
    let next = end.saturating_add(TextRange::of(0, line_break(document).len()).end);
    let neighbour = indentation(document, next);
    let indentation = if neighbour.len() > outer.len() {
        neighbour
    } else {
        format!("{outer}    ")
    };
    Edit {
        range: TextRange::empty(end),
        text: format!("{}{indentation}{line}", line_break(document)),
    }
}

/// Adds lines above the section at the top level in which a range stands, or above its line.
pub(super) fn above(document: &Document, range: TextRange, lines: &[String]) -> Edit {
    let item = document.item_at(range.start as usize);
    let start = item.map_or(range.start, |(start, ..)| TextRange::of(start, start).start);
    let at = line_around(document, start).start;
    let text = lines
        .iter()
        .map(|line| format!("{line}{}", line_break(document)))
        .collect();
    Edit {
        range: TextRange::empty(at),
        text,
    }
}

/// Adds a line at the end of a file.
pub(super) fn at_end(document: &Document, line: &str) -> Edit {
    let rope = document.rope();
    let end = rope.len_bytes();
    let last = rope.chars_at(rope.len_chars()).reversed().next();
    let before = match last {
        None | Some('\n' | '\r') => "",
        Some(_) => line_break(document),
    };
    Edit {
        range: TextRange::of(end, end),
        text: format!("{before}{line}{}", line_break(document)),
    }
}

/// The choices that add what a line needs, each in the section of the line, or at the top level where it
/// belongs there.
pub(super) fn partners(
    document: &Document,
    line: TextRange,
    directive: &Directive,
    partner: &Partner,
) -> Vec<Fix> {
    let names = partner.directives.iter();
    let added = names.filter_map(|name| {
        let here = catalog::directive_in(name, directive.place);
        let entry = here.or_else(|| catalog::directive_in(name, catalog::Place::GLOBAL))?;
        let text = match partner.values.first() {
            Some(value) => format!("{name} {value}"),
            None => entry.example.lines().next()?.trim().to_owned(),
        };
        let title = format!("Add `{text}`");
        let lines = [text];
        let edit = match here {
            Some(_) => behind(document, line, &lines),
            None => above(document, line, &lines),
        };
        Some(choice(title, vec![edit]))
    });
    added.collect()
}

/// The fix that deletes the line of a directive and keeps its comment.
pub(super) fn delete(document: &Document, range: TextRange, safety: Safety) -> Fix {
    let line = line_around(document, range.start);
    let before = document.slice(TextRange::new(line.start, range.start).as_usize());
    let after = document.slice(TextRange::new(range.end, line.end).as_usize());
    let next = document.slice(
        line.end as usize
            ..document
                .rope()
                .len_bytes()
                .min((line.end as usize).saturating_add(2)),
    );
    let is_alone = before.trim().is_empty() && after.trim().is_empty();
    let range = if is_alone {
        let length = if next.starts_with("\r\n") {
            2
        } else {
            u32::from(!next.is_empty())
        };
        TextRange::new(line.start, line.end.saturating_add(length))
    } else {
        let blanks = after.len().saturating_sub(after.trim_start().len());
        let blanks = if before.trim().is_empty() { blanks } else { 0 };
        TextRange::new(
            range.start,
            range.end.saturating_add(TextRange::of(0, blanks).end),
        )
    };
    Fix {
        title: "Delete the line".to_owned(),
        safety,
        edits: vec![Edit {
            range,
            text: String::new(),
        }],
    }
}
