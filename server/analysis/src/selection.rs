//! Selection: what an editor selects when a selection grows.

use crate::catalog::Directive as Known;
use crate::meaning::{self, Meaning};
use crate::syntax::{Directive, EntryKind, ItemView, Section, SectionEnd, Tag};
use crate::text::TextRange;
use crate::value::{self, Context};
use crate::workspace::{FilePosition, Workspace};

/// The ranges around a position, from the smallest to the file, each inside the next: part of a
/// value, value, directive, the body of each section and the section, file. From the start of the
/// file.
#[must_use]
pub fn selection(workspace: &Workspace, at: FilePosition) -> Vec<TextRange> {
    let Some(document) = workspace.document(at.file) else {
        return Vec::new();
    };
    let file = TextRange::of(0, document.rope().len_bytes());
    let mut ranges = Vec::new();
    if let Some((start, text, view)) = document.item_at(at.offset) {
        let start = TextRange::of(start, start).start;
        let offset = TextRange::of(at.offset, 0).start.saturating_sub(start);
        let judged = meaning::judge(&text, &view, document.top());
        for ((_, entry), judged) in view.indexed().zip(&judged) {
            match &entry.kind {
                EntryKind::Section(section) => of_section(&text, entry.range, section, &mut ranges),
                EntryKind::Directive(directive) => {
                    let known = match judged.meaning {
                        Meaning::Directive(known) => Some(known),
                        Meaning::SomewhereValid(all) | Meaning::Misplaced(all) => all.first(),
                        _ => None,
                    };
                    of_directive(&text, directive, known, &mut ranges);
                }
                EntryKind::EmptyTag(tag) => {
                    of_tag(tag, &mut ranges);
                }
                _ => ranges.push(entry.range),
            }
        }
        ranges.extend(comment_run(&view, &text, offset));
        ranges.retain(|range| range.touches(offset) && !range.is_empty());
        for range in &mut ranges {
            *range = range.shifted(start);
        }
    }
    ranges.push(file);
    nested(ranges)
}

fn of_section(text: &str, whole: TextRange, section: &Section, ranges: &mut Vec<TextRange>) {
    of_tag(&section.open, ranges);
    let body_end = match section.end {
        SectionEnd::Closed(tag, name) => {
            ranges.extend([name, tag]);
            tag.start
        }
        SectionEnd::Missing => whole.end,
    };
    let body = TextRange::new(section.open.range.end, body_end);
    let inside = body.slice(text);
    let blanks = inside.len().saturating_sub(inside.trim_start().len());
    let start = body.start.saturating_add(TextRange::of(0, blanks).end);
    let length = TextRange::of(0, inside.trim().len()).end;
    ranges.push(TextRange::new(start, start.saturating_add(length)));
    ranges.push(whole);
}

fn of_tag(tag: &Tag, ranges: &mut Vec<TextRange>) {
    ranges.push(tag.name);
    ranges.extend(tag.argument);
    ranges.extend(tag.attributes.iter().map(|(_, value)| *value));
    ranges.push(tag.range);
}

fn of_directive(
    text: &str,
    directive: &Directive,
    known: Option<&'static Known>,
    ranges: &mut Vec<TextRange>,
) {
    let value = directive.value;
    if let Some(known) = known {
        let context = Context {
            cut_by_comment: directive.cut_by_comment,
        };
        let parsed = value::parse(&known.value, value.slice(text), context);
        for piece in &parsed.pieces {
            ranges.push(piece.range.shifted(value.start));
            ranges.push(piece.outer.shifted(value.start));
        }
    }
    ranges.extend([directive.name, value, directive.range()]);
}

/// The neighbouring comments around an offset.
fn comment_run(view: &ItemView, text: &str, offset: u32) -> Option<TextRange> {
    let comments: Vec<TextRange> = view
        .entries
        .iter()
        .filter(|entry| matches!(entry.kind, EntryKind::Comment(_)))
        .map(|entry| entry.range)
        .collect();
    let at = comments.iter().position(|range| range.touches(offset))?;
    let joins = |one: &TextRange, other: &TextRange| {
        let between = TextRange::new(one.end, other.start).slice(text);
        between.trim().is_empty() && between.matches('\n').count() == 1
    };
    let mut run = *comments.get(at)?;
    for other in comments.get(..at)?.iter().rev() {
        if !joins(other, &run) {
            break;
        }
        run = run.cover(*other);
    }
    for other in comments.get(at.saturating_add(1)..)? {
        if !joins(&run, other) {
            break;
        }
        run = run.cover(*other);
    }
    Some(run)
}

/// Ranges that lie inside each other, the smallest first; those that cross others are left out.
fn nested(mut ranges: Vec<TextRange>) -> Vec<TextRange> {
    ranges.sort_by_key(|range| (range.len(), range.start));
    let mut nested: Vec<TextRange> = Vec::with_capacity(ranges.len());
    for range in ranges {
        let holds = nested
            .last()
            .is_none_or(|inner| range.contains_range(*inner) && *inner != range);
        if holds {
            nested.push(range);
        }
    }
    nested
}

#[cfg(test)]
mod tests;
