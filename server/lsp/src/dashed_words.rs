//! Candidates for a word with dashes.
//!
//! Helix takes a dash for the end of a word and compares candidates with what is behind it only. So those
//! that do not fit all of the word are not sent when it has a dash.

use pmta_analysis::completion::Completions;
use pmta_analysis::text::TextRange;

use crate::state::Snapshot;

/// Takes away what does not fit what was typed up to an offset.
pub fn keep_fitting(snapshot: &Snapshot, offset: usize, found: &mut Completions) {
    let before = found.items.len();
    let typed_from = |start: u32| {
        let typed = TextRange::of(start as usize, offset);
        snapshot.document.slice(typed.as_usize())
    };
    // Nearly all candidates replace the same word.
    let mut last: Option<(u32, String)> = None;
    found.items.retain(|item| {
        let start = item.edit.insert.start;
        let (_, typed) = match last.take() {
            Some(known) if known.0 == start => last.insert(known),
            _ => last.insert((start, typed_from(start))),
        };
        !typed.contains('-') || fits(typed, &item.filter)
    });
    // Those that were taken away may fit again when signs are deleted.
    found.is_incomplete |= found.items.len() < before;
}

/// Whether all signs of a word are in a candidate, in order and without regard to case.
fn fits(typed: &str, candidate: &str) -> bool {
    let mut signs = candidate.chars();
    let mut typed = typed.chars();
    typed.all(|sign| signs.any(|other| other.eq_ignore_ascii_case(&sign)))
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn signs_may_be_left_out_and_not_added() {
        assert!(fits("max-sm", "max-smtp-out"));
        assert!(fits("M-OUT", "max-smtp-out"));
        assert!(!fits("max-sm", "smtp-pattern-list"));
        assert!(!fits("max-smtp-outs", "max-smtp-out"));
    }
}
