//! What is known about directives.

use super::page::{Page, quoted};
use super::wording;
use crate::catalog::{
    self, Directive, FolkloreDirective, FolkloreFix, Place, ValueKind, ValueSpec, Word,
};
use crate::pages;

/// Most words of a value that are listed.
const MOST_WORDS: usize = 16;

/// All about a directive as it stands in one place.
#[must_use]
pub fn directive(entry: &Directive) -> Page {
    let mut page = Page::default();
    page.code(entry.syntax);
    about(entry, &mut page);
    let places = catalog::directives_named(entry.name)
        .iter()
        .map(|other| other.place);
    let (here, elsewhere): (Vec<Place>, Vec<Place>) =
        places.partition(|place| *place == entry.place);
    page.field(
        "Stands in",
        wording::places(here.into_iter().chain(elsewhere)),
    );
    details(entry, &mut page);
    page.field("Page", quoted(&pages::directive(entry.name)));
    page
}

/// All about a directive where its place is not known, or is none of its places.
#[must_use]
pub fn directive_anywhere(entries: &[Directive]) -> Page {
    let mut page = Page::default();
    let Some((first, others)) = entries.split_first() else {
        return page;
    };
    page.code(first.syntax);
    about(first, &mut page);
    let places = |like: &Directive| {
        let alike = entries.iter().filter(|entry| is_same(entry, like));
        wording::places(alike.map(|entry| entry.place))
    };
    page.field("Stands in", places(first));
    details(first, &mut page);
    let mut told = vec![first];
    for other in others {
        if told.iter().any(|known| is_same(known, other)) {
            continue;
        }
        told.push(other);
        page.field("Stands in", places(other));
        if other.syntax != first.syntax {
            page.code(other.syntax);
        }
        if other.summary != first.summary {
            page.paragraph(wording::sentence(other.summary));
        }
        page.field("Default", other.default.unwrap_or_default());
    }
    page.field("Page", quoted(&pages::directive(first.name)));
    page
}

/// Whether one text serves both places.
fn is_same(one: &Directive, other: &Directive) -> bool {
    one.syntax == other.syntax && one.default == other.default && one.summary == other.summary
}

fn about(entry: &Directive, page: &mut Page) {
    page.paragraph(wording::sentence(entry.summary));
    page.field("Default", entry.default.unwrap_or_default());
}

fn details(entry: &Directive, page: &mut Page) {
    page.field("Also written", entry.aliases.join(", "));
    page.field("Since", wording::since(entry.since));
    page.field("Deprecated", wording::deprecated(entry.deprecated));
    page.field("Known", wording::status(entry.status));
    if entry.repeatable {
        page.field("Several", "may be given several times");
    }
    if holds_secret(&entry.value) {
        page.field("Secret", "its value is shown nowhere");
    }
    for gotcha in entry.gotchas {
        page.item(wording::sentence(gotcha));
    }
    words(&entry.value, page);
    page.paragraph("Example:");
    page.code(entry.block.unwrap_or(entry.example));
    page.field("Source", wording::sources(entry.sources, entry.confidence));
}

/// The words that the value takes, with their meanings.
fn words(spec: &ValueSpec, page: &mut Page) {
    let mut words: Vec<(String, &'static str)> = Vec::new();
    collect_words(spec, &mut words);
    words.retain(|(_, means)| !means.is_empty());
    words.dedup();
    for (word, means) in words.into_iter().take(MOST_WORDS) {
        page.item(format!("{}: {means}", quoted(&word)));
    }
}

fn collect_words(spec: &ValueSpec, words: &mut Vec<(String, &'static str)>) {
    words.extend(
        spec.words
            .iter()
            .map(|Word { text, means, .. }| ((*text).to_owned(), *means)),
    );
    match spec.kind {
        ValueKind::List { item, .. } => collect_words(item, words),
        ValueKind::Composite(parts) => {
            parts
                .iter()
                .for_each(|part| collect_words(&part.value, words));
        }
        ValueKind::AnyOf(alternatives) => {
            alternatives
                .iter()
                .for_each(|one| collect_words(one, words));
        }
        ValueKind::Literal(text) => words.push((text.to_owned(), spec.means)),
        _ => {
            if let Some(prefix) = spec.prefix {
                words.push((prefix.to_owned(), spec.means));
            }
        }
    }
}

/// Whether a value of this shape holds something confidential.
pub(super) fn holds_secret(spec: &ValueSpec) -> bool {
    spec.secret
        || match spec.kind {
            ValueKind::List { item, .. } => holds_secret(item),
            ValueKind::Composite(parts) => parts.iter().any(|part| holds_secret(&part.value)),
            ValueKind::AnyOf(alternatives) => alternatives.iter().any(holds_secret),
            _ => false,
        }
}

/// That a directive may not stand in this place, and what is known about that.
#[must_use]
pub fn misplaced(entries: &[Directive], here: Option<Place>) -> Page {
    let mut page = Page::default();
    let Some((first, here)) = entries.first().zip(here) else {
        return page;
    };
    page.paragraph(format!(
        "{} does not stand {}.",
        quoted(first.name),
        wording::in_place(here)
    ));
    if let Some(scope) = catalog::folklore_scope(first.name, here) {
        page.paragraph(wording::sentence(scope.explanation));
        page.paragraph("Write:");
        page.code(scope.genuine);
    }
    page
}

/// All about a directive that the web invented, or put into the wrong place.
#[must_use]
pub fn folklore(folklore: &FolkloreDirective) -> Page {
    let mut page = Page::default();
    let is_genuine_elsewhere = !catalog::directives_named(folklore.name).is_empty();
    page.paragraph(if is_genuine_elsewhere {
        format!("{} does not belong here.", quoted(folklore.name))
    } else {
        format!("{} is no directive of PowerMTA.", quoted(folklore.name))
    });
    page.paragraph(wording::sentence(folklore.explanation));
    if let Some(replacement) = folklore.replacement {
        let places = folklore
            .replacement_places
            .iter()
            .map(|place| wording::in_place(*place));
        let places = places.collect::<Vec<_>>().join(" or ");
        page.field("Write instead", format!("{} {places}", quoted(replacement)));
    } else if folklore.fix == FolkloreFix::Delete {
        page.field("Write instead", "nothing: the line can be deleted");
    }
    page.field("Value", folklore.conversion.unwrap_or_default());
    page.field("Borrowed from", folklore.borrowed_from.unwrap_or_default());
    if let Some(genuine) = replacement(folklore) {
        page.code(genuine.syntax);
        page.paragraph(wording::sentence(genuine.summary));
    }
    let about = pages::folklore_directive(folklore.name);
    page.field("Page", quoted(&about));
    page
}

/// The genuine directive, as it stands in the first of its places.
fn replacement(folklore: &FolkloreDirective) -> Option<&'static Directive> {
    let name = folklore.replacement?;
    let mut places = folklore.replacement_places.iter();
    places
        .find_map(|place| catalog::directive_in(name, *place))
        .or_else(|| catalog::directives_named(name).first())
}
