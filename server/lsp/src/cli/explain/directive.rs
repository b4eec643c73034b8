//! Directives, explained.

use pmta_analysis::catalog::{self, Directive, FolkloreDirective, FolkloreFix, Place, Word};
use pmta_analysis::hover::wording::{sentence, sources};
use pmta_analysis::{pages, value};

use super::page::Page;
use super::{place_name, place_names, since, status};

/// Writes about a directive in all its places; nothing if there is none of this name.
pub(crate) fn describe(name: &str, page: &mut Page) {
    let entries = catalog::directives_named(name);
    let Some(first) = entries.first() else { return };
    let title = match first.name {
        "/REGEX/" => "/REGEX/: a line that begins with a pattern",
        name => name,
    };
    page.heading(title);
    if !first.aliases.is_empty() {
        page.field("Also written", &first.aliases.join(", "));
    }
    let mut groups: Vec<(&Directive, Vec<Place>)> = Vec::new();
    for entry in entries {
        match groups.iter_mut().find(|(known, _)| is_same(known, entry)) {
            Some((_, places)) => places.push(entry.place),
            None => groups.push((entry, vec![entry.place])),
        }
    }
    for (entry, places) in groups {
        describe_entry(entry, &places, page);
    }
    describe_scopes(first.name, page);
    page.field("Page", &pages::directive(first.name));
}

/// Whether one text serves two places.
fn is_same(one: &Directive, other: &Directive) -> bool {
    one.syntax == other.syntax
        && one.default == other.default
        && one.summary == other.summary
        && one.gotchas == other.gotchas
        && one.since == other.since
        && one.deprecated == other.deprecated
        && one.status == other.status
}

fn describe_entry(entry: &Directive, places: &[Place], page: &mut Page) {
    page.paragraph(&format!(
        "In {}: {}",
        place_names(places),
        sentence(entry.summary)
    ));
    page.gap();
    page.field("Form", entry.syntax);
    page.field("Value", &value::expected(&entry.value));
    page.field("Default", entry.default.unwrap_or_default());
    page.field("Since", &since(entry.since).unwrap_or_default());
    if let Some(deprecated) = entry.deprecated {
        let instead = deprecated
            .replacement
            .map(|it| format!("; use {it}"))
            .unwrap_or_default();
        page.field("Deprecated", &format!("{}{instead}", deprecated.since));
    }
    page.field("Known", status(entry.status).unwrap_or_default());
    if entry.repeatable {
        page.field("Several", "may be given several times");
    }
    if entry.value.secret {
        page.field("Secret", "its value is shown nowhere");
    }
    for gotcha in entry.gotchas {
        page.field("Note", &sentence(gotcha));
    }
    describe_words(entry.value.words, page);
    page.example("Example", entry.block.unwrap_or(entry.example));
    page.field("Sources", &sources(entry.sources, entry.confidence));
}

fn describe_words(words: &[Word], page: &mut Page) {
    for word in words.iter().filter(|word| !word.means.is_empty()) {
        page.item(&format!("`{}`: {}", word.text, word.means));
    }
}

/// Writes about a directive that the web invented, or put into the wrong place.
pub(crate) fn describe_folklore(folklore: &FolkloreDirective, page: &mut Page) {
    let scope = if folklore.only_in.is_empty() {
        "not a directive of PowerMTA".to_owned()
    } else {
        format!(
            "not a directive of PowerMTA in {}",
            folklore.only_in.join(", ")
        )
    };
    page.heading(&format!("{} ({scope})", folklore.name));
    page.paragraph(&sentence(folklore.explanation));
    page.gap();
    if let Some(replacement) = folklore.replacement {
        let places = place_names(folklore.replacement_places);
        let places = if places.is_empty() {
            places
        } else {
            format!(" in {places}")
        };
        page.field("Write", &format!("`{replacement}`{places}"));
    } else if folklore.fix == FolkloreFix::Delete {
        page.field("Write", "nothing: delete the line");
    }
    page.field("Value", folklore.conversion.unwrap_or_default());
    page.field("Borrowed from", folklore.borrowed_from.unwrap_or_default());
    page.example("As the web shows it", folklore.example);
    page.field("Page", &pages::folklore_directive(folklore.name));
}

/// Where the web puts a directive although it belongs elsewhere.
fn describe_scopes(name: &str, page: &mut Page) {
    for scope in catalog::FOLKLORE_SCOPES
        .iter()
        .filter(|scope| scope.directive == name)
    {
        page.field(
            "Not in",
            &format!(
                "{}: {} Write `{}`.",
                place_name(scope.place),
                sentence(scope.explanation),
                scope.genuine
            ),
        );
    }
}
