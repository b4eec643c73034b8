//! Names across the files of a configuration: where what a line names is defined.
//!
//! What an item defines and uses is among its facts. Each root has a table that counts its names, and
//! each run of a document knows which names it may hold; so a look-up reads the runs that hold the name
//! and no others.

mod built_in;
mod construct;
mod space;
mod table;

use std::collections::{HashMap, HashSet};

use crate::catalog::ReferenceKind;
use crate::facts::{Name, Role};
use crate::text::TextRange;
use crate::workspace::{FileId, FileRange, Root, Workspace};

pub use built_in::{is_built_in, meaning_of_built_in};
pub(crate) use construct::Names;
pub(crate) use space::{NameSpace, Written};
pub(crate) use table::{Entry, Key, NameTable, Uses};

/// A definition that a name leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// Which of the names that were looked up it defines.
    pub index: usize,
    /// What it defines.
    pub kind: ReferenceKind,
    /// The name in it.
    pub name: FileRange,
    /// Whether it is written in a way that PowerMTA does not know.
    pub is_folklore: bool,
}

/// Whether something defined as one kind is what a name of the other kind refers to. VirtualMTAs and
/// pools have one name space.
#[must_use]
pub fn is_same_name_space(one: ReferenceKind, other: ReferenceKind) -> bool {
    NameSpace::of(one) == NameSpace::of(other)
}

/// The files whose names a file shares, itself among them: those of all roots that it is part of.
#[must_use]
pub fn files_with(workspace: &Workspace, file: FileId) -> Vec<FileId> {
    let mut files = Vec::new();
    for root in workspace.roots() {
        if root.files.contains(&file) {
            files.extend(root.files.iter().copied());
        }
    }
    if files.is_empty() {
        files.push(file);
    }
    let mut seen = std::collections::HashSet::new();
    files.retain(|file| seen.insert(*file));
    files
}

/// All definitions of these names in the configurations that a file is part of: of each name first
/// what PowerMTA knows, then what the web invented; VirtualMTAs before pools, each in reading order.
#[must_use]
pub fn definitions(
    workspace: &Workspace,
    file: FileId,
    kind: ReferenceKind,
    names: &[&str],
) -> Vec<Found> {
    let space = NameSpace::of(kind);
    let mut found = Vec::new();
    each_like(
        workspace,
        file,
        space,
        names,
        &mut |index, file, written| {
            if written.is_definition {
                found.push(Found {
                    index,
                    kind: written.name.kind,
                    name: FileRange {
                        file,
                        range: written.range,
                    },
                    is_folklore: written.name.is_folklore,
                });
            }
        },
    );
    found.sort_by_key(|found| {
        let is_pool = found.kind == ReferenceKind::VirtualMtaOrPool;
        (found.index, found.is_folklore, is_pool)
    });
    found
}

/// A name where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Site {
    /// What kind of thing is named; of a reference: what the directive takes.
    pub kind: ReferenceKind,
    /// Whether this defines the name, or refers to it.
    pub is_definition: bool,
    /// Whether it is written in a way that PowerMTA does not know.
    pub is_folklore: bool,
    /// What more is known of a reference.
    pub role: Role,
    /// Where the item begins that it stands in, in bytes from the start of the file.
    pub item: u32,
    /// The name, without quotes and without the `$` of a macro.
    pub name: FileRange,
}

impl Site {
    fn of(file: FileId, written: &Written<'_, '_>) -> Self {
        Self {
            kind: written.name.kind,
            is_definition: written.is_definition,
            is_folklore: written.name.is_folklore,
            role: written.name.role,
            item: written.item,
            name: FileRange {
                file,
                range: written.range,
            },
        }
    }
}

