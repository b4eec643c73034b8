//! What a value means, in words.

use super::quotes::unquote;
use super::{Context, address, boolean, duration, host, parse, rate, size, unit};
use crate::catalog::{ValueKind, ValueSpec};

/// The meaning of the value, where it says more than the value itself: `4d12h` is `4 days 12 hours`.
#[must_use]
pub fn describe(spec: &'static ValueSpec, text: &str) -> Option<String> {
    let text = text.trim();
    if spec.secret {
        return None;
    }
    if let ValueKind::AnyOf(_) | ValueKind::List { .. } | ValueKind::Composite(_) = spec.kind {
        return of_pieces(spec, text);
    }
    let prefix = spec.prefix.unwrap_or_default();
    let plain = unquote(text.strip_prefix(prefix).unwrap_or(text));
    if plain.is_empty() {
        return spec
            .clear
            .then(|| "nothing: an inherited value is cleared".to_owned());
    }
    of_piece(spec, &plain)
}

/// The meaning of a value of several pieces: that of each which has one.
fn of_pieces(spec: &'static ValueSpec, text: &str) -> Option<String> {
    let parsed = parse(spec, text, Context::default());
    let words: Vec<String> = parsed
        .pieces
        .iter()
        .filter(|piece| !piece.spec.secret)
        .filter_map(|piece| of_piece(piece.spec, &unquote(piece.range.slice(text))))
        .collect();
    (!words.is_empty()).then(|| words.join(", "))
}

fn of_piece(spec: &ValueSpec, text: &str) -> Option<String> {
    if let Some(word) = spec.words.iter().find(|word| word.text == text) {
        return (!word.means.is_empty()).then(|| word.means.to_owned());
    }
    match spec.kind {
        ValueKind::Bool => boolean::describe(text),
        ValueKind::Duration => duration::describe(text),
        ValueKind::Size => size::describe(text),
        ValueKind::Rate | ValueKind::DailyLimit => rate::describe_rate(text),
        ValueKind::DataRate => rate::describe_data_rate(text),
        ValueKind::Ip | ValueKind::Cidr => address::describe(text),
        ValueKind::DomainPattern => host::describe(text),
        ValueKind::Int => {
            let unit = spec.unit.filter(|_| unit::digits(text).1.is_empty())?;
            Some(format!("{text} {unit}"))
        }
        _ => None,
    }
}
