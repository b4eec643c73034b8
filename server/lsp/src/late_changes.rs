//! Changes of a text that arrive later than those made after them.
//!
//! Helix 25.01 sends what is typed quickly from several threads at once, so a change may be overtaken by
//! the next ones. Their versions tell: one is left out, and comes later. Until it does, the text before
//! the gap is kept, and the changes behind it; then they are made again, in order.

use std::collections::{BTreeMap, HashMap, HashSet};

use ropey::Rope;
use tower_lsp::ls_types::{TextDocumentContentChangeEvent, Uri};

use crate::sync::Text;

/// After this many changes nobody will send the one that was left out.
const PATIENCE: usize = 32;

/// What is kept of texts with a gap in their versions.
#[derive(Debug, Default)]
pub struct LateChanges {
    gaps: HashMap<Uri, Gap>,
    /// Texts whose editor leaves versions out as a habit, which Neovim does.
    skipping: HashSet<Uri>,
}

/// A text before a version that was left out.
#[derive(Debug)]
struct Gap {
    version: i32,
    text: Rope,
    /// What came since, by version.
    changes: BTreeMap<i32, Vec<TextDocumentContentChangeEvent>>,
}

impl LateChanges {
    /// Makes the changes that lead to a version, where they belong among those made before. `known` is the
    /// highest version so far.
    pub fn change(
        &mut self,
        uri: &Uri,
        known: i32,
        version: i32,
        text: &mut dyn Text,
        changes: Vec<TextDocumentContentChangeEvent>,
        apply: impl Fn(&mut dyn Text, Vec<TextDocumentContentChangeEvent>),
    ) {
        let has_gap = version > known.saturating_add(1) && !self.skipping.contains(uri);
        if has_gap && !self.gaps.contains_key(uri) {
            let gap = Gap {
                version: known,
                text: text.rope().clone(),
                changes: BTreeMap::new(),
            };
            self.gaps.insert(uri.clone(), gap);
        }
        let gap = self.gaps.get_mut(uri);
        let Some(gap) = gap.filter(|gap| gap.is_missing(version)) else {
            return apply(text, changes);
        };
        gap.changes.insert(version, changes.clone());
        if version > known {
            apply(text, changes);
        } else {
            put_back(text, &gap.text);
            for changes in gap.changes.values() {
                apply(text, changes.clone());
            }
        }
        gap.close(apply);
        if gap.changes.len() > PATIENCE {
            self.skipping.insert(uri.clone());
            self.gaps.remove(uri);
        } else if gap.changes.is_empty() {
            self.gaps.remove(uri);
        }
    }

    /// Forgets a text that is opened or closed.
    pub fn forget(&mut self, uri: &Uri) {
        self.gaps.remove(uri);
        self.skipping.remove(uri);
    }
}

impl Gap {
    /// Whether a version is not among those that are known.
    fn is_missing(&self, version: i32) -> bool {
        version > self.version && !self.changes.contains_key(&version)
    }

    /// Goes on as far as nothing is left out.
    fn close(&mut self, apply: impl Fn(&mut dyn Text, Vec<TextDocumentContentChangeEvent>)) {
        let mut next = self.version.saturating_add(1);
        while let Some(changes) = self.changes.remove(&next) {
            apply(&mut self.text, changes);
            self.version = next;
            next = next.saturating_add(1);
        }
    }
}

/// Makes the text what it was before, and touches no more of it than differs.
fn put_back(text: &mut dyn Text, before: &Rope) {
    let now = text.rope();
    let same = |(one, other): &(char, char)| one == other;
    let (length, length_now) = (before.len_chars(), now.len_chars());
    let at_start = before.chars().zip(now.chars()).take_while(same).count();
    let rest = length.min(length_now).saturating_sub(at_start);
    let at_end = before.chars_at(length).reversed();
    let at_end = at_end.zip(now.chars_at(length_now).reversed());
    let at_end = at_end.take(rest).take_while(same).count();
    let from = now.char_to_byte(at_start);
    let until = now.char_to_byte(length_now.saturating_sub(at_end));
    let put = before.slice(at_start..length.saturating_sub(at_end));
    text.replace(from..until, &String::from(put));
}

#[cfg(test)]
mod tests {
    use std::str::FromStr as _;

    use proptest::prelude::*;
    use tower_lsp::ls_types::{Position, Range};

    use super::*;

    /// Types a sign behind `column` signs of the first line.
    fn typed(column: u32, sign: &str) -> Vec<TextDocumentContentChangeEvent> {
        let at = Position::new(0, column);
        vec![TextDocumentContentChangeEvent {
            range: Some(Range::new(at, at)),
            range_length: None,
            text: sign.to_owned(),
        }]
    }

    /// What becomes of an empty text at version 0.
    fn text(changes: &[(i32, Vec<TextDocumentContentChangeEvent>)]) -> (String, LateChanges) {
        let uri = Uri::from_str("file:///a").unwrap();
        let mut late = LateChanges::default();
        let mut text = Rope::new();
        let mut known = 0;
        for (version, changes) in changes {
            late.change(
                &uri,
                known,
                *version,
                &mut text,
                changes.clone(),
                |text, changes| {
                    for change in changes {
                        let at = change.range.unwrap().start.character as usize;
                        let at = at.min(text.rope().len_bytes());
                        text.replace(at..at, &change.text);
                    }
                },
            );
            known = known.max(*version);
        }
        (text.to_string(), late)
    }

    #[test]
    fn a_change_that_was_overtaken_is_made_where_it_belongs() {
        let (text, late) = text(&[
            (1, typed(0, "b")),
            (3, typed(2, "c")),
            (4, typed(3, "k")),
            (2, typed(1, "a")),
            (5, typed(4, "!")),
        ]);
        assert_eq!(text, "back!");
        assert!(late.gaps.is_empty());
    }

    #[test]
    fn versions_may_be_left_out_for_good() {
        let letters: Vec<_> = (0..40)
            .map(|at| (3 * at + 2, typed(at as u32, "x")))
            .collect();
        let (text, late) = text(&letters);
        assert_eq!(text, "x".repeat(40));
        assert!(late.gaps.is_empty());
    }

    #[test]
    fn a_version_that_comes_twice_is_made_twice() {
        let (text, _) = text(&[(1, typed(0, "a")), (1, typed(1, "b"))]);
        assert_eq!(text, "ab");
    }

    proptest! {
        #[test]
        fn any_order_of_a_few_changes_leads_to_the_same_text(
            order in Just((0..8).collect::<Vec<u32>>()).prop_shuffle()
        ) {
            let letters = "postmail";
            let letter = |at: u32| letters.get(at as usize..=at as usize).unwrap();
            let change = |at: u32| typed(at, letter(at));
            let changes: Vec<_> = order.iter().map(|at| ((*at as i32).saturating_add(1), change(*at))).collect();
            prop_assert_eq!(text(&changes).0, letters);
        }
    }
}
