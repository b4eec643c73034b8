//! Lines that hold several directives because their line breaks were lost.

use super::{Directive, DirectiveForm};
use crate::catalog::{self, Place, ValueKind, ValueSpec};
use crate::diagnostics::folklore_value;
use crate::text::TextRange;
use crate::value;

use super::name::normalise;

/// What a line falls into.
pub(super) enum Piece {
    Directive(Directive),
    Debris(TextRange),
}

/// Phrases that web pages leave in copied text, without apostrophes.
const DEBRIS: [&str; 7] = [
    "use code with caution",
    "copied to clipboard",
    "cant copy the link right now",
    "this public link is valid for",
    "copy code",
    "show more",
    "expand code",
];

/// Lines that are debris when nothing else stands on them.
const DEBRIS_WORDS: [&str; 3] = ["copy", "conf", "plaintext"];

/// The first letters of all of them.
const DEBRIS_STARTS: [[u8; 3]; 8] = [
    *b"use", *b"cop", *b"can", *b"thi", *b"sho", *b"exp", *b"con", *b"pla",
];

/// Whether the line is nothing but a leftover of a web page, or a code fence.
pub(super) fn is_debris_line(line: &str) -> bool {
    let line = line.trim();
    if line.starts_with("```") || line.starts_with("~~~") {
        return true;
    }
    if !may_be_debris(line) {
        return false;
    }
    let plain = plain(line);
    DEBRIS_WORDS.contains(&plain.as_str()) || DEBRIS.iter().any(|phrase| plain.starts_with(phrase))
}

/// Whether a line begins like a phrase of a web page: it is asked about every line.
fn may_be_debris(line: &str) -> bool {
    let start = line.as_bytes().first_chunk();
    start.is_none_or(|start: &[u8; 3]| {
        let start = start.map(|byte| byte.to_ascii_lowercase());
        // What is passed over when phrases are compared is no letter.
        DEBRIS_STARTS.contains(&start) || !start.iter().all(u8::is_ascii_alphanumeric)
    })
}

fn plain(text: &str) -> String {
    text.chars()
        .filter(|character| !matches!(character, '\'' | '\u{2019}' | '.'))
        .flat_map(char::to_lowercase)
        .collect()
}

/// Where a phrase of a web page begins inside `value`, at the start of a word.
fn debris_start(value: &str) -> Option<usize> {
    word_starts(value).find(|start| {
        let rest = value.get(*start..).unwrap_or_default();
        rest.starts_with(|first: char| first.is_ascii_uppercase()) && {
            let rest = plain(rest);
            DEBRIS.iter().any(|phrase| rest.starts_with(phrase))
        }
    })
}

/// Byte offsets at which the words of `value` begin, the first left out.
fn word_starts(value: &str) -> impl Iterator<Item = usize> {
    let bytes = value.as_bytes();
    bytes
        .windows(2)
        .zip(1..)
        .filter_map(|(pair, at)| match pair {
            [b' ' | b'\t', second] if !matches!(second, b' ' | b'\t') => Some(at),
            _ => None,
        })
}

/// Takes a line apart at every word that begins another directive.
///
/// `tag` names the section around it; `is_flat` tells that other things stand on the same line, so
/// that line breaks were surely lost.
pub(super) fn split(text: &str, directive: Directive, tag: &str, is_flat: bool) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = directive;
    let mut is_flat = is_flat;
    loop {
        let value = rest.value.slice(text);
        let debris = if is_flat { debris_start(value) } else { None };
        let next = next_directive(text, &rest, tag, is_flat)
            .filter(|at| debris.is_none_or(|debris| *at < debris));
        let Some(cut) = next.or(debris) else {
            pieces.push(Piece::Directive(rest));
            return pieces;
        };
        let cut_at = rest.value.start.saturating_add(TextRange::of(0, cut).end);
        let following = TextRange::new(cut_at, rest.value.end);
        let kept = value.get(..cut).unwrap_or_default().trim_end().len();
        let mut first = rest.clone();
        first.value.end = rest.value.start.saturating_add(TextRange::of(0, kept).end);
        first.cut_by_comment = false;
        first.statement_end = None;
        first.continued_at.retain(|at| at.end <= first.value.end);
        pieces.push(Piece::Directive(first));
        is_flat = true;
        if next.is_none() {
            pieces.push(Piece::Debris(following));
            return pieces;
        }
        let name_length = word_length(following.slice(text));
        let name = TextRange::new(following.start, following.start.saturating_add(name_length));
        let after = TextRange::new(name.end, following.end);
        let blanks = after
            .slice(text)
            .len()
            .saturating_sub(after.slice(text).trim_start().len());
        let begins_with_pattern = following.slice(text).starts_with('/');
        let continued_at = rest
            .continued_at
            .iter()
            .copied()
            .filter(|at| at.start >= name.end)
            .collect();
        rest = Directive {
            name,
            value: TextRange::new(
                name.end.saturating_add(TextRange::of(0, blanks).end),
                following.end,
            ),
            form: if begins_with_pattern {
                DirectiveForm::Pattern
            } else {
                DirectiveForm::Plain
            },
            cut_by_comment: rest.cut_by_comment,
            statement_end: rest.statement_end,
            continued_at,
            inline_section: None,
        };
    }
}

/// Length of the first word, or of the first pattern.
fn word_length(text: &str) -> u32 {
    if let Some(inside) = text.strip_prefix('/') {
        let mut is_escaped = false;
        for (at, byte) in inside.bytes().enumerate() {
            match byte {
                _ if is_escaped => is_escaped = false,
                b'\\' => is_escaped = true,
                b'/' => return TextRange::of(0, at.saturating_add(2)).end,
                _ => {}
            }
        }
    }
    TextRange::of(0, text.find([' ', '\t']).unwrap_or(text.len())).end
}

