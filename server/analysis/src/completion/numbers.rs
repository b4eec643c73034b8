//! Units behind a number: `10` becomes `10m`, `100` becomes `100/h`.

use crate::catalog::{ValueKind, ValueSpec};

const DURATION: [&str; 5] = ["s", "m", "h", "d", "w"];
const SIZE: [&str; 5] = ["k", "m", "g", "t", "b"];
const PERIOD: [&str; 4] = ["s", "m", "h", "d"];
const DATA: [&str; 3] = ["k/h", "m/h", "g/h"];

/// Whether values of this shape have units.
pub(super) fn has_units(spec: &ValueSpec) -> bool {
    use ValueKind::{DailyLimit, DataRate, Duration, Rate, Size};
    matches!(spec.kind, Duration | Size | Rate | DataRate | DailyLimit)
}

/// What a number that was begun may become.
pub(super) fn with_units(spec: &ValueSpec, typed: &str) -> Vec<String> {
    let ends_in_digit = typed.ends_with(|sign: char| sign.is_ascii_digit());
    let begins_with_digit = typed.starts_with(|sign: char| sign.is_ascii_digit());
    if !begins_with_digit {
        return Vec::new();
    }
    let before_period = typed.find('/');
    let units: &[&str] = match (spec.kind, before_period) {
        (ValueKind::Duration, None) if ends_in_digit => &DURATION,
        (ValueKind::Size, None) if ends_in_digit => &SIZE,
        (ValueKind::DataRate, None) if ends_in_digit => &DATA,
        (ValueKind::Rate | ValueKind::DataRate, Some(_)) => &PERIOD,
        (ValueKind::DailyLimit, Some(_)) => &["day", "d"],
        (ValueKind::DailyLimit, None) if ends_in_digit => &["/day"],
        (ValueKind::Rate, None) if ends_in_digit => &["/h", "/m", "/s", "/d"],
        (ValueKind::DataRate, None) => &["/h", "/m", "/s", "/d"],
        _ => &[],
    };
    // Behind `100/h` there is nothing to add.
    let is_done = before_period.is_some_and(|slash| {
        let period = typed.get(slash.saturating_add(1)..).unwrap_or_default();
        period.contains(|sign: char| !sign.is_ascii_digit())
    });
    if is_done {
        return Vec::new();
    }
    units.iter().map(|unit| format!("{typed}{unit}")).collect()
}
