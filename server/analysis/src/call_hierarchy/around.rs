//! What a name stands in: the section that counts, in this file or around its `include` line.

use super::Route;
use crate::catalog::{ArgumentKind, Place};
use crate::document::Document;
use crate::meaning::{self, Judged, Location, Meaning, catalog_name};
use crate::symbols::SymbolKind;
use crate::syntax::{Directive, Entry, EntryKind, ItemView, Section};
use crate::text::TextRange;
use crate::workspace::{FileId, FileRange, Workspace};

/// Something that leads along a name.
pub(super) struct Stop {
    /// What it is.
    pub(super) route: Route,
    /// Where it names what it leads to: the name, or the path of the `include` line before it.
    pub(super) site: TextRange,
}

/// An item of a file, judged.
struct Item {
    file: FileId,
    start: u32,
    text: String,
    view: ItemView,
    judged: Vec<Judged>,
}

impl Item {
    fn at(document: &Document, file: FileId, offset: u32) -> Option<Self> {
        let (start, text, view) = document.item_at(offset as usize)?;
        let top = document.places().first().copied();
        let top = top.map_or(Location::Unknown, Location::In);
        let judged = meaning::judge(&text, &view, top);
        Some(Self {
            file,
            start: TextRange::of(start, start).start,
            text,
            view,
            judged,
        })
    }

    fn in_file(&self, range: TextRange) -> FileRange {
        FileRange {
            file: self.file,
            range: range.shifted(self.start),
        }
    }

    /// The innermost construct that holds a range of the file.
    fn entry_around(&self, range: TextRange) -> Option<(u32, &Entry)> {
        let around = self
            .view
            .indexed()
            .filter(|(_, entry)| entry.range.shifted(self.start).contains_range(range));
        around.last()
    }

    /// The outermost section around a construct, or it itself, that means something.
    fn section_around<'a>(&'a self, index: u32, entry: &'a Entry) -> Option<(u32, &'a Section)> {
        let own = match &entry.kind {
            EntryKind::Section(section) => Some((index, section)),
            _ => None,
        };
        let around = own.into_iter().chain(self.view.ancestors(entry));
        let known = around.filter(|(index, _)| {
            let judged = self.judged.get(*index as usize);
            judged.is_some_and(|judged| {
                matches!(
                    judged.meaning,
                    Meaning::Section(_) | Meaning::FolkloreSection(_)
                )
            })
        });
        known.last()
    }

    fn route_of_section(&self, index: u32, section: &Section) -> Option<Route> {
        let whole = self.view.entry(index)?.range;
        let tag = section.open.name.slice(&self.text).to_owned();
        let kind = match self.judged.get(index as usize)?.meaning {
            Meaning::Section(found) => match found.defines.first() {
                Some(kind) => SymbolKind::of_name(*kind),
                None => SymbolKind::of_section(found.place),
            },
            Meaning::FolkloreSection(found) => found
                .defines
                .map_or(SymbolKind::Section, SymbolKind::of_name),
            _ => SymbolKind::Section,
        };
        let name = section.open.name_range(&self.text);
        let name = name.filter(|name| !name.is_empty());
        let (name, shown, detail) = match name {
            Some(name) => (name, name.slice(&self.text).to_owned(), tag),
            None => (section.open.name, tag, String::new()),
        };
        Some(Route {
            name: shown,
            detail,
            kind,
            at: self.in_file(whole),
            name_at: self.in_file(name),
        })
    }

    /// A line that stands in no section, such as `smtp-listener 192.0.2.1:25 source=a`: it goes by
    /// what stands before the name it refers to.
    fn route_of_line(&self, entry: &Entry, directive: &Directive) -> Route {
        let detail = catalog_name(&self.text, directive).into_owned();
        let value = directive.value.slice(&self.text);
        let first = value.split([' ', '\t']).next().unwrap_or_default();
        let is_entrance = detail == "smtp-listener" && !first.is_empty();
        let (name, kind) = if is_entrance {
            (first.to_owned(), SymbolKind::Entrance)
        } else {
            (detail.clone(), SymbolKind::Rule)
        };
        Route {
            name,
            detail,
            kind,
            at: self.in_file(entry.range),
            name_at: self.in_file(directive.name),
        }
    }
}

