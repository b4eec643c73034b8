//! Where a text holds passwords and keys, so that nobody shows them.

use std::collections::HashMap;

use crate::catalog::{self, ValueKind, ValueSpec};
use crate::document::Document;
use crate::meaning::{self, Judged, Location, Meaning};
use crate::syntax::{Directive, DirectiveForm, EntryKind, ItemView, Tag, normalise};
use crate::text::TextRange;
use crate::value;

/// Parts of names that say that the value is confidential, whoever invented the name.
const TELLING: [&str; 7] = [
    "password",
    "passwd",
    "passphrase",
    "secret",
    "api-key",
    "apikey",
    "token",
];

/// Invented names whose value holds a login, without a word in them that says so.
const LOGINS: [&str; 4] = ["auth pass", "auth-user", "outbound-auth", "smtp-auth"];

/// The secrets of a document, worked out where they are asked for.
#[derive(Debug)]
pub struct Secrets<'a> {
    document: &'a Document,
    run_starts: Vec<u32>,
    known: HashMap<u32, Vec<TextRange>>,
}

impl<'a> Secrets<'a> {
    /// The secrets of this document.
    #[must_use]
    pub fn new(document: &'a Document) -> Self {
        Self {
            document,
            run_starts: document.run_starts(),
            known: HashMap::new(),
        }
    }

    /// The ranges of the secrets that lie, wholly or in part, within a range, in order. All ranges are
    /// from the start of the file.
    pub fn within(&mut self, range: TextRange) -> Vec<TextRange> {
        let document = self.document;
        let mut secrets = Vec::new();
        for item in document.items_touching(range, &self.run_starts) {
            let of_item = self.known.entry(item.start).or_insert_with(|| {
                let Some((start, text, view)) = document.item_at(item.start as usize) else {
                    return Vec::new();
                };
                let start = TextRange::of(start, start).start;
                let place = document.places().first().copied();
                let found =
                    secrets_of_item(&text, &view, place.map_or(Location::Unknown, Location::In));
                found
                    .into_iter()
                    .map(|secret| secret.shifted(start))
                    .collect()
            });
            secrets.extend(
                of_item
                    .iter()
                    .filter(|it| it.start < range.end && range.start < it.end),
            );
        }
        secrets
    }
}

/// The secrets of one item, relative to its start, in order and apart from each other.
pub(crate) fn secrets_of_item(text: &str, view: &ItemView, top: Location) -> Vec<TextRange> {
    secrets_of_judged(text, view, &meaning::judge(text, view, top))
}

/// The secrets of one item whose constructs were judged already.
pub(crate) fn secrets_of_judged(text: &str, view: &ItemView, judged: &[Judged]) -> Vec<TextRange> {
    let mut secrets: Vec<TextRange> = Vec::new();
    for (entry, judged) in view.entries.iter().zip(judged) {
        match &entry.kind {
            EntryKind::Directive(directive) => of_directive(text, directive, judged, &mut secrets),
            EntryKind::Section(section) => of_tag(text, &section.open, &mut secrets),
            EntryKind::EmptyTag(tag) => of_tag(text, tag, &mut secrets),
            EntryKind::Comment(_)
            | EntryKind::Opaque
            | EntryKind::Debris
            | EntryKind::TemplateMarker => {
                of_prose(text, entry.range, &mut secrets);
            }
            EntryKind::StrayEnd(_) => {}
        }
    }
    secrets.retain(|secret| !secret.is_empty());
    secrets.sort_unstable();
    let mut apart: Vec<TextRange> = Vec::with_capacity(secrets.len());
    for secret in secrets {
        match apart.last_mut() {
            Some(last) if secret.start <= last.end => *last = last.cover(secret),
            _ => apart.push(secret),
        }
    }
    apart
}

/// What is shown in place of a secret, whatever its length.
pub const MASK: &str = "••••";

