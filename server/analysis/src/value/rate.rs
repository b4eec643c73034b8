//! Events or data in a period: `500/h`, `100/15m`, `10g/2h`, `50/day`.

use super::reader::{Reader, Token};
use super::report::quote;
use super::{duration, size, unit, words};
use crate::catalog::ValueSpec;
use crate::diagnostics::{Fix, Safety, invalid_unit, invalid_value, value_out_of_range};

const PERIODS: [&str; 8] = ["d", "day", "h", "hr", "m", "min", "s", "sec"];

pub(super) fn check_rate(reader: &mut Reader<'_>, spec: &'static ValueSpec, token: Token) {
    let text = reader.slice(token.inner);
    let (count, left) = unit::digits(text);
    if count.is_empty() {
        return words::wrong(reader, spec, token);
    }
    if left.is_empty() {
        return no_period(reader, spec, token, &["h", "m", "s", "d"]);
    }
    if !left.starts_with('/') {
        return words::wrong(reader, spec, token);
    }
    if !period(reader, spec, token, count.len()) {
        return;
    }
    if unit::number(count) == 0 {
        reader.report(
            &value_out_of_range::RULE,
            token.part(0, count.len()),
            || {
                let zero = spec.words.iter().find(|word| word.text == "0");
                let fix = zero.map(|zero| words::alternative_fix(token.inner, zero.text));
                let message = "A rate is at least 1 in its period, as in `1/h`.".to_owned();
                (message, fix.into_iter().collect())
            },
        );
    }
}

pub(super) fn check_data_rate(reader: &mut Reader<'_>, spec: &'static ValueSpec, token: Token) {
    let text = reader.slice(token.inner);
    let (count, after) = unit::digits(text);
    let (name, left) = unit::letters(after);
    if count.is_empty() {
        return words::wrong(reader, spec, token);
    }
    let name_end = count.len().saturating_add(name.len());
    if !name.is_empty() && size::bytes_of(name).is_none() {
        return size::report_unit(reader, token, count.len(), name_end);
    }
    if left.is_empty() {
        return no_period(reader, spec, token, &["h", "m", "s", "d"]);
    }
    if !left.starts_with('/') {
        return words::wrong(reader, spec, token);
    }
    period(reader, spec, token, name_end);
}

pub(super) fn check_daily_limit(reader: &mut Reader<'_>, spec: &'static ValueSpec, token: Token) {
    let text = reader.slice(token.inner);
    let (count, left) = unit::digits(text);
    if count.is_empty() {
        return words::wrong(reader, spec, token);
    }
    if left.is_empty() {
        return no_period(reader, spec, token, &["day"]);
    }
    let Some(name) = left.strip_prefix('/') else {
        return words::wrong(reader, spec, token);
    };
    if matches!(name, "d" | "day") {
        return;
    }
    if matches!(name.to_ascii_lowercase().as_str(), "d" | "day") {
        return words::report_case(reader, token.inner, &text.to_ascii_lowercase());
    }
    let range = token.from(count.len());
    reader.report(&invalid_unit::RULE, range, || {
        let days = unit::time(name) == Some("d");
        let safety = if days {
            Safety::Safe
        } else {
            Safety::Alternative
        };
        let fix = Fix::replace("Write `/day`", safety, range, "/day");
        (
            format!("{} is a limit per day: write `{count}/day`.", quote(text)),
            vec![fix],
        )
    });
}

/// Checks the slash at this offset and the period after it; whether they are all right.
fn period(reader: &mut Reader<'_>, spec: &'static ValueSpec, token: Token, slash: usize) -> bool {
    let text = reader.slice(token.inner);
    let range = token.from(slash);
    let after = text.get(slash.saturating_add(1)..).unwrap_or_default();
    let (multiple, name) = unit::digits(after);
    if PERIODS.contains(&name) {
        if multiple.is_empty() || unit::number(multiple) > 0 {
            return true;
        }
        reader.report(&invalid_unit::RULE, range, || {
            let right = format!("/{name}");
            let fix = words::alternative_fix(range, &right);
            let message = format!("A period is at least one unit long, as in `{right}`.");
            (message, vec![fix])
        });
        return false;
    } else if PERIODS
        .iter()
        .any(|period| period.eq_ignore_ascii_case(name))
    {
        let right = format!("/{multiple}{}", name.to_ascii_lowercase());
        words::report_case(reader, range, &right);
        return true;
    }
    let known = unit::time(name).filter(|&unit| unit != "w");
    let shown = reader.shown(spec, token.inner);
    let before = text.get(..slash).unwrap_or_default();
    reader.report(&invalid_unit::RULE, range, || {
        let unit = known.unwrap_or("h");
        let right = format!("/{multiple}{unit}");
        let message = format!(
            "{shown} is not a rate: the unit must be d, h, m or s, as in `{before}{right}`."
        );
        let fixes = match (known, multiple.is_empty()) {
            (Some(_), _) => {
                vec![Fix::replace(
                    format!("Write `{right}`"),
                    Safety::Safe,
                    range,
                    right,
                )]
            }
            (None, false) if name.is_empty() => {
                let guesses = ["s", "m", "h"].map(|unit| format!("/{multiple}{unit}"));
                guesses
                    .map(|guess| words::alternative_fix(range, &guess))
                    .into()
            }
            (None, _) => Vec::new(),
        };
        (message, fixes)
    });
    false
}

