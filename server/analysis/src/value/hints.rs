//! Values that are plainer in other units.

use super::{duration, rate, unit};

/// Shortest duration, in seconds, that is worth other units.
const SHORTEST: u64 = 3_600;

/// A duration in words, where its own units do not show how long it is: `345600s` is `4 days`.
#[must_use]
pub(crate) fn long_duration(text: &str) -> Option<String> {
    let (count, unit) = unit::digits(text);
    let seconds = duration::in_seconds(text)?;
    let plain = duration::written(seconds);
    let is_few_hours = unit == "h" && unit::number(count) < 48;
    if seconds < SHORTEST || is_few_hours || plain == text {
        return None;
    }
    duration::describe(&plain)
}

/// A rate by the hour, where its period is not an hour or a day: `100/15m` is `400 an hour`.
#[must_use]
pub(crate) fn hourly_rate(text: &str) -> Option<String> {
    let (_, period) = text.split_once('/')?;
    if matches!(period, "h" | "hr" | "d" | "day") {
        return None;
    }
    let words = rate::describe_rate(text)?;
    let (_, hourly) = words.rsplit_once(", ")?;
    Some(hourly.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_durations_are_told_in_larger_units() {
        for (written, told) in [
            ("345600s", Some("4 days")),
            ("72h", Some("3 days")),
            ("90m", Some("1 hour 30 minutes")),
            ("10080m", Some("1 week")),
            ("7d", Some("1 week")),
            ("7200", Some("2 hours")),
            ("24h", None),
            ("4d12h", None),
            ("10m", None),
            ("300s", None),
            ("0", None),
            ("x", None),
        ] {
            assert_eq!(long_duration(written).as_deref(), told, "{written}");
        }
    }

    #[test]
    fn rates_are_told_by_the_hour() {
        for (written, told) in [
            ("100/15m", Some("400 an hour")),
            ("6/s", Some("21600 an hour")),
            ("10/7h", Some("about 1 an hour")),
            ("500/h", None),
            ("500/day", None),
            ("unlimited", None),
        ] {
            assert_eq!(hourly_rate(written).as_deref(), told, "{written}");
        }
    }
}
