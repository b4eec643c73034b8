//! What is named at a position, and everywhere that name stands.
//!
//! Most names are among the facts of items ([`crate::names`]). Some are not, for no line could lead to
//! another by them: sections that only clients and messages name, and bounce categories, which nothing
//! defines. Those are read from the lines themselves, of the few sections that may hold them.

use crate::catalog::{self, ArgumentKind, Place, ReferenceKind, ValueKind, ValueSpec};
use crate::cursor::{Cursor, Part};
use crate::document::{Document, ItemRef};
use crate::meaning::{self, Judged, Location, Meaning};
use crate::names;
use crate::syntax::{Directive, Entry, EntryKind, normalise};
use crate::text::TextRange;
use crate::value;
use crate::workspace::{FileId, FilePosition, FileRange, Workspace};

/// What kind of thing a name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NameKind {
    /// Something that lines of a configuration define and refer to.
    Reference(ReferenceKind),
    /// A section whose name only stands outside the files: an SMTP user, a list of domain keys.
    Section(Place),
    /// A bounce category.
    Category,
}

/// A name at a position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Subject {
    /// What it names.
    pub(crate) kind: NameKind,
    /// The name.
    pub(crate) text: String,
    /// The name in the file, without quotes and without the `$` of a macro.
    pub(crate) name: FileRange,
}

/// A place where a name stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Occurrence {
    /// The name, without quotes and without the `$` of a macro.
    pub(crate) name: FileRange,
    /// Whether it is defined here.
    pub(crate) is_definition: bool,
}

/// What is named at a position; none where nothing is.
pub(crate) fn subject(workspace: &Workspace, at: FilePosition) -> Option<Subject> {
    let cursor = Cursor::at(workspace.document(at.file)?, at.offset)?;
    subject_at(&cursor, at.file)
}

/// What is named under a cursor.
pub(crate) fn subject_at(cursor: &Cursor, file: FileId) -> Option<Subject> {
    let names = cursor.names();
    let known = names::name_at(&cursor.text, &names.references, cursor.offset)
        .or_else(|| names::name_at(&cursor.text, &names.definitions, cursor.offset));
    let (kind, range) = match known {
        Some(name) => (NameKind::Reference(name.kind), name.range),
        None => unlisted_at(cursor)?,
    };
    Some(Subject {
        kind,
        text: range.slice(&cursor.text).to_owned(),
        name: FileRange {
            file,
            range: range.shifted(cursor.start),
        },
    })
}

/// A name under a cursor that is not among the facts.
fn unlisted_at(cursor: &Cursor) -> Option<(NameKind, TextRange)> {
    let (entry, judged) = (cursor.entry()?, cursor.judged()?);
    let found = match cursor.part {
        Part::Argument(_) => section_name(&cursor.text, entry, judged)?,
        Part::Value => {
            let categories = categories(&cursor.text, cursor.directive()?, judged);
            let here = categories
                .into_iter()
                .find(|range| range.touches(cursor.offset));
            (NameKind::Category, here?)
        }
        _ => return None,
    };
    (!found.1.is_empty()).then_some(found)
}

/// The name of a section that nothing refers to.
fn section_name(text: &str, entry: &Entry, judged: &Judged) -> Option<(NameKind, TextRange)> {
    let tag = match &entry.kind {
        EntryKind::Section(section) => &section.open,
        _ => return None,
    };
    let Meaning::Section(section) = judged.meaning else {
        return None;
    };
    let is_unlisted = section.argument == Some(ArgumentKind::Name) && section.defines.is_empty();
    let name = tag.name_range(text).filter(|_| is_unlisted)?;
    Some((NameKind::Section(section.place), name))
}

/// The bounce categories in the value of a directive.
fn categories(text: &str, directive: &Directive, judged: &Judged) -> Vec<TextRange> {
    let spec = match judged.meaning {
        Meaning::Directive(found) if takes_category(&found.value) => &found.value,
        _ => return Vec::new(),
    };
    let context = value::Context {
        cut_by_comment: directive.cut_by_comment,
    };
    let parsed = value::parse(spec, directive.value.slice(text), context);
    let pieces = parsed.pieces.iter();
    pieces
        .filter(|piece| matches!(piece.spec.kind, ValueKind::Category))
        .map(|piece| piece.range.shifted(directive.value.start))
        .collect()
}

