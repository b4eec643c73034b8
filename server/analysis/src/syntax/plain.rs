//! Reads runs of plain lines without a syntax tree.
//!
//! Nearly all lines of nearly all files are written in one way: `name value`, `/pattern/ value`,
//! `<tag argument>`, `</tag>` or `# comment`, each on a line of its own. Such lines give the same views
//! as their syntax tree would, at a small part of its cost. Whatever is not surely plain is left to the
//! grammar, and so is everything else in its run. Tests hold the two readings against each other.

use smallvec::SmallVec;

use super::read::{begins_blank, has_open_xml_comment, looks_ahead, name_form};
use super::{
    CommentForm, Directive, DirectiveForm, Entry, EntryKind, ItemView, Section, SectionEnd,
    SectionForm, Tag, flattened, normalise,
};
use crate::catalog::{self, Place};
use crate::text::TextRange;

/// What was read of a text that begins with plain lines.
pub(crate) struct PlainLines {
    /// The items, which tile the text up to the first line that is not plain, or to a border before it at
    /// which it is known how they read.
    pub(crate) items: Vec<PlainItem>,
    /// Whether all of the text reads the same whatever follows.
    pub(crate) is_settled: bool,
    /// One past the first line that is not plain; none: all are.
    pub(crate) odd_line_end: Option<usize>,
}

/// An item of plain lines.
pub(crate) struct PlainItem {
    pub(crate) range: TextRange,
    pub(crate) view: ItemView,
    /// Whether the text up to its end reads the same whatever follows.
    pub(crate) is_settled: bool,
}

/// Where an XML comment last seems to begin in a text.
pub(crate) fn last_xml_comment(text: &str) -> Option<usize> {
    // To look from the front is much quicker, and hardly any text has one.
    let first = memchr::memmem::find(text.as_bytes(), b"!--")?;
    text.rfind("!--").or(Some(first))
}

/// Reads the plain lines that a text begins with, in which XML comments may seem to begin or not.
pub(crate) fn read(text: &str, may_hold_xml_comment: bool) -> PlainLines {
    let mut reader = Reader {
        text,
        may_hold_xml_comment,
        line: 0,
        line_start: 0,
        items: Vec::new(),
        item_start: 0,
        entries: Vec::new(),
        open: SmallVec::new(),
        last: None,
    };
    let mut start: usize = 0;
    let line_feeds = memchr::memchr_iter(b'\n', text.as_bytes());
    for end in line_feeds.chain(std::iter::once(text.len())) {
        let complete = reader.complete_entries();
        if reader.read_line(start, end).is_none() {
            // Blank lines belong to the item before them.
            let line = text.get(start..end).unwrap_or_default();
            let complete = complete.filter(|_| !begins_blank(line));
            return reader.stop(complete, start, end.saturating_add(1).min(text.len()));
        }
        start = end.saturating_add(1);
    }
    reader.finish()
}

/// Words that make a line more than a directive, beside those that look ahead.
const BLOCK_WORDS: [&str; 3] = ["listener", "smtp-service", "end"];

/// Whether the line defines a macro, whose list may go on in the next line wherever it stands. Other
/// words look ahead at the top level alone.
fn is_macro(name: &str) -> bool {
    normalise(name) == "domain-macro"
}

struct Reader<'a> {
    text: &'a str,
    may_hold_xml_comment: bool,
    /// Number and start of the line that is read.
    line: u32,
    line_start: u32,
    /// The items that are read.
    items: Vec<PlainItem>,
    /// Where the item begins that is read, and its entries.
    item_start: u32,
    entries: Vec<Entry>,
    /// The sections that are open.
    open: SmallVec<[Open<'a>; 4]>,
    /// The last construct of the top level.
    last: Option<Last>,
}

/// An open section.
struct Open<'a> {
    index: u32,
    name: &'a str,
    place: Option<Place>,
}

/// The last construct of the top level.
struct Last {
    /// The line it ends on.
    line: u32,
    is_comment: bool,
    /// Whether a comment in the next line belongs to the same item.
    takes_comments: bool,
}

impl<'a> Reader<'a> {
    /// Reads the line between two bytes. None: it is not plain.
    fn read_line(&mut self, start: usize, end: usize) -> Option<()> {
        let bytes = self.text.as_bytes().get(start..end)?;
        let bytes = bytes.strip_suffix(b"\r").unwrap_or(bytes);
        self.line = self.line.saturating_add(1);
        let at = TextRange::of(start, start.saturating_add(bytes.len()));
        self.line_start = at.start;
        let Some(indent) = bytes.iter().position(|byte| !is_blank(*byte)) else {
            return Some(());
        };
        let code = bytes.get(indent..)?;
        let start = at.start.saturating_add(TextRange::of(0, indent).end);
        match code.first()? {
            b'#' => self.read_comment(TextRange::new(start, at.end), code),
            b'<' => self.read_tag(start, code),
            b'/' => self.read_rule(start, code),
            b'*' | b'_' | b'$' | b'-' => self.read_directive(start, code),
            first if first.is_ascii_alphanumeric() => self.read_directive(start, code),
            _ => None,
        }
    }

