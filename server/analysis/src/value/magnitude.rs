//! Values as numbers, to hold one against the other.

use super::unit;

/// A duration in seconds, or a rate in events per ten thousand days; of a list the first item. None if
/// the text is neither, or has no bound.
pub(crate) fn magnitude(text: &str) -> Option<u64> {
    let first = text.split(',').next()?.trim();
    match first.split_once('/') {
        None => duration(first),
        Some((count, period)) => {
            let count: u64 = count.parse().ok()?;
            let (multiple, name) = unit::digits(period);
            let multiple: u64 = if multiple.is_empty() {
                1
            } else {
                multiple.parse().ok()?
            };
            let period = multiple.checked_mul(seconds(name)?)?;
            count.checked_mul(864_000_000)?.checked_div(period)
        }
    }
}

fn duration(text: &str) -> Option<u64> {
    let mut rest = text;
    let mut total: u64 = 0;
    while !rest.is_empty() {
        let (count, after) = unit::digits(rest);
        let (name, after) = unit::letters(after);
        let count: u64 = count.parse().ok()?;
        total = total.checked_add(count.checked_mul(seconds(name)?)?)?;
        rest = after;
    }
    (!text.is_empty()).then_some(total)
}

fn seconds(unit: &str) -> Option<u64> {
    match unit {
        "w" => Some(604_800),
        "d" | "day" => Some(86_400),
        "h" | "hr" => Some(3_600),
        "m" | "min" => Some(60),
        "s" | "sec" => Some(1),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::magnitude;

    #[test]
    fn values_become_numbers() {
        assert_eq!(magnitude("1d2h"), Some(93_600));
        assert_eq!(magnitude("10m,1h"), Some(600));
        assert_eq!(magnitude("100/h"), magnitude("2400/d"));
        assert_eq!(magnitude("100/15m"), magnitude("400/hr"));
        for text in ["unlimited", "never", "10", "", "5/week", "1x"] {
            assert_eq!(magnitude(text), None, "{text}");
        }
    }
}
