//! What may come next in a value of which only the beginning is written.

use super::composite::{after_separator, following_stops};
use super::reader::{Reader, Stops};
use super::regex::end_of_expression;
use super::words::{is_wordy, starts_with};
use super::{Context, parse};
use crate::catalog::{Part, ValueKind, ValueSpec};
use crate::text::TextRange;

/// Most places at which a part may begin: only a value that nobody wrote has more.
const MOST_BEGINNINGS: usize = 8;

/// Something that may stand at the end of the beginning of a value.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Expectation {
    /// What it looks like.
    pub(crate) spec: &'static ValueSpec,
    /// Where it begins, behind a prefix or an opening quote that is there.
    pub(crate) start: u32,
    /// Where it begins with its prefix and quote.
    pub(crate) outer_start: u32,
    /// Where the list around it begins, and what separates its items.
    pub(crate) list: Option<(u32, char)>,
    /// Whether its prefix is still to be written.
    pub(crate) needs_prefix: bool,
    /// Whether it stands in quotes.
    pub(crate) is_quoted: bool,
}

/// All that may stand at the end of `text`, the beginning of a value of this shape up to the cursor.
#[must_use]
pub(crate) fn expectations(spec: &'static ValueSpec, text: &str) -> Vec<Expectation> {
    let mut walk = Walk {
        reader: Reader::new(text, Context::default()),
        found: Vec::new(),
        list: None,
        prefix_at: None,
        is_strict: false,
    };
    walk.value(spec, 0, Stops::default());
    walk.found
}

struct Walk<'a> {
    reader: Reader<'a>,
    found: Vec<Expectation>,
    list: Option<(u32, char)>,
    /// Where the prefix of what is read begins.
    prefix_at: Option<usize>,
    /// Set where other readings are possible: then a token has to be right.
    is_strict: bool,
}