    fn read_comment(&mut self, range: TextRange, bytes: &[u8]) -> Option<()> {
        if memchr::memchr(b'\r', bytes).is_some() {
            return None;
        }
        self.begin(true);
        self.push(self.in_item(range), EntryKind::Comment(CommentForm::Hash));
        Some(())
    }

    /// What stands behind the last construct of a line: nothing or a comment. `start` is where `rest`
    /// begins.
    fn read_line_end(&mut self, start: u32, rest: &[u8]) -> Option<()> {
        let Some(blanks) = rest.iter().position(|byte| !is_blank(*byte)) else {
            return Some(());
        };
        let comment = rest.get(blanks..)?;
        if comment.first() != Some(&b'#') {
            return None;
        }
        let start = start.saturating_add(TextRange::of(0, blanks).end);
        let end = start.saturating_add(TextRange::of(0, comment.len()).end);
        self.read_comment(TextRange::new(start, end), comment)
    }

    fn read_tag(&mut self, start: u32, code: &'a [u8]) -> Option<()> {
        let close = memchr::memchr(b'>', code)?;
        let after = close.saturating_add(1);
        let range = TextRange::of(0, after).shifted(start);
        let inside = code.get(1..close)?;
        match inside.strip_prefix(b"/") {
            Some(name) => self.close_section(range, name)?,
            None => self.open_section(range, inside)?,
        }
        self.read_line_end(range.end, code.get(after..)?)
    }

    /// `inside` is what stands between the brackets.
    fn open_section(&mut self, range: TextRange, inside: &'a [u8]) -> Option<()> {
        let length = inside
            .iter()
            .position(|byte| !is_tag_name_byte(*byte))
            .unwrap_or(inside.len());
        let (name_bytes, behind) = inside.split_at_checked(length)?;
        if !name_bytes.first()?.is_ascii_alphabetic() {
            return None;
        }
        let is_plain = |byte: &u8| is_argument_byte(*byte);
        if !behind.iter().all(is_plain) || behind.first().is_some_and(|byte| !is_blank(*byte)) {
            return None;
        }
        let argument = trimmed(behind);
        if behind.get(argument.clone())?.last() == Some(&b'/') {
            return None;
        }
        let name_start = range.start.saturating_add(1);
        let name = TextRange::of(0, length).shifted(name_start);
        let argument = TextRange::of(argument.start, argument.end).shifted(name.end);
        let name_text = name.slice(self.text);
        let section = catalog::section(&normalise(name_text));
        if let Some(outer) = self.open.last() {
            let (outer, inner) = (outer.place?, section?);
            if inner.place == outer || !inner.nests_in.contains(&outer) {
                return None;
            }
        }
        self.begin(false);
        let index = self.push(
            self.in_item(range),
            EntryKind::Section(Section {
                form: SectionForm::Tag,
                open: Tag {
                    range: self.in_item(range),
                    name: self.in_item(name),
                    argument: (!argument.is_empty()).then(|| self.in_item(argument)),
                    attributes: Vec::new(),
                    is_closed: true,
                    is_entity: false,
                    argument_behind: false,
                },
                end: SectionEnd::Missing,
                last: 0,
            }),
        );
        self.open.push(Open {
            index,
            name: name_text,
            place: section.map(|section| section.place),
        });
        Some(())
    }

    fn close_section(&mut self, range: TextRange, name: &[u8]) -> Option<()> {
        let open = self.open.last()?;
        if open.name.as_bytes() != name {
            return None;
        }
        let name_start = range.start.saturating_add(2);
        let name = TextRange::new(name_start, range.end.saturating_sub(1));
        let last = count(&self.entries);
        let (tag, name) = (self.in_item(range), self.in_item(name));
        let entry = self.entries.get_mut(open.index as usize)?;
        entry.range.end = tag.end;
        if let EntryKind::Section(section) = &mut entry.kind {
            section.end = SectionEnd::Closed(tag, name);
            section.last = last;
        }
        self.open.pop();
        if let (true, Some(last)) = (self.open.is_empty(), self.last.as_mut()) {
            last.line = self.line;
        }
        Some(())
    }

