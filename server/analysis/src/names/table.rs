//! The name table of a root: which names its files define and use, and how often.
//!
//! It counts and does not say where: positions move with every edit, counts do not. Where a name
//! stands is asked of the documents, whose runs know what names they may hold. The table is
//! persistent: a copy costs nothing and shares all that stays the same, so an edit changes the names
//! that it touches and no others.

use std::cmp::Ordering;
use std::sync::Arc;

use imbl::{OrdMap, OrdSet};
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::space::{NameSpace, Written};
use crate::catalog::ReferenceKind;
use crate::diagnostics::has_template_marker;
use crate::document::Document;
use crate::facts::Role;
use crate::slip;
use crate::workspace::FileId;

/// A name in its name space. Names that differ in case alone stand together.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Key {
    /// The name space.
    pub(crate) space: NameSpace,
    /// The name.
    pub(crate) name: Arc<str>,
}

impl Key {
    /// A name of this space, without look-alikes of a hyphen.
    pub(crate) fn new(space: NameSpace, name: &str) -> Self {
        Self {
            space,
            name: slip::plain(name).into(),
        }
    }

    fn folded(&self) -> impl Iterator<Item = u8> + '_ {
        self.name.bytes().map(|byte| byte.to_ascii_lowercase())
    }
}

impl Ord for Key {
    fn cmp(&self, other: &Self) -> Ordering {
        let spaces = self.space.cmp(&other.space);
        spaces
            .then_with(|| self.folded().cmp(other.folded()))
            .then_with(|| self.name.cmp(&other.name))
    }
}

impl PartialOrd for Key {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// How often a name is defined and used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Uses {
    /// Definitions that PowerMTA knows, those of pools left out.
    pub(crate) definitions: u32,
    /// Definitions as a pool.
    pub(crate) pools: u32,
    /// Definitions that the web invented.
    pub(crate) folklore_definitions: u32,
    /// References whose name has to exist.
    pub(crate) references: u32,
    /// References that the web invented.
    pub(crate) folklore_references: u32,
    /// References whose name need not exist.
    pub(crate) unchecked: u32,
    /// References that make it a member of a pool with `<domain>` sections.
    pub(crate) memberships: u32,
}

impl Uses {
    fn of(written: &Written<'_, '_>) -> Self {
        let mut uses = Self::default();
        let name = written.name;
        let count = match (written.is_definition, name.is_folklore) {
            (true, true) => &mut uses.folklore_definitions,
            (true, false) if name.kind == ReferenceKind::VirtualMtaOrPool => &mut uses.pools,
            (true, false) => &mut uses.definitions,
            (false, true) => &mut uses.folklore_references,
            (false, false) if name.role == Role::Unchecked => &mut uses.unchecked,
            (false, false) => &mut uses.references,
        };
        *count = 1;
        uses.memberships = u32::from(name.role == Role::MemberWithDomains);
        uses
    }

    fn each(self, other: Self, with: fn(u32, u32) -> u32) -> Self {
        Self {
            definitions: with(self.definitions, other.definitions),
            pools: with(self.pools, other.pools),
            folklore_definitions: with(self.folklore_definitions, other.folklore_definitions),
            references: with(self.references, other.references),
            folklore_references: with(self.folklore_references, other.folklore_references),
            unchecked: with(self.unchecked, other.unchecked),
            memberships: with(self.memberships, other.memberships),
        }
    }

    fn plus(self, other: Self) -> Self {
        self.each(other, u32::saturating_add)
    }

    fn minus(self, other: Self) -> Self {
        self.each(other, u32::saturating_sub)
    }

    /// Whether it is defined, in whatever form.
    pub(crate) fn is_defined(&self) -> bool {
        self.definitions > 0 || self.pools > 0 || self.folklore_definitions > 0
    }

    /// Whether it is used, in whatever form.
    pub(crate) fn is_used(&self) -> bool {
        self.references > 0 || self.folklore_references > 0 || self.unchecked > 0
    }

