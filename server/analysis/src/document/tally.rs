//! How often each key occurs among the items of a document.
//!
//! Kept in parts that snapshots share, so that an edit copies only the parts whose keys it changes.

use std::collections::BTreeSet;
use std::num::NonZeroU64;
use std::sync::Arc;

use rustc_hash::FxHashMap;

/// Keys with the number of times they occur.
#[derive(Clone, Debug)]
pub(super) struct Tally {
    /// By the lowest byte of the keys.
    parts: Arc<[Part; PARTS]>,
    repeated: Arc<BTreeSet<NonZeroU64>>,
}

type Part = Arc<FxHashMap<NonZeroU64, u32>>;

const PARTS: usize = 1 << u8::BITS;

impl Default for Tally {
    fn default() -> Self {
        let none = Part::default();
        Self {
            parts: Arc::new(std::array::from_fn(|_| Arc::clone(&none))),
            repeated: Arc::default(),
        }
    }
}

impl Tally {
    /// The keys that occur more than once.
    pub(super) fn repeated(&self) -> &BTreeSet<NonZeroU64> {
        &self.repeated
    }

    /// Counts keys that were counted before once less, and others once more. Those that both begin or end
    /// with cost next to nothing.
    pub(super) fn replace(&mut self, gone: &[NonZeroU64], come: &[NonZeroU64]) {
        let pairs = gone.iter().zip(come);
        let first = pairs.take_while(|(gone, come)| gone == come).count();
        let (gone, come) = (
            gone.get(first..).unwrap_or_default(),
            come.get(first..).unwrap_or_default(),
        );
        let pairs = gone.iter().rev().zip(come.iter().rev());
        let last = pairs.take_while(|(gone, come)| gone == come).count();
        let but_last = |keys: usize| ..keys.saturating_sub(last);
        self.remove(gone.get(but_last(gone.len())).unwrap_or_default());
        self.add(come.get(but_last(come.len())).unwrap_or_default());
    }

    fn add(&mut self, keys: &[NonZeroU64]) {
        for key in keys {
            let Some(part) = self.part(*key) else {
                continue;
            };
            let count = part.entry(*key).or_default();
            *count = count.saturating_add(1);
            if *count == 2 {
                Arc::make_mut(&mut self.repeated).insert(*key);
            }
        }
    }

    fn remove(&mut self, keys: &[NonZeroU64]) {
        for key in keys {
            let Some(part) = self.part(*key) else {
                continue;
            };
            let count = part.entry(*key).or_default();
            *count = count.saturating_sub(1);
            match *count {
                0 => {
                    part.remove(key);
                }
                1 => {
                    Arc::make_mut(&mut self.repeated).remove(key);
                }
                _ => {}
            }
        }
    }

    fn part(&mut self, key: NonZeroU64) -> Option<&mut FxHashMap<NonZeroU64, u32>> {
        let [lowest, ..] = key.get().to_le_bytes();
        let part = Arc::make_mut(&mut self.parts).get_mut(usize::from(lowest))?;
        Some(Arc::make_mut(part))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(key: u64) -> NonZeroU64 {
        NonZeroU64::new(key).unwrap()
    }

    #[test]
    fn a_key_is_repeated_while_it_is_there_twice() {
        let mut tally = Tally::default();
        tally.add(&[key(1), key(2), key(257)]);
        assert!(tally.repeated().is_empty());
        let before = tally.clone();
        tally.add(&[key(1), key(1)]);
        assert_eq!(
            tally.repeated().iter().copied().collect::<Vec<_>>(),
            [key(1)]
        );
        tally.remove(&[key(1)]);
        assert_eq!(tally.repeated().len(), 1);
        tally.remove(&[key(1), key(257)]);
        assert!(tally.repeated().is_empty());
        assert!(before.repeated().is_empty());
    }

    #[test]
    fn what_is_replaced_counts_once_less() {
        let mut tally = Tally::default();
        tally.add(&[key(1), key(2), key(3), key(3), key(4)]);
        tally.replace(&[key(1), key(2), key(3), key(4)], &[key(1), key(4), key(4)]);
        let counts = [1, 2, 3, 4].map(|it| tally.part(key(it)).unwrap().get(&key(it)).copied());
        assert_eq!(counts, [Some(1), None, Some(1), Some(2)]);
        let repeated: Vec<_> = tally.repeated().iter().copied().collect();
        assert_eq!(repeated, [key(4)]);
        tally.replace(&[key(4)], &[key(4)]);
        tally.replace(&[key(4), key(4)], &[]);
        assert!(tally.repeated().is_empty());
    }
}