/// Where in the value of `directive` the next directive begins.
fn next_directive(text: &str, directive: &Directive, tag: &str, is_flat: bool) -> Option<usize> {
    let value = directive.value.slice(text);
    let name = normalise(directive.name.slice(text));
    if directive.form == DirectiveForm::Pattern {
        return next_pattern(value);
    }
    let mut known = word_starts(value)
        .filter(|start| begins_directive(value, *start))
        .peekable();
    known.peek()?;
    let place = Place::named(tag);
    let entry = place
        .and_then(|place| catalog::directive_in(&name, place))
        .or_else(|| catalog::directives_named(&name).first());
    let wrong = entry.and_then(|entry| folklore_value::wrong_part(entry.name, value));
    let mut candidates =
        known.filter(|start| !wrong.as_ref().is_some_and(|wrong| wrong.contains(start)));
    let Some(entry) = entry else {
        let is_folklore = catalog::folklore_directive(&name, tag).is_some();
        return candidates.find(|start| {
            let is_sure = is_hyphenated(value, *start) || is_flat;
            if is_folklore {
                is_sure || value_fits(value, *start, tag)
            } else {
                is_sure && value_fits(value, *start, tag)
            }
        });
    };
    let parsed = value::parse(
        &entry.value,
        value,
        value::Context {
            cut_by_comment: false,
        },
    );
    let rest = parsed.rest;
    if is_free_text(&entry.value) && rest.is_empty() {
        return if is_flat {
            candidates.find(|start| is_hyphenated(value, *start) && value_fits(value, *start, tag))
        } else {
            None
        };
    }
    if rest.is_empty() {
        return if parsed.problems.is_empty() {
            None
        } else {
            candidates.find(|start| is_hyphenated(value, *start) && value_fits(value, *start, tag))
        };
    }
    candidates.find(|start| {
        let is_rest = rest.start as usize == *start;
        (is_rest && (is_flat || is_hyphenated(value, *start))) || value_fits(value, *start, tag)
    })
}

/// Where the second `/pattern/ category` of a line begins.
fn next_pattern(value: &str) -> Option<usize> {
    word_starts(value).find(|start| {
        let rest = value.get(*start..).unwrap_or_default();
        let length = word_length(rest) as usize;
        rest.starts_with('/')
            && length > 1
            && rest
                .get(..length)
                .is_some_and(|pattern| pattern.len() > 1 && pattern.ends_with('/'))
            && rest
                .get(length..)
                .is_some_and(|rest| !rest.trim().is_empty())
    })
}

fn word_at(value: &str, start: usize) -> &str {
    value
        .get(start..)
        .unwrap_or_default()
        .split([' ', '\t'])
        .next()
        .unwrap_or_default()
}

/// Whether a known name followed by something stands at `start`.
fn begins_directive(value: &str, start: usize) -> bool {
    let word = word_at(value, start);
    let is_name_like = word.len() > 1
        && word.starts_with(|first: char| first.is_ascii_alphabetic())
        && word
            .chars()
            .all(|it| it.is_alphanumeric() || matches!(it, '-' | '_' | '.') || !it.is_ascii());
    let after = value
        .get(start.saturating_add(word.len())..)
        .unwrap_or_default();
    is_name_like && !after.trim().is_empty() && catalog::is_known_name(word)
}

fn is_hyphenated(value: &str, start: usize) -> bool {
    word_at(value, start).contains('-')
}

/// Whether what follows the name at `start` begins like a value of it.
fn value_fits(value: &str, start: usize, tag: &str) -> bool {
    let word = word_at(value, start);
    let after = value
        .get(start.saturating_add(word.len())..)
        .unwrap_or_default()
        .trim_start();
    let name = normalise(word);
    let place = Place::named(tag);
    let entry = place
        .and_then(|place| catalog::directive_in(&name, place))
        .or_else(|| catalog::directives_named(&name).first());
    match entry {
        Some(entry) if is_free_text(&entry.value) => is_hyphenated(value, start),
        Some(entry) => {
            let parsed = value::parse(
                &entry.value,
                after,
                value::Context {
                    cut_by_comment: false,
                },
            );
            let first = TextRange::of(0, word_at(after, 0).len());
            !parsed.pieces.is_empty()
                && !parsed
                    .problems
                    .iter()
                    .any(|problem| first.contains_range(problem.range))
        }
        None => is_hyphenated(value, start),
    }
}

/// Whether the value runs to the end of the line whatever it holds.
fn is_free_text(spec: &ValueSpec) -> bool {
    match spec.kind {
        ValueKind::String | ValueKind::Program => true,
        ValueKind::Composite(parts) => parts.last().is_some_and(|part| is_free_text(&part.value)),
        ValueKind::AnyOf(alternatives) => alternatives.iter().any(is_free_text),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_phrase_of_a_page_is_looked_for() {
        for phrase in DEBRIS.iter().chain(&DEBRIS_WORDS) {
            assert!(is_debris_line(phrase), "{phrase}");
            assert!(is_debris_line(&phrase.to_uppercase()), "{phrase}");
        }
        assert!(is_debris_line("Can\u{2019}t copy the link right now"));
        assert!(is_debris_line("C'opy code"));
        assert!(!is_debris_line("copy-of-something yes"));
        assert!(!is_debris_line("co"));
    }
}
