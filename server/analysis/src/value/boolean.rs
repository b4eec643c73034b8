//! Switches: `yes`, `no`, `true`, `false`.

use super::reader::{Reader, Token};
use super::report::quote;
use super::words;
use crate::catalog::ValueSpec;
use crate::diagnostics::{Fix, Safety, invalid_boolean, invalid_value};
use crate::text::TextRange;

const WORDS: [&str; 4] = ["yes", "no", "true", "false"];

pub(super) fn check(reader: &mut Reader<'_>, spec: &'static ValueSpec, token: Token) {
    let text = reader.slice(token.inner);
    if let Some(word) = WORDS
        .into_iter()
        .find(|word| word.eq_ignore_ascii_case(text))
    {
        if word != text {
            words::report_case(reader, token.inner, word);
        }
        return;
    }
    if let Some(right) = mistaken(text) {
        return report(reader, token.inner, right);
    }
    let shown = reader.shown(spec, token.inner);
    reader.report(&invalid_value::RULE, token.inner, || {
        let near = words::nearest(text, WORDS);
        let words = near.map_or_else(|| vec!["yes", "no"], |word| vec![word]);
        let fixes = words
            .into_iter()
            .map(|word| words::alternative_fix(token.inner, word));
        (
            format!("{shown} is not {}.", super::expected(spec)),
            fixes.collect(),
        )
    });
}

/// What is meant by a word that other programs take for a switch.
pub(super) fn mistaken(text: &str) -> Option<&'static str> {
    const ON: [&str; 6] = ["on", "1", "enabled", "enable", "y", "t"];
    const OFF: [&str; 6] = ["off", "0", "disabled", "disable", "n", "f"];
    let among = |words: [&str; 6]| words.iter().any(|word| word.eq_ignore_ascii_case(text));
    if among(ON) {
        return Some("yes");
    }
    among(OFF).then_some("no")
}

pub(super) fn report(reader: &mut Reader<'_>, range: TextRange, right: &'static str) {
    let text = reader.slice(range);
    reader.report(&invalid_boolean::RULE, range, || {
        let fix = Fix::replace(format!("Write `{right}`"), Safety::Safe, range, right);
        let message = format!("{} is not `yes` or `no`: write `{right}`.", quote(text));
        (message, vec![fix])
    });
}

/// What a switch means.
pub(super) fn describe(text: &str) -> Option<String> {
    match text {
        "yes" | "true" => Some("on".to_owned()),
        "no" | "false" => Some("off".to_owned()),
        _ => None,
    }
}
