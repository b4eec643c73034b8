//! Counts and ports, and the limits of numbers.

use super::reader::{Reader, Token};
use super::report::quote;
use super::{unit, words};
use crate::catalog::ValueSpec;
use crate::diagnostics::{Fix, Safety, invalid_value, value_out_of_range};

pub(super) fn check_int(reader: &mut Reader<'_>, spec: &'static ValueSpec, token: Token) {
    let text = reader.slice(token.inner);
    let (count, left) = unit::digits(text);
    if !count.is_empty() && left.is_empty() {
        return check_range(reader, spec, token, unit::number(count), |limit| {
            limit.to_string()
        });
    }
    let plain: String = text
        .chars()
        .filter(|sign| !matches!(sign, ',' | '_' | '\''))
        .collect();
    if !plain.is_empty() && unit::digits(&plain).1.is_empty() {
        return reader.report(&invalid_value::RULE, token.inner, || {
            let title = format!("Write `{plain}`");
            let fix = Fix::replace(title, Safety::Unsafe, token.inner, &plain);
            (
                format!("{} is written without separators: `{plain}`.", quote(text)),
                vec![fix],
            )
        });
    }
    if !count.is_empty() && unit::letters(left).1.is_empty() {
        let range = token.from(count.len());
        return reader.report(&invalid_value::RULE, range, || {
            let fix = Fix::replace(format!("Delete `{left}`"), Safety::Alternative, range, "");
            (
                format!("A plain number has no unit such as {}.", quote(left)),
                vec![fix],
            )
        });
    }
    words::wrong(reader, spec, token);
}

pub(super) fn check_port(reader: &mut Reader<'_>, spec: &'static ValueSpec, token: Token) {
    let text = reader.slice(token.inner);
    let (count, left) = unit::digits(text);
    if count.is_empty() || !left.is_empty() {
        return words::wrong(reader, spec, token);
    }
    let port = unit::number(count);
    if port > u64::from(u16::MAX) {
        return reader.report(&value_out_of_range::RULE, token.inner, || {
            (
                format!("{} is too large: the last port is 65535.", quote(text)),
                Vec::new(),
            )
        });
    }
    check_range(reader, spec, token, port, |limit| limit.to_string());
}

/// Reports a number outside of the limits of the spec, which `written` puts as in a configuration.
pub(super) fn check_range(
    reader: &mut Reader<'_>,
    spec: &'static ValueSpec,
    token: Token,
    number: u64,
    written: impl Fn(u64) -> String,
) {
    let bound = match (spec.min, spec.max) {
        (Some(min), _) if number < min => (min, "small", "smallest"),
        (_, Some(max)) if number > max => (max, "large", "largest"),
        _ => return,
    };
    let (limit, too, most) = bound;
    let shown = reader.shown(spec, token.inner);
    reader.report(&value_out_of_range::RULE, token.inner, || {
        let right = written(limit);
        let message = format!("{shown} is too {too}: the {most} value is `{right}`.");
        (message, vec![words::alternative_fix(token.inner, &right)])
    });
}
