//! Values of several parts in fixed order, such as an address and a host name.

use super::choice;
use super::reader::{Reader, Stops};
use crate::catalog::{Part, ValueKind};
use crate::diagnostics::{Fix, Safety, invalid_value};
use crate::text::TextRange;

/// Reads the parts one after the other and gives the position after the last.
///
/// After a part that is not understood the rest is read without a word: one mistake, such as two
/// parts the wrong way round, is one problem.
pub(super) fn read(
    reader: &mut Reader<'_>,
    parts: &'static [Part],
    start: usize,
    stops: Stops,
) -> usize {
    let (name, quiet, lost) = (reader.name, reader.quiet, reader.troubles.lost);
    let mut at = start;
    let mut first = true;
    for (index, part) in parts.iter().enumerate() {
        reader.name = Some(part.name);
        let following = parts.get(index.saturating_add(1)..).unwrap_or_default();
        let inner = following_stops(following, stops);
        let Some(here) = (if first {
            Some(at)
        } else {
            after_separator(reader, part, at)
        }) else {
            if part.optional {
                continue;
            }
            no_separator(reader, part, at, stops);
            break;
        };
        if part.optional {
            let (end, used) = optional(reader, part, here, inner);
            if used {
                at = end;
                first = false;
            }
        } else if reader.is_boundary(here, stops) {
            reader.missing(&part.value, here);
            break;
        } else {
            at = reader.read(&part.value, here, inner);
            first = false;
        }
        reader.quiet = quiet || reader.troubles.lost > lost;
    }
    reader.name = name;
    reader.quiet = quiet;
    at
}

/// Reads a part that may be left out; whether it was there.
fn optional(
    reader: &mut Reader<'_>,
    part: &'static Part,
    at: usize,
    stops: Stops,
) -> (usize, bool) {
    if reader.is_boundary(at, stops) && (part.separator == " " || part.separator.is_empty()) {
        return (at, false);
    }
    let mark = reader.attempt();
    let end = reader.read(&part.value, at, stops);
    let troubles = reader.troubles;
    if troubles.unfit.is_none() && !troubles.blemish {
        reader.keep(mark);
        return (end, true);
    }
    reader.back_to(mark);
    // A sign such as a colon announces the part; a blank does not: what follows may be anything.
    let announced = part.separator != " " && !part.separator.is_empty();
    let meant = troubles.unfit.is_none() || announced || choice::resembles(reader, part, at, stops);
    if meant {
        (reader.read(&part.value, at, stops), true)
    } else {
        (at, false)
    }
}

/// The position after the separator that joins the part to the text before it, if it is there.
pub(super) fn after_separator(reader: &Reader<'_>, part: &Part, at: usize) -> Option<usize> {
    match part.separator {
        "" => Some(at),
        " " => {
            let after = reader.skip_blanks(at);
            (after > at).then_some(after)
        }
        separator => {
            let loose = matches!(separator, "," | ";");
            let before = if loose { reader.skip_blanks(at) } else { at };
            if !reader.rest_from(before).starts_with(separator) {
                return None;
            }
            let after = before.saturating_add(separator.len());
            Some(if loose {
                reader.skip_blanks(after)
            } else {
                after
            })
        }
    }
}

/// Reports that a required part is not joined to the one before, or not there at all.
fn no_separator(reader: &mut Reader<'_>, part: &'static Part, at: usize, stops: Stops) {
    let blank_end = reader.skip_blanks(at);
    if reader.is_boundary(blank_end, stops) {
        return reader.missing(&part.value, at);
    }
    let range = if blank_end > at {
        TextRange::of(at, blank_end)
    } else {
        TextRange::of(at, reader.bare_end(at, stops))
    };
    let (name, separator) = (part.name.replace('-', " "), part.separator);
    reader.report(&invalid_value::RULE, range, || {
        if separator == " " {
            let gap = TextRange::empty(range.start);
            let fix = Fix::replace("Insert a blank", Safety::Unsafe, gap, " ");
            return (format!("A blank must stand before the {name}."), vec![fix]);
        }
        let message = format!("The {name} must be joined to what precedes it by `{separator}`.");
        let title = format!("Join with `{separator}`");
        let blank = blank_end > at;
        let fix = blank.then(|| Fix::replace(title, Safety::Unsafe, range, separator));
        (message, fix.into_iter().collect())
    });
}

/// The signs at which a part ends: what joins the parts that may follow it.
pub(super) fn following_stops(following: &[Part], outer: Stops) -> Stops {
    let mut stops = outer;
    stops.port_follows = false;
    for part in following {
        let sign = match (part.separator, part.value.kind) {
            ("", ValueKind::Literal(text)) => text.chars().next(),
            (separator, _) => separator.chars().next().filter(|&sign| sign != ' '),
        };
        if let Some(sign) = sign {
            stops = stops.with(sign);
        }
        if !part.optional {
            stops.port_follows = part.separator == ":";
            return stops;
        }
    }
    stops.port_follows |= following.is_empty() && outer.port_follows;
    stops
}
