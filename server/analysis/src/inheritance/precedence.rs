//! Which of two sections goes before the other.

use std::cmp::Ordering;

use super::Scope;
use crate::deployment::Fit;

/// A section that a domain or client fits, as far as precedence is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Layer {
    /// What it stands in.
    pub(crate) scope: Scope,
    /// How well its argument fits.
    pub(crate) fit: Fit,
    /// Which of several VirtualMTA sections, or pools, it stands in.
    pub(crate) owner: usize,
    /// Its rank in reading order, among those of its scope.
    pub(crate) rank: usize,
    /// Whether PowerMTA itself brings it.
    pub(crate) is_shipped: bool,
}

/// Something by which one of two sections goes before the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Criterion {
    /// VirtualMTA before pool before top level; user before listener before address.
    Scope,
    /// The first of several pools before the others.
    Owner,
    /// The longer domain, or address range, before the shorter.
    Length,
    /// `d` before `*.d` before `[*.]d` before `*`.
    Form,
    /// A name before what a macro expands to.
    Named,
    /// The later before the earlier.
    Reading,
}

/// What PowerMTA goes by, the most weighty first.
pub(crate) const DOCUMENTED: [Criterion; 6] = [
    Criterion::Scope,
    Criterion::Owner,
    Criterion::Length,
    Criterion::Form,
    Criterion::Named,
    Criterion::Reading,
];

/// The order of two sections by these criteria: the one that goes before is the lesser.
pub(crate) fn compare(criteria: &[Criterion], one: &Layer, other: &Layer) -> Ordering {
    let by = |criterion: &Criterion| match criterion {
        Criterion::Scope => one.scope.cmp(&other.scope),
        // Sections of one VirtualMTA are read as one.
        Criterion::Owner if one.scope == Scope::Pool && other.scope == Scope::Pool => {
            one.owner.cmp(&other.owner)
        }
        Criterion::Owner => Ordering::Equal,
        Criterion::Length => other.fit.length.cmp(&one.fit.length),
        Criterion::Form => one.fit.form.cmp(&other.fit.form),
        Criterion::Named => one.fit.by_macro.cmp(&other.fit.by_macro),
        Criterion::Reading => other.rank.cmp(&one.rank),
    };
    criteria
        .iter()
        .map(by)
        .find(|order| order.is_ne())
        .unwrap_or(Ordering::Equal)
}
