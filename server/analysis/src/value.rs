//! Values: what the text after a directive's name means.
//!
//! The catalog says what a value looks like ([`ValueSpec`]); this module alone gives that a meaning.
//! It reads a value into pieces, finds what is wrong with it and how to repair it, and says in words
//! what it means. Diagnostics, hover, completion and names all stand on the pieces.
//!
//! All ranges are relative to the text of the value, which runs from its first to its last non-blank
//! byte, comment cut off.

mod address;
mod address_range;
mod any_of;
mod boolean;
mod brackets;
mod choice;
mod composite;
mod describe;
mod duration;
mod expectation;
mod expected;
mod hints;
mod host;
mod leaf;
mod list;
mod magnitude;
mod mail;
mod names;
mod number;
mod pattern;
mod quotes;
mod rate;
mod reader;
mod regex;
mod report;
mod size;
mod unit;
mod url;
mod words;

#[cfg(test)]
mod tests;

use crate::catalog::{ValueKind, ValueSpec};
use crate::diagnostics::{Fix, Rule};
use crate::text::TextRange;

pub(crate) use address_range::{AddressRange, is_address_like};
pub use describe::describe;
pub(crate) use expectation::{Expectation, expectations};
pub use expected::expected;
pub(crate) use hints::{hourly_rate, long_duration};
pub(crate) use magnitude::magnitude;
pub use quotes::unquote;

/// What is known about the surroundings of a value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Context {
    /// Whether a comment begins directly behind the value, so that it may have been cut off.
    pub cut_by_comment: bool,
}

/// A value as it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parsed {
    /// What was understood, in order.
    pub pieces: Vec<Piece>,
    /// What is wrong, in order of position.
    pub problems: Vec<Problem>,
    /// Text after a complete value; empty if there is none, or if the value is not understood.
    pub rest: TextRange,
}

/// One understood piece of a value that has no parts itself.
#[derive(Clone, Copy, Debug)]
pub struct Piece {
    /// The piece without its quotes and prefix.
    pub range: TextRange,
    /// The piece with its quotes and prefix.
    pub outer: TextRange,
    /// What it was read as.
    pub spec: &'static ValueSpec,
    /// Name of the part of a composite value that it is, or belongs to.
    pub name: Option<&'static str>,
}

impl PartialEq for Piece {
    fn eq(&self, other: &Self) -> bool {
        self.range == other.range
            && self.outer == other.outer
            && self.name == other.name
            && std::ptr::eq(self.spec, other.spec)
    }
}

impl Eq for Piece {}

/// Something wrong with a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The rule it breaks.
    pub rule: &'static Rule,
    /// The wrong part, no more.
    pub range: TextRange,
    /// What is wrong, and what would be right.
    pub message: String,
    /// Ways to repair it, the preferred first; their ranges are relative to the value too.
    pub fixes: Vec<Fix>,
}

/// Reads a value as its spec says.
///
/// A `#` that cut an expression off lies outside of `text`; repairing it is left to the caller, who
/// knows where it is.
#[must_use]
pub fn parse(spec: &'static ValueSpec, text: &str, context: Context) -> Parsed {
    let parsed = reader::Reader::new(text, context).whole(spec);
    if parsed.problems.is_empty() && parsed.rest.is_empty() {
        return parsed;
    }
    quoted_whole(spec, text, context).unwrap_or(parsed)
}

/// A value of several parts that stands in quotes as a whole and is right inside: quoting what needs
/// no quotes is fine.
fn quoted_whole(spec: &'static ValueSpec, text: &str, context: Context) -> Option<Parsed> {
    let inside = text.strip_prefix('"')?.strip_suffix('"')?;
    let is_plain = !inside.is_empty() && !inside.contains(['"', '\\']);
    let may_be_quoted = match spec.kind {
        ValueKind::List { .. } | ValueKind::AnyOf(_) => true,
        ValueKind::Composite(_) => !inside.contains([' ', '\t']),
        _ => false,
    };
    if !is_plain || !may_be_quoted {
        return None;
    }
    let mut parsed = reader::Reader::new(inside, context).whole(spec);
    if !parsed.problems.is_empty() || !parsed.rest.is_empty() {
        return None;
    }
    for piece in &mut parsed.pieces {
        piece.range = piece.range.shifted(1);
        piece.outer = piece.outer.shifted(1);
    }
    parsed.rest = TextRange::of(text.len(), text.len());
    Some(parsed)
}
