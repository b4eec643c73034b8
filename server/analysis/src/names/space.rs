//! Name spaces: names of different spaces have nothing to do with each other.

use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;

use crate::catalog::ReferenceKind;
use crate::facts::Name;
use crate::slip;
use crate::text::TextRange;

/// What some kinds of names have in common: no two of them should be the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct NameSpace(ReferenceKind);

impl NameSpace {
    /// The name space of a kind. VirtualMTAs and pools have one.
    pub(crate) fn of(kind: ReferenceKind) -> Self {
        Self(match kind {
            ReferenceKind::VirtualMtaOrPool => ReferenceKind::VirtualMta,
            kind => kind,
        })
    }

    /// The kind that stands for it.
    pub(crate) fn kind(self) -> ReferenceKind {
        self.0
    }

    /// Whether case makes no difference: queues are named like domains.
    pub(crate) fn ignores_case(self) -> bool {
        self.0 == ReferenceKind::Queue
    }

    /// Whether a written name is this one. Look-alikes of a hyphen have a finding of their own and
    /// make no other name.
    pub(crate) fn is_same(self, written: &str, name: &str) -> bool {
        let (written, name) = (slip::plain(written), slip::plain(name));
        written == name || (self.ignores_case() && written.eq_ignore_ascii_case(&name))
    }

    /// What a name hashes to. Names that differ in case alone share a hash.
    pub(crate) fn hash(self, name: &str) -> u32 {
        let mut hasher = FxHasher::default();
        self.hash_into(name, &mut hasher);
        let [a, b, c, d, ..] = hasher.finish().to_le_bytes();
        u32::from_le_bytes([a, b, c, d])
    }

    fn hash_into(self, name: &str, hasher: &mut FxHasher) {
        Hash::hash(&self, hasher);
        for byte in slip::plain(name).bytes() {
            hasher.write_u8(byte.to_ascii_lowercase());
        }
    }
}

/// A name as it stands in a text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Written<'a, 't> {
    /// What is known of it.
    pub(crate) name: &'a Name,
    /// Whether it is defined here, or used.
    pub(crate) is_definition: bool,
    /// Where the item begins that it stands in.
    pub(crate) item: u32,
    /// Where it stands.
    pub(crate) range: TextRange,
    /// Itself.
    pub(crate) text: &'t str,
}

impl Written<'_, '_> {
    /// Its name space.
    pub(crate) fn space(&self) -> NameSpace {
        NameSpace::of(self.name.kind)
    }

    /// What it hashes to.
    pub(crate) fn hash(&self) -> u32 {
        self.space().hash(self.text)
    }
}
