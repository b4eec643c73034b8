//! The outline of a file: its sections, the rules of its lists, and the lines that define something.

use std::cell::OnceCell;
use std::ops::Range;

use super::{Symbol, SymbolKind};
use crate::catalog::BodyKind;
use crate::document::Document;
use crate::meaning::{self, Judged, Location, Meaning, catalog_name};
use crate::secrets::secrets_of_judged;
use crate::syntax::{Directive, Entry, EntryKind, ItemView, Section};
use crate::text::TextRange;
use crate::workspace::{FileId, Workspace};

/// Most characters of a name or detail.
const MOST_CHARACTERS: usize = 80;

/// The outline of a file, in order of position.
#[must_use]
pub fn document_symbols(workspace: &Workspace, file: FileId) -> Vec<Symbol> {
    workspace
        .document(file)
        .map(of_document)
        .unwrap_or_default()
}

fn of_document(document: &Document) -> Vec<Symbol> {
    let top = document.places().first().copied();
    let top = top.map_or(Location::Unknown, Location::In);
    let mut symbols = Vec::new();
    let all = TextRange::of(0, document.rope().len_bytes());
    document.for_each_view(all, |start, text, view| {
        if view.entries.iter().all(|entry| is_never_shown(&entry.kind)) {
            return;
        }
        let judged = meaning::judge(text, view, top);
        let outline = Outline {
            text,
            view,
            judged: &judged,
            secrets: OnceCell::new(),
            start,
        };
        outline.add(None, &mut symbols);
    });
    symbols
}

fn is_never_shown(kind: &EntryKind) -> bool {
    !matches!(kind, EntryKind::Section(_) | EntryKind::Directive(_))
}

/// The outline of one item.
struct Outline<'a> {
    text: &'a str,
    view: &'a ItemView,
    judged: &'a [Judged],
    secrets: OnceCell<Vec<TextRange>>,
    start: u32,
}

