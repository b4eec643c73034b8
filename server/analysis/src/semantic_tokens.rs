//! Semantic tokens: what each word is, for editors that colour by meaning.
//!
//! The tokens of an item depend on nothing but its text and its place, so a range costs what its items
//! cost.

mod collect;

use crate::document::Document;
use crate::text::TextRange;

pub(crate) use collect::of_item;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// A comment.
    Comment,
    /// The name of a section in a tag.
    Section,
    /// The name of a directive.
    Directive,
    /// The name of something that is defined in the configuration, such as a VirtualMTA.
    Name,
    /// The name of a domain macro.
    Macro,
    /// A run-time variable, or the key before the sign of `key=value`.
    Parameter,
    /// A word of a fixed set, `yes` and `no` among them.
    Word,
    /// A number, with its unit if it has one; an address.
    Number,
    /// An expression.
    Regex,
    /// Any other text.
    Text,
    /// A sign between parts.
    Operator,
}

/// More about a token.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Modifiers {
    /// It defines the name.
    pub definition: bool,
    /// It should not be used any more.
    pub deprecated: bool,
    /// PowerMTA has it built in.
    pub built_in: bool,
}

/// A word with its meaning. It never holds a line break, and tokens never overlap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub range: TextRange,
    /// What it is.
    pub kind: TokenKind,
    /// More about it.
    pub modifiers: Modifiers,
}

/// The tokens of a range, in order; ranges are from the start of the file. Tokens that lie in the
/// range only in part are among them.
#[must_use]
pub fn semantic_tokens(document: &Document, range: TextRange) -> Vec<Token> {
    let mut tokens = Vec::new();
    let top = document.top();
    document.for_each_view(range, |start, text, view| {
        let of_item = of_item(text, view, top).into_iter().map(|token| Token {
            range: token.range.shifted(start),
            ..token
        });
        tokens.extend(
            of_item.filter(|token| token.range.start < range.end && range.start < token.range.end),
        );
    });
    tokens
}

#[cfg(test)]
mod tests;
