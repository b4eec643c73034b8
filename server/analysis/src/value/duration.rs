//! Durations: `4d12h`.

use std::cmp::Reverse;
use std::fmt::Write;

use super::reader::{Reader, Token};
use super::report::quote;
use super::{number, unit, words};
use crate::catalog::ValueSpec;
use crate::diagnostics::{Fix, Safety, invalid_unit, missing_unit};

/// The units, largest first, with their length in seconds and their name.
const UNITS: [(&str, u64, &str); 5] = [
    ("w", 604_800, "week"),
    ("d", 86_400, "day"),
    ("h", 3_600, "hour"),
    ("m", 60, "minute"),
    ("s", 1, "second"),
];

fn seconds_of(unit: &str) -> Option<u64> {
    UNITS
        .iter()
        .find(|(known, ..)| *known == unit)
        .map(|&(_, seconds, _)| seconds)
}

pub(super) fn check(reader: &mut Reader<'_>, spec: &'static ValueSpec, token: Token) {
    let text = reader.slice(token.inner);
    let (mut left, mut total, mut case) = (text, 0u64, false);
    while !left.is_empty() {
        let (count, after) = unit::digits(left);
        let (name, after) = unit::letters(after);
        let at = text.len().saturating_sub(left.len());
        let name_range = token.part(
            at.saturating_add(count.len()),
            at.saturating_add(count.len()).saturating_add(name.len()),
        );
        if count.is_empty() || (name.is_empty() && !after.is_empty()) {
            return words::wrong(reader, spec, token);
        }
        if name.is_empty() {
            if at == 0 {
                return bare(reader, spec, token, count);
            }
            return last_unit_missing(reader, token, at);
        }
        let Some(seconds) = seconds_of(&name.to_ascii_lowercase()) else {
            return reader.report(&invalid_unit::RULE, name_range, || {
                let fix = unit::time(name).map(|right| {
                    Fix::replace(format!("Write `{right}`"), Safety::Safe, name_range, right)
                });
                let message = format!(
                    "{} is no unit of time: a duration has the units w, d, h, m and s, as in \
                     `4d12h`.",
                    quote(name)
                );
                (message, fix.into_iter().collect())
            });
        };
        case |= seconds_of(name).is_none();
        total = total.saturating_add(unit::number(count).saturating_mul(seconds));
        left = after;
    }
    if case {
        words::report_case(reader, token.inner, &text.to_ascii_lowercase());
    }
    number::check_range(reader, spec, token, total, written);
}

/// A number without unit.
fn bare(reader: &mut Reader<'_>, spec: &'static ValueSpec, token: Token, count: &str) {
    let seconds = unit::number(count);
    // Zero is zero in every unit.
    if seconds == 0 {
        return;
    }
    if spec.bare.is_none() {
        return reader.report(&missing_unit::RULE, token.inner, || {
            let fixes = ["s", "m", "h", "d"]
                .map(|unit| words::alternative_fix(token.inner, &format!("{count}{unit}")));
            let message = format!(
                "`{count}` has no unit, and is taken for seconds: `{count}s` or, say, `{count}m` \
                 says what is meant."
            );
            (message, fixes.into())
        });
    }
    number::check_range(reader, spec, token, seconds, written);
}

/// `4d12`: only the last number lacks its unit.
fn last_unit_missing(reader: &mut Reader<'_>, token: Token, at: usize) {
    let range = token.from(at);
    let count = reader.slice(range);
    reader.report(&invalid_unit::RULE, range, || {
        let fixes =
            ["h", "m", "s"].map(|unit| words::alternative_fix(range, &format!("{count}{unit}")));
        (
            format!("`{count}` has no unit: w, d, h, m or s must follow it."),
            fixes.into(),
        )
    });
}

/// The duration as PowerMTA writes it, if it is clear what is meant.
pub(super) fn canonical(text: &str) -> Option<String> {
    let parts = parts(text)?;
    let ordered = parts.is_sorted_by_key(|&(_, unit)| Reverse(seconds_of(unit)));
    if parts.is_empty() || !ordered {
        return None;
    }
    Some(
        parts
            .into_iter()
            .flat_map(|(count, unit)| [count, unit])
            .collect(),
    )
}

/// Counts and units, the latter as PowerMTA writes them.
fn parts(text: &str) -> Option<Vec<(&str, &'static str)>> {
    let mut left = text;
    let mut parts = Vec::new();
    while !left.is_empty() {
        let (count, after) = unit::digits(left);
        let (name, after) = unit::letters(after);
        if count.is_empty() {
            return None;
        }
        parts.push((count, unit::time(name)?));
        left = after;
    }
    Some(parts)
}

/// The length of a duration; a number without unit counts seconds.
pub(super) fn in_seconds(text: &str) -> Option<u64> {
    if !text.is_empty() && unit::digits(text).1.is_empty() {
        return text.parse().ok();
    }
    let parts = parts(text).filter(|parts| !parts.is_empty())?;
    parts.into_iter().try_fold(0u64, |total, (count, unit)| {
        let seconds = unit::number(count).checked_mul(seconds_of(unit)?)?;
        total.checked_add(seconds)
    })
}

/// A number of seconds as a duration.
pub(super) fn written(seconds: u64) -> String {
    let mut left = seconds;
    let mut text = String::new();
    for (unit, length, _) in UNITS {
        let count = left.checked_div(length).unwrap_or(0);
        left = left.checked_rem(length).unwrap_or(0);
        if count > 0 {
            let _ = write!(text, "{count}{unit}");
        }
    }
    if text.is_empty() {
        "0".to_owned()
    } else {
        text
    }
}

/// The duration in words: `4 days 12 hours`.
pub(super) fn describe(text: &str) -> Option<String> {
    if !text.is_empty() && unit::digits(text).1.is_empty() {
        return Some(counted(text, "second"));
    }
    let words = parts(text)?.into_iter().map(|(count, unit)| {
        let name = UNITS
            .iter()
            .find(|(known, ..)| *known == unit)
            .map_or(unit, |known| known.2);
        counted(count, name)
    });
    let words: Vec<String> = words.collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// `1 day`, `2 days`.
pub(super) fn counted(count: &str, name: &str) -> String {
    let count = count.trim_start_matches('0');
    let count = if count.is_empty() { "0" } else { count };
    if count == "1" {
        format!("1 {name}")
    } else {
        format!("{count} {name}s")
    }
}
