//! The tokens of one item.

use super::{Modifiers, Token, TokenKind};
use crate::catalog::{ReferenceKind, ValueKind, ValueSpec};
use crate::facts::Name;
use crate::meaning::{self, Judged, Location, Meaning};
use crate::names::{Names, is_built_in};
use crate::syntax::{Directive, DirectiveForm, EntryKind, ItemView, SectionEnd, Tag};
use crate::text::TextRange;
use crate::value::{self, Context, Piece};

/// The tokens of an item, relative to its start.
pub(crate) fn of_item(text: &str, view: &ItemView, top: Location) -> Vec<Token> {
    let judged = meaning::judge(text, view, top);
    let mut collector = Collector {
        text,
        tokens: Vec::with_capacity(view.entries.len().saturating_mul(3)),
        construct: 0,
    };
    for ((index, entry), judged) in view.indexed().zip(&judged) {
        collector.construct = collector.tokens.len();
        let mut names = Names::default();
        names.add(text, view, index, judged);
        collector.names(&names);
        match &entry.kind {
            EntryKind::Comment(_) => collector.add(entry.range, TokenKind::Comment),
            EntryKind::Section(section) => {
                collector.tag(&section.open, judged);
                if let SectionEnd::Closed(_, name) = section.end {
                    collector.add(name, TokenKind::Section);
                }
            }
            EntryKind::EmptyTag(tag) => collector.tag(tag, judged),
            EntryKind::StrayEnd(stray) => {
                if let Some(name) = stray.name {
                    collector.add(name, TokenKind::Section);
                }
            }
            EntryKind::Directive(directive) => collector.directive(directive, judged),
            EntryKind::TemplateMarker | EntryKind::Debris | EntryKind::Opaque => {}
        }
    }
    collector.finish()
}

struct Collector<'a> {
    text: &'a str,
    tokens: Vec<Token>,
    /// Index of the first token of the construct that is being read.
    construct: usize,
}

