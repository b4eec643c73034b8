//! The routes of mail, as a hierarchy: what leads to a VirtualMTA, pool, source, list or queue, and
//! where those lead.

mod around;

use crate::catalog::ReferenceKind;
use crate::cursor::{Cursor, Part};
use crate::definition::construct;
use crate::names::{self, Found};
use crate::occurrences::{Subject, occurrences, subject_at};
use crate::symbols::SymbolKind;
use crate::text::TextRange;
use crate::workspace::{FileId, FilePosition, FileRange, Workspace};

use around::{Stop, route_of_construct, stops_around};

/// Something that mail passes, or that decides about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// What it is called; never empty.
    pub name: String,
    /// Which section or directive it is.
    pub detail: String,
    /// What it is.
    pub kind: SymbolKind,
    /// All of it.
    pub at: FileRange,
    /// Its name in it.
    pub name_at: FileRange,
}

/// One end of a route, with the places that lead along it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// The other end.
    pub route: Route,
    /// Where it is named, in the file of the end that leads to the other: a name, or the path of an
    /// `include` line behind which the name stands.
    pub sites: Vec<TextRange>,
}

/// Whether mail takes its way by names of this kind.
fn leads(kind: ReferenceKind) -> bool {
    match kind {
        ReferenceKind::VirtualMta
        | ReferenceKind::VirtualMtaOrPool
        | ReferenceKind::Source
        | ReferenceKind::PatternList
        | ReferenceKind::Queue => true,
        ReferenceKind::SmtpPatternList
        | ReferenceKind::AddressList
        | ReferenceKind::RewriteList
        | ReferenceKind::Proxy
        | ReferenceKind::SignalsFilter
        | ReferenceKind::SourceGroup
        | ReferenceKind::DomainMacro
        | ReferenceKind::DomainKeyList
        | ReferenceKind::SmtpUser
        | ReferenceKind::BounceCategory
        | ReferenceKind::File
        | ReferenceKind::Directory => false,
    }
}

/// What mail passes at a position: where a name is defined that one, where it is used all that it is
/// defined as, at a tag its section, at a line that names one of them what the line stands in.
#[must_use]
pub fn prepare(workspace: &Workspace, at: FilePosition) -> Vec<Route> {
    let Some(cursor) = cursor(workspace, at) else {
        return Vec::new();
    };
    if let Some((kind, subject)) = leading_subject(&cursor, at.file) {
        let found = names::definitions(workspace, at.file, kind, &[&subject.text]);
        let is_own = |found: &&Found| found.name == subject.name;
        let own = found.iter().find(is_own).map(std::slice::from_ref);
        let routes = own.unwrap_or(&found).iter().filter_map(|found| {
            let target = construct(workspace, found.name);
            route_of_construct(workspace, target)
        });
        return routes.collect();
    }
    let is_tag = matches!(
        cursor.part,
        Part::SectionName | Part::Argument(_) | Part::EndName(_)
    );
    let is_leading_line = cursor.directive().is_some()
        && cursor
            .names()
            .references
            .iter()
            .any(|name| leads(name.kind));
    let Some(entry) = cursor.entry().filter(|_| is_tag || is_leading_line) else {
        return Vec::new();
    };
    let target = FileRange {
        file: at.file,
        range: entry.range.shifted(cursor.start),
    };
    route_of_construct(workspace, target).into_iter().collect()
}

/// What leads to what is defined at a position.
#[must_use]
pub fn incoming(workspace: &Workspace, at: FilePosition) -> Vec<Call> {
    let subject = cursor(workspace, at).and_then(|it| leading_subject(&it, at.file));
    let Some((_, subject)) = subject else {
        return Vec::new();
    };
    let mut calls = Vec::new();
    for site in occurrences(workspace, at.file, subject.kind, &subject.text) {
        if site.is_definition {
            continue;
        }
        for Stop { route, site } in stops_around(workspace, site.name) {
            add(&mut calls, route, site);
        }
    }
    calls
}