/// The value of a directive as it may be shown: without the secrets in it.
pub(crate) fn shown(entry: &'static catalog::Directive, value: &str) -> String {
    let directive = Directive {
        name: TextRange::empty(0),
        value: TextRange::of(0, value.len()),
        form: DirectiveForm::Plain,
        cut_by_comment: false,
        statement_end: None,
        continued_at: Vec::new(),
        inline_section: None,
    };
    let judged = Judged {
        location: Location::In(entry.place),
        meaning: Meaning::Directive(entry),
        inside: Location::Unknown,
    };
    let mut secrets = Vec::new();
    of_directive(value, &directive, &judged, &mut secrets);
    let mut shown = String::with_capacity(value.len());
    let mut end = 0;
    secrets.sort_unstable();
    for secret in secrets.iter().filter(|secret| !secret.is_empty()) {
        if secret.start >= end {
            shown.push_str(TextRange::new(end, secret.start).slice(value));
            shown.push_str(MASK);
        }
        end = end.max(secret.end);
    }
    shown.push_str(TextRange::of(end as usize, value.len()).slice(value));
    shown
}

fn of_directive(text: &str, directive: &Directive, judged: &Judged, secrets: &mut Vec<TextRange>) {
    let entries = match judged.meaning {
        Meaning::Directive(entry) => std::slice::from_ref(entry),
        Meaning::SomewhereValid(entries) | Meaning::Misplaced(entries) => entries,
        _ => {
            let name = meaning::catalog_name(text, directive);
            if is_telling(&name) || resembles_secret(&name) {
                secrets.push(directive.value);
            } else {
                of_prose(text, directive.name.cover(directive.value), secrets);
            }
            return;
        }
    };
    // On a line with several directives, one may stand in the value of another.
    of_prose(text, directive.value, secrets);
    for entry in entries.iter().filter(|entry| holds_secret(&entry.value)) {
        let value = directive.value;
        if entry.value.secret {
            secrets.push(value);
            continue;
        }
        let context = value::Context {
            cut_by_comment: directive.cut_by_comment,
        };
        let parsed = value::parse(&entry.value, value.slice(text), context);
        let secret = parsed.pieces.iter().find(|piece| piece.spec.secret);
        let is_doubtful = !parsed.problems.is_empty() || !parsed.rest.is_empty();
        let end = value.end;
        match (secret, parsed.pieces.first()) {
            // What stands behind a secret may well be the rest of it.
            (Some(piece), _) if is_doubtful => {
                secrets.push(TextRange::new(
                    value.start.saturating_add(piece.outer.start),
                    end,
                ));
            }
            (Some(piece), _) => secrets.push(piece.range.shifted(value.start)),
            (None, Some(first)) if is_doubtful => {
                secrets.push(TextRange::new(
                    value.start.saturating_add(first.outer.end),
                    end,
                ));
            }
            (None, None) if is_doubtful => secrets.push(value),
            (None, _) => {}
        }
    }
}

/// Attributes that the web puts into tags: `<user name="x" password="y">`.
fn of_tag(text: &str, tag: &Tag, secrets: &mut Vec<TextRange>) {
    let telling = tag
        .attributes
        .iter()
        .filter(|(name, _)| is_telling(&normalise(name.slice(text))));
    secrets.extend(telling.map(|(_, value)| *value));
}

/// Text that is no directive may still have been one: `# password hunter2`.
fn of_prose(text: &str, range: TextRange, secrets: &mut Vec<TextRange>) {
    let mut start = range.start;
    for line in range.slice(text).split_inclusive(['\n', '\r']) {
        let mut at = start;
        for word in line.split_inclusive(|sign: char| {
            sign.is_whitespace() || matches!(sign, '=' | ':' | '<' | '>')
        }) {
            at = at.saturating_add(TextRange::of(0, word.len()).end);
            let word = word.trim_matches(|sign: char| !sign.is_alphanumeric());
            let is_name = word
                .chars()
                .all(|sign| sign.is_alphanumeric() || matches!(sign, '-' | '_'));
            if is_name && is_telling(word) {
                let end = start.saturating_add(TextRange::of(0, line.trim_end().len()).end);
                secrets.push(TextRange::new(at, end));
                break;
            }
        }
        start = start.saturating_add(TextRange::of(0, line.len()).end);
    }
}

