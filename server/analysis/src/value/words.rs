//! Words out of a fixed set: enums, literals, actions, prefixes.

use strsim::damerau_levenshtein;

use super::boolean;
use super::reader::{Reader, Stops, Token, trim_end};
use super::report::quote;
use crate::catalog::ValueSpec;
use crate::diagnostics::{Fix, Safety, invalid_value, unknown_word, value_case};
use crate::text::TextRange;

pub(super) fn check_enum(reader: &mut Reader<'_>, spec: &'static ValueSpec, token: Token) {
    let text = reader.slice(token.inner);
    let known = spec
        .words
        .iter()
        .find(|word| word.text.eq_ignore_ascii_case(text));
    if let Some(word) = known {
        if word.text != text {
            report_case(reader, token.inner, word.text);
        }
        return;
    }
    let takes = |wanted: &str| spec.words.iter().any(|word| word.text == wanted);
    if takes("yes")
        && takes("no")
        && let Some(right) = boolean::mistaken(text)
    {
        return boolean::report(reader, token.inner, right);
    }
    let shown = reader.shown(spec, token.inner);
    reader.report(&unknown_word::RULE, token.inner, || {
        let near = nearest(text, spec.words.iter().map(|word| word.text));
        unknown(
            &format!("{shown} is not {}", super::expected(spec)),
            token.inner,
            near,
        )
    });
}

/// Reads exactly `text`: a sign, or a word.
pub(super) fn literal(
    reader: &mut Reader<'_>,
    spec: &'static ValueSpec,
    text: &'static str,
    at: usize,
    stops: Stops,
) -> usize {
    if !is_wordy(text) {
        let end = at.saturating_add(text.len());
        if reader.rest_from(at).starts_with(text) {
            let range = TextRange::of(at, end);
            reader.push(spec, range, range);
            return end;
        }
        let range = TextRange::of(at, reader.bare_end(at, stops));
        if range.is_empty() {
            reader.missing(spec, at);
        } else {
            reader.wrong(spec, range);
        }
        return range.as_usize().end;
    }
    let Some(token) = reader.token(at, stops) else {
        return reader.limit;
    };
    let word = reader.slice(token.inner);
    if word.eq_ignore_ascii_case(text) {
        if word != text {
            report_case(reader, token.inner, text);
        }
        reader.push(spec, token.inner, token.outer);
        return token.end();
    }
    let shown = reader.shown(spec, token.inner);
    reader.report(&unknown_word::RULE, token.inner, || {
        let near = nearest(word, std::iter::once(text));
        unknown(
            &format!("{shown} is not {}", super::expected(spec)),
            token.inner,
            near,
        )
    });
    token.end()
}

/// Reads the opening tag of a section that ends the line, such as `<pattern-list>`.
pub(super) fn inline_section(
    reader: &mut Reader<'_>,
    spec: &'static ValueSpec,
    tag: &'static str,
    at: usize,
) -> usize {
    let text = reader.rest_from(at);
    let end = at.saturating_add(
        text.find('>')
            .map_or(text.len(), |close| close.saturating_add(1)),
    );
    let range = TextRange::of(at, end);
    let name = reader
        .slice(range)
        .trim_start_matches('<')
        .trim_end_matches('>')
        .trim();
    if !text.starts_with('<') || !name.eq_ignore_ascii_case(tag) || !text.contains('>') {
        reader.wrong(
            spec,
            TextRange::of(at, at.saturating_add(trim_end(text).len())),
        );
        return reader.limit;
    }
    reader.push(spec, range, range);
    end
}

pub(super) fn report_case(reader: &mut Reader<'_>, range: TextRange, right: &str) {
    let text = reader.slice(range);
    reader.report(&value_case::RULE, range, || {
        let fix = Fix::replace(format!("Write `{right}`"), Safety::Safe, range, right);
        (
            format!("{} is only documented as `{right}`.", quote(text)),
            vec![fix],
        )
    });
}

/// Whether the text begins with the prefix, in any case.
pub(super) fn starts_with(text: &str, prefix: &str) -> bool {
    text.get(..prefix.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}

/// Whether it consists of more than signs.
pub(super) fn is_wordy(text: &str) -> bool {
    text.contains(|sign: char| sign.is_alphanumeric())
}

/// The position after the prefix, if it stands at `at`.
pub(super) fn prefix(reader: &mut Reader<'_>, prefix: &'static str, at: usize) -> Option<usize> {
    if !starts_with(reader.rest_from(at), prefix) {
        return None;
    }
    let end = at.saturating_add(prefix.len());
    let range = TextRange::of(at, end);
    if reader.slice(range) != prefix {
        report_case(reader, range, prefix);
    }
    Some(end)
}

/// The candidate most like the word, if one is like it at all.
pub(super) fn nearest<'c>(
    word: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<&'c str> {
    if word.len() > 64 {
        return None;
    }
    let most = match word.chars().count() {
        0..=2 => return None,
        3..=4 => 1,
        5..=8 => 2,
        _ => 3,
    };
    let word = word.to_ascii_lowercase();
    candidates
        .into_iter()
        .map(|candidate| {
            (
                damerau_levenshtein(&word, &candidate.to_ascii_lowercase()),
                candidate,
            )
        })
        .filter(|&(distance, _)| distance <= most)
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, candidate)| candidate)
}

/// The word among those of the alternatives that is most like this one.
pub(super) fn nearest_of(alternatives: &'static [ValueSpec], word: &str) -> Option<&'static str> {
    nearest(word, super::choice::complete_words(alternatives))
}

pub(super) fn alternative_fix(range: TextRange, word: &str) -> Fix {
    Fix::replace(format!("Write `{word}`"), Safety::Alternative, range, word)
}

/// Message and fix for a word that is not known.
pub(super) fn unknown(lead: &str, range: TextRange, near: Option<&str>) -> (String, Vec<Fix>) {
    match near {
        Some(word) => (
            format!("{lead}. Did you mean `{word}`?"),
            vec![alternative_fix(range, word)],
        ),
        None => (format!("{lead}."), Vec::new()),
    }
}

/// Reports that the token is not what the spec wants, with the word that may have been meant.
pub(super) fn wrong(reader: &mut Reader<'_>, spec: &'static ValueSpec, token: Token) {
    let text = reader.slice(token.inner);
    let shown = reader.shown(spec, token.inner);
    reader.report(&invalid_value::RULE, token.inner, || {
        let near = nearest(text, spec.words.iter().map(|word| word.text));
        let fix = near.map(|word| alternative_fix(token.inner, word));
        (
            format!("{shown} is not {}.", super::expected(spec)),
            fix.into_iter().collect(),
        )
    });
}