    /// Whether there are more definitions, or pools that it is a member of, than there may be.
    pub(crate) fn is_several(&self) -> bool {
        self.definitions.saturating_add(self.pools) > 1 || self.memberships > 1
    }

    /// Whether it is used by something that needs it to exist.
    pub(crate) fn is_needed(&self) -> bool {
        self.references > 0 || self.folklore_references > 0
    }
}

/// A name's uses, file by file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Entry {
    files: SmallVec<[(FileId, Uses); 1]>,
}

impl Entry {
    /// Its uses in all files.
    pub(crate) fn total(&self) -> Uses {
        let uses = self.files.iter().map(|(_, uses)| *uses);
        uses.fold(Uses::default(), Uses::plus)
    }

    /// The files that it stands in.
    pub(crate) fn files(&self) -> impl Iterator<Item = FileId> + '_ {
        self.files.iter().map(|(file, _)| *file)
    }

    /// Whether it stands in a file.
    pub(crate) fn stands_in(&self, file: FileId) -> bool {
        self.files.iter().any(|(other, _)| *other == file)
    }

    fn change(&mut self, file: FileId, removed: Uses, added: Uses) {
        let before = self.files.iter_mut().find(|(other, _)| *other == file);
        match before {
            Some((_, uses)) => *uses = uses.minus(removed).plus(added),
            None => self.files.push((file, added)),
        }
        self.files.retain(|(_, uses)| *uses != Uses::default());
    }
}

/// The names of a root's files.
#[derive(Clone, Debug, Default)]
pub(crate) struct NameTable {
    names: OrdMap<Key, Entry>,
    /// Names about which there may be something to say.
    suspects: OrdSet<Key>,
    /// How many names of a space a template engine fills in.
    unknown: OrdMap<NameSpace, u32>,
}

/// What is removed from and added to the uses of names.
type Changes = FxHashMap<Key, (Uses, Uses)>;

