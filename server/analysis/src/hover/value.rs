//! What a value means.

use super::Site;
use super::directive::holds_secret;
use super::page::{Page, quoted};
use super::wording;
use crate::catalog::{
    self, ArgumentKind, Directive, RECORD_FIELDS, RECORD_TYPES, RecordField, Section, ValueKind,
    ValueSpec,
};
use crate::diagnostics::folklore_value;
use crate::meaning::Meaning;
use crate::names;
use crate::secrets::secrets_of_item;
use crate::text::TextRange;
use crate::value::{self, Context, Piece};

/// A value that is longer is not repeated.
const LONGEST_SHOWN: usize = 60;

/// What is said in place of a secret.
const SECRET: &str = "A secret, which is shown nowhere.";

static CIDR: ValueSpec = ValueSpec::of(ValueKind::Cidr);
static DOMAIN_PATTERN: ValueSpec = ValueSpec {
    macros: true,
    ..ValueSpec::of(ValueKind::DomainPattern)
};

/// Help for the piece of a directive's value under the cursor, with the piece's range. If `name` is
/// given, the piece is a name that was explained already.
pub(super) fn value(site: &Site<'_>, name: Option<TextRange>) -> Option<(TextRange, Page)> {
    let cursor = site.cursor;
    let directive = cursor.directive()?;
    let judged = cursor.judged()?;
    let entries = match judged.meaning {
        Meaning::Directive(entry) => std::slice::from_ref(entry),
        Meaning::SomewhereValid(entries) | Meaning::Misplaced(entries) => entries,
        _ => return None,
    };
    let entry = entries.first()?;
    let text = directive.value.slice(&cursor.text);
    let is_secret = entries.iter().any(|entry| entry.value.secret);
    let at = cursor.offset.saturating_sub(directive.value.start);
    let mut page = Page::default();
    if let Some(taught) = folklore_value::taught_in(entry.name, text, judged.location.place()) {
        page.paragraph(wording::sentence(taught.explanation));
        page.paragraph("Write:");
        page.code(taught.genuine);
        context(entry, None, &mut page);
        return Some((directive.value, page));
    }
    let parsed = value::parse(
        &entry.value,
        text,
        Context {
            cut_by_comment: directive.cut_by_comment,
        },
    );
    let Some(piece) = piece_at(&parsed.pieces, at) else {
        if is_secret {
            page.paragraph(SECRET);
            context(entry, None, &mut page);
            return Some((directive.value, page));
        }
        let problem = parsed
            .problems
            .first()
            .filter(|_| !holds_secret(&entry.value));
        page.paragraph(problem.map_or("", |problem| problem.message.as_str()));
        page.field("Expected", value::expected(&entry.value));
        context(entry, None, &mut page);
        return Some((directive.value, page));
    };
    let range = piece.outer.shifted(directive.value.start);
    let is_secret = is_secret
        || piece.spec.secret
        || secrets_of_item(&cursor.text, &cursor.view, cursor.top)
            .iter()
            .any(|secret| secret.start < range.end && range.start < secret.end);
    if is_secret {
        page.paragraph(SECRET);
    } else if name.is_none() {
        of_piece(entry, piece, text, &mut page);
    }
    context(entry, piece.name, &mut page);
    Some((range, page))
}

/// The piece under the cursor; where two meet, the one that begins there.
fn piece_at(pieces: &[Piece], at: u32) -> Option<&Piece> {
    let mut touching = pieces.iter().filter(|piece| piece.outer.touches(at));
    let first = touching.next()?;
    Some(if first.outer.end == at {
        touching.next().unwrap_or(first)
    } else {
        first
    })
}

