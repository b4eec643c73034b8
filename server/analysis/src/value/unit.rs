//! Units as people write them, and values whose unit stands apart from its number.

use super::reader::{Reader, Stops, Token};
use super::report::quote;
use super::{duration, rate, size};
use crate::catalog::{ValueKind, ValueSpec};
use crate::diagnostics::{Fix, Safety, invalid_unit};
use crate::text::TextRange;

/// The unit of time that a word stands for, as PowerMTA writes it.
pub(super) fn time(word: &str) -> Option<&'static str> {
    const WORDS: [(&str, &[&str]); 5] = [
        ("s", &["s", "sec", "secs", "second", "seconds"]),
        ("m", &["m", "min", "mins", "minute", "minutes"]),
        ("h", &["h", "hr", "hrs", "hour", "hours"]),
        ("d", &["d", "day", "days"]),
        ("w", &["w", "wk", "wks", "week", "weeks"]),
    ];
    find(&WORDS, word)
}

/// The unit of data that a word stands for, as PowerMTA writes it.
pub(super) fn data(word: &str) -> Option<&'static str> {
    const WORDS: [(&str, &[&str]); 5] = [
        ("b", &["b", "byte", "bytes"]),
        (
            "k",
            &["k", "kb", "kib", "kbyte", "kbytes", "kilobyte", "kilobytes"],
        ),
        (
            "m",
            &["m", "mb", "mib", "mbyte", "mbytes", "megabyte", "megabytes"],
        ),
        (
            "g",
            &["g", "gb", "gib", "gbyte", "gbytes", "gigabyte", "gigabytes"],
        ),
        (
            "t",
            &["t", "tb", "tib", "tbyte", "tbytes", "terabyte", "terabytes"],
        ),
    ];
    find(&WORDS, word)
}

fn find(units: &[(&'static str, &[&'static str])], word: &str) -> Option<&'static str> {
    units
        .iter()
        .find(|(_, words)| words.iter().any(|known| known.eq_ignore_ascii_case(word)))
        .map(|&(unit, _)| unit)
}

/// Splits off the digits at the beginning.
pub(super) fn digits(text: &str) -> (&str, &str) {
    let end = text
        .find(|sign: char| !sign.is_ascii_digit())
        .unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}

/// Splits off the letters at the beginning.
pub(super) fn letters(text: &str) -> (&str, &str) {
    let end = text
        .find(|sign: char| !sign.is_alphabetic())
        .unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}

/// The number that digits stand for; more than fits is as good as endless.
pub(super) fn number(digits: &str) -> u64 {
    digits.parse().unwrap_or(u64::MAX)
}

/// Reports a value such as `10 m` or `3000 per hour`, and gives the position after it.
pub(super) fn apart(
    reader: &mut Reader<'_>,
    spec: &'static ValueSpec,
    token: Token,
    stops: Stops,
) -> Option<usize> {
    let fixed: fn(&str) -> Option<String> = match spec.kind {
        ValueKind::Duration => duration::canonical,
        ValueKind::Size => size::canonical,
        ValueKind::Rate | ValueKind::DailyLimit => rate::canonical_rate,
        ValueKind::DataRate => rate::canonical_data_rate,
        _ => return None,
    };
    let text = reader.slice(token.inner);
    if !text.starts_with(|sign: char| sign.is_ascii_digit()) {
        return None;
    }
    let mut end = token.end();
    if reader.is_boundary(reader.skip_blanks(end), stops) {
        return None;
    }
    // In a list it is open whether several values are meant.
    if stops.has(b',') && fixed(text).is_some() {
        return None;
    }
    let mut joined = text.to_owned();
    let mut found = None;
    for _ in 0..4u8 {
        let next = reader.skip_blanks(end);
        let next_end = reader.bare_end(next, stops);
        if next == end || next_end == next {
            break;
        }
        let word = reader.slice(TextRange::of(next, next_end));
        joined.push_str(if word.eq_ignore_ascii_case("per") {
            "/"
        } else {
            word
        });
        end = next_end;
        if let Some(right) = fixed(&joined) {
            found = Some((end, right));
        }
    }
    let (end, right) = found?;
    let range = TextRange::of(token.outer.as_usize().start, end);
    // The grammar of data rates is printed with blanks, so they may do no harm there.
    if matches!(spec.kind, ValueKind::DataRate) {
        reader.push(spec, range, range);
        return Some(end);
    }
    let whole = reader.slice(range);
    reader.report(&invalid_unit::RULE, range, || {
        let fix = Fix::replace(format!("Write `{right}`"), Safety::Safe, range, &right);
        let message = format!(
            "{} is not read as one value: write `{right}`, without a blank.",
            quote(whole)
        );
        (message, vec![fix])
    });
    Some(end)
}
