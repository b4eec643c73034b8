//! Semantic tokens as clients take them: numbers, each token counted from the one before.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use pmta_analysis::semantic_tokens::{Token, TokenKind, semantic_tokens};
use pmta_analysis::text::TextRange;
use tower_lsp::ls_types::{
    Range, SemanticToken, SemanticTokenModifier, SemanticTokenType, SemanticTokens,
    SemanticTokensDelta, SemanticTokensEdit, SemanticTokensFullDeltaResult,
    SemanticTokensFullOptions, SemanticTokensLegend, SemanticTokensOptions, Uri,
};

use crate::from_proto;
use crate::state::Snapshot;

/// The types of tokens, in the order of their numbers.
const TYPES: [SemanticTokenType; 11] = [
    SemanticTokenType::COMMENT,
    SemanticTokenType::TYPE,
    SemanticTokenType::PROPERTY,
    SemanticTokenType::CLASS,
    SemanticTokenType::MACRO,
    SemanticTokenType::PARAMETER,
    SemanticTokenType::ENUM_MEMBER,
    SemanticTokenType::NUMBER,
    SemanticTokenType::REGEXP,
    SemanticTokenType::STRING,
    SemanticTokenType::OPERATOR,
];

/// The modifiers, in the order of their bits.
const MODIFIERS: [SemanticTokenModifier; 3] = [
    SemanticTokenModifier::DEFINITION,
    SemanticTokenModifier::DEPRECATED,
    SemanticTokenModifier::READONLY,
];

/// What the server offers.
#[must_use]
pub fn options() -> SemanticTokensOptions {
    SemanticTokensOptions {
        legend: SemanticTokensLegend {
            token_types: TYPES.to_vec(),
            token_modifiers: MODIFIERS.to_vec(),
        },
        range: Some(true),
        full: Some(SemanticTokensFullOptions::Delta { delta: Some(true) }),
        ..SemanticTokensOptions::default()
    }
}

/// The number of a kind among the types.
fn type_of(kind: TokenKind) -> u32 {
    match kind {
        TokenKind::Comment => 0,
        TokenKind::Section => 1,
        TokenKind::Directive => 2,
        TokenKind::Name => 3,
        TokenKind::Macro => 4,
        TokenKind::Parameter => 5,
        TokenKind::Word => 6,
        TokenKind::Number => 7,
        TokenKind::Regex => 8,
        TokenKind::Text => 9,
        TokenKind::Operator => 10,
    }
}

fn modifiers_of(token: &Token) -> u32 {
    let modifiers = token.modifiers;
    let bits = [
        (modifiers.definition, 0b001),
        (modifiers.deprecated, 0b010),
        (modifiers.built_in, 0b100),
    ];
    let set = bits.into_iter().filter(|(is_set, _)| *is_set);
    set.fold(0, |all, (_, bit)| all | bit)
}

/// The tokens that were last sent for each document.
#[derive(Clone, Debug, Default)]
pub struct Sent(Arc<Mutex<Numbered>>);

#[derive(Debug, Default)]
struct Numbered {
    last: u64,
    of: HashMap<Uri, (String, Arc<Vec<SemanticToken>>)>,
}

impl Sent {
    /// Remembers what is sent and gives it a name.
    fn remember(&self, uri: &Uri, tokens: Arc<Vec<SemanticToken>>) -> String {
        let mut sent = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        sent.last = sent.last.saturating_add(1);
        let id = sent.last.to_string();
        sent.of.insert(uri.clone(), (id.clone(), tokens));
        id
    }

    /// What was sent last, if it has this name.
    fn recall(&self, uri: &Uri, id: &str) -> Option<Arc<Vec<SemanticToken>>> {
        let sent = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (last, tokens) = sent.of.get(uri)?;
        (last == id).then(|| Arc::clone(tokens))
    }

    /// Forgets a document.
    pub fn forget(&self, uri: &Uri) {
        let mut sent = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        sent.of.remove(uri);
    }
}

/// All tokens of a document.
#[must_use]
pub fn full(snapshot: &Snapshot, sent: &Sent) -> SemanticTokens {
    let all = TextRange::of(0, snapshot.document.rope().len_bytes());
    let tokens = Arc::new(encoded(snapshot, all));
    let id = sent.remember(&snapshot.uri, Arc::clone(&tokens));
    SemanticTokens {
        result_id: Some(id),
        data: Arc::unwrap_or_clone(tokens),
    }
}

/// What has changed since the tokens of this name were sent; all of them if those are forgotten.
#[must_use]
pub fn delta(snapshot: &Snapshot, sent: &Sent, previous: &str) -> SemanticTokensFullDeltaResult {
    let Some(before) = sent.recall(&snapshot.uri, previous) else {
        return SemanticTokensFullDeltaResult::Tokens(full(snapshot, sent));
    };
    let all = TextRange::of(0, snapshot.document.rope().len_bytes());
    let tokens = Arc::new(encoded(snapshot, all));
    let edits = difference(&before, &tokens).into_iter().collect();
    let id = sent.remember(&snapshot.uri, tokens);
    SemanticTokensFullDeltaResult::TokensDelta(SemanticTokensDelta {
        result_id: Some(id),
        edits,
    })
}

