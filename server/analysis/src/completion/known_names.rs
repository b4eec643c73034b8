//! Names that the files of a configuration define and use.

use std::collections::{BTreeSet, HashSet};

use super::List;
use crate::catalog::ReferenceKind;
use crate::names::{Entry, Key, NameSpace, NameTable};
use crate::workspace::{FileId, Workspace};

/// A name with what it names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Known {
    pub(super) name: String,
    pub(super) kind: ReferenceKind,
    pub(super) is_folklore: bool,
}

/// Most names that are offered at a time: nobody reads more, and sending them takes time.
const MOST_NAMES: usize = 1_000;

/// Most names that are searched for what was typed in another place than their start.
const MOST_SEARCHED: usize = 4_000;

/// The names that something of this kind may refer to; where there are very many, some of those that
/// hold what was typed, and first those that begin with it.
pub(super) fn offered(list: &mut List<'_>, kind: ReferenceKind, typed: &str) -> Vec<Known> {
    let tables = tables(list.site.workspace, list.site.at.file);
    let space = NameSpace::of(kind);
    let all = || tables.iter().flat_map(|table| table.names_of(space));
    let mut found: Vec<Known> = known(all(), kind)
        .take(MOST_NAMES.saturating_add(1))
        .collect();
    if found.len() > MOST_NAMES {
        list.found.is_incomplete = true;
        let tables = tables.iter();
        let beginning = tables.flat_map(|table| table.beginning_with(space, typed));
        found = known(beginning.take(MOST_NAMES), kind).collect();
        let others = known(all().take(MOST_SEARCHED), kind);
        found.extend(others.filter(|known| known.name.contains(typed)));
        found.truncate(MOST_NAMES.saturating_mul(2));
    }
    each_once(found, MOST_NAMES)
}

/// The names of this kind that are used and defined nowhere.
pub(super) fn undefined(workspace: &Workspace, file: FileId, kind: ReferenceKind) -> Vec<String> {
    let space = NameSpace::of(kind);
    let mut names = BTreeSet::new();
    for table in tables(workspace, file) {
        let missing = table.names_of(space).filter(|(_, entry)| {
            let uses = entry.total();
            uses.is_needed() && !uses.is_defined()
        });
        names.extend(
            missing
                .take(MOST_NAMES)
                .map(|(key, _)| key.name.to_string()),
        );
    }
    names.into_iter().take(MOST_NAMES).collect()
}

fn tables(workspace: &Workspace, file: FileId) -> Vec<&NameTable> {
    let roots = workspace.roots_with(file);
    roots.filter_map(|root| workspace.names(root)).collect()
}

/// The names among these that something of this kind may refer to.
fn known<'a>(
    named: impl Iterator<Item = (&'a Key, &'a Entry)>,
    kind: ReferenceKind,
) -> impl Iterator<Item = Known> {
    named.filter_map(move |(key, entry)| {
        let uses = entry.total();
        let kind = if uses.definitions > 0 || uses.pools == 0 {
            key.space.kind()
        } else if kind == ReferenceKind::VirtualMta {
            return None;
        } else {
            ReferenceKind::VirtualMtaOrPool
        };
        uses.is_defined().then(|| Known {
            name: key.name.to_string(),
            kind,
            is_folklore: uses.definitions == 0 && uses.pools == 0,
        })
    })
}

/// Each name once: first those that PowerMTA knows.
fn each_once(mut known: Vec<Known>, most: usize) -> Vec<Known> {
    known.sort_by_key(|name| name.is_folklore);
    let mut seen = HashSet::new();
    known.retain(|known| seen.insert(known.name.clone()));
    known.truncate(most);
    known
}

/// What a name names, in a word.
pub(super) fn described(kind: ReferenceKind) -> &'static str {
    match kind {
        ReferenceKind::VirtualMtaOrPool => "VirtualMTA pool",
        kind => kind.noun(),
    }
}