/// Where what stands at a position leads.
#[must_use]
pub fn outgoing(workspace: &Workspace, at: FilePosition) -> Vec<Call> {
    let own = prepare(workspace, at);
    let offset = TextRange::of(at.offset, at.offset).start;
    let is_here = |route: &&Route| route.at.file == at.file && route.name_at.range.touches(offset);
    let Some(own) = own.iter().find(is_here) else {
        return Vec::new();
    };
    let mut named = Vec::new();
    names_inside(workspace, own.at, None, &mut Vec::new(), &mut named);
    let mut calls = Vec::new();
    for kind in [
        ReferenceKind::VirtualMtaOrPool,
        ReferenceKind::Source,
        ReferenceKind::PatternList,
        ReferenceKind::Queue,
    ] {
        let of_kind = named
            .iter()
            .filter(|it| names::is_same_name_space(it.kind, kind));
        let of_kind: Vec<&NamedInside> = of_kind.collect();
        let mut names: Vec<&str> = of_kind.iter().map(|it| it.name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        for found in names::definitions(workspace, own.at.file, kind, &names) {
            let name = names.get(found.index).copied().unwrap_or_default();
            let Some(route) = route_of_construct(workspace, construct(workspace, found.name))
            else {
                continue;
            };
            let sites = of_kind.iter().filter(|it| it.name == name);
            for site in sites {
                add(&mut calls, route.clone(), site.site);
            }
        }
    }
    calls.sort_by_key(|call| call.sites.first().copied());
    calls
}

fn cursor(workspace: &Workspace, at: FilePosition) -> Option<Cursor> {
    Cursor::at(workspace.document(at.file)?, at.offset)
}

/// The name under a cursor, if mail takes its way by it.
fn leading_subject(cursor: &Cursor, file: FileId) -> Option<(ReferenceKind, Subject)> {
    let subject = subject_at(cursor, file)?;
    match subject.kind {
        kind if leads(kind) => Some((kind, subject)),
        _ => None,
    }
}

/// Adds a place to the call that it belongs to.
fn add(calls: &mut Vec<Call>, route: Route, site: TextRange) {
    match calls.iter_mut().find(|call| call.route.at == route.at) {
        Some(call) if call.sites.contains(&site) => {}
        Some(call) => call.sites.push(site),
        None => calls.push(Call {
            route,
            sites: vec![site],
        }),
    }
}

/// A name inside of something that leads along it.
struct NamedInside {
    kind: ReferenceKind,
    name: String,
    /// Where it is named, in the file of what leads along it.
    site: TextRange,
}

/// The names inside a range, those behind its `include` lines among them.
fn names_inside(
    workspace: &Workspace,
    at: FileRange,
    behind: Option<TextRange>,
    seen: &mut Vec<FileId>,
    named: &mut Vec<NamedInside>,
) {
    let Some(document) = workspace.document(at.file) else {
        return;
    };
    for item in document.items() {
        let span = TextRange::of(item.start, item.end);
        if span.end <= at.range.start || at.range.end <= span.start {
            continue;
        }
        let is_inside = |range: TextRange| at.range.contains_range(range);
        for name in item.facts.references.iter().filter(|name| leads(name.kind)) {
            let range = name.range.shifted(span.start);
            if is_inside(range) {
                named.push(NamedInside {
                    kind: name.kind,
                    name: document.slice(range.as_usize()),
                    site: behind.unwrap_or(range),
                });
            }
        }
        for (path, _) in &item.facts.rare().includes {
            let range = path.shifted(span.start);
            if !is_inside(range) {
                continue;
            }
            let path = document.slice(range.as_usize());
            let targets = workspace
                .includes_of(at.file, &path)
                .flat_map(|line| line.files().collect::<Vec<_>>());
            for file in targets {
                if seen.contains(&file) {
                    continue;
                }
                seen.push(file);
                let all = TextRange::new(0, u32::MAX);
                let inside = FileRange { file, range: all };
                names_inside(workspace, inside, behind.or(Some(range)), seen, named);
            }
        }
    }
}

#[cfg(test)]
mod tests;