impl Collector<'_> {
    fn add(&mut self, range: TextRange, kind: TokenKind) {
        self.add_with(range, kind, Modifiers::default());
    }

    /// Adds a token, one for each line that it touches.
    fn add_with(&mut self, range: TextRange, kind: TokenKind, modifiers: Modifiers) {
        let mut start = range.start;
        for line in range.slice(self.text).split_inclusive(['\n', '\r']) {
            let length = line.trim_end_matches(['\n', '\r']).len();
            let end = start.saturating_add(TextRange::of(0, length).end);
            if start < end {
                self.tokens.push(Token {
                    range: TextRange::new(start, end),
                    kind,
                    modifiers,
                });
            }
            start = start.saturating_add(TextRange::of(0, line.len()).end);
        }
    }

    /// The tokens in order. Of those that overlap, the one that was added first remains.
    fn finish(mut self) -> Vec<Token> {
        self.tokens.sort_by_key(|token| token.range.start);
        let mut end = 0;
        self.tokens.retain(|token| {
            let is_free = token.range.start >= end;
            if is_free {
                end = token.range.end;
            }
            is_free
        });
        self.tokens
    }

    fn names(&mut self, names: &Names) {
        let defined = names.definitions.iter().map(|name| (name, true));
        let used = names.references.iter().map(|name| (name, false));
        for (name, definition) in defined.chain(used) {
            self.name(name, definition);
        }
    }

    fn name(&mut self, name: &Name, definition: bool) {
        let range = crate::names::touched(self.text, name);
        let written = name.range.slice(self.text);
        let is_pattern = name.kind == ReferenceKind::Queue && written.contains('$');
        if is_pattern {
            // Its macros are names of their own.
            return;
        }
        let kind = match name.kind {
            ReferenceKind::DomainMacro => TokenKind::Macro,
            ReferenceKind::Queue | ReferenceKind::File | ReferenceKind::Directory => {
                TokenKind::Text
            }
            _ => TokenKind::Name,
        };
        let modifiers = Modifiers {
            definition,
            built_in: is_built_in(name.kind, written),
            deprecated: false,
        };
        self.add_with(range, kind, modifiers);
    }

    fn tag(&mut self, tag: &Tag, judged: &Judged) {
        let deprecated = match judged.meaning {
            Meaning::Section(section) => section.deprecated.is_some(),
            _ => false,
        };
        let modifiers = Modifiers {
            deprecated,
            ..Modifiers::default()
        };
        self.add_with(tag.name, TokenKind::Section, modifiers);
        if let Some(argument) = tag.argument.filter(|_| tag.attributes.is_empty()) {
            self.around_names(argument);
        }
        for (name, value) in &tag.attributes {
            self.add(*name, TokenKind::Parameter);
            self.add(*value, TokenKind::Text);
        }
    }

    /// Text in which names may stand that have their tokens already.
    fn around_names(&mut self, range: TextRange) {
        let of_construct = self.tokens.get(self.construct..).unwrap_or_default();
        let mut inside: Vec<TextRange> = of_construct
            .iter()
            .map(|token| token.range)
            .filter(|token| range.contains_range(*token))
            .collect();
        inside.sort_unstable();
        let mut start = range.start;
        for token in inside {
            self.add_text(TextRange::new(start, token.start));
            start = token.end;
        }
        self.add_text(TextRange::new(start, range.end));
    }

    /// Text, unless nothing but quotes.
    fn add_text(&mut self, range: TextRange) {
        let is_quotes = range
            .slice(self.text)
            .trim_matches(['"', ' ', '\t'])
            .is_empty();
        if !is_quotes {
            self.add(range, TokenKind::Text);
        }
    }

    fn directive(&mut self, directive: &Directive, judged: &Judged) {
        let entry = match judged.meaning {
            Meaning::Directive(entry) => Some(entry),
            Meaning::SomewhereValid(entries) | Meaning::Misplaced(entries) => entries.first(),
            _ => None,
        };
        let kind = match directive.form {
            DirectiveForm::Pattern => TokenKind::Regex,
            _ => TokenKind::Directive,
        };
        let modifiers = Modifiers {
            deprecated: entry.is_some_and(|entry| entry.deprecated.is_some()),
            ..Modifiers::default()
        };
        self.add_with(directive.name, kind, modifiers);
        match directive.form {
            DirectiveForm::Assignment(sign) | DirectiveForm::Colon(sign) => {
                self.add(sign, TokenKind::Operator);
            }
            _ => {}
        }
        if let Some(entry) = entry {
            self.value(&entry.value, directive);
        }
    }

    fn value(&mut self, spec: &'static ValueSpec, directive: &Directive) {
        let text = directive.value.slice(self.text);
        let context = Context {
            cut_by_comment: directive.cut_by_comment,
        };
        let parsed = value::parse(spec, text, context);
        for piece in &parsed.pieces {
            self.piece(piece, text, directive.value.start);
        }
    }

    fn piece(&mut self, piece: &Piece, text: &str, by: u32) {
        let written = piece.range.slice(text);
        let outer = piece.outer.shifted(by);
        let range = piece.range.shifted(by);
        self.prefix(piece, by);
        let is_word = piece.spec.words.iter().any(|word| word.text == written);
        let kind = if is_word {
            TokenKind::Word
        } else {
            match kind_of(piece.spec) {
                Some(kind) => kind,
                None => return,
            }
        };
        let whole = match kind {
            TokenKind::Text | TokenKind::Regex => TextRange::new(
                if piece.spec.prefix.is_some() {
                    range.start
                } else {
                    outer.start
                },
                outer.end,
            ),
            _ => range,
        };
        let has_macros = matches!(piece.spec.kind, ValueKind::MacroItem) || piece.spec.macros;
        if has_macros && written.contains('$') {
            self.around_names(whole);
        } else {
            self.add(whole, kind);
        }
    }

    /// `key=` before a piece.
    fn prefix(&mut self, piece: &Piece, by: u32) {
        let Some(prefix) = piece.spec.prefix else {
            return;
        };
        let start = piece.outer.start.saturating_add(by);
        let key = prefix.trim_end_matches('=');
        let end = start.saturating_add(TextRange::of(0, key.len()).end);
        self.add(TextRange::new(start, end), TokenKind::Parameter);
        if key.len() < prefix.len() {
            let sign = TextRange::new(end, end.saturating_add(1));
            self.add(sign, TokenKind::Operator);
        }
    }
}

/// What a piece of this shape is; none: nothing worth a colour of its own.
fn kind_of(spec: &ValueSpec) -> Option<TokenKind> {
    Some(match spec.kind {
        ValueKind::Bool | ValueKind::Enum | ValueKind::Category | ValueKind::RecordField => {
            TokenKind::Word
        }
        ValueKind::Literal(text) => {
            if text.starts_with(|first: char| first.is_alphanumeric()) {
                TokenKind::Word
            } else {
                TokenKind::Operator
            }
        }
        ValueKind::Int
        | ValueKind::Duration
        | ValueKind::Size
        | ValueKind::Rate
        | ValueKind::DataRate
        | ValueKind::DailyLimit
        | ValueKind::Ip
        | ValueKind::Cidr
        | ValueKind::Port => TokenKind::Number,
        ValueKind::Regex => TokenKind::Regex,
        ValueKind::MacroName => TokenKind::Macro,
        ValueKind::Ref(kind) => match kind {
            ReferenceKind::File | ReferenceKind::Directory | ReferenceKind::Queue => {
                TokenKind::Text
            }
            ReferenceKind::DomainMacro => TokenKind::Macro,
            _ => TokenKind::Name,
        },
        ValueKind::InlineSection(_)
        | ValueKind::List { .. }
        | ValueKind::Composite(_)
        | ValueKind::AnyOf(_) => return None,
        ValueKind::Word
        | ValueKind::String
        | ValueKind::HostName
        | ValueKind::DomainName
        | ValueKind::DomainPattern
        | ValueKind::Email
        | ValueKind::LocalPart
        | ValueKind::AddressGlob
        | ValueKind::HeaderName
        | ValueKind::Url
        | ValueKind::OpensslList
        | ValueKind::VaultPath
        | ValueKind::MacroItem
        | ValueKind::Program => TokenKind::Text,
    })
}