    fn read_directive(&mut self, start: u32, code: &'a [u8]) -> Option<()> {
        let length = code
            .iter()
            .position(|byte| is_blank(*byte) || *byte == b'#')
            .unwrap_or(code.len());
        let (name, behind) = code.split_at_checked(length)?;
        if !name.iter().all(|byte| is_name_byte(*byte)) {
            return None;
        }
        let range = TextRange::of(0, length).shifted(start);
        let name = range.slice(self.text);
        let looks_ahead = looks_ahead(name) && (self.open.is_empty() || is_macro(name));
        if looks_ahead || BLOCK_WORDS.contains(&&*normalise(name)) {
            return None;
        }
        self.read_value(range, behind, DirectiveForm::Plain)
    }

    fn read_rule(&mut self, start: u32, code: &'a [u8]) -> Option<()> {
        let mut is_escaped = false;
        let closing = code.iter().skip(1).position(|byte| {
            let is_end = *byte == b'/' && !is_escaped;
            is_escaped = *byte == b'\\' && !is_escaped;
            is_end
        })?;
        let (pattern, behind) = code.split_at_checked(closing.saturating_add(2))?;
        let is_plain = pattern
            .iter()
            .all(|byte| is_printable(*byte) && *byte != b'#');
        if !is_plain || behind.first().is_some_and(|byte| !is_blank(*byte)) {
            return None;
        }
        let range = TextRange::of(0, pattern.len()).shifted(start);
        self.read_value(range, behind, DirectiveForm::Pattern)
    }

    /// Reads what stands behind a name or pattern.
    fn read_value(&mut self, name: TextRange, behind: &'a [u8], form: DirectiveForm) -> Option<()> {
        let end = plain_value_end(behind)?;
        let (code, comment) = behind.split_at_checked(end)?;
        let value = trimmed(code);
        if matches!(code.get(value.clone())?.last(), Some(b'\\' | b';')) {
            return None;
        }
        let value = if value.is_empty() {
            TextRange::empty(name.end)
        } else {
            TextRange::of(value.start, value.end).shifted(name.end)
        };
        self.begin(false);
        let mut directive = Directive::new(self.in_item(name), self.in_item(value), form);
        directive.cut_by_comment = !comment.is_empty();
        self.push_directive(directive)?;
        if comment.is_empty() {
            return Some(());
        }
        let range = TextRange::of(end, behind.len()).shifted(name.end);
        self.read_comment(range, comment)
    }

    /// Adds the directive, taken apart where several stand on its line.
    fn push_directive(&mut self, mut directive: Directive) -> Option<()> {
        let text = self.text.get(self.item_start as usize..)?;
        if directive.form == DirectiveForm::Plain {
            let range = directive.range();
            if flattened::is_debris_line(range.slice(text)) {
                self.push(range, EntryKind::Debris);
                return Some(());
            }
            if has_special_form(text, &directive) {
                name_form(text, &mut directive);
            }
        }
        let tag = self.open.last().map_or("global", |open| open.name);
        for piece in flattened::split(text, directive, tag, false) {
            let (range, kind) = match piece {
                flattened::Piece::Directive(it) => (it.range(), EntryKind::Directive(it)),
                flattened::Piece::Debris(range) => (range, EntryKind::Debris),
            };
            self.push(range, kind);
        }
        Some(())
    }

    /// Begins a construct: at the top level with a new item, unless it belongs to the one before.
    fn begin(&mut self, is_comment: bool) {
        if !self.open.is_empty() {
            return;
        }
        let joins =
            self.last
                .as_ref()
                .is_some_and(|last| match self.line.saturating_sub(last.line) {
                    0 => true,
                    1 => last.takes_comments && is_comment,
                    _ => false,
                });
        let took_comments = self.last.as_ref().is_none_or(|last| last.takes_comments);
        if !joins && self.last.is_some() {
            self.finish_item(self.line_start, self.is_settled_before(self.line));
        }
        self.last = Some(Last {
            line: self.line,
            is_comment,
            takes_comments: is_comment && (!joins || took_comments),
        });
    }

    /// Whether the text before a line, in which no section is open, reads the same whatever follows.
    fn is_settled_before(&self, line: u32) -> bool {
        // A comment in the next line would belong to the same item.
        let is_apart = |last: &Last| !last.is_comment || line.saturating_sub(last.line) > 1;
        !self.may_hold_xml_comment && self.last.as_ref().is_none_or(is_apart)
    }

    /// The number of entries of the item that is read, if what stands before the next line reads the same
    /// whatever follows.
    fn complete_entries(&self) -> Option<usize> {
        let is_complete = self.open.is_empty() && self.last.is_some();
        (is_complete && self.is_settled_before(self.line.saturating_add(1)))
            .then_some(self.entries.len())
    }

    fn finish_item(&mut self, end: u32, is_settled: bool) {
        let entries = std::mem::take(&mut self.entries);
        self.items.push(PlainItem {
            range: TextRange::new(self.item_start, end),
            view: ItemView { entries },
            is_settled,
        });
        self.item_start = end;
    }