/// `500` without a period.
fn no_period(reader: &mut Reader<'_>, spec: &'static ValueSpec, token: Token, periods: &[&str]) {
    let text = reader.slice(token.inner);
    let shown = reader.shown(spec, token.inner);
    reader.report(&invalid_value::RULE, token.inner, || {
        let fixes = periods
            .iter()
            .map(|period| words::alternative_fix(token.inner, &format!("{text}/{period}")));
        let example = periods.first().copied().unwrap_or("h");
        let message =
            format!("{shown} does not say in which period: write, say, `{text}/{example}`.");
        (message, fixes.collect())
    });
}

/// The rate as PowerMTA writes it, if it is clear what is meant.
pub(super) fn canonical_rate(text: &str) -> Option<String> {
    let (count, period) = text.split_once('/')?;
    let whole = !count.is_empty() && unit::digits(count).1.is_empty();
    whole
        .then(|| canonical_period(period))
        .flatten()
        .map(|period| format!("{count}/{period}"))
}

/// The data rate as PowerMTA writes it, if it is clear what is meant.
pub(super) fn canonical_data_rate(text: &str) -> Option<String> {
    let (amount, period) = text.split_once('/')?;
    let (count, name) = unit::digits(amount);
    let amount = if name.is_empty() {
        (!count.is_empty()).then(|| count.to_owned())
    } else {
        size::canonical(amount)
    };
    Some(format!("{}/{}", amount?, canonical_period(period)?))
}

fn canonical_period(period: &str) -> Option<String> {
    let (multiple, name) = unit::digits(period);
    let name = if PERIODS.contains(&name) {
        name
    } else {
        unit::time(name)?
    };
    (name != "w").then(|| format!("{multiple}{name}"))
}

/// The rate in words: `100 in 15 minutes, 400 an hour`.
pub(super) fn describe_rate(text: &str) -> Option<String> {
    let (count, period) = text.split_once('/')?;
    if count.is_empty() || !unit::digits(count).1.is_empty() {
        return None;
    }
    let (words, seconds) = describe_period(period)?;
    let hourly = unit::number(count).checked_mul(3_600)?;
    let per_hour = hourly.checked_div(seconds)?;
    let exact = hourly.checked_rem(seconds) == Some(0);
    if seconds == 3_600 {
        return Some(format!("{count} {words}"));
    }
    let about = if exact { "" } else { "about " };
    Some(format!("{count} {words}, {about}{per_hour} an hour"))
}

/// The data rate in words: `10 gigabytes in 2 hours`.
pub(super) fn describe_data_rate(text: &str) -> Option<String> {
    let (amount, period) = text.split_once('/')?;
    let (words, _) = describe_period(period)?;
    let amount = size::describe(amount)?;
    let amount = amount
        .split_once(" (")
        .map_or(amount.as_str(), |(words, _)| words);
    Some(format!("{amount} {words}"))
}

/// `an hour`, `in 15 minutes`; and the seconds.
fn describe_period(period: &str) -> Option<(String, u64)> {
    let (multiple, name) = unit::digits(period);
    let (seconds, word, article) = match unit::time(name)? {
        "s" => (1, "second", "a"),
        "m" => (60, "minute", "a"),
        "h" => (3_600, "hour", "an"),
        "d" => (86_400, "day", "a"),
        _ => return None,
    };
    let times = if multiple.is_empty() {
        1
    } else {
        unit::number(multiple)
    };
    let words = if times == 1 {
        format!("{article} {word}")
    } else {
        format!("in {}", duration::counted(multiple, word))
    };
    Some((words, times.checked_mul(seconds)?))
}