/// What a construct is on the way of mail; none if it is neither section nor line.
pub(super) fn route_of_construct(workspace: &Workspace, at: FileRange) -> Option<Route> {
    let document = workspace.document(at.file)?;
    let item = Item::at(document, at.file, at.range.start)?;
    let found = item
        .view
        .indexed()
        .find(|(_, entry)| entry.range.shifted(item.start) == at.range);
    let (index, entry) = found?;
    match &entry.kind {
        EntryKind::Section(section) => item.route_of_section(index, section),
        EntryKind::Directive(directive) => match item.section_around(index, entry) {
            Some((index, section)) => item.route_of_section(index, section),
            None => Some(item.route_of_line(entry, directive)),
        },
        _ => None,
    }
}

/// What leads along a name: the section it stands in. In a fragment that is read inside a section,
/// those are the sections around the `include` lines.
pub(super) fn stops_around(workspace: &Workspace, name: FileRange) -> Vec<Stop> {
    let mut stops = Vec::new();
    add_stops(workspace, name, &mut vec![name.file], &mut stops);
    stops
}

fn add_stops(
    workspace: &Workspace,
    site: FileRange,
    seen: &mut Vec<FileId>,
    stops: &mut Vec<Stop>,
) {
    let found = workspace.document(site.file).and_then(|document| {
        let item = Item::at(document, site.file, site.range.start)?;
        let is_global = matches!(document.places(), [] | [Place::GLOBAL]);
        Some((item, is_global))
    });
    let Some((item, is_global)) = found else {
        return;
    };
    let Some((index, entry)) = item.entry_around(site.range) else {
        return;
    };
    if let Some((index, section)) = item.section_around(index, entry) {
        if is_filter(&item, index) {
            return;
        }
        let route = item.route_of_section(index, section);
        stops.extend(route.map(|route| Stop {
            route,
            site: site.range,
        }));
        return;
    }
    if !is_global {
        let before = stops.len();
        for line in lines_that_read(workspace, site.file) {
            if !seen.contains(&line.file) {
                seen.push(line.file);
                add_stops(workspace, line, seen, stops);
                seen.pop();
            }
        }
        if stops.len() > before {
            return;
        }
    }
    if let EntryKind::Directive(directive) = &entry.kind {
        stops.push(Stop {
            route: item.route_of_line(entry, directive),
            site: site.range,
        });
    }
}

/// Whether a section only looks at mail that has gone its way: an accounting file.
fn is_filter(item: &Item, section: u32) -> bool {
    let judged = item.judged.get(section as usize);
    judged.is_some_and(|judged| {
        matches!(judged.meaning, Meaning::Section(found) if found.argument == Some(ArgumentKind::FileOrPipe))
    })
}

/// The paths of the `include` lines that read a file.
fn lines_that_read(workspace: &Workspace, file: FileId) -> Vec<FileRange> {
    let mut lines: Vec<FileRange> = Vec::new();
    let roots = workspace.roots_with(file);
    for include in roots.flat_map(|root| &root.includes) {
        if !include.files().any(|target| target == file) {
            continue;
        }
        let Some(document) = workspace.document(include.from) else {
            continue;
        };
        // An edit may have moved the line since it was followed.
        let here = document
            .includes()
            .map(|(range, _)| range)
            .filter(|range| document.slice(range.as_usize()) == include.path);
        lines.extend(here.map(|range| FileRange {
            file: include.from,
            range,
        }));
    }
    lines.sort_unstable();
    lines.dedup();
    lines
}
