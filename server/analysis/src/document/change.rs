//! What differs between two states of a document.

use std::sync::Arc;

use super::Document;
use crate::text::TextRange;

/// A stretch of an older text, and how long it is in a newer one. What stands before and behind it is
/// the same in both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Change {
    old: TextRange,
    new_end: u32,
}

impl Change {
    /// Whether nothing differs.
    pub(crate) fn is_none(self) -> bool {
        self.old.is_empty() && self.old.end == self.new_end
    }

    /// Where a range of the older text is in the newer one; none if it was changed.
    pub(crate) fn moved(self, range: TextRange) -> Option<TextRange> {
        if self.is_none() || range.end < self.old.start {
            return Some(range);
        }
        let moved = |at: u32| at.saturating_sub(self.old.end).saturating_add(self.new_end);
        (range.start > self.old.end
            || (range.start == self.old.end && range.start > self.old.start))
            .then(|| TextRange::new(moved(range.start), moved(range.end)))
    }
}

impl Document {
    /// What differs from an older state of the same document. Runs that both share are not looked at.
    pub(crate) fn change_since(&self, old: &Self) -> Change {
        let pairs = self.runs.iter().zip(&old.runs);
        let first = pairs.take_while(|(new, old)| Arc::ptr_eq(new, old)).count();
        let rest = |document: &Self| document.runs.len().saturating_sub(first);
        let pairs = self.runs.iter().rev().zip(old.runs.iter().rev());
        let last = pairs.take_while(|(new, old)| Arc::ptr_eq(new, old)).count();
        let last = last.min(rest(self)).min(rest(old));
        let (new_text, start) = self.text_between(first, last);
        let (old_text, _) = old.text_between(first, last);
        let (new_bytes, old_bytes) = (new_text.as_bytes(), old_text.as_bytes());
        let before = common_start(new_bytes, old_bytes);
        let shorter = new_bytes.len().min(old_bytes.len());
        let behind = common_end(new_bytes, old_bytes).min(shorter.saturating_sub(before));
        let end = |bytes: &[u8]| start.saturating_add(bytes.len().saturating_sub(behind));
        Change {
            old: TextRange::of(start.saturating_add(before), end(old_bytes)),
            new_end: TextRange::of(0, end(new_bytes)).end,
        }
    }

    /// The text without that of its first and last runs, and where it begins.
    fn text_between(&self, first: usize, last: usize) -> (String, usize) {
        let length = |count: usize, run: &Arc<super::Run>| count.saturating_add(run.length());
        let start = self.runs.iter().take(first).fold(0, length);
        let behind = self.runs.iter().rev().take(last).fold(0, length);
        let end = self.rope.len_bytes().saturating_sub(behind);
        (self.slice(start..end.max(start)), start)
    }
}

/// Bytes that are compared at a time.
const CHUNK: usize = 32;

/// How many bytes two texts begin with alike.
pub(super) fn common_start(one: &[u8], two: &[u8]) -> usize {
    let chunks = one.as_chunks::<CHUNK>().0.iter();
    let chunks = chunks.zip(two.as_chunks::<CHUNK>().0);
    let chunks = chunks.take_while(|(one, two)| one == two).count();
    let same = chunks.saturating_mul(CHUNK);
    let rest = one.iter().skip(same).zip(two.iter().skip(same));
    same.saturating_add(rest.take_while(|(one, two)| one == two).count())
}

/// How many bytes two texts end with alike.
pub(super) fn common_end(one: &[u8], two: &[u8]) -> usize {
    let chunks = one.as_rchunks::<CHUNK>().1.iter().rev();
    let chunks = chunks.zip(two.as_rchunks::<CHUNK>().1.iter().rev());
    let chunks = chunks.take_while(|(one, two)| one == two).count();
    let same = chunks.saturating_mul(CHUNK);
    let rest = one.iter().rev().skip(same);
    let rest = rest.zip(two.iter().rev().skip(same));
    same.saturating_add(rest.take_while(|(one, two)| one == two).count())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn text(lines: usize) -> String {
        let lines = (0..lines).map(|line| format!("# {line}\nmax-msg-size {line}\n\n"));
        lines.collect()
    }

    proptest! {
        #[test]
        fn what_stands_around_an_edit_is_found_again(
            at in 0_usize..9_000, removed in 0_usize..5_000, added in "[a-c\n]{0,9}"
        ) {
            let old = Document::new(&text(500));
            let length = old.rope().len_bytes();
            let (start, end) = (at.min(length), at.saturating_add(removed).min(length));
            let mut new = old.clone();
            new.edit(start..end, &added);
            let change = new.change_since(&old);
            let (old_text, new_text) = (old.rope().to_string(), new.rope().to_string());
            for line in (0..length).step_by(97) {
                let range = TextRange::of(line, line.saturating_add(5).min(length));
                let Some(moved) = change.moved(range) else {
                    // What was added may read like what stands beside it.
                    let (first, last) = (start.saturating_sub(64), end.saturating_add(64));
                    prop_assert!(range.end as usize >= first && range.start as usize <= last);
                    continue;
                };
                prop_assert_eq!(range.slice(&old_text), moved.slice(&new_text));
            }
        }
    }

    #[test]
    fn nothing_differs() {
        let document = Document::new(&text(500));
        assert!(document.change_since(&document.clone()).is_none());
        assert!(document.change_since(&Document::new(&text(500))).is_none());
    }
}
