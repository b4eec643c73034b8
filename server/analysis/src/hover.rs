//! Help for what stands under the cursor: directives, sections, values, names, and what the web
//! invented.

pub mod directive;
pub mod page;
mod reference;
mod remark;
pub mod section;
mod value;
pub mod wording;

use crate::catalog;
use crate::cursor::{Cursor, Part};
use crate::inheritance;
use crate::meaning::{Location, Meaning};
use crate::names;
use crate::syntax::{EntryKind, normalise};
use crate::text::TextRange;
use crate::workspace::{FilePosition, Workspace};

pub(crate) use page::quoted;
pub use page::{Block, Markup, Page, render};

/// Help, and what it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// What it is about, from the start of the file.
    pub range: TextRange,
    /// The help.
    pub page: Page,
}

/// Help for what stands at a position.
#[must_use]
pub fn hover(workspace: &Workspace, at: FilePosition) -> Option<Hover> {
    let document = workspace.document(at.file)?;
    let Some(cursor) = Cursor::at(document, at.offset) else {
        return remark::code(document, at.offset);
    };
    let site = Site {
        workspace,
        at,
        cursor: &cursor,
    };
    let (range, page) = match cursor.part {
        Part::DirectiveName => {
            let mut page = directive_page(&cursor)?;
            page.extend(inheritance::about_directive(workspace, at.file, &cursor));
            (cursor.directive()?.name, page)
        }
        Part::Value => site.value()?,
        Part::InlineSection(name) => (name, section_named(name.slice(&cursor.text))?),
        Part::EndName(name) => (name, section_named(name.slice(&cursor.text))?),
        Part::SectionName => match &cursor.entry()?.kind {
            EntryKind::Section(section) => {
                let mut page = inheritance::about_section(workspace, at.file, &cursor);
                page.extend(section_page(&cursor)?);
                (section.open.name, page)
            }
            EntryKind::EmptyTag(tag) => (tag.name, section_page(&cursor)?),
            _ => return None,
        },
        Part::Argument(range) => {
            let (range, mut page) = site.argument(range)?;
            page.extend(inheritance::about_section(workspace, at.file, &cursor));
            (range, page)
        }
        Part::Attribute(_) => site.name()?,
    };
    (!page.is_empty()).then(|| Hover {
        range: range.shifted(cursor.start),
        page,
    })
}

/// A cursor with all that help may need.
#[derive(Clone, Copy)]
struct Site<'a> {
    workspace: &'a Workspace,
    at: FilePosition,
    cursor: &'a Cursor,
}

impl Site<'_> {
    /// Help for the name under the cursor: what it defines or refers to.
    fn name(&self) -> Option<(TextRange, Page)> {
        let names = self.cursor.names();
        let offset = self.cursor.offset;
        let included = names.includes.iter().find(|(path, _)| path.touches(offset));
        if let Some((path, _)) = included {
            return Some((*path, reference::included(self, *path)));
        }
        let text = &self.cursor.text;
        if let Some(name) = names::name_at(text, &names.references, offset) {
            let page = reference::reference(self, name.kind, name.range.slice(text));
            return Some((names::touched(text, name), page));
        }
        let name = names::name_at(text, &names.definitions, offset)?;
        Some((
            name.range,
            reference::own_definition(self, name.kind, name.range),
        ))
    }

    fn value(&self) -> Option<(TextRange, Page)> {
        let name = self.name();
        let value = value::value(self, name.as_ref().map(|(range, _)| *range));
        match (name, value) {
            (Some((range, mut page)), Some((_, about))) => {
                page.extend(about);
                Some((range, page))
            }
            (name, value) => name.or(value),
        }
    }

    fn argument(&self, range: TextRange) -> Option<(TextRange, Page)> {
        let section = match self.cursor.judged()?.meaning {
            Meaning::Section(section) => Some(section),
            _ => None,
        };
        let name = self.name();
        let about = section.map(|section| value::argument(section, range.slice(&self.cursor.text)));
        match (name, about) {
            (Some((named, mut page)), about) => {
                // A macro is a part of the argument; about all of it more can be said.
                if named == range {
                    page.extend(about.unwrap_or_default());
                }
                Some((named, page))
            }
            (None, about) => Some((range, about?)),
        }
    }
}

fn directive_page(cursor: &Cursor) -> Option<Page> {
    let judged = cursor.judged()?;
    match judged.meaning {
        Meaning::Directive(entry) => Some(directive::directive(entry)),
        Meaning::SomewhereValid(entries) => Some(directive::directive_anywhere(entries)),
        Meaning::Misplaced(entries) => {
            let here = match judged.location {
                Location::In(place) => Some(place),
                _ => None,
            };
            let mut page = directive::misplaced(entries, here);
            page.extend(directive::directive_anywhere(entries));
            Some(page)
        }
        Meaning::Folklore(folklore) => Some(directive::folklore(folklore)),
        _ => None,
    }
}

fn section_page(cursor: &Cursor) -> Option<Page> {
    match cursor.judged()?.meaning {
        Meaning::Section(found) => Some(section::section(found)),
        Meaning::FolkloreSection(found) => Some(section::folklore(found)),
        _ => None,
    }
}

/// Help for a section that only its name tells.
fn section_named(name: &str) -> Option<Page> {
    let name = normalise(name);
    let genuine = catalog::section(&name).map(section::section);
    genuine.or_else(|| catalog::folklore_section(&name).map(section::folklore))
}

#[cfg(test)]
mod tests;