impl Walk<'_> {
    fn end(&self) -> usize {
        self.reader.limit
    }

    fn expect(&mut self, spec: &'static ValueSpec, start: usize) {
        self.found.push(Expectation {
            spec,
            start: TextRange::of(start, start).start,
            outer_start: TextRange::of(self.prefix_at.unwrap_or(start), 0).start,
            list: self.list,
            needs_prefix: false,
            is_quoted: false,
        });
    }

    /// Walks over a value and gives the positions at which it may have ended.
    fn value(&mut self, spec: &'static ValueSpec, at: usize, stops: Stops) -> Vec<usize> {
        let Some(prefix) = spec.prefix else {
            return self.body(spec, at, stops);
        };
        if starts_with(self.reader.rest_from(at), prefix) {
            let after = at.saturating_add(prefix.len());
            let after = if spec.prefix_blank {
                self.reader.skip_blanks(after)
            } else {
                after
            };
            let was_strict = std::mem::replace(&mut self.is_strict, false);
            self.prefix_at = Some(at);
            let ends = self.body(spec, after, stops);
            self.prefix_at = None;
            self.is_strict = was_strict;
            return ends;
        }
        // What has another prefix is something else.
        let is_other = self.reader.rest_from(at).contains(['=', ':']);
        if self.reader.bare_end(at, stops) == self.end() && !is_other {
            self.expect(spec, at);
            if let Some(last) = self.found.last_mut() {
                last.needs_prefix = true;
            }
        }
        Vec::new()
    }

    fn body(&mut self, spec: &'static ValueSpec, at: usize, stops: Stops) -> Vec<usize> {
        match spec.kind {
            ValueKind::List {
                item, separator, ..
            } => {
                let mut ends = self.word_of(spec, at, stops);
                ends.extend(self.list(item, separator, at, stops));
                ends
            }
            ValueKind::Composite(parts) => {
                let mut ends = self.word_of(spec, at, stops);
                ends.extend(self.composite(parts, at, stops));
                ends
            }
            ValueKind::AnyOf(alternatives) => {
                let mut ends = self.word_of(spec, at, stops);
                ends.extend(self.any_of(alternatives, at, stops));
                ends
            }
            ValueKind::String | ValueKind::Program => {
                self.expect(spec, at);
                vec![self.end()]
            }
            ValueKind::Regex => self.regex(spec, at, stops),
            ValueKind::InlineSection(_) => {
                let text = self.reader.rest_from(at);
                if text.is_empty() || (text.starts_with('<') && !text.contains('>')) {
                    self.expect(spec, at);
                }
                Vec::new()
            }
            ValueKind::Literal(text) if !is_wordy(text) => {
                let is_there = self.reader.rest_from(at).starts_with(text);
                is_there
                    .then(|| at.saturating_add(text.len()))
                    .into_iter()
                    .collect()
            }
            _ => self.token(spec, at, stops),
        }
    }

    /// The words that stand for a whole list or composite.
    fn word_of(&mut self, spec: &'static ValueSpec, at: usize, stops: Stops) -> Vec<usize> {
        if spec.words.is_empty() && !spec.clear {
            return Vec::new();
        }
        let end = self.reader.bare_end(at, stops);
        if end == self.end() {
            self.expect(spec, at);
        }
        let word = self.reader.slice(TextRange::of(at, end));
        let is_word = spec
            .words
            .iter()
            .any(|known| known.text.eq_ignore_ascii_case(word));
        is_word.then_some(end).into_iter().collect()
    }

    fn list(
        &mut self,
        item: &'static ValueSpec,
        separator: char,
        start: usize,
        stops: Stops,
    ) -> Vec<usize> {
        let outer = self.list;
        let is_open = self.reader.byte(start) == Some(b'"')
            && self.reader.closing_quote(start).is_none()
            && self.reader.rest_from(start).contains(separator);
        let mut at = if is_open {
            start.saturating_add(1)
        } else {
            start
        };
        self.list = Some((TextRange::of(at, at).start, separator));
        let inner = stops.with(separator);
        let is_separator =
            |walk: &Self, at| walk.reader.byte(at).map(char::from) == Some(separator);
        let ends = loop {
            let ends = self.value(item, at, inner);
            let far = ends.iter().copied().max().unwrap_or(at);
            let far = far.max(self.reader.bare_end(at, inner));
            let after = self.reader.skip_blanks(far);
            if !is_separator(self, after) {
                break if ends.is_empty() { vec![far] } else { ends };
            }
            at = self.reader.skip_blanks(after.saturating_add(1));
        };
        self.list = outer;
        ends
    }

    fn composite(&mut self, parts: &'static [Part], start: usize, stops: Stops) -> Vec<usize> {
        let was_strict = self.is_strict;
        // Where the next part may begin, and whether it is the first that is there.
        let mut beginnings: Vec<(usize, bool)> = vec![(start, true)];
        for (index, part) in parts.iter().enumerate() {
            let following = parts.get(index.saturating_add(1)..).unwrap_or_default();
            let inner = following_stops(following, stops);
            let mut next: Vec<(usize, bool)> = Vec::new();
            for (at, is_first) in beginnings {
                if part.optional {
                    next.push((at, is_first));
                }
                let here = if is_first {
                    Some(at)
                } else {
                    after_separator(&self.reader, part, at)
                };
                let Some(here) = here else { continue };
                self.is_strict = was_strict || part.optional;
                next.extend(
                    self.value(&part.value, here, inner)
                        .into_iter()
                        .map(|end| (end, false)),
                );
                self.is_strict = was_strict;
            }
            next.sort_unstable();
            next.dedup();
            next.truncate(MOST_BEGINNINGS);
            beginnings = next;
        }
        beginnings
            .into_iter()
            .filter(|(_, is_first)| !is_first)
            .map(|(end, _)| end)
            .collect()
    }

    fn any_of(
        &mut self,
        alternatives: &'static [ValueSpec],
        at: usize,
        stops: Stops,
    ) -> Vec<usize> {
        let was_strict = std::mem::replace(&mut self.is_strict, true);
        let before = self.found.len();
        let mut ends = Vec::new();
        for alternative in alternatives {
            ends.extend(self.value(alternative, at, stops));
        }
        self.is_strict = was_strict;
        if !was_strict && ends.is_empty() && self.found.len() == before {
            // None fits: it is one of them all the same, with a mistake in it.
            for alternative in alternatives {
                ends.extend(self.value(alternative, at, stops));
            }
        }
        ends.sort_unstable();
        ends.dedup();
        ends.truncate(MOST_BEGINNINGS);
        ends
    }

    fn regex(&mut self, spec: &'static ValueSpec, at: usize, stops: Stops) -> Vec<usize> {
        if self.reader.byte(at) == Some(b'/') {
            return end_of_expression(&self.reader, at, stops)
                .into_iter()
                .collect();
        }
        if at == self.end() {
            self.expect(spec, at);
            return Vec::new();
        }
        if self.is_strict {
            Vec::new()
        } else {
            vec![self.reader.bare_end(at, stops)]
        }
    }

    fn token(&mut self, spec: &'static ValueSpec, at: usize, stops: Stops) -> Vec<usize> {
        let end = if self.reader.byte(at) == Some(b'"') {
            let Some(close) = self.reader.closing_quote(at) else {
                self.expect(spec, at.saturating_add(1));
                if let Some(last) = self.found.last_mut() {
                    last.is_quoted = true;
                }
                return Vec::new();
            };
            close.saturating_add(1)
        } else {
            let end = self.reader.bare_end(at, stops);
            if end == self.end() && !self.has_other_key(spec, at) {
                self.expect(spec, at);
            }
            end
        };
        if end == at || (self.is_strict && end < self.end() && !self.is_right(spec, at, end)) {
            return Vec::new();
        }
        vec![end]
    }

    /// Whether `key=` is written and the spec is a word with another key.
    fn has_other_key(&self, spec: &ValueSpec, at: usize) -> bool {
        let text = self.reader.rest_from(at);
        let key = text.find('=').and_then(|sign| text.get(..=sign));
        matches!((spec.kind, key), (ValueKind::Literal(word), Some(key)) if !starts_with(word, key))
    }

    fn is_right(&self, spec: &'static ValueSpec, at: usize, end: usize) -> bool {
        let token = self.reader.slice(TextRange::of(at, end));
        let parsed = parse(spec, token, Context::default());
        parsed.problems.is_empty() && parsed.rest.is_empty()
    }
}
