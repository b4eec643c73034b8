//! A small generator of numbers, so that a seed always gives the same damage.

use std::hash::{DefaultHasher, Hash, Hasher};

/// Numbers that follow from what they were begun with.
pub(crate) struct Numbers(u64);

impl Numbers {
    /// The numbers of a seed and of what they are for.
    pub(crate) fn of(seed: u64, purpose: impl Hash) -> Self {
        let mut hasher = DefaultHasher::new();
        (seed, purpose).hash(&mut hasher);
        Self(hasher.finish() | 1)
    }

    /// A number below the limit; 0 for no limit.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % limit.max(1)
    }

    /// One of the choices.
    pub(crate) fn pick<'a, T>(&mut self, choices: &'a [T]) -> Option<&'a T> {
        choices.get(self.below(choices.len()))
    }

    /// At most `wanted` of the choices, each once.
    pub(crate) fn sample<T>(&mut self, mut choices: Vec<T>, wanted: usize) -> Vec<T> {
        let mut taken = Vec::new();
        while taken.len() < wanted && !choices.is_empty() {
            taken.push(choices.swap_remove(self.below(choices.len())));
        }
        taken
    }
}
