//! Lists: items joined by a comma or semicolon.

use super::choice;
use super::reader::{Reader, Stops};
use crate::catalog::ValueSpec;
use crate::diagnostics::{Fix, Safety, invalid_value, value_out_of_range};
use crate::text::TextRange;

/// Reads the items and gives the position after the last.
///
/// A separator after the last item is not reported: lists with one are in use, and what becomes of it
/// is not known.
pub(super) fn read(
    reader: &mut Reader<'_>,
    item: &'static ValueSpec,
    separator: char,
    max_items: Option<u32>,
    start: usize,
    stops: Stops,
) -> usize {
    if let Some(end) = quoted(reader, item, separator, max_items, start, stops) {
        return end;
    }
    let quiet = reader.quiet;
    let (first_piece, inner) = (reader.pieces.len(), stops.with(separator));
    let is_separator = |reader: &Reader<'_>, at| reader.byte(at).map(char::from) == Some(separator);
    let (mut at, mut end, mut count) = (start, start, 0u32);
    let mut surplus: Option<usize> = None;
    loop {
        if is_separator(reader, at) {
            empty_item(reader, separator, at);
            end = at.saturating_add(1);
            at = reader.skip_blanks(end);
            continue;
        }
        if reader.is_boundary(at, stops) {
            break;
        }
        count = count.saturating_add(1);
        if surplus.is_none() && max_items.is_some_and(|most| count > most) {
            surplus = Some(at);
        }
        let lost = reader.troubles.lost;
        end = reader.read(item, at, inner);
        if reader.troubles.lost > lost || end == at {
            // The next separator is where the next item begins, whatever this one is.
            end = end.max(reader.bare_end(end, inner));
        }
        let after = reader.skip_blanks(end);
        if !is_separator(reader, after) {
            break;
        }
        end = after.saturating_add(1);
        at = reader.skip_blanks(end);
        reader.quiet = quiet;
    }
    if let (Some(most), Some(surplus)) = (max_items, surplus) {
        reader.report(
            &value_out_of_range::RULE,
            TextRange::of(surplus, end),
            || {
                (
                    format!("At most {most} items are allowed; there are {count}."),
                    Vec::new(),
                )
            },
        );
    }
    choice::check_actions(reader, first_piece);
    end
}

/// A list that stands in quotes as a whole.
fn quoted(
    reader: &mut Reader<'_>,
    item: &'static ValueSpec,
    separator: char,
    max_items: Option<u32>,
    start: usize,
    stops: Stops,
) -> Option<usize> {
    if reader.byte(start) != Some(b'"') {
        return None;
    }
    let close = reader.closing_quote(start)?;
    let after = close.saturating_add(1);
    let inside = reader.text.get(start.saturating_add(1)..close)?;
    if !inside.contains(separator) || !reader.is_boundary(after, stops) {
        return None;
    }
    if reader.byte(reader.skip_blanks(after)).map(char::from) == Some(separator) {
        return None;
    }
    let limit = std::mem::replace(&mut reader.limit, close);
    let begin = reader.skip_blanks(start.saturating_add(1));
    let end = read(reader, item, separator, max_items, begin, Stops::default());
    let left = reader.skip_blanks(end);
    if left < close {
        reader.wrong(item, TextRange::of(left, close));
    }
    reader.limit = limit;
    Some(after)
}

fn empty_item(reader: &mut Reader<'_>, separator: char, at: usize) {
    let range = TextRange::of(at, at.saturating_add(1));
    reader.report(&invalid_value::RULE, range, || {
        let fix = Fix::replace(format!("Delete `{separator}`"), Safety::Safe, range, "");
        (
            format!("An item is missing before this `{separator}`."),
            vec![fix],
        )
    });
}
