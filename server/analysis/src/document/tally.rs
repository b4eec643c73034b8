//! How often each key occurs among the items of a document.
//!
//! Kept in parts that snapshots share, so that an edit copies only the parts whose keys it changes.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::num::NonZeroU64;
use std::sync::Arc;

/// Keys with the number of times they occur.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    /// By the lowest byte of the keys.
    parts: BTreeMap<u8, Arc<HashMap<NonZeroU64, u32>>>,
    repeated: Arc<BTreeSet<NonZeroU64>>,
}

impl Tally {
    /// The keys that occur more than once.
    pub(super) fn repeated(&self) -> &BTreeSet<NonZeroU64> {
        &self.repeated
    }

    /// Counts these keys once more.
    pub(super) fn add(&mut self, keys: &[NonZeroU64]) {
        for key in keys {
            let count = self.count(*key);
            *count = count.saturating_add(1);
            if *count == 2 {
                Arc::make_mut(&mut self.repeated).insert(*key);
            }
        }
    }

    /// Counts these keys, which were counted before, once less.
    pub(super) fn remove(&mut self, keys: &[NonZeroU64]) {
        for key in keys {
            let count = self.count(*key);
            *count = count.saturating_sub(1);
            match *count {
                0 => {
                    self.part(*key).remove(key);
                }
                1 => {
                    Arc::make_mut(&mut self.repeated).remove(key);
                }
                _ => {}
            }
        }
    }

    fn count(&mut self, key: NonZeroU64) -> &mut u32 {
        self.part(key).entry(key).or_default()
    }

    fn part(&mut self, key: NonZeroU64) -> &mut HashMap<NonZeroU64, u32> {
        let [lowest, ..] = key.get().to_le_bytes();
        Arc::make_mut(self.parts.entry(lowest).or_default())
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
}