/// Whether a name says that its value is confidential.
fn is_telling(name: &str) -> bool {
    let name = name.to_ascii_lowercase().replace('_', "-");
    TELLING.iter().any(|part| name.contains(part)) || LOGINS.contains(&name.as_str())
}

/// Whether a name looks like a misspelt one whose value is confidential.
fn resembles_secret(name: &str) -> bool {
    const FARTHEST: usize = 2;
    let name = name.to_ascii_lowercase();
    let mut secret_ones = catalog::DIRECTIVES
        .iter()
        .filter(|entry| entry.value.secret);
    let near = |known: &str| {
        known.len().abs_diff(name.len()) <= FARTHEST
            && strsim::damerau_levenshtein(known, &name) <= FARTHEST
    };
    secret_ones.any(|entry| near(entry.name))
}

pub(crate) fn holds_secret(spec: &ValueSpec) -> bool {
    spec.secret
        || match spec.kind {
            ValueKind::List { item, .. } => holds_secret(item),
            ValueKind::Composite(parts) => parts.iter().any(|part| holds_secret(&part.value)),
            ValueKind::AnyOf(alternatives) => alternatives.iter().any(holds_secret),
            _ => false,
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text with its secrets replaced.
    fn masked(text: &str) -> String {
        let document = Document::new(text);
        let secrets = Secrets::new(&document).within(TextRange::of(0, text.len()));
        let mut masked = text.to_owned();
        for secret in secrets.iter().rev() {
            masked.replace_range(secret.as_usize(), "••••");
        }
        masked
    }

    #[test]
    fn secrets_are_found_wherever_they_stand() {
        for (text, expected) in [
            (
                "<smtp-user a>\n    password hunter2 # ours\n</smtp-user>\n",
                "    password •••• # ours",
            ),
            ("http-api-key \"a b c\"\n", "http-api-key ••••"),
            (
                "smtp-server-tls-certificate /etc/x.pem hunter2\n",
                "smtp-server-tls-certificate /etc/x.pem ••••",
            ),
            (
                "smtp-server-tls-certificate /etc/x.pem\n",
                "smtp-server-tls-certificate /etc/x.pem",
            ),
            (
                "smtp-server-tls-certificate /etc/x.pem hunter2 more\n",
                "smtp-server-tls-certificate /etc/x.pem ••••",
            ),
            ("pasword hunter2\n", "pasword ••••"),
            ("smtp_password = hunter2\n", "smtp_password = ••••"),
            ("auth-user one hunter2\n", "auth-user ••••"),
            ("outbound-auth one:hunter2\n", "outbound-auth ••••"),
            ("auth pass = hunter2\n", "auth pass = ••••"),
            (
                "nonsense user password hunter2\n",
                "nonsense user password ••••",
            ),
            ("# password hunter2\n", "# password ••••"),
            ("# the password\n", "# the password"),
            (
                "<domain a>\n  password hunter2\n</domain>\n",
                "  password ••••",
            ),
            (
                "<user name=\"a\" password=\"hunter2\">\n</user>\n",
                "<user name=\"a\" password=\"••••\">",
            ),
            ("max-smtp-out 10\n", "max-smtp-out 10"),
        ] {
            let masked = masked(text);
            assert!(masked.contains(expected), "{masked}");
            assert!(!masked.contains("hunter2"), "{masked}");
        }
    }

    #[test]
    fn each_directive_of_the_catalog_keeps_its_secret() {
        let mut secret_ones = 0;
        for directive in catalog::DIRECTIVES
            .iter()
            .filter(|directive| directive.value.secret)
        {
            secret_ones += 1;
            let (before, after) = match directive.place.section() {
                Some(section) => (
                    format!("<{} a>\n", section.name),
                    format!("</{}>\n", section.name),
                ),
                None => (String::new(), String::new()),
            };
            let text = format!("{before}{} hunter2\n{after}", directive.name);
            assert!(!masked(&text).contains("hunter2"), "{text}");
        }
        assert!(secret_ones >= 5, "{secret_ones}");
    }
}
