//! Words of which one must be chosen, some with a value: `skip-mx`, `virtual-mta=NAME`.

use super::reader::{Reader, Stops, Token};
use super::report::quote;
use super::words::{is_wordy, nearest, starts_with, unknown};
use crate::catalog::{Part, ValueKind, ValueSpec};
use crate::diagnostics::{
    Fix, Rule, Safety, conflicting_actions, incomplete_action, invalid_value, missing_value,
    unknown_word,
};
use crate::text::TextRange;

/// Whether the alternative is a word, or begins with one.
pub(super) fn is_word_like(spec: &ValueSpec) -> bool {
    spec.prefix.is_some()
        || match spec.kind {
            ValueKind::Literal(text) => is_wordy(text),
            ValueKind::Enum => true,
            ValueKind::Composite([first, ..]) => !first.optional && is_word_like(&first.value),
            _ => false,
        }
}

/// The word of a prefix without the sign that joins it to its value.
fn key_of(prefix: &'static str) -> &'static str {
    prefix.trim_end_matches(['=', ':'])
}

/// The words with which the alternatives begin; `mode` for `mode=backoff`.
fn keys(alternatives: &'static [ValueSpec]) -> impl Iterator<Item = &'static str> {
    alternatives.iter().flat_map(|alternative| {
        let literal = match (alternative.prefix, alternative.kind) {
            (None, ValueKind::Literal(text)) => text.split_once('=').map(|(key, _)| key),
            _ => None,
        };
        alternative.prefix.map(key_of).into_iter().chain(literal)
    })
}

/// The complete words among the alternatives.
pub(super) fn complete_words(
    alternatives: &'static [ValueSpec],
) -> impl Iterator<Item = &'static str> {
    alternatives
        .iter()
        .filter(|alternative| alternative.prefix.is_none())
        .flat_map(|alternative| {
            let first = match alternative.kind {
                ValueKind::Composite([first, ..]) => &first.value,
                _ => alternative,
            };
            let literal = match first.kind {
                ValueKind::Literal(text) => Some(text),
                _ => None,
            };
            literal
                .into_iter()
                .chain(first.words.iter().map(|word| word.text))
        })
}

/// Reports what is wrong with a word that is none of the alternatives, all of which are word-like.
/// Gives the position after it.
pub(super) fn choice(
    reader: &mut Reader<'_>,
    alternatives: &'static [ValueSpec],
    at: usize,
    stops: Stops,
) -> usize {
    let Some(token) = reader.token(at, stops) else {
        return reader.limit;
    };
    let text = reader.slice(token.inner);
    if text.is_empty() {
        if let Some(spec) = alternatives.first() {
            reader.missing(spec, at);
        }
        return token.end();
    }
    if let Some((key, value)) = text.split_once(['=', ':'])
        && !key.is_empty()
    {
        return keyed(reader, alternatives, token, key, value);
    }
    let joined = alternatives.iter().find_map(|alternative| {
        let prefix = alternative
            .prefix
            .filter(|prefix| prefix.ends_with(['=', ':']))?;
        key_of(prefix).eq_ignore_ascii_case(text).then_some(prefix)
    });
    if let Some(prefix) = joined {
        return not_joined(reader, prefix, token, stops);
    }
    if let [only] = alternatives
        && let Some(prefix) = only.prefix
    {
        reader.report(&invalid_value::RULE, token.outer, || {
            let title = format!("Insert `{prefix}`");
            let fix = Fix::replace(
                title,
                Safety::Unsafe,
                TextRange::empty(token.outer.start),
                prefix,
            );
            (
                format!("{} must begin with `{prefix}`.", quote(text)),
                vec![fix],
            )
        });
        return token.end();
    }
    reader.report(&unknown_word::RULE, token.inner, || {
        let near = nearest(text, complete_words(alternatives).chain(keys(alternatives)));
        let lead = format!("{} is not {}", quote(text), choices(alternatives));
        unknown(&lead, token.inner, near)
    });
    token.end()
}

/// `key=value` where there is no such key, or no such value for it.
fn keyed(
    reader: &mut Reader<'_>,
    alternatives: &'static [ValueSpec],
    token: Token,
    key: &str,
    value: &str,
) -> usize {
    let sign = token.part(key.len(), key.len().saturating_add(1));
    let joined = alternatives.iter().find_map(|alternative| {
        alternative
            .prefix
            .filter(|prefix| key_of(prefix).eq_ignore_ascii_case(key))
    });
    if let Some(prefix) = joined {
        let right = prefix.get(key_of(prefix).len()..).unwrap_or_default();
        reader.report(&invalid_value::RULE, sign, || {
            let fix = Fix::replace(format!("Write `{right}`"), Safety::Unsafe, sign, right);
            (
                format!("`{key}` is joined to its value by `{right}`."),
                vec![fix],
            )
        });
        return token.end();
    }
    let value_range = token.from(key.len().saturating_add(1));
    let values = || {
        complete_words(alternatives)
            .filter_map(|word| word.split_once('='))
            .filter(|(known, _)| known.eq_ignore_ascii_case(key))
            .map(|(_, value)| value)
    };
    if values().next().is_some() {
        let range = if value.is_empty() {
            token.inner
        } else {
            value_range
        };
        reader.report(&unknown_word::RULE, range, || {
            let known: Vec<String> = values().map(|value| format!("`{value}`")).collect();
            let known = super::expected::or(&known);
            let lead = format!("`{key}` is {known}, not {}", quote(value));
            unknown(&lead, value_range, nearest(value, values()))
        });
        return token.end();
    }
    let range = token.part(0, key.len());
    reader.report(&unknown_word::RULE, range, || {
        let lead = format!("{} is not {}", quote(key), choices(alternatives));
        unknown(&lead, range, nearest(key, keys(alternatives)))
    });
    token.end()
}

/// `virtual-mta NAME` or `virtual-mta = NAME` for `virtual-mta=NAME`.
fn not_joined(reader: &mut Reader<'_>, prefix: &'static str, token: Token, stops: Stops) -> usize {
    let after = reader.skip_blanks(token.end());
    let sign = reader
        .byte(after)
        .filter(|byte| matches!(byte, b'=' | b':'))
        .is_some();
    let value = if sign {
        reader.skip_blanks(after.saturating_add(1))
    } else {
        after
    };
    let end = reader.bare_end(value, stops);
    if end == value {
        let place = TextRange::of(token.end(), token.end());
        reader.report(&missing_value::RULE, place, || {
            (
                format!("`{prefix}` needs a value directly after it."),
                Vec::new(),
            )
        });
        return token.end();
    }
    let range = TextRange::of(token.outer.as_usize().start, end);
    let joined = format!("{prefix}{}", reader.slice(TextRange::of(value, end)));
    reader.report(&invalid_value::RULE, range, || {
        let fix = Fix::replace(format!("Write `{joined}`"), Safety::Unsafe, range, &joined);
        (
            format!("The value directly follows `{prefix}`, as in `{joined}`."),
            vec![fix],
        )
    });
    end
}

fn choices(alternatives: &'static [ValueSpec]) -> String {
    let known = or_known(alternatives);
    if alternatives.len() > 1 {
        format!("one of {known}")
    } else {
        known
    }
}

/// The words and prefixes of the alternatives.
pub(super) fn or_known(alternatives: &'static [ValueSpec]) -> String {
    let known: Vec<String> = alternatives
        .iter()
        .flat_map(|alternative| {
            let words = complete_words(std::slice::from_ref(alternative));
            alternative.prefix.into_iter().chain(words)
        })
        .map(|word| format!("`{word}`"))
        .collect();
    super::expected::or(&known)
}

/// Whether the text looks like an attempt at the part, which may be left out.
pub(super) fn resembles(reader: &Reader<'_>, part: &'static Part, at: usize, stops: Stops) -> bool {
    let text = reader.slice(TextRange::of(at, reader.bare_end(at, stops)));
    let begins = |key: &str| starts_with(text, key) || nearest(text, [key]).is_some();
    match (part.value.prefix, part.value.kind) {
        (Some(prefix), _) => {
            let key = text.split(['=', ':']).next().unwrap_or_default();
            begins(prefix) || key.eq_ignore_ascii_case(key_of(prefix))
        }
        (None, ValueKind::Literal(literal)) => begins(literal),
        (None, ValueKind::Enum) => part.value.words.iter().any(|word| begins(word.text)),
        _ => false,
    }
}

/// Looks at the actions of one rule together.
pub(super) fn check_actions(reader: &mut Reader<'_>, first_piece: usize) {
    let is_action =
        |spec: &ValueSpec| spec.once || !spec.before.is_empty() || !spec.excludes.is_empty();
    // Each name once, so that a long list costs no more than its length.
    let mut earlier: Vec<&'static str> = Vec::new();
    let mut index = first_piece;
    while let Some(&piece) = reader.pieces.get(index) {
        index = index.saturating_add(1);
        let spec = piece.spec;
        let name = name_of(spec);
        let again = earlier.contains(&name);
        let among = |words: &[&str]| earlier.iter().copied().find(|name| words.contains(name));
        let (excluded, needed) = (among(spec.excludes), among(spec.before));
        if !again {
            earlier.push(name);
        }
        if !is_action(spec) {
            continue;
        }
        let again = again && spec.once;
        if let Some(other) = excluded {
            let fix = without(reader, piece.outer);
            action(reader, &conflicting_actions::RULE, piece.outer, || {
                let message = format!("`{name}` cannot be taken together with `{other}`.");
                (message, vec![fix])
            });
        } else if again {
            let fix = without(reader, piece.outer);
            action(reader, &conflicting_actions::RULE, piece.outer, || {
                (format!("`{name}` may stand only once."), vec![fix])
            });
        } else if needed.is_none() && !spec.before.is_empty() {
            action(reader, &incomplete_action::RULE, piece.outer, || {
                let words: Vec<String> =
                    spec.before.iter().map(|word| format!("`{word}`")).collect();
                let message = format!("`{name}` needs {} before it.", super::expected::or(&words));
                let insertion = |word: &&'static str| {
                    let title = format!("Insert `{word}` before it");
                    let at = TextRange::empty(piece.outer.start);
                    Fix::replace(title, Safety::Alternative, at, format!("{word},"))
                };
                (message, spec.before.iter().map(insertion).collect())
            });
        }
    }
}

fn action(
    reader: &mut Reader<'_>,
    rule: &'static Rule,
    range: TextRange,
    detail: impl FnOnce() -> (String, Vec<Fix>),
) {
    reader.report(rule, range, detail);
}

/// The choice that deletes an action, with the comma before it.
fn without(reader: &Reader<'_>, range: TextRange) -> Fix {
    let before = reader.slice(TextRange::new(0, range.start));
    let kept = before.trim_end().trim_end_matches(',').len();
    let start = TextRange::of(0, kept).end;
    let title = format!("Delete `{}`", reader.slice(range).trim());
    Fix::replace(
        title,
        Safety::Alternative,
        TextRange::new(start, range.end),
        "",
    )
}

/// What an action is called in the lists of its partners.
fn name_of(spec: &'static ValueSpec) -> &'static str {
    match (spec.prefix, spec.kind) {
        (Some(prefix), _) => key_of(prefix),
        (None, ValueKind::Literal(text)) => text,
        _ => "",
    }
}
