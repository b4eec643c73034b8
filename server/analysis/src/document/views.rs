//! Views of many items in one pass.

use super::{Document, ItemRef};
use crate::meaning::Location;
use crate::semantic_tokens::Token;
use crate::syntax::ItemView;
use crate::text::TextRange;

impl Document {
    /// Shows `look` each item that touches a range: where it starts, its text and its view. The work
    /// is that of the runs which the range touches.
    pub(crate) fn for_each_view(
        &self,
        range: TextRange,
        mut look: impl FnMut(u32, &str, &ItemView),
    ) {
        let mut start: u32 = 0;
        for run in &self.runs {
            let length = TextRange::of(0, run.length()).end;
            let end = start.saturating_add(length);
            if end >= range.start && start <= range.end {
                let here = TextRange::new(start, end);
                let text = self.slice(here.as_usize());
                let wanted = TextRange::new(
                    range.start.saturating_sub(start),
                    range.end.saturating_sub(start),
                );
                run.for_each_view(wanted, &text, |item, inside, view| {
                    look(start.saturating_add(item.start), inside, &view);
                });
            }
            if start > range.end {
                break;
            }
            start = end;
        }
    }

    /// What is known of the item at a byte offset, without its view.
    pub(crate) fn facts_at(&self, offset: usize) -> Option<ItemRef<'_>> {
        let mut run_start: usize = 0;
        for run in &self.runs {
            let start = run_start;
            run_start = run_start.saturating_add(run.length());
            if offset < run_start {
                let (range, facts) = run.facts_at(offset.saturating_sub(start))?;
                return Some(ItemRef {
                    start: start.saturating_add(range.start as usize),
                    end: start.saturating_add(range.end as usize),
                    facts,
                });
            }
        }
        None
    }

    /// The semantic tokens of the runs that a range touches, from the start of the file. A run keeps
    /// its tokens, so after an edit only those of the run it touched are worked out.
    pub(crate) fn tokens(&self, range: TextRange) -> impl Iterator<Item = Token> {
        let mut run_start: usize = 0;
        let runs = self.runs.iter().map(move |run| {
            let start = run_start;
            run_start = run_start.saturating_add(run.length());
            (start, run_start, run)
        });
        let touched = runs.filter(move |(start, end, _)| {
            *start < range.end as usize && (range.start as usize) < *end
        });
        touched.flat_map(move |(start, end, run)| {
            let by = TextRange::of(start, start).start;
            let tokens = run.tokens(|| self.slice(start..end));
            tokens.iter().map(move |token| token.shifted(by))
        })
    }

    /// What is known of the place of the top level.
    pub(crate) fn top(&self) -> Location {
        let place = self.places.first().copied();
        place.map_or(Location::Unknown, Location::In)
    }
}