fn takes_category(spec: &ValueSpec) -> bool {
    match spec.kind {
        ValueKind::Category => true,
        ValueKind::List { item, .. } => takes_category(item),
        ValueKind::Composite(parts) => parts.iter().any(|part| takes_category(&part.value)),
        ValueKind::AnyOf(alternatives) => alternatives.iter().any(takes_category),
        _ => false,
    }
}

/// Everywhere a name stands: in the configurations that the file is part of, and in those that share
/// a file with them in which it stands. File by file in reading order, each file's in order of
/// position.
pub(crate) fn occurrences(
    workspace: &Workspace,
    file: FileId,
    kind: NameKind,
    name: &str,
) -> Vec<Occurrence> {
    let mut found: Vec<Occurrence> = Vec::new();
    let mut asked: Vec<FileId> = Vec::new();
    let mut waiting = vec![file];
    while let Some(file) = waiting.pop() {
        let is_known = |root: FileId| {
            asked
                .iter()
                .any(|asked| workspace.roots_with(*asked).any(|it| it.file == root))
        };
        let has_news = workspace.roots_with(file).any(|root| !is_known(root.file));
        if !has_news && !asked.is_empty() {
            continue;
        }
        asked.push(file);
        for occurrence in occurrences_around(workspace, file, kind, name) {
            if !found.contains(&occurrence) {
                found.push(occurrence);
            }
        }
        let mut files: Vec<FileId> = found.iter().map(|it| it.name.file).collect();
        files.dedup();
        files.retain(|file| !asked.contains(file));
        waiting.extend(files);
    }
    found
}

/// Everywhere a name stands in the configurations that the file is part of.
fn occurrences_around(
    workspace: &Workspace,
    file: FileId,
    kind: NameKind,
    name: &str,
) -> Vec<Occurrence> {
    if let NameKind::Reference(kind) = kind {
        let sites = names::sites(workspace, file, kind, name).into_iter();
        let found = sites.map(|site| Occurrence {
            name: site.name,
            is_definition: site.is_definition,
        });
        return found.collect();
    }
    let files = names::files_with(workspace, file).into_iter();
    files
        .flat_map(|file| unlisted_in(workspace, file, kind, name))
        .collect()
}

/// Everywhere a name that is not among the facts stands in one file.
fn unlisted_in(workspace: &Workspace, file: FileId, kind: NameKind, name: &str) -> Vec<Occurrence> {
    let mut found = Vec::new();
    let Some(document) = workspace.document(file) else {
        return found;
    };
    let places = places_of(kind);
    let top = document.places().first().copied();
    let top = top.map_or(Location::Unknown, Location::In);
    for item in document.items() {
        if !may_hold(document, &item, &places) {
            continue;
        }
        let Some((start, text, view)) = document.item_at(item.start) else {
            continue;
        };
        let start = TextRange::of(start, start).start;
        let judged = meaning::judge(&text, &view, top);
        for (entry, judged) in view.entries.iter().zip(&judged) {
            let ranges = match (&entry.kind, kind) {
                (EntryKind::Directive(directive), NameKind::Category) => {
                    categories(&text, directive, judged)
                }
                (EntryKind::Section(_), NameKind::Section(_)) => {
                    let own = section_name(&text, entry, judged);
                    own.filter(|(own, _)| *own == kind)
                        .map(|(_, range)| range)
                        .into_iter()
                        .collect()
                }
                _ => continue,
            };
            let ranges = ranges
                .into_iter()
                .filter(|range| range.slice(&text) == name);
            found.extend(ranges.map(|range| Occurrence {
                name: FileRange {
                    file,
                    range: range.shifted(start),
                },
                is_definition: kind != NameKind::Category,
            }));
        }
    }
    found
}

/// The sections that hold such names, in their tags or in their lines.
fn places_of(kind: NameKind) -> Vec<Place> {
    match kind {
        NameKind::Section(place) => vec![place],
        _ => {
            let mut places: Vec<Place> = catalog::DIRECTIVES
                .iter()
                .filter(|directive| takes_category(&directive.value))
                .map(|directive| directive.place)
                .collect();
            places.dedup();
            places
        }
    }
}

/// Whether an item may hold something of these places, by its first tag.
fn may_hold(document: &Document, item: &ItemRef<'_>, places: &[Place]) -> bool {
    let Some(tag) = item.facts.first_tag else {
        return document.places().iter().any(|it| places.contains(it));
    };
    let start = TextRange::of(item.start, item.start).start;
    let tag = document.slice(tag.shifted(start).as_usize());
    match catalog::section(&normalise(&tag)) {
        Some(section) => places.contains(&section.place),
        // A tag around everything, or one that nobody knows.
        None => true,
    }
}
