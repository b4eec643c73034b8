//! Names across the files of a configuration: where what a line names is defined.
//!
//! What an item defines is among its facts, so a look-up reads no text but the names themselves.

mod construct;

use crate::catalog::ReferenceKind;
use crate::facts::Name;
use crate::text::TextRange;
use crate::workspace::{FileId, FileRange, Workspace};

pub(crate) use construct::Names;

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
    let is_vmta = |kind| {
        matches!(
            kind,
            ReferenceKind::VirtualMta | ReferenceKind::VirtualMtaOrPool
        )
    };
    one == other || (is_vmta(one) && is_vmta(other))
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
    let mut found = Vec::new();
    for file in files_with(workspace, file) {
        let Some(document) = workspace.document(file) else {
            continue;
        };
        for item in document.items() {
            let start = TextRange::of(item.start, item.start).start;
            for definition in &item.facts.definitions {
                if !is_same_name_space(kind, definition.kind) {
                    continue;
                }
                let range = definition.range.shifted(start);
                let index = names.iter().position(|name| {
                    name.len() == range.len() as usize
                        && document
                            .rope()
                            .get_byte_slice(range.as_usize())
                            .is_some_and(|written| is_same(kind, &written, name))
                });
                found.extend(index.map(|index| Found {
                    index,
                    kind: definition.kind,
                    name: FileRange { file, range },
                    is_folklore: definition.is_folklore,
                }));
            }
        }
    }
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
    /// The name, without quotes and without the `$` of a macro.
    pub name: FileRange,
}

/// Everywhere a name stands in the configurations that a file is part of: its definitions and its
/// references, file by file in reading order, each file's in order of position.
#[must_use]
pub fn sites(workspace: &Workspace, file: FileId, kind: ReferenceKind, name: &str) -> Vec<Site> {
    let mut sites = Vec::new();
    for file in files_with(workspace, file) {
        let Some(document) = workspace.document(file) else {
            continue;
        };
        for item in document.items() {
            let start = TextRange::of(item.start, item.start).start;
            let definitions = item.facts.definitions.iter().map(|it| (it, true));
            let references = item.facts.references.iter().map(|it| (it, false));
            for (written, is_definition) in definitions.chain(references) {
                let range = written.range.shifted(start);
                let is_same = is_same_name_space(kind, written.kind)
                    && range.len() as usize == name.len()
                    && document
                        .rope()
                        .get_byte_slice(range.as_usize())
                        .is_some_and(|written| is_same(kind, &written, name));
                if is_same {
                    sites.push(Site {
                        kind: written.kind,
                        is_definition,
                        is_folklore: written.is_folklore,
                        name: FileRange { file, range },
                    });
                }
            }
        }
    }
    sites.sort_by_key(|site| site.name.range.start);
    let order = files_with(workspace, file);
    sites.sort_by_key(|site| order.iter().position(|file| *file == site.name.file));
    sites
}

/// Whether a written name is this one. Queues are named like domains, without regard to case.
fn is_same(kind: ReferenceKind, written: &ropey::RopeSlice<'_>, name: &str) -> bool {
    if kind == ReferenceKind::Queue {
        String::from(*written).eq_ignore_ascii_case(name)
    } else {
        *written == name
    }
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