impl Outline<'_> {
    /// Adds what stands directly inside a section, or at the top of the item.
    fn add(&self, parent: Option<u32>, symbols: &mut Vec<Symbol>) {
        for (index, entry) in self.view.children(parent) {
            let Some(judged) = self.judged.get(index as usize) else {
                continue;
            };
            match &entry.kind {
                EntryKind::Section(section) => {
                    let mut symbol = self.section(entry, section, judged);
                    self.add(Some(index), &mut symbol.children);
                    symbols.push(symbol);
                }
                EntryKind::Directive(directive) => {
                    symbols.extend(self.directive(entry, directive, judged));
                }
                _ => {}
            }
        }
    }

    fn section(&self, entry: &Entry, section: &Section, judged: &Judged) -> Symbol {
        let tag = section.open.name.slice(self.text);
        let kind = match judged.meaning {
            Meaning::Section(found) => match found.defines.first() {
                Some(kind) => SymbolKind::of_name(*kind),
                None => SymbolKind::of_section(found.place),
            },
            Meaning::FolkloreSection(found) => found
                .defines
                .map_or(SymbolKind::Section, SymbolKind::of_name),
            _ => SymbolKind::Section,
        };
        let name = section.open.name_range(self.text);
        let name = name.filter(|name| !name.is_empty());
        let (shown, detail) = match name {
            Some(name) => (self.shown(name), shortened(tag)),
            None => (shortened(tag), String::new()),
        };
        self.symbol(
            entry,
            name.unwrap_or(section.open.name),
            shown,
            detail,
            kind,
        )
    }

    fn directive(&self, entry: &Entry, directive: &Directive, judged: &Judged) -> Option<Symbol> {
        let in_rules = judged
            .location
            .place()
            .and_then(|place| place.section())
            .is_some_and(|section| section.body == BodyKind::Rules);
        if in_rules {
            return self.rule(entry, directive);
        }
        let Meaning::Directive(found) = judged.meaning else {
            return None;
        };
        let value = directive.value;
        if found.name == "include" {
            let shown = self.shown(value);
            return (!value.is_empty()).then(|| {
                self.symbol(
                    entry,
                    value,
                    shown,
                    "include".to_owned(),
                    SymbolKind::Include,
                )
            });
        }
        let kind = SymbolKind::of_name(found.defines?);
        let (name, rest) = first_word(self.text, value);
        if name.is_empty() {
            return None;
        }
        Some(self.symbol(entry, name, self.shown(name), self.shown(rest), kind))
    }

    /// A rule: what it looks at, and what comes of it.
    fn rule(&self, entry: &Entry, directive: &Directive) -> Option<Symbol> {
        let value = directive.value.slice(self.text);
        let is_pattern = catalog_name(self.text, directive) == "/REGEX/";
        let pattern = if is_pattern { None } else { pattern_in(value) };
        let looked_at = match pattern {
            Some(pattern) => TextRange::of(0, pattern.end).shifted(directive.value.start),
            None => TextRange::empty(directive.name.end),
        };
        let looked_at = directive.name.cover(looked_at);
        let result = TextRange::new(
            looked_at.end.max(directive.value.start),
            directive.value.end,
        );
        let shown = self.shown(looked_at);
        if shown.is_empty() {
            return None;
        }
        let detail = self.shown(result);
        Some(self.symbol(entry, looked_at, shown, detail, SymbolKind::Rule))
    }

    fn symbol(
        &self,
        entry: &Entry,
        name: TextRange,
        shown: String,
        detail: String,
        kind: SymbolKind,
    ) -> Symbol {
        Symbol {
            name: shown,
            detail,
            kind,
            range: entry.range.cover(name).shifted(self.start),
            name_range: name.shifted(self.start),
            children: Vec::new(),
        }
    }

    /// The text of a range on one line, without secrets.
    fn shown(&self, range: TextRange) -> String {
        let text = range.slice(self.text);
        let secrets = self
            .secrets
            .get_or_init(|| secrets_of_judged(self.text, self.view, self.judged));
        let mut shown = text.to_owned();
        for secret in secrets.iter().rev() {
            if secret.start < range.end && range.start < secret.end {
                let within = |byte: u32| {
                    byte.clamp(range.start, range.end)
                        .saturating_sub(range.start)
                };
                let secret = TextRange::new(within(secret.start), within(secret.end));
                if shown.get(secret.as_usize()).is_some() {
                    shown.replace_range(secret.as_usize(), "••••");
                }
            }
        }
        shortened(&shown)
    }
}

/// Where the first pattern between slashes stands in a value.
fn pattern_in(value: &str) -> Option<Range<usize>> {
    let start = value.find('/')?;
    let mut is_escaped = false;
    for (at, sign) in value.char_indices().filter(|(at, _)| *at > start) {
        match sign {
            '\\' => is_escaped = !is_escaped,
            '/' if !is_escaped => return Some(start..at.saturating_add(1)),
            _ => is_escaped = false,
        }
    }
    None
}

/// The first word of a value, and what follows.
fn first_word(text: &str, value: TextRange) -> (TextRange, TextRange) {
    let inside = value.slice(text);
    let length = inside.find([' ', '\t', '\n', '\r']).unwrap_or(inside.len());
    let rest = inside.get(length..).unwrap_or_default();
    let blanks = rest.len().saturating_sub(rest.trim_start().len());
    let rest = TextRange::of(length.saturating_add(blanks), inside.len());
    (
        TextRange::of(0, length).shifted(value.start),
        rest.shifted(value.start),
    )
}

/// A text on one line that is not too long.
fn shortened(text: &str) -> String {
    let mut words = text.split_whitespace();
    let mut shown = words.next().unwrap_or_default().to_owned();
    for word in words {
        if shown.len() > MOST_CHARACTERS.saturating_mul(4) {
            break;
        }
        shown.push(' ');
        shown.push_str(word);
    }
    match shown.char_indices().nth(MOST_CHARACTERS) {
        Some((at, _)) => {
            shown.truncate(at);
            shown.push('…');
            shown
        }
        None => shown,
    }
}
