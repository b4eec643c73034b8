//! Folding and selection ranges as clients take them.

use pmta_analysis::folding::{self, FoldKind};
use pmta_analysis::selection;
use tower_lsp::ls_types::{FoldingRange, FoldingRangeKind, Position, Range, SelectionRange};

use crate::state::Snapshot;
use crate::{from_proto, to_proto};

/// The folds of a document; of several that begin on a line, the largest. A client that can show only
/// so many gets the first ones.
#[must_use]
pub fn folding(snapshot: &Snapshot) -> Vec<FoldingRange> {
    let mut folds: Vec<FoldingRange> = Vec::new();
    for fold in folding::folding(&snapshot.document) {
        let lines = to_proto::range(snapshot, fold.range);
        let (start_line, end_line) = (lines.start.line, lines.end.line);
        if let Some(last) = folds
            .last_mut()
            .filter(|last| last.start_line == start_line)
        {
            last.end_line = last.end_line.max(end_line);
            continue;
        }
        if end_line > start_line {
            folds.push(FoldingRange {
                start_line,
                start_character: None,
                end_line,
                end_character: None,
                kind: match fold.kind {
                    FoldKind::Comments => Some(FoldingRangeKind::Comment),
                    FoldKind::Region => Some(FoldingRangeKind::Region),
                    FoldKind::Section | FoldKind::Alike => None,
                },
                collapsed_text: None,
            });
        }
    }
    if let Some(limit) = snapshot.client.folding_limit {
        folds.truncate(limit as usize);
    }
    folds
}

/// What is selected around each position when selections grow.
#[must_use]
pub fn selection(snapshot: &Snapshot, positions: &[Position]) -> Vec<SelectionRange> {
    let around = positions.iter().map(|position| {
        let at = from_proto::position(snapshot, *position);
        let ranges = selection::selection(&snapshot.workspace, at);
        let outer_first = ranges.iter().rev();
        let grown = outer_first.fold(None, |parent, range| {
            Some(SelectionRange {
                range: to_proto::range(snapshot, *range),
                parent: parent.map(Box::new),
            })
        });
        grown.unwrap_or(SelectionRange {
            range: Range::new(*position, *position),
            parent: None,
        })
    });
    around.collect()
}
