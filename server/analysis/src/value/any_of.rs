//! Alternatives: the first one that fits.

use super::reader::{Reader, Stops, Trouble};
use super::{choice, expected, words};
use crate::catalog::{ValueKind, ValueSpec};
use crate::diagnostics::{invalid_value, unknown_word};

/// Whether a text can be this alternative, seen from how it begins.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Beginning {
    /// It can be nothing else.
    Sure,
    /// It cannot.
    Other,
    /// It may.
    Open,
}

/// Reads the alternative that fits, or reports what is wrong with the one that was meant.
pub(super) fn read(
    reader: &mut Reader<'_>,
    spec: &'static ValueSpec,
    alternatives: &'static [ValueSpec],
    at: usize,
    stops: Stops,
) -> usize {
    let text = reader.rest_from(at);
    if let Some(meant) = alternatives
        .iter()
        .find(|alternative| beginning(alternative, text) == Beginning::Sure)
    {
        return reader.read(meant, at, stops);
    }
    let open = || {
        alternatives
            .iter()
            .filter(|one| beginning(one, text) == Beginning::Open)
    };
    let token_end = reader.bare_end(at, stops);
    // The further an alternative could be read the likelier it was meant; and a problem with a part
    // of the text, or of a rule of its own, shows by itself what was meant.
    let is_telling = |trouble: Trouble| {
        trouble.end < token_end
            || ![&invalid_value::RULE, &unknown_word::RULE].contains(&trouble.rule)
    };
    let rank = |trouble: Trouble| (trouble.at, is_telling(trouble));
    let mut blemished = None;
    let mut furthest: Option<(&'static ValueSpec, Trouble)> = None;
    for alternative in open() {
        let mark = reader.attempt();
        let end = reader.read(alternative, at, stops);
        let troubles = reader.troubles;
        let complete = reader.is_boundary(end, stops);
        if complete && troubles.unfit.is_none() && !troubles.blemish {
            reader.keep(mark);
            return end;
        }
        reader.back_to(mark);
        match troubles.unfit {
            None if complete => blemished = blemished.or(Some(alternative)),
            Some(trouble) if furthest.is_none_or(|(_, best)| rank(trouble) > rank(best)) => {
                furthest = Some((alternative, trouble));
            }
            _ => {}
        }
    }
    if let Some(alternative) = blemished {
        return reader.read(alternative, at, stops);
    }
    if let Some((alternative, _)) = furthest.filter(|(_, trouble)| trouble.at > at) {
        return reader.read(alternative, at, stops);
    }
    if alternatives.iter().all(choice::is_word_like) {
        return choice::choice(reader, alternatives, at, stops);
    }
    if let Some((alternative, trouble)) = furthest
        && (is_telling(trouble) || open().count() == 1)
    {
        return reader.read(alternative, at, stops);
    }
    let Some(token) = reader.token(at, stops) else {
        return reader.limit;
    };
    let (shown, word) = (reader.shown(spec, token.outer), reader.slice(token.inner));
    reader.report(&invalid_value::RULE, token.outer, || {
        let fixes = words::nearest_of(alternatives, word)
            .map(|word| words::alternative_fix(token.inner, word));
        (
            format!("{shown} is not {}.", expected(spec)),
            fixes.into_iter().collect(),
        )
    });
    token.end()
}

fn beginning(spec: &ValueSpec, text: &str) -> Beginning {
    let sure_if = |sure| {
        if sure {
            Beginning::Sure
        } else {
            Beginning::Other
        }
    };
    if let Some(prefix) = spec.prefix {
        return sure_if(words::starts_with(text, prefix));
    }
    match spec.kind {
        ValueKind::Regex => sure_if(text.starts_with('/')),
        ValueKind::InlineSection(_) => sure_if(text.starts_with('<')),
        ValueKind::VaultPath => sure_if(words::starts_with(text, "{vault}")),
        ValueKind::Url => {
            let web = ["http://", "https://"]
                .iter()
                .any(|scheme| words::starts_with(text, scheme));
            if web {
                Beginning::Sure
            } else {
                Beginning::Open
            }
        }
        ValueKind::Composite([first, ..]) if !first.optional => match first.value.kind {
            ValueKind::Literal(sign) if !words::is_wordy(sign) => sure_if(text.starts_with(sign)),
            _ => Beginning::Open,
        },
        _ => Beginning::Open,
    }
}