/// Everywhere a name stands in the configurations that a file is part of: its definitions and its
/// references, file by file in reading order, each file's in order of position.
#[must_use]
pub fn sites(workspace: &Workspace, file: FileId, kind: ReferenceKind, name: &str) -> Vec<Site> {
    let space = NameSpace::of(kind);
    let mut sites = Vec::new();
    let mut start = 0;
    let mut last = None;
    each_like(workspace, file, space, &[name], &mut |_, file, written| {
        if last.replace(file).is_some_and(|last| last != file) {
            start = sites.len();
        }
        sites.push(Site::of(file, &written));
        // An item tells its definitions before its references.
        let own = sites.get_mut(start..).unwrap_or_default();
        let at = own.partition_point(|site| site.name.range.start < written.range.start);
        if let Some(moved) = own.get_mut(at..) {
            moved.rotate_right(1.min(moved.len()));
        }
    });
    sites
}

/// Everywhere these names stand in the files of a root, in reading order.
pub(crate) fn sites_of_root(
    workspace: &Workspace,
    root: &Root,
    keys: &[&Key],
) -> HashMap<Key, Vec<Site>> {
    let mut sites: HashMap<Key, Vec<Site>> = HashMap::new();
    let hashes = hashes(keys.iter().copied());
    let wanted: HashSet<&Key> = keys.iter().copied().collect();
    if hashes.is_empty() {
        return sites;
    }
    for file in &root.files {
        let Some(document) = workspace.document(*file) else {
            continue;
        };
        document.each_name_like(&hashes, &mut |written| {
            let key = Key::new(written.space(), written.text);
            if wanted.contains(&key) {
                sites
                    .entry(key)
                    .or_default()
                    .push(Site::of(*file, &written));
            }
        });
    }
    for sites in sites.values_mut() {
        sites.sort_by_cached_key(|site| root.reading_position(site.name));
    }
    sites
}

/// The hashes of names, sorted.
pub(crate) fn hashes<'a>(keys: impl Iterator<Item = &'a Key>) -> Vec<u32> {
    let mut hashes: Vec<u32> = keys.map(|key| key.space.hash(&key.name)).collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

/// Visits every place in the configurations that a file is part of where one of these names stands,
/// with the index of the name.
fn each_like(
    workspace: &Workspace,
    file: FileId,
    space: NameSpace,
    names: &[&str],
    visit: &mut dyn FnMut(usize, FileId, Written<'_, '_>),
) {
    let mut hashes: Vec<u32> = names.iter().map(|name| space.hash(name)).collect();
    hashes.sort_unstable();
    for file in files_naming(workspace, file, space, names) {
        let Some(document) = workspace.document(file) else {
            continue;
        };
        document.each_name_like(&hashes, &mut |written| {
            if written.space() != space {
                return;
            }
            let index = names
                .iter()
                .position(|name| space.is_same(written.text, name));
            if let Some(index) = index {
                visit(index, file, written);
            }
        });
    }
}

/// The files of the configurations that a file is part of in which one of these names stands.
fn files_naming(
    workspace: &Workspace,
    file: FileId,
    space: NameSpace,
    names: &[&str],
) -> Vec<FileId> {
    let mut files = files_with(workspace, file);
    if files.len() > 1 {
        let tables = workspace
            .roots_with(file)
            .filter_map(|root| workspace.names(root));
        let tables: Vec<&NameTable> = tables.collect();
        let holding: HashSet<FileId> = tables
            .iter()
            .flat_map(|table| names.iter().flat_map(|name| table.files(space, name)))
            .collect();
        files.retain(|file| holding.contains(file));
    }
    files
}

/// The name at an offset, if there is one; where two meet, the one that begins there. All is relative
/// to the start of `text`.
pub(crate) fn name_at<'n>(text: &str, names: &'n [Name], offset: u32) -> Option<&'n Name> {
    let all = || {
        names
            .iter()
            .filter(|name| touched(text, name).touches(offset))
    };
    all()
        .find(|name| offset < name.range.end)
        .or_else(|| all().next())
}

/// A name with the `$` that makes it a macro.
pub(crate) fn touched(text: &str, name: &Name) -> TextRange {
    let sign = TextRange::new(name.range.start.saturating_sub(1), name.range.start);
    let is_macro = name.kind == ReferenceKind::DomainMacro && sign.slice(text) == "$";
    if is_macro {
        sign.cover(name.range)
    } else {
        name.range
    }
}

#[cfg(test)]
mod tests;
