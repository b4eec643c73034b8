//! Amounts of data: `250M`.

use super::reader::{Reader, Token};
use super::report::quote;
use super::{duration, number, unit, words};
use crate::catalog::ValueSpec;
use crate::diagnostics::{Fix, Safety, invalid_unit, missing_unit};

/// The units, smallest first, with their bytes and their name.
const UNITS: [(&str, u64, &str); 5] = [
    ("b", 1, "byte"),
    ("k", 1 << 10, "kilobyte"),
    ("m", 1 << 20, "megabyte"),
    ("g", 1 << 30, "gigabyte"),
    ("t", 1 << 40, "terabyte"),
];

pub(super) fn check(reader: &mut Reader<'_>, spec: &'static ValueSpec, token: Token) {
    let text = reader.slice(token.inner);
    let (count, name) = unit::digits(text);
    if count.is_empty() || !unit::letters(name).1.is_empty() {
        return words::wrong(reader, spec, token);
    }
    if name.is_empty() {
        let bytes = unit::number(count);
        // Zero is zero in every unit.
        if bytes == 0 {
            return;
        }
        if spec.bare.is_none() {
            return reader.report(&missing_unit::RULE, token.inner, || {
                let fixes = ["b", "k", "m", "g"]
                    .map(|unit| words::alternative_fix(token.inner, &format!("{count}{unit}")));
                let message = format!(
                    "`{count}` has no unit, and is taken for bytes: `{count}b` or, say, \
                     `{count}m` says what is meant."
                );
                (message, fixes.into())
            });
        }
        return number::check_range(reader, spec, token, bytes, written);
    }
    if let Some(bytes) = bytes_of(name) {
        let total = unit::number(count).saturating_mul(bytes);
        return number::check_range(reader, spec, token, total, written);
    }
    report_unit(reader, token, count.len(), text.len());
}

/// Reports the text between the offsets as no unit of data.
pub(super) fn report_unit(reader: &mut Reader<'_>, token: Token, start: usize, end: usize) {
    let range = token.part(start, end);
    let name = reader.slice(range);
    reader.report(&invalid_unit::RULE, range, || {
        let fix = unit::data(name)
            .map(|right| Fix::replace(format!("Write `{right}`"), Safety::Safe, range, right));
        let message = format!(
            "{} is no unit of data: a size has the units b, k, m, g and t, as in `250m`.",
            quote(name)
        );
        (message, fix.into_iter().collect())
    });
}

/// The bytes of a unit, in either case.
pub(super) fn bytes_of(unit: &str) -> Option<u64> {
    UNITS
        .iter()
        .find(|(known, ..)| known.eq_ignore_ascii_case(unit))
        .map(|&(_, bytes, _)| bytes)
}

/// The size as PowerMTA writes it, if it is clear what is meant.
pub(super) fn canonical(text: &str) -> Option<String> {
    let (count, name) = unit::digits(text);
    if count.is_empty() {
        return None;
    }
    let name = if bytes_of(name).is_some() {
        name
    } else {
        unit::data(name)?
    };
    Some(format!("{count}{name}"))
}

/// A number of bytes as a size.
pub(super) fn written(bytes: u64) -> String {
    let fitting = UNITS
        .iter()
        .rev()
        .find(|(_, length, _)| bytes > 0 && bytes.checked_rem(*length) == Some(0));
    match fitting {
        Some((unit, length, _)) => format!("{}{unit}", bytes.checked_div(*length).unwrap_or(0)),
        None => bytes.to_string(),
    }
}

/// The size in words: `250 megabytes`.
pub(super) fn describe(text: &str) -> Option<String> {
    let (count, name) = unit::digits(text);
    if count.is_empty() {
        return None;
    }
    let name = if name.is_empty() { "b" } else { name };
    let (_, length, word) = UNITS
        .iter()
        .find(|(known, ..)| known.eq_ignore_ascii_case(name))?;
    let words = duration::counted(count, word);
    if *length == 1 {
        return Some(words);
    }
    let bytes = unit::number(count).checked_mul(*length)?;
    Some(format!("{words} ({bytes} bytes)"))
}