impl NameTable {
    /// The names of these files.
    pub(crate) fn new<'a>(files: impl Iterator<Item = (FileId, &'a Document)>) -> Self {
        let mut table = Self::default();
        for (file, document) in files {
            let mut changes = Changes::default();
            document.each_name_where(|_| true, &mut |written| {
                let (_, added) = changes.entry(key(&written)).or_default();
                *added = added.plus(Uses::of(&written));
            });
            table.apply(file, changes);
        }
        table
    }

    /// Takes the change of a file over; whether any name was touched.
    pub(crate) fn update(&mut self, file: FileId, before: &Document, after: &Document) -> bool {
        let mut changes = Changes::default();
        before.each_name_unlike(after, &mut |written| {
            let (removed, _) = changes.entry(key(&written)).or_default();
            *removed = removed.plus(Uses::of(&written));
        });
        after.each_name_unlike(before, &mut |written| {
            let (_, added) = changes.entry(key(&written)).or_default();
            *added = added.plus(Uses::of(&written));
        });
        changes.retain(|_, (removed, added)| removed != added);
        let is_changed = !changes.is_empty();
        self.apply(file, changes);
        is_changed
    }

    fn apply(&mut self, file: FileId, changes: Changes) {
        for (key, (removed, added)) in changes {
            let known = self.names.get(&key);
            let before = known.is_some();
            let mut entry = known.cloned().unwrap_or_default();
            entry.change(file, removed, added);
            if has_template_marker(&key.name) {
                let after = !entry.files.is_empty();
                let count = self.unknown.get(&key.space).copied().unwrap_or_default();
                let count = match (before, after) {
                    (false, true) => count.saturating_add(1),
                    (true, false) => count.saturating_sub(1),
                    _ => count,
                };
                self.unknown.insert(key.space, count);
            }
            if entry.files.is_empty() {
                self.names.remove(&key);
                self.suspects.remove(&key);
                continue;
            }
            if is_suspect(&key, &entry) {
                self.suspects.insert(key.clone());
            } else {
                self.suspects.remove(&key);
            }
            self.names.insert(key, entry);
        }
    }

    /// The files that a name stands in.
    pub(crate) fn files(&self, space: NameSpace, name: &str) -> Vec<FileId> {
        let mut files: Vec<FileId> = self
            .entries(space, name)
            .flat_map(|(_, entry)| entry.files())
            .collect();
        files.sort_unstable();
        files.dedup();
        files
    }

    fn entries<'a>(
        &'a self,
        space: NameSpace,
        name: &'a str,
    ) -> impl Iterator<Item = (&'a Key, &'a Entry)> {
        let spellings = self.spellings(space, name);
        spellings.filter(move |(key, _)| space.is_same(&key.name, name))
    }

    /// The names that differ from this one in case at most.
    pub(crate) fn spellings<'a>(
        &'a self,
        space: NameSpace,
        name: &'a str,
    ) -> impl Iterator<Item = (&'a Key, &'a Entry)> {
        // Of all spellings the one in capitals comes first.
        let first = Key::new(space, &name.to_ascii_uppercase());
        let from = self.names.range(first..);
        let name = slip::plain(name);
        from.take_while(move |(key, _)| key.space == space && key.name.eq_ignore_ascii_case(&name))
    }

    /// The names of a space, sorted.
    pub(crate) fn names_of(&self, space: NameSpace) -> impl Iterator<Item = (&Key, &Entry)> {
        let from = self.names.range(Key::new(space, "")..);
        from.take_while(move |(key, _)| key.space == space)
    }

    /// The names of a space that begin with a text, whatever their case.
    pub(crate) fn beginning_with<'a>(
        &'a self,
        space: NameSpace,
        start: &'a str,
    ) -> impl Iterator<Item = (&'a Key, &'a Entry)> {
        let first = Key::new(space, &start.to_ascii_uppercase());
        let from = self.names.range(first..);
        from.take_while(move |(key, _)| {
            let own = key.name.get(..start.len());
            key.space == space && own.is_some_and(|own| own.eq_ignore_ascii_case(start))
        })
    }

    /// The names of a space around one that is not there, nearest in the order first on each side.
    pub(crate) fn neighbours<'a>(
        &'a self,
        space: NameSpace,
        name: &str,
        most: usize,
    ) -> impl Iterator<Item = (&'a Key, &'a Entry)> {
        let at = Key::new(space, name);
        let behind = self.names.range(at.clone()..).take(most);
        let before = self.names.range(..at).rev().take(most);
        behind
            .chain(before)
            .filter(move |(key, _)| key.space == space)
    }

    /// Names about which there may be something to say.
    pub(crate) fn suspects(&self) -> impl Iterator<Item = (&Key, &Entry)> {
        let suspects = self.suspects.iter();
        suspects.filter_map(|key| Some((key, self.names.get(key)?)))
    }

    /// Whether a template engine fills in some of the names of a space, so that not all are known.
    pub(crate) fn has_unknown(&self, space: NameSpace) -> bool {
        self.unknown.get(&space).is_some_and(|count| *count > 0)
    }
}

fn key(written: &Written<'_, '_>) -> Key {
    Key::new(written.space(), written.text)
}

/// Whether there may be something to say about a name: it is not defined, defined more than once,
/// defined and not used, or a member of several pools.
fn is_suspect(key: &Key, entry: &Entry) -> bool {
    let is_checked = !matches!(
        key.space.kind(),
        ReferenceKind::Queue
            | ReferenceKind::BounceCategory
            | ReferenceKind::File
            | ReferenceKind::Directory
    );
    // VirtualMTAs, users and key lists are named by clients and messages.
    let may_be_unused = !matches!(
        key.space.kind(),
        ReferenceKind::VirtualMta | ReferenceKind::SmtpUser | ReferenceKind::DomainKeyList
    );
    let uses = entry.total();
    let is_unused = !uses.is_used() && may_be_unused;
    is_checked
        && (uses.is_several()
            || (uses.is_defined() && is_unused)
            || (uses.is_needed() && !uses.is_defined()))
}
