//! Go to definition: from a name to all that defines it, from an `include` to its files.

use crate::catalog::ReferenceKind;
use crate::cursor::Cursor;
use crate::names::{self, Found};
use crate::routing;
use crate::syntax::EntryKind;
use crate::text::TextRange;
use crate::workspace::{FilePosition, FileRange, Workspace};

/// Where a name leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Definition {
    /// The name that was followed.
    pub origin: FileRange,
    /// The whole construct that defines it.
    pub target: FileRange,
    /// The name in that construct.
    pub name: FileRange,
}

/// Everything that defines the name at a position: what PowerMTA knows first, then what the web
/// invented, each in reading order. A name that is itself a definition leads to all of its name.
#[must_use]
pub fn definition(workspace: &Workspace, at: FilePosition) -> Vec<Definition> {
    let Some(document) = workspace.document(at.file) else {
        return Vec::new();
    };
    let Some(cursor) = Cursor::at(document, at.offset) else {
        return Vec::new();
    };
    let names = cursor.names();
    let included = names
        .includes
        .iter()
        .find(|(path, _)| path.touches(cursor.offset));
    if let Some((path, _)) = included {
        let origin = FileRange {
            file: at.file,
            range: path.shifted(cursor.start),
        };
        return files(workspace, origin, path.slice(&cursor.text));
    }
    let name = names::name_at(&cursor.text, &names.references, cursor.offset)
        .or_else(|| names::name_at(&cursor.text, &names.definitions, cursor.offset));
    let named = name.map(|name| {
        let touched = names::touched(&cursor.text, name);
        let written = name.range.slice(&cursor.text).to_owned();
        (touched, vec![written], name.kind)
    });
    // A sender leads to the VirtualMTAs that its mail may leave through.
    let routed = || {
        let found = routing::destinations(workspace, at.file, &cursor)?;
        Some((found.sender, found.names, ReferenceKind::VirtualMtaOrPool))
    };
    let Some((touched, written, kind)) = named.or_else(routed) else {
        return Vec::new();
    };
    let origin = FileRange {
        file: at.file,
        range: touched.shifted(cursor.start),
    };
    let written: Vec<&str> = written.iter().map(String::as_str).collect();
    let found = names::definitions(workspace, at.file, kind, &written);
    let definition = |found: Found| Definition {
        origin,
        target: construct(workspace, found.name),
        name: found.name,
    };
    found.into_iter().map(definition).collect()
}

/// The files that an `include` line names.
fn files(workspace: &Workspace, origin: FileRange, path: &str) -> Vec<Definition> {
    let mut found: Vec<Definition> = workspace
        .includes_of(origin.file, path)
        .flat_map(|line| line.files())
        .map(|file| {
            let target = FileRange {
                file,
                range: TextRange::empty(0),
            };
            Definition {
                origin,
                target,
                name: target,
            }
        })
        .collect();
    found.sort_by_key(|definition| definition.target);
    found.dedup();
    found
}

/// All of the section or line in which a name is defined.
pub(crate) fn construct(workspace: &Workspace, name: FileRange) -> FileRange {
    let range = workspace.document(name.file).and_then(|document| {
        let (start, _, view) = document.item_at(name.range.start as usize)?;
        let start = TextRange::of(start, start).start;
        let defines = |kind: &EntryKind, range: TextRange| match kind {
            EntryKind::Section(section) => {
                section.open.range.shifted(start).contains_range(name.range)
            }
            EntryKind::Directive(_) | EntryKind::EmptyTag(_) => range.contains_range(name.range),
            _ => false,
        };
        let ranges = view
            .entries
            .iter()
            .map(|entry| (&entry.kind, entry.range.shifted(start)));
        ranges
            .filter(|(kind, range)| defines(kind, *range))
            .map(|(_, range)| range)
            .next_back()
    });
    FileRange {
        file: name.file,
        range: range.unwrap_or(name.range),
    }
}

#[cfg(test)]
mod tests;
