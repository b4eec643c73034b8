//! The reader: a position in the text of a value, what was understood and what went wrong so far.

use super::{
    Context, Parsed, Piece, Problem, any_of, brackets, choice, composite, leaf, list, words,
};
use crate::catalog::{ValueKind, ValueSpec};
use crate::diagnostics::Rule;
use crate::text::TextRange;

/// Signs that end a token, besides blanks: what separates the items and parts around it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Stops {
    signs: u128,
    /// Whether a colon and a port must follow, so that the last colon is not part of an address.
    pub(super) port_follows: bool,
}

impl Stops {
    pub(super) fn with(self, sign: char) -> Self {
        let bit = 1u128.checked_shl(u32::from(sign)).unwrap_or(0);
        Self {
            signs: self.signs | bit,
            ..self
        }
    }

    pub(super) fn without(self, sign: char) -> Self {
        let bit = 1u128.checked_shl(u32::from(sign)).unwrap_or(0);
        Self {
            signs: self.signs & !bit,
            ..self
        }
    }

    pub(super) fn has(self, byte: u8) -> bool {
        byte.is_ascii() && self.signs.checked_shr(u32::from(byte)).unwrap_or(0) & 1 == 1
    }
}

/// A run of text that is read as one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    /// Without quotes.
    pub(super) inner: TextRange,
    /// With quotes.
    pub(super) outer: TextRange,
}

impl Token {
    pub(super) fn end(self) -> usize {
        self.outer.as_usize().end
    }

    pub(super) fn quoted(self) -> bool {
        self.inner != self.outer
    }

    /// The part of its inner text between two offsets in that text.
    pub(super) fn part(self, start: usize, end: usize) -> TextRange {
        let part = TextRange::of(start, end).shifted(self.inner.start);
        TextRange::new(part.start.min(self.inner.end), part.end.min(self.inner.end))
    }

    /// Its inner text from an offset on.
    pub(super) fn from(self, start: usize) -> TextRange {
        self.part(start, self.inner.len() as usize)
    }
}

/// The problem by which an attempt at reading is judged.
#[derive(Clone, Copy, Debug)]
pub(super) struct Trouble {
    pub(super) rule: &'static Rule,
    pub(super) at: usize,
    pub(super) end: usize,
}

/// How far things went wrong.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Troubles {
    /// First problem that says: this is no such value.
    pub(super) unfit: Option<Trouble>,
    /// Count of such problems.
    pub(super) unfits: u32,
    /// Whether there was a problem with a value that fits all the same, such as its case.
    pub(super) blemish: bool,
    /// Count of problems after which it is unsure what the text that follows is.
    pub(super) lost: u32,
}

/// A place to go back to when an attempt failed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    pieces: usize,
    troubles: Troubles,
    quiet: bool,
    prefix_at: Option<usize>,
}

pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) context: Context,
    pub(super) pieces: Vec<Piece>,
    /// Name of the part being read.
    pub(super) name: Option<&'static str>,
    /// Set while an alternative is tried: problems are judged, not written down.
    pub(super) quiet: bool,
    pub(super) troubles: Troubles,
    /// One past the last byte to be read.
    pub(super) limit: usize,
    pub(super) problems: Vec<Problem>,
    /// Where the prefix of the next piece begins.
    pub(super) prefix_at: Option<usize>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str, context: Context) -> Self {
        Self {
            text,
            context,
            pieces: Vec::new(),
            name: None,
            quiet: false,
            troubles: Troubles::default(),
            limit: text.len(),
            problems: Vec::new(),
            prefix_at: None,
        }
    }

    /// Reads all of the text as one value.
    pub(super) fn whole(mut self, spec: &'static ValueSpec) -> Parsed {
        if brackets::report(&mut self, spec) {
            let limit = self.limit;
            return self.parsed(limit);
        }
        if self.limit == 0 {
            self.missing(spec, 0);
            return self.parsed(0);
        }
        let end = self.read(spec, 0, Stops::default());
        self.parsed(end)
    }

    fn parsed(mut self, end: usize) -> Parsed {
        let start = if self.troubles.lost > 0 {
            self.limit
        } else {
            self.skip_blanks(end)
        };
        let rest = TextRange::of(start, self.text.len());
        self.problems.sort_by_key(|problem| problem.range.start);
        Parsed {
            pieces: self.pieces,
            problems: self.problems,
            rest,
        }
    }

    /// Reads a value from `at` and gives the position after it.
    pub(super) fn read(&mut self, spec: &'static ValueSpec, at: usize, stops: Stops) -> usize {
        let start = match spec.prefix {
            None => at,
            Some(prefix) => match words::prefix(self, prefix, at) {
                Some(after) => {
                    self.prefix_at = Some(at);
                    if spec.prefix_blank {
                        self.skip_blanks(after)
                    } else {
                        after
                    }
                }
                None => return choice::choice(self, std::slice::from_ref(spec), at, stops),
            },
        };
        if spec.clear && self.rest_from(start).starts_with("\"\"") {
            let quotes = TextRange::of(start, start.saturating_add(2));
            self.push(
                spec,
                TextRange::empty(quotes.start.saturating_add(1)),
                quotes,
            );
            return quotes.as_usize().end;
        }
        match spec.kind {
            ValueKind::List {
                item,
                separator,
                max_items,
            } => {
                if let Some(end) = leaf::word_of(self, spec, start, stops) {
                    return end;
                }
                list::read(self, item, separator, max_items, start, stops)
            }
            ValueKind::Composite(parts) => {
                if let Some(end) = leaf::word_of(self, spec, start, stops) {
                    return end;
                }
                composite::read(self, parts, start, stops)
            }
            ValueKind::AnyOf(alternatives) => {
                if let Some(end) = leaf::word_of(self, spec, start, stops) {
                    return end;
                }
                any_of::read(self, spec, alternatives, start, stops)
            }
            _ => leaf::read(self, spec, start, stops),
        }
    }

    // --- Text.

    pub(super) fn byte(&self, at: usize) -> Option<u8> {
        if at < self.limit {
            self.text.as_bytes().get(at).copied()
        } else {
            None
        }
    }

    /// The text from `at` to the limit.
    pub(super) fn rest_from(&self, at: usize) -> &'a str {
        self.text.get(at..self.limit).unwrap_or_default()
    }

    pub(super) fn slice(&self, range: TextRange) -> &'a str {
        range.slice(self.text)
    }

    pub(super) fn skip_blanks(&self, mut at: usize) -> usize {
        while self.byte(at).is_some_and(is_blank) {
            at = at.saturating_add(1);
        }
        at
    }

    /// Whether a token cannot go on at `at`.
    pub(super) fn is_boundary(&self, at: usize, stops: Stops) -> bool {
        self.byte(at)
            .is_none_or(|byte| is_blank(byte) || stops.has(byte))
    }

    /// The closing partner of the quote at `open`.
    pub(super) fn closing_quote(&self, open: usize) -> Option<usize> {
        let mut at = open.saturating_add(1);
        loop {
            match self.byte(at)? {
                b'"' => return Some(at),
                b'\\' => at = at.saturating_add(2),
                _ => at = at.saturating_add(1),
            }
        }
    }

    /// The token at `at`; none if its quote is not closed, which is then reported.
    pub(super) fn token(&mut self, at: usize, stops: Stops) -> Option<Token> {
        if self.byte(at) == Some(b'"') {
            let Some(close) = self.closing_quote(at) else {
                self.unclosed_quote(at);
                return None;
            };
            return Some(Token {
                inner: TextRange::of(at.saturating_add(1), close),
                outer: TextRange::of(at, close.saturating_add(1)),
            });
        }
        let bare = TextRange::of(at, self.bare_end(at, stops));
        Some(Token {
            inner: bare,
            outer: bare,
        })
    }

    /// Where the unquoted token at `at` ends. What stands in square brackets belongs together.
    pub(super) fn bare_end(&self, mut at: usize, stops: Stops) -> usize {
        // Up to here no bracket is closed, so that no bracket is looked for twice.
        let mut open_until = at;
        while !self.is_boundary(at, stops) {
            if at >= open_until && self.byte(at) == Some(b'[') && !stops.has(b']') {
                let inside = self.rest_from(at).bytes();
                let length = inside
                    .take_while(|&byte| byte != b']' && !is_blank(byte))
                    .count();
                let end = at.saturating_add(length);
                if self.byte(end) == Some(b']') {
                    at = end;
                } else {
                    open_until = end;
                }
            }
            at = at.saturating_add(1);
        }
        at
    }

    // --- What was understood.

    pub(super) fn push(&mut self, spec: &'static ValueSpec, range: TextRange, outer: TextRange) {
        let start = self
            .prefix_at
            .take()
            .map_or(outer.start, |at| TextRange::of(at, at).start);
        let outer = TextRange::new(start.min(outer.start), outer.end);
        self.pieces.push(Piece {
            range,
            outer,
            spec,
            name: self.name,
        });
    }

    pub(super) fn mark(&self) -> Mark {
        Mark {
            pieces: self.pieces.len(),
            troubles: self.troubles,
            quiet: self.quiet,
            prefix_at: self.prefix_at,
        }
    }

    /// Forgets what was read since the mark. Problems cannot be taken back: attempts are quiet.
    pub(super) fn back_to(&mut self, mark: Mark) {
        self.pieces.truncate(mark.pieces);
        self.troubles = mark.troubles;
        self.quiet = mark.quiet;
        self.prefix_at = mark.prefix_at;
    }

    /// Starts an attempt: troubles are counted from nothing and nothing is written down.
    pub(super) fn attempt(&mut self) -> Mark {
        let mark = self.mark();
        self.quiet = true;
        self.troubles = Troubles::default();
        mark
    }

    /// Ends an attempt that went well, keeping its pieces.
    pub(super) fn keep(&mut self, mark: Mark) {
        self.troubles = mark.troubles;
        self.quiet = mark.quiet;
        self.prefix_at = None;
    }
}

pub(super) fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | 0x0b | 0x0c)
}

/// The text without the blanks at its end; only those count that separate values.
pub(super) fn trim_end(text: &str) -> &str {
    text.trim_end_matches(|sign: char| u8::try_from(sign).is_ok_and(is_blank))
}