    /// Leaves out a line that is not plain and what may belong to it. `complete` is what was complete
    /// before the line.
    fn stop(mut self, complete: Option<usize>, line_start: usize, line_end: usize) -> PlainLines {
        let line_start = TextRange::of(0, line_start).end;
        // Part of the line may have been read.
        if let Some(complete) = complete.filter(|_| self.item_start < line_start) {
            self.entries.truncate(complete);
            self.finish_item(line_start, true);
        }
        self.stop_at_border(line_end)
    }

    fn stop_at_border(mut self, odd_line_end: usize) -> PlainLines {
        let settled = self.items.iter().rposition(|item| item.is_settled);
        let length = settled.map_or(0, |last| last.saturating_add(1));
        self.items.truncate(length);
        PlainLines {
            items: self.items,
            is_settled: false,
            odd_line_end: Some(odd_line_end),
        }
    }

    fn finish(mut self) -> PlainLines {
        let end = self.text.len();
        if !self.open.is_empty() {
            return self.stop_at_border(end);
        }
        let has_open_comment = self.may_hold_xml_comment && has_open_xml_comment(self.text);
        let is_apart = |last: &Last| !last.is_comment || self.line.saturating_sub(last.line) > 1;
        let is_settled = self.text.ends_with('\n')
            && !has_open_comment
            && self.last.as_ref().is_none_or(is_apart);
        if self.last.is_some() {
            self.finish_item(TextRange::of(0, end).end, is_settled);
        }
        PlainLines {
            items: self.items,
            is_settled,
            odd_line_end: None,
        }
    }

    /// A range of the run as one of the item.
    fn in_item(&self, range: TextRange) -> TextRange {
        TextRange::new(
            range.start.saturating_sub(self.item_start),
            range.end.saturating_sub(self.item_start),
        )
    }

    fn push(&mut self, range: TextRange, kind: EntryKind) -> u32 {
        let index = count(&self.entries);
        self.entries.push(Entry {
            range,
            parent: self.open.last().map(|open| open.index),
            kind,
        });
        index
    }
}

/// Whether a sign beside the name may make the line more than a name and a value.
fn has_special_form(text: &str, directive: &Directive) -> bool {
    directive.name.slice(text).contains([':', '/']) || directive.value.slice(text).starts_with(':')
}

fn count(entries: &[Entry]) -> u32 {
    u32::try_from(entries.len()).unwrap_or(u32::MAX)
}

/// Where the first and the last byte stand that are no blanks.
fn trimmed(bytes: &[u8]) -> std::ops::Range<usize> {
    let is_code = |byte: &u8| !is_blank(*byte);
    let start = bytes.iter().position(is_code).unwrap_or(bytes.len());
    let end = bytes.iter().rposition(is_code);
    start..end.map_or(start, |last| last.saturating_add(1))
}

/// Where what follows a name ends: at a comment or at the end of the line. None if it holds what may
/// be more than a value.
fn plain_value_end(bytes: &[u8]) -> Option<usize> {
    let mut before = b' ';
    let (mut quotes, mut has_backslash) = (0_usize, false);
    let mut comment = None;
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'#' => {
                comment = Some(at);
                break;
            }
            b'<' => return None,
            b'=' if is_blank(before) => return None,
            b'{' | b'}' if is_blank(before) && ends_word(bytes.get(at.saturating_add(1)..)) => {
                return None;
            }
            b'"' => quotes = quotes.saturating_add(1),
            b'\\' => has_backslash = true,
            byte if is_printable(*byte) || is_blank(*byte) => {}
            _ => return None,
        }
        before = *byte;
    }
    let is_quoted = quotes > 0;
    // What stands in quotes may hold `#`, and a backslash may hide a quote.
    if is_quoted && (comment.is_some() || has_backslash || !quotes.is_multiple_of(2)) {
        return None;
    }
    Some(comment.unwrap_or(bytes.len()))
}

/// Whether a word ends before these bytes.
fn ends_word(rest: Option<&[u8]>) -> bool {
    rest.and_then(<[u8]>::first)
        .is_none_or(|next| is_blank(*next) || *next == b'#')
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

fn is_printable(byte: u8) -> bool {
    (b' '..=b'~').contains(&byte)
}

fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_graphic() && !matches!(byte, b'"' | b'<' | b'=' | b';' | b'\\')
}

fn is_tag_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-'
}

fn is_argument_byte(byte: u8) -> bool {
    (is_printable(byte) || is_blank(byte))
        && !matches!(byte, b'"' | b'<' | b'#' | b'=' | b'&' | b'\\')
}

#[cfg(test)]
pub(crate) mod tests;
