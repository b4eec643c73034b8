//! Many fixes at once: those that do not get in each other's way, again and again until none is left.

use crate::diagnostics::{Edit, Finding, Fix, Safety};
use crate::document::Document;
use crate::findings;
use crate::text::TextRange;
use crate::workspace::{FileId, Workspace};

/// Most times that a text is fixed again because of what the fixes before have brought to light.
pub const MOST_ROUNDS: usize = 50;

/// The edits of as many fixes as can be made at once, in order. Of fixes that touch the same text the
/// first is made. Safe ones only, unless `may_change_meaning`.
#[must_use]
pub fn edits<'a>(
    findings: impl IntoIterator<Item = &'a Finding>,
    may_change_meaning: bool,
) -> Vec<Edit> {
    let mut fixes: Vec<&Fix> = findings
        .into_iter()
        .filter_map(|finding| {
            let is_unsafe = |fix: &&Fix| may_change_meaning && fix.safety == Safety::Unsafe;
            finding
                .safe_fix()
                .or_else(|| finding.fixes.iter().find(is_unsafe))
        })
        .filter(|fix| !fix.edits.is_empty())
        .collect();
    fixes.sort_by_key(|fix| span(fix));
    let mut chosen: Vec<Edit> = Vec::new();
    for fix in fixes {
        let is_free = fix.edits.iter().all(|edit| is_free(&chosen, edit));
        if is_free {
            chosen.extend(fix.edits.iter().cloned());
            chosen.sort_by_key(|edit| edit.range);
        }
    }
    chosen
}

fn span(fix: &Fix) -> TextRange {
    let ranges = fix.edits.iter().map(|edit| edit.range);
    ranges.reduce(TextRange::cover).unwrap_or_default()
}

/// Whether an edit touches none of those that were chosen, which are in order.
fn is_free(chosen: &[Edit], edit: &Edit) -> bool {
    let before = chosen.partition_point(|other| other.range.end < edit.range.start);
    let near = chosen.get(before..).unwrap_or_default().iter();
    near.take_while(|other| other.range.start <= edit.range.end)
        .all(|other| !conflict(other.range, edit.range))
}

/// Whether two ranges overlap, or meet where one of them inserts.
fn conflict(one: TextRange, other: TextRange) -> bool {
    if one.is_empty() || other.is_empty() {
        one.start <= other.end && other.start <= one.end
    } else {
        one.start < other.end && other.start < one.end
    }
}

/// The text after these edits, which are in order and apart from each other.
#[must_use]
pub fn apply(text: &str, edits: &[Edit]) -> String {
    let mut changed = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        let range = edit.range.as_usize();
        changed.push_str(text.get(at..range.start).unwrap_or_default());
        changed.push_str(&edit.text);
        at = range.end;
    }
    changed.push_str(text.get(at..).unwrap_or_default());
    changed
}

/// A file after all its fixes, safe ones only unless `may_change_meaning`; none: there are none.
///
/// What the root says of the file is asked once, for the `include` lines of an edited file are not
/// followed here.
#[must_use]
pub fn fix_all(workspace: &Workspace, file: FileId, may_change_meaning: bool) -> Option<Document> {
    let mut workspace = workspace.clone();
    let mut round = edits(&findings::findings(&workspace, file), may_change_meaning);
    let mut is_changed = false;
    for _ in 0..MOST_ROUNDS {
        if round.is_empty() {
            break;
        }
        let mut document = workspace.document(file)?.clone();
        for edit in round.iter().rev() {
            document.edit(edit.range.as_usize(), &edit.text);
        }
        workspace.set_document(file, document);
        is_changed = true;
        round = edits(
            &findings::own_findings(&workspace, file),
            may_change_meaning,
        );
    }
    is_changed.then(|| workspace.document(file).cloned())?
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::diagnostics::rule;

    fn edit(start: u32, end: u32, text: &str) -> Edit {
        Edit {
            range: TextRange::new(start, end),
            text: text.to_owned(),
        }
    }

    fn finding(safety: Safety, edits: Vec<Edit>) -> Finding {
        let mut finding = Finding::new(rule("value-case").unwrap(), edits[0].range, "");
        finding.fixes.push(Fix {
            title: String::new(),
            safety,
            edits,
        });
        finding
    }

    #[test]
    fn the_first_of_fixes_that_touch_is_made() {
        let safe = |edits| finding(Safety::Safe, edits);
        let findings = [
            safe(vec![edit(4, 6, "late")]),
            safe(vec![edit(0, 2, "a"), edit(8, 9, "b")]),
            safe(vec![edit(2, 4, "next")]),
            safe(vec![edit(3, 3, "inside")]),
            safe(vec![edit(8, 8, "at the border")]),
            finding(Safety::Unsafe, vec![edit(6, 7, "?")]),
            finding(Safety::Alternative, vec![edit(7, 8, "!")]),
        ];
        let chosen = edits(&findings, false);
        assert_eq!(apply("0123456789", &chosen), "anextlate67b9");
        let chosen = edits(&findings, true);
        assert_eq!(apply("0123456789", &chosen), "anextlate?7b9");
    }

    #[test]
    fn fixes_bring_other_fixes_to_light() {
        let text = "host_name = mta1.example.com;\nrun_as_root on\n";
        let (workspace, file) = Workspace::alone(PathBuf::from("/config"), Document::new(text));
        let fixed = fix_all(&workspace, file, false).unwrap();
        assert_eq!(
            fixed.rope().to_string(),
            "host-name mta1.example.com\nrun-as-root yes\n"
        );
        let clean = Document::new("run-as-root no\n");
        let (workspace, file) = Workspace::alone(PathBuf::from("/config"), clean);
        assert!(fix_all(&workspace, file, false).is_none());
    }
}
