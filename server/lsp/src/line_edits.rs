//! What has changed between two texts, line by line.

use pmta_analysis::diagnostics::Edit;
use pmta_analysis::text::TextRange;
use similar::{DiffTag, TextDiff};

/// The edits that make the new text of the old one: whole lines, as few as there are.
#[must_use]
pub(crate) fn line_edits(old: &str, new: &str) -> Vec<Edit> {
    let diff = TextDiff::from_lines(old, new);
    let starts = |lines: &[&str]| -> Vec<usize> {
        let mut at: usize = 0;
        let mut starts = vec![at];
        for line in lines {
            at = at.saturating_add(line.len());
            starts.push(at);
        }
        starts
    };
    let old_starts = starts(diff.old_slices());
    let at = |line: usize| old_starts.get(line).copied().unwrap_or(old.len());
    let changed = diff.ops().iter().filter(|op| op.tag() != DiffTag::Equal);
    changed
        .map(|op| {
            let lines = op.old_range();
            let text = diff.new_slices().get(op.new_range()).unwrap_or_default();
            Edit {
                range: TextRange::of(at(lines.start), at(lines.end)),
                text: text.concat(),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use pmta_analysis::fixing::apply;

    #[test]
    fn edits_make_the_new_text() {
        for (old, new, count) in [
            ("a\nb\nc\n", "a\nB\nc\n", 1),
            ("a\nb\nc\n", "b\nc\nd\n", 2),
            ("a\r\nb", "a\r\nb\r\nc", 1),
            ("", "a\n", 1),
            ("a\n", "", 1),
            ("a\n", "a\n", 0),
        ] {
            let edits = line_edits(old, new);
            assert_eq!(apply(old, &edits), new);
            assert_eq!(edits.len(), count, "{old:?} {new:?}");
        }
    }
}
