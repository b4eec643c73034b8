//! Semantic tokens: what each word is, for editors that colour by meaning.
//!
//! The tokens of an item depend on nothing but its text and its place, so they are kept until one of
//! these changes.

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

impl Token {
    /// The token, moved right by `by` bytes.
    #[must_use]
    pub(crate) fn shifted(self, by: u32) -> Self {
        Self {
            range: self.range.shifted(by),
            ..self
        }
    }
}

/// The tokens of a range, in order; ranges are from the start of the file. Tokens that lie in the
/// range only in part are among them.
#[must_use]
pub fn semantic_tokens(document: &Document, range: TextRange) -> Vec<Token> {
    let touched = document
        .tokens(range)
        .filter(|token| token.range.start < range.end && range.start < token.range.end);
    touched.collect()
}

#[cfg(test)]
mod tests;
