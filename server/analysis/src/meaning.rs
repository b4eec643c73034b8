//! What each construct of an item is, by the catalog: the same answer for every rule and feature.

use std::borrow::Cow;

use crate::catalog::{self, FolkloreDirective, FolkloreSection, Place};
use crate::slip;
use crate::syntax::{
    Directive, DirectiveForm, Entry, EntryKind, ItemView, Section, SectionEnd, normalise,
};

/// What is known of the place in which a construct stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Location {
    /// It stands in this place.
    In(Place),
    /// It likely stands in this place: the section is invented or never ended. Good enough to read
    /// values, not to report anything about the place.
    Near(Place),
    /// Nothing is known.
    Unknown,
}

impl Location {
    /// The place, sure or likely.
    #[must_use]
    pub fn place(self) -> Option<Place> {
        match self {
            Self::In(place) | Self::Near(place) => Some(place),
            Self::Unknown => None,
        }
    }
}

/// What a construct is.
#[derive(Clone, Copy, Debug)]
pub enum Meaning {
    /// A directive that may stand here.
    Directive(&'static catalog::Directive),
    /// A directive of PowerMTA; whether it may stand here is not known. All its entries.
    SomewhereValid(&'static [catalog::Directive]),
    /// A directive of PowerMTA that may not stand here. All its entries.
    Misplaced(&'static [catalog::Directive]),
    /// A directive the web invented, or put here.
    Folklore(&'static FolkloreDirective),
    /// A directive nobody knows.
    UnknownDirective,
    /// A section of PowerMTA.
    Section(&'static catalog::Section),
    /// A section the web invented.
    FolkloreSection(&'static FolkloreSection),
    /// A tag that wraps a whole document.
    Wrapper,
    /// A section nobody knows.
    UnknownSection,
    /// Neither directive nor section.
    Other,
}

/// Tags that people put around a whole configuration.
const WRAPPERS: [&str; 6] = [
    "powermta",
    "pmta",
    "config",
    "configuration",
    "pmta-config",
    "powermta-config",
];

/// A construct with its meaning.
#[derive(Clone, Copy, Debug)]
pub struct Judged {
    /// Where it stands.
    pub location: Location,
    /// What it is.
    pub meaning: Meaning,
    /// For sections: where its content stands.
    pub inside: Location,
}

/// Judges all constructs of an item. `top` is what is known of the file's top level.
#[must_use]
pub fn judge(text: &str, view: &ItemView, top: Location) -> Vec<Judged> {
    let mut judged: Vec<Judged> = Vec::with_capacity(view.entries.len());
    for entry in &view.entries {
        let location = match entry.parent {
            Some(parent) => judged
                .get(parent as usize)
                .map_or(Location::Unknown, |parent| parent.inside),
            None => top,
        };
        let tag = || enclosing_tag(text, view, entry, top);
        let (meaning, inside) = match &entry.kind {
            EntryKind::Section(section) => section_meaning(text, section, location),
            EntryKind::Directive(directive) => (
                directive_meaning(text, directive, location, tag),
                Location::Unknown,
            ),
            EntryKind::EmptyTag(tag) => {
                let name = normalise(tag.name.slice(text));
                (tag_meaning(&name), Location::Unknown)
            }
            _ => (Meaning::Other, Location::Unknown),
        };
        judged.push(Judged {
            location,
            meaning,
            inside,
        });
    }
    judged
}

/// Name of the section directly around an entry, normalised; at the top that of the file's place,
/// empty if it is not known.
fn enclosing_tag<'a>(
    text: &'a str,
    view: &'a ItemView,
    entry: &'a Entry,
    top: Location,
) -> Cow<'a, str> {
    let top = top.place().map_or("", Place::name);
    view.ancestors(entry)
        .next()
        .map_or(Cow::Borrowed(top), |(_, section)| {
            normalise(section.open.name.slice(text))
        })
}

fn tag_meaning(name: &str) -> Meaning {
    if let Some(section) = catalog::section(name) {
        Meaning::Section(section)
    } else if let Some(section) = catalog::folklore_section(name) {
        Meaning::FolkloreSection(section)
    } else if WRAPPERS.contains(&name) {
        Meaning::Wrapper
    } else {
        Meaning::UnknownSection
    }
}

fn section_meaning(text: &str, section: &Section, location: Location) -> (Meaning, Location) {
    let name = normalise(section.open.name.slice(text));
    let meaning = tag_meaning(&name);
    let is_ended = section.end != SectionEnd::Missing
        || section.form == crate::syntax::SectionForm::Indentation;
    let inside = match meaning {
        Meaning::Section(found) if is_ended => Location::In(found.place),
        Meaning::Section(found) => Location::Near(found.place),
        Meaning::FolkloreSection(found) => found.body_of.map_or(Location::Unknown, Location::Near),
        Meaning::Wrapper if is_ended => location,
        Meaning::UnknownSection => {
            slip::section(&name).map_or(Location::Unknown, |meant| Location::Near(meant.place))
        }
        Meaning::Wrapper => location.place().map_or(Location::Unknown, Location::Near),
        _ => Location::Unknown,
    };
    (meaning, inside)
}

/// The name under which a directive stands in the catalog.
#[must_use]
pub fn catalog_name<'a>(text: &'a str, directive: &Directive) -> Cow<'a, str> {
    if directive.form == DirectiveForm::Pattern {
        return Cow::Borrowed("/REGEX/");
    }
    normalise(directive.name.slice(text))
}

fn directive_meaning<'a>(
    text: &str,
    directive: &Directive,
    location: Location,
    tag: impl FnOnce() -> Cow<'a, str>,
) -> Meaning {
    let name = catalog_name(text, directive);
    let entries = catalog::directives_named(&name);
    let here = location.place();
    let here = here.and_then(|place| catalog::entry_in(entries, place));
    if let Some(here) = here {
        return Meaning::Directive(here);
    }
    let tag = tag();
    if let Some(folklore) = catalog::folklore_directive(&name, &tag) {
        let is_elsewhere_only = folklore.only_in.is_empty() && !entries.is_empty();
        if !(is_elsewhere_only && location.place().is_none()) {
            return Meaning::Folklore(folklore);
        }
    }
    if entries.is_empty() {
        return two_words(text, directive, &name, &tag)
            .map_or(Meaning::UnknownDirective, Meaning::Folklore);
    }
    match location {
        Location::In(_) => Meaning::Misplaced(entries),
        Location::Near(_) | Location::Unknown => Meaning::SomewhereValid(entries),
    }
}

/// An invented name of two words, the second of which stands where a value would: `auth mech X`.
fn two_words(
    text: &str,
    directive: &Directive,
    name: &str,
    tag: &str,
) -> Option<&'static FolkloreDirective> {
    let second = directive.value.slice(text).split([' ', '\t']).next()?;
    if directive.form != DirectiveForm::Plain || second.is_empty() {
        return None;
    }
    catalog::folklore_directive(&format!("{name} {}", normalise(second)), tag)
}
