//! Typed views of one item of the text.
//!
//! A *view* is built from the syntax tree of a run for one top-level item at a time and speaks of
//! sections, directives and comments by byte ranges relative to the item's start. Nothing behind
//! this file sees a tree node. Flattened lines (several directives on one line) give the same views
//! as the lines a person would have written.

mod flattened;
mod name;
mod node_kind;
mod packed;
pub(crate) mod plain;
mod read;

pub(crate) use name::look_alike_of;
pub use name::{has_look_alike, normalise};
pub(crate) use packed::PackedView;
pub(crate) use read::{begins_blank, for_each_view, is_settled, item_spans, looks_ahead};

use serde::{Deserialize, Serialize};

use crate::text::TextRange;

/// One top-level item: a directive, a run of comments or a section, with all it contains.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemView {
    /// Its constructs, each before those inside it.
    pub entries: Vec<Entry>,
}

/// One construct of an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// From its first to its last byte; of a section: with its body and end tag.
    pub range: TextRange,
    /// Index of the section that directly holds it.
    pub parent: Option<u32>,
    /// What it is.
    pub kind: EntryKind,
}

/// What a construct is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum EntryKind {
    /// A section in any of its forms.
    Section(Section),
    /// A directive or a rule line.
    Directive(Directive),
    /// A comment.
    Comment(CommentForm),
    /// An end tag, `}` or `end` that closes nothing.
    StrayEnd(StrayEnd),
    /// `<x … />`: a tag that opens nothing.
    EmptyTag(Tag),
    /// A line that is only a marker of a template language.
    TemplateMarker,
    /// Text left over from copying a web page.
    Debris,
    /// A line with no other reading.
    Opaque,
}

/// How a comment is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CommentForm {
    /// `# text`, the genuine form.
    Hash,
    /// `<!-- text -->`
    Xml,
    /// `; text`
    Semicolon,
}

/// How a section is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SectionForm {
    /// `<name argument>` … `</name>`, the genuine form.
    Tag,
    /// `name argument {` … `}`
    Braces,
    /// `name argument` … `end name`
    Keyword,
    /// `name argument` and deeper indented lines
    Indentation,
}

/// An opening tag, or what stands for one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tag {
    /// All of it, with brackets or brace.
    pub range: TextRange,
    /// The name.
    pub name: TextRange,
    /// Everything between the name and the closing bracket, without outer blanks.
    pub argument: Option<TextRange>,
    /// `NAME="VALUE"` pairs: name and value without quotes.
    pub attributes: Vec<(TextRange, TextRange)>,
    /// Whether the closing bracket is there.
    pub is_closed: bool,
    /// Whether brackets are written as `&lt;` and `&gt;`.
    pub is_entity: bool,
    /// Whether the argument stands behind the tag: `<domain> example.com`.
    pub argument_behind: bool,
}

impl Tag {
    /// What the tag names: its argument without quotes, or the attribute that stands for it.
    #[must_use]
    pub fn name_range(&self, text: &str) -> Option<TextRange> {
        const NAMING: [&str; 5] = [
            "name",
            "pool-name",
            "source-vmta",
            "destination-domain",
            "id",
        ];
        if self.attributes.is_empty() {
            let argument = self.argument?;
            let inside = argument.slice(text);
            let quoted = inside.len() >= 2 && inside.starts_with('"') && inside.ends_with('"');
            return Some(if quoted {
                TextRange::new(
                    argument.start.saturating_add(1),
                    argument.end.saturating_sub(1),
                )
            } else {
                argument
            });
        }
        NAMING.iter().find_map(|naming| {
            let (_, value) = self
                .attributes
                .iter()
                .find(|(name, _)| name.slice(text).eq_ignore_ascii_case(naming))?;
            Some(*value)
        })
    }
}

/// What ended a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SectionEnd {
    /// Its own end tag: all of it, and the name in it.
    Closed(TextRange, TextRange),
    /// Nothing of its own: a tag that cannot stand inside, the end tag of an outer section, or the
    /// end of the text.
    Missing,
}

/// A section.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// How it is written.
    pub form: SectionForm,
    /// Its opening tag.
    pub open: Tag,
    /// Its end.
    pub end: SectionEnd,
    /// Index one past its last inner entry.
    pub last: u32,
}

/// How a directive is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DirectiveForm {
    /// `name value`, the genuine form.
    Plain,
    /// A line that begins with a pattern: `/…/ category`. The name is the pattern.
    Pattern,
    /// `name = value`, with the range of the sign.
    Assignment(TextRange),
    /// `name: value`, with the range of the sign.
    Colon(TextRange),
    /// `<name>value</name>`
    Element,
    /// `name/unit value`, with the range of what follows the name.
    UnitInName(TextRange),
}

/// A directive or rule line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Directive {
    /// Its name as written; of a pattern line: the pattern.
    pub name: TextRange,
    /// Its value from first to last non-blank byte; empty, behind the name, if there is none.
    pub value: TextRange,
    /// How it is written.
    pub form: DirectiveForm,
    /// Whether a `#` ends the value.
    pub cut_by_comment: bool,
    /// A `;` that ends the line, which PowerMTA does not want. Not part of the value.
    pub statement_end: Option<TextRange>,
    /// Where the value goes on in a next line: the comma or backslash before the line break.
    pub continued_at: Vec<TextRange>,
    /// The opening tag of an unnamed section ends its line: `mail-from /…/ <pattern-list>`.
    pub inline_section: Option<TextRange>,
}

/// An end that closes nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StrayEnd {
    /// How it is written.
    pub form: SectionForm,
    /// The name in it, if any.
    pub name: Option<TextRange>,
}

impl ItemView {
    /// The entry at `index`.
    #[must_use]
    pub fn entry(&self, index: u32) -> Option<&Entry> {
        self.entries.get(index as usize)
    }

    /// The entries with their indexes.
    pub fn indexed(&self) -> impl Iterator<Item = (u32, &Entry)> {
        (0..).zip(&self.entries)
    }

    /// The sections around an entry, the innermost first.
    pub fn ancestors<'a>(&'a self, entry: &'a Entry) -> impl Iterator<Item = (u32, &'a Section)> {
        let mut next = entry.parent;
        std::iter::from_fn(move || {
            let index = next?;
            let parent = self.entry(index)?;
            next = parent.parent;
            match &parent.kind {
                EntryKind::Section(section) => Some((index, section)),
                _ => None,
            }
        })
    }

    /// The entries that stand directly inside `parent`, or at the top of the item, with their indexes.
    pub fn children(&self, parent: Option<u32>) -> impl Iterator<Item = (u32, &Entry)> {
        let count = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
        let (mut next, end) = match parent {
            None => (0, count),
            Some(parent) => match self.entry(parent).map(|entry| &entry.kind) {
                Some(EntryKind::Section(section)) => (parent.saturating_add(1), section.last),
                _ => (0, 0),
            },
        };
        std::iter::from_fn(move || {
            if next >= end {
                return None;
            }
            let index = next;
            let entry = self.entry(index)?;
            next = match &entry.kind {
                EntryKind::Section(section) => section.last.max(index.saturating_add(1)),
                _ => index.saturating_add(1),
            };
            Some((index, entry))
        })
    }
}