/// The tokens of a range.
#[must_use]
pub fn range(snapshot: &Snapshot, range: Range) -> SemanticTokens {
    let encoding = snapshot.client.encoding;
    let range = from_proto::range(snapshot.document.rope(), range, encoding);
    SemanticTokens {
        result_id: None,
        data: encoded(snapshot, range),
    }
}

/// One edit that makes the tokens after of those before: what both begin and end with stays.
fn difference(before: &[SemanticToken], after: &[SemanticToken]) -> Option<SemanticTokensEdit> {
    let same = |(one, other): &(&SemanticToken, &SemanticToken)| one == other;
    let start = before.iter().zip(after).take_while(same).count();
    let rest_before = before.get(start..).unwrap_or_default();
    let rest_after = after.get(start..).unwrap_or_default();
    if rest_before.is_empty() && rest_after.is_empty() {
        return None;
    }
    let end = rest_before
        .iter()
        .rev()
        .zip(rest_after.iter().rev())
        .take_while(same)
        .count();
    let removed = rest_before.len().saturating_sub(end);
    let added = rest_after
        .get(..rest_after.len().saturating_sub(end))
        .unwrap_or_default();
    // The protocol counts the numbers, of which a token has five.
    let numbers = |tokens: usize| u32::try_from(tokens.saturating_mul(5)).unwrap_or(u32::MAX);
    Some(SemanticTokensEdit {
        start: numbers(start),
        delete_count: numbers(removed),
        data: Some(added.to_vec()),
    })
}

/// The tokens of a range as the protocol counts them, in one walk over the text.
fn encoded(snapshot: &Snapshot, range: TextRange) -> Vec<SemanticToken> {
    let tokens = semantic_tokens(&snapshot.document, range);
    let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else {
        return Vec::new();
    };
    let rope = snapshot.document.rope();
    let first_line = rope.byte_to_line(first.range.start as usize);
    let base = rope.line_to_byte(first_line);
    let text = snapshot.document.slice(base..last.range.end as usize);
    let encoding = snapshot.client.encoding;
    let mut walk = Walk {
        text: &text,
        at: 0,
        line_start: 0,
        line: u32::try_from(first_line).unwrap_or(u32::MAX),
    };
    let mut previous = (0, 0);
    let mut encoded = Vec::with_capacity(tokens.len());
    for token in &tokens {
        let start = (token.range.start as usize).saturating_sub(base);
        let end = (token.range.end as usize).saturating_sub(base);
        walk.to(start);
        let before = text.get(walk.line_start..start).unwrap_or_default();
        let column = encoding.units(before);
        let delta_line = walk.line.saturating_sub(previous.0);
        let delta_start = if delta_line == 0 {
            column.saturating_sub(previous.1)
        } else {
            column
        };
        encoded.push(SemanticToken {
            delta_line,
            delta_start,
            length: encoding.units(text.get(start..end).unwrap_or_default()),
            token_type: type_of(token.kind),
            token_modifiers_bitset: modifiers_of(token),
        });
        previous = (walk.line, column);
    }
    encoded
}

/// A place in a text that only moves forward.
struct Walk<'a> {
    text: &'a str,
    at: usize,
    line_start: usize,
    line: u32,
}

impl Walk<'_> {
    /// Moves to a byte and counts the lines on the way.
    fn to(&mut self, byte: usize) {
        let bytes = self.text.as_bytes();
        for at in self.at..byte {
            let next = bytes.get(at.saturating_add(1));
            let is_break = match bytes.get(at) {
                Some(b'\n') => true,
                Some(b'\r') => next != Some(&b'\n'),
                _ => false,
            };
            if is_break {
                self.line = self.line.saturating_add(1);
                self.line_start = at.saturating_add(1);
            }
        }
        self.at = self.at.max(byte);
    }
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::arithmetic_side_effects,
        reason = "a test that overflows should fail"
    )]

    use super::*;

    fn token(length: u32) -> SemanticToken {
        SemanticToken {
            length,
            ..SemanticToken::default()
        }
    }

    fn tokens(lengths: &[u32]) -> Vec<SemanticToken> {
        lengths.iter().copied().map(token).collect()
    }

    #[test]
    fn every_kind_has_a_type() {
        assert_eq!(
            TYPES.get(type_of(TokenKind::Operator) as usize),
            Some(&SemanticTokenType::OPERATOR)
        );
        assert_eq!(
            TYPES.get(type_of(TokenKind::Macro) as usize),
            Some(&SemanticTokenType::MACRO)
        );
    }

    #[test]
    fn the_difference_makes_one_of_the_other() {
        for (before, after) in [
            (&[1, 2, 3][..], &[1, 2, 3][..]),
            (&[], &[1]),
            (&[1], &[]),
            (&[1, 2, 3], &[1, 3]),
            (&[1, 1, 1], &[1, 1]),
            (&[1, 2], &[1, 2, 2]),
            (&[1, 2, 3], &[4, 2, 5]),
        ] {
            let mut edited = tokens(before);
            if let Some(edit) = difference(&edited, &tokens(after)) {
                let start = (edit.start / 5) as usize;
                let end = start + (edit.delete_count / 5) as usize;
                edited.splice(start..end, edit.data.unwrap());
            }
            assert_eq!(edited, tokens(after));
        }
    }
}
