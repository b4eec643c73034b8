//! Names that look like one that is not there.

use crate::names::{Key, NameTable};

/// Most names on each side in the order of names that are compared.
const MOST_COMPARED: usize = 1_000;

/// Most names that are proposed.
const MOST: usize = 3;

/// Defined names of the same space that look alike, the nearest first.
pub(super) fn nearest(table: &NameTable, missing: &Key) -> Vec<String> {
    let wanted = missing.name.to_lowercase();
    let length = wanted.chars().count();
    // One slip in a short name, more in a long one. The shortest all look alike.
    let farthest = if length < 3 {
        0
    } else {
        length.div_ceil(4).min(3)
    };
    let around = table.neighbours(missing.space, &missing.name, MOST_COMPARED);
    let defined = around.filter(|(_, entry)| entry.total().is_defined());
    let mut near: Vec<(usize, &str)> = defined
        .filter(|(key, _)| key.name.len().abs_diff(wanted.len()) <= farthest)
        .filter_map(|(key, _)| {
            let distance = strsim::damerau_levenshtein(&wanted, &key.name.to_lowercase());
            (distance <= farthest).then_some((distance, &*key.name))
        })
        .collect();
    near.sort_unstable();
    near.truncate(MOST);
    near.into_iter().map(|(_, name)| name.to_owned()).collect()
}
