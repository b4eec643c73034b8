//! Texts with places to jump to: `max-smtp-out ${1:20}`.

use crate::catalog::{ArgumentKind, Directive, ReferenceKind, Section, ValueKind, ValueSpec};
use crate::value::{Context, Piece, parse};

/// Most words among which one is chosen.
const MOST_CHOICES: usize = 12;

/// A text with places to jump to, in the making.
#[derive(Debug, Default)]
pub(super) struct Snippet {
    text: String,
    stops: u32,
}

impl Snippet {
    pub(super) fn literal(&mut self, text: &str) {
        for sign in text.chars() {
            if matches!(sign, '$' | '}' | '\\') {
                self.text.push('\\');
            }
            self.text.push(sign);
        }
    }

    /// A place with a text that is typed over.
    pub(super) fn placeholder(&mut self, text: &str) {
        self.stops = self.stops.saturating_add(1);
        self.text.push_str(&format!("${{{}:", self.stops));
        self.literal(text);
        self.text.push('}');
    }

    /// A place at which one of some words is chosen.
    fn choice<'a>(&mut self, words: impl Iterator<Item = &'a str>) {
        self.stops = self.stops.saturating_add(1);
        let words: Vec<String> = words
            .take(MOST_CHOICES)
            .map(|word| {
                let escape = |sign: char| matches!(sign, '$' | '}' | '\\' | ',' | '|');
                let escaped = |sign: char| {
                    let slash = escape(sign).then_some('\\');
                    slash.into_iter().chain(std::iter::once(sign))
                };
                word.chars().flat_map(escaped).collect()
            })
            .collect();
        self.text
            .push_str(&format!("${{{}|{}|}}", self.stops, words.join(",")));
    }

    /// Where the cursor is in the end.
    pub(super) fn end(&mut self) {
        self.text.push_str("$0");
    }

    pub(super) fn finish(self) -> String {
        self.text
    }

    /// A value like that of the example, each piece of it a place.
    fn value(&mut self, spec: &'static ValueSpec, example: &str) {
        if let Some(words) = words_of(spec) {
            return self.choice(words.into_iter());
        }
        let example = match list_separator(spec) {
            Some(separator) => example
                .split(separator)
                .next()
                .unwrap_or_default()
                .trim_end(),
            None => example,
        };
        let parsed = parse(spec, example, Context::default());
        let mut at: usize = 0;
        for piece in &parsed.pieces {
            let range = piece.range.as_usize();
            if range.start < at {
                continue;
            }
            self.literal(example.get(at..range.start).unwrap_or_default());
            at = range.end;
            self.piece(piece, example.get(range).unwrap_or_default());
        }
        self.literal(example.get(at..).unwrap_or_default());
    }

    fn piece(&mut self, piece: &Piece, written: &str) {
        let is_sign = !written.contains(|sign: char| sign.is_alphanumeric());
        match (words_of(piece.spec), piece.spec.kind) {
            (_, ValueKind::Literal(_)) if is_sign => self.literal(written),
            (Some(words), _) => {
                let others = words.into_iter().filter(|word| *word != written);
                self.choice(std::iter::once(written).chain(others));
            }
            (None, ValueKind::Regex) => self.placeholder("pattern"),
            (None, ValueKind::Ref(kind)) if placeholder_of(kind).is_some() => {
                self.placeholder(placeholder_of(kind).unwrap_or_default());
            }
            _ if piece.spec.secret => self.placeholder(piece.name.unwrap_or("secret")),
            _ if is_sign && !matches!(piece.spec.kind, ValueKind::RecordField) => {
                self.literal(written)
            }
            _ => self.placeholder(written),
        }
    }
}

/// The words among which one is chosen, if nothing else may stand there.
fn words_of(spec: &'static ValueSpec) -> Option<Vec<&'static str>> {
    match spec.kind {
        ValueKind::Bool => Some(vec!["yes", "no"]),
        ValueKind::Enum if spec.words.len() > 1 => {
            Some(spec.words.iter().map(|word| word.text).collect())
        }
        _ => None,
    }
}

/// What separates the items, where the value is or ends in a list: one item is enough to begin with.
fn list_separator(spec: &'static ValueSpec) -> Option<char> {
    match spec.kind {
        ValueKind::List { separator, .. } => Some(separator),
        ValueKind::Composite(parts) => list_separator(&parts.last()?.value),
        ValueKind::AnyOf(alternatives) => alternatives.iter().find_map(list_separator),
        _ => None,
    }
}

/// What stands for a name that is defined elsewhere.
fn placeholder_of(kind: ReferenceKind) -> Option<&'static str> {
    Some(match kind {
        ReferenceKind::VirtualMta | ReferenceKind::VirtualMtaOrPool => "vmta",
        ReferenceKind::Source => "source",
        ReferenceKind::PatternList
        | ReferenceKind::SmtpPatternList
        | ReferenceKind::AddressList
        | ReferenceKind::RewriteList
        | ReferenceKind::DomainKeyList => "list",
        ReferenceKind::SmtpUser => "user",
        ReferenceKind::BounceCategory => "category",
        ReferenceKind::Proxy => "proxy",
        ReferenceKind::SignalsFilter => "filter",
        ReferenceKind::SourceGroup => "group",
        ReferenceKind::DomainMacro => "macro",
        ReferenceKind::Queue | ReferenceKind::File | ReferenceKind::Directory => return None,
    })
}

/// A directive with its value. None where it has nothing to jump to.
pub(super) fn directive(entry: &'static Directive) -> Option<String> {
    let line = entry
        .example
        .lines()
        .map(str::trim)
        .find(|line| !line.is_empty())?;
    let mut snippet = Snippet::default();
    if entry.name == "/REGEX/" {
        snippet.literal("/");
        snippet.placeholder("pattern");
        snippet.literal("/ ");
        let value = line.rsplit([' ', '\t']).next().unwrap_or_default();
        snippet.value(&entry.value, value);
        return Some(snippet.finish());
    }
    let value = line.strip_prefix(entry.name)?;
    if !value.starts_with([' ', '\t']) {
        return None;
    }
    snippet.literal(entry.name);
    snippet.literal(" ");
    snippet.value(&entry.value, value.trim());
    Some(snippet.finish())
}

/// A section with its end.
pub(super) fn section(section: &Section, has_argument: bool) -> String {
    let mut snippet = Snippet::default();
    snippet.literal("<");
    snippet.literal(section.name);
    if has_argument {
        snippet.literal(" ");
        snippet.placeholder(&argument(section));
    }
    snippet.literal(">\n\t");
    snippet.end();
    snippet.literal(&format!("\n</{}>", section.name));
    snippet.finish()
}

/// The argument of the tag in the example.
fn argument(section: &Section) -> String {
    if section.argument == Some(ArgumentKind::Name) {
        return "name".to_owned();
    }
    let tags = section.example.lines().map(str::trim);
    let argument = tags
        .filter_map(|line| {
            line.strip_prefix('<')?
                .strip_prefix(section.name)?
                .strip_suffix('>')
        })
        .map(str::trim)
        .find(|argument| !argument.is_empty());
    argument.unwrap_or("argument").to_owned()
}