/// What a piece says.
fn of_piece(entry: &Directive, piece: &Piece, text: &str, page: &mut Page) {
    let spec = piece.spec;
    let plain = value::unquote(piece.range.slice(text));
    let written = piece.outer.slice(text);
    let shown = quoted(&wording::shortened(written, LONGEST_SHOWN));
    if let ValueKind::RecordField = spec.kind {
        record_field(&plain, &shown, page);
        return;
    }
    let is_word = spec.words.iter().any(|word| word.text == plain);
    let means = match (spec.kind, value::describe(spec, &plain)) {
        (ValueKind::Bool, Some(state)) => Some(format!("{} is {state}", quoted(entry.name))),
        (ValueKind::Ref(kind), None) => names::meaning_of_built_in(kind, &plain).map(str::to_owned),
        (_, None) if is_word => switch(entry, &plain),
        (_, means) => means,
    };
    let says = [means.as_deref().unwrap_or_default(), spec.means];
    let says: Vec<&str> = says.into_iter().filter(|part| !part.is_empty()).collect();
    if says.is_empty() {
        page.field("Expected", value::expected(spec));
    } else {
        page.paragraph(format!("{shown}: {}", says.join("; ")));
    }
}

/// What a word for on or off means where other words are taken too.
fn switch(entry: &Directive, word: &str) -> Option<String> {
    let state = match word {
        "yes" | "true" => "on",
        "no" | "false" => "off",
        _ => return None,
    };
    Some(format!("{} is {state}", quoted(entry.name)))
}

/// A column of accounting files, with the records that have it.
fn record_field(written: &str, shown: &str, page: &mut Page) {
    let name = written.strip_prefix('!').unwrap_or(written);
    let is_removed = name.len() < written.len();
    if name == "*" {
        page.paragraph(format!("{shown}: all fields that are written by default"));
        return;
    }
    let field = catalog::record_field(name).or_else(|| family(name));
    let means = field.map_or("a field of accounting records", |field| field.means);
    page.paragraph(format!("{shown}: {means}"));
    if is_removed {
        page.paragraph("The `!` takes the field out of the records.");
    }
    if let Some(field) = field {
        let kinds = RECORD_TYPES
            .iter()
            .filter(|kind| kind.fields.contains(&field.name));
        let kinds: Vec<String> = kinds
            .map(|kind| format!("{} ({})", quoted(kind.short), kind.long))
            .collect();
        page.field("In records", kinds.join(", "));
    }
}

/// The open family, such as `header_*`, that a field belongs to.
fn family(name: &str) -> Option<&'static RecordField> {
    RECORD_FIELDS.iter().find(|field| {
        let start = field
            .name
            .strip_suffix('*')
            .filter(|start| !start.is_empty());
        start.is_some_and(|start| {
            name.get(..start.len())
                .is_some_and(|same| same.eq_ignore_ascii_case(start))
        })
    })
}

/// What the value belongs to.
fn context(entry: &Directive, part: Option<&'static str>, page: &mut Page) {
    let part = part
        .map(|part| format!(" ({})", part.replace('-', " ")))
        .unwrap_or_default();
    let name = match entry.name {
        "/REGEX/" => "A rule".to_owned(),
        name => quoted(name),
    };
    page.paragraph(format!(
        "{name}{part}: {}",
        wording::sentence(entry.summary)
    ));
    page.field("Syntax", quoted(entry.syntax));
    page.field("Default", entry.default.unwrap_or_default());
}

/// What the argument of a section's tag means.
pub(super) fn argument(section: &Section, text: &str) -> Page {
    let mut page = Page::default();
    let shown = quoted(&wording::shortened(text, LONGEST_SHOWN));
    let means = match section.argument {
        Some(ArgumentKind::DomainPattern) => value::describe(&DOMAIN_PATTERN, text),
        Some(ArgumentKind::CidrOrName) => value::describe(&CIDR, text),
        Some(ArgumentKind::CidrPort) => {
            let address = text.rsplit_once(':').map_or(text, |(address, _)| address);
            value::describe(&CIDR, address.trim_matches(['[', ']']))
        }
        _ => None,
    };
    let form = section.argument_forms.iter().find(|form| form.form == text);
    match (means, form) {
        (Some(means), _) => page.paragraph(format!("{shown}: {means}")),
        (None, Some(form)) => page.paragraph(format!("{shown}: {}", form.means)),
        (None, None) => {}
    }
    page.paragraph(format!(
        "{}: {}",
        quoted(&format!("<{}>", section.name)),
        wording::sentence(section.summary)
    ));
    page
}
