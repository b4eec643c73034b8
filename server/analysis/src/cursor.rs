//! What stands under a cursor.

use crate::document::Document;
use crate::meaning::{self, Judged, Location};
use crate::names::Names;
use crate::syntax::{Directive, Entry, EntryKind, ItemView, Section, SectionEnd, Tag};
use crate::text::TextRange;

/// An item with a place in it. Ranges are relative to the item's start.
#[derive(Clone, Debug)]
pub(crate) struct Cursor {
    /// Where the item starts in the file.
    pub(crate) start: u32,
    /// The item's text.
    pub(crate) text: String,
    /// What is known of the place of the file's top level.
    pub(crate) top: Location,
    /// The item's constructs.
    pub(crate) view: ItemView,
    /// What they are.
    pub(crate) judged: Vec<Judged>,
    /// The construct under the cursor.
    pub(crate) index: u32,
    /// The cursor.
    pub(crate) offset: u32,
    /// The part of the construct.
    pub(crate) part: Part,
}

/// A part of a construct.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// The name of a directive, or the pattern that begins a line.
    DirectiveName,
    /// The value of a directive.
    Value,
    /// The name in the opening tag at the end of a directive's line.
    InlineSection(TextRange),
    /// The name in an opening tag.
    SectionName,
    /// The argument of an opening tag.
    Argument(TextRange),
    /// The value of an attribute in a tag.
    Attribute(TextRange),
    /// The name in an end tag.
    EndName(TextRange),
}

impl Cursor {
    /// What stands at a byte of a document; none in comments and between constructs.
    pub(crate) fn at(document: &Document, offset: usize) -> Option<Self> {
        let (start, text, view) = document.item_at(offset)?;
        let offset = TextRange::of(offset.checked_sub(start)?, 0).start;
        let (index, part) = part_at(&text, &view, offset)?;
        let place = document.places().first().copied();
        let top = place.map_or(Location::Unknown, Location::In);
        let judged = meaning::judge(&text, &view, top);
        let start = TextRange::of(start, start).start;
        Some(Self {
            start,
            text,
            top,
            view,
            judged,
            index,
            offset,
            part,
        })
    }

    /// The construct.
    pub(crate) fn entry(&self) -> Option<&Entry> {
        self.view.entry(self.index)
    }

    /// What the construct is.
    pub(crate) fn judged(&self) -> Option<&Judged> {
        self.judged.get(self.index as usize)
    }

    /// The construct, if it is a directive.
    pub(crate) fn directive(&self) -> Option<&Directive> {
        match &self.entry()?.kind {
            EntryKind::Directive(directive) => Some(directive),
            _ => None,
        }
    }

    /// The names in the construct.
    pub(crate) fn names(&self) -> Names {
        let mut names = Names::default();
        if let Some(judged) = self.judged() {
            names.add(&self.text, &self.view, self.index, judged);
        }
        names
    }
}

/// The construct at an offset and the part of it; where two meet, the one that begins there.
fn part_at(text: &str, view: &ItemView, offset: u32) -> Option<(u32, Part)> {
    let mut touching = None;
    for (index, entry) in view.indexed() {
        if !entry.range.touches(offset) && !may_reach_beyond(entry) {
            continue;
        }
        let Some((part, range)) = part_of(text, entry, offset) else {
            continue;
        };
        if offset < range.end {
            return Some((index, part));
        }
        touching = touching.or(Some((index, part)));
    }
    touching
}

/// An inline section's tag stands behind the directive it ends.
fn may_reach_beyond(entry: &Entry) -> bool {
    matches!(&entry.kind, EntryKind::Directive(directive) if directive.inline_section.is_some())
}

/// The part of a construct at an offset, and its range.
fn part_of(text: &str, entry: &Entry, offset: u32) -> Option<(Part, TextRange)> {
    let on = |range: TextRange, part: Part| range.touches(offset).then_some((part, range));
    match &entry.kind {
        EntryKind::Directive(directive) => {
            let value =
                || (!directive.value.is_empty()).then(|| on(directive.value, Part::Value))?;
            let inline = || {
                let name = inline_name(text, directive.inline_section?);
                on(name, Part::InlineSection(name))
            };
            on(directive.name, Part::DirectiveName)
                .or_else(value)
                .or_else(inline)
        }
        EntryKind::Section(section) => {
            part_of_tag(&section.open, offset).or_else(|| part_of_end(section, offset))
        }
        EntryKind::EmptyTag(tag) => part_of_tag(tag, offset),
        EntryKind::StrayEnd(stray) => {
            let name = stray.name?;
            on(name, Part::EndName(name))
        }
        _ => None,
    }
}

fn part_of_tag(tag: &Tag, offset: u32) -> Option<(Part, TextRange)> {
    let on = |range: TextRange, part: Part| range.touches(offset).then_some((part, range));
    let attribute = || {
        tag.attributes
            .iter()
            .find_map(|(_, value)| on(*value, Part::Attribute(*value)))
    };
    let argument = || {
        let argument = tag.argument.filter(|_| tag.attributes.is_empty())?;
        on(argument, Part::Argument(argument))
    };
    on(tag.name, Part::SectionName)
        .or_else(attribute)
        .or_else(argument)
}

fn part_of_end(section: &Section, offset: u32) -> Option<(Part, TextRange)> {
    match section.end {
        SectionEnd::Closed(_, name) if !name.is_empty() && name.touches(offset) => {
            Some((Part::EndName(name), name))
        }
        _ => None,
    }
}

/// The name in an opening tag.
fn inline_name(text: &str, tag: TextRange) -> TextRange {
    let inside = tag.slice(text);
    let name = inside.strip_prefix('<').unwrap_or(inside);
    let length = name
        .find(|sign: char| sign.is_whitespace() || sign == '>')
        .unwrap_or(name.len());
    let start = tag
        .start
        .saturating_add(TextRange::of(0, inside.len().saturating_sub(name.len())).end);
    TextRange::new(start, start.saturating_add(TextRange::of(0, length).end))
}
