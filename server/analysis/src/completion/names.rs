//! At the start of a line: the directives and sections of this place.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::sync::OnceLock;

use rustc_hash::FxHashSet;

use super::documentation::{directive_key, folklore_key};
use super::prepared;
use super::{Candidate, ItemKind, List, tags};
use crate::catalog::{
    self, ALIASES, DIRECTIVES, Directive, FOLKLORE_DIRECTIVES, FolkloreDirective, Place, SECTIONS,
    Section,
};
use crate::syntax::normalise;

/// What may begin a line.
#[derive(Clone, Copy)]
enum Named {
    Directive(&'static [Directive], &'static Directive),
    Section(&'static Section),
}

impl Named {
    /// Whether it is among what is set already and is not said twice.
    fn is_among(self, set: &FxHashSet<String>) -> bool {
        match self {
            Self::Directive(_, first) => !first.repeatable && set.contains(first.name),
            Self::Section(section) => {
                section.single && set.contains(&format!("<{}>", section.name))
            }
        }
    }
}

/// All that may begin a line in these places: what is out of date last, else the most used first.
fn ranked(places: &[Place]) -> Vec<Named> {
    let mut ranked = Vec::new();
    for entries in DIRECTIVES.chunk_by(|one, other| one.name == other.name) {
        let here = entries
            .iter()
            .filter(|entry| stands_in(entry.place, places));
        let Some(first) = here.max_by_key(|entry| entry.uses) else {
            continue;
        };
        let rank = (first.deprecated.is_some(), Reverse(first.uses), first.name);
        ranked.push((rank, Named::Directive(entries, first)));
    }
    for section in sections_of(places) {
        let rank = (
            section.deprecated.is_some(),
            Reverse(section.uses),
            section.name,
        );
        ranked.push((rank, Named::Section(section)));
    }
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.into_iter().map(|(_, named)| named).collect()
}

/// As [`ranked`], worked out once for each place.
fn named_in(places: &[Place]) -> Cow<'static, [Named]> {
    static OF_PLACES: [OnceLock<Vec<Named>>; Place::COUNT] =
        [const { OnceLock::new() }; Place::COUNT];
    let known = match places {
        [place] => OF_PLACES.get(place.index()),
        _ => None,
    };
    known.map_or_else(
        || ranked(places).into(),
        |known| known.get_or_init(|| ranked(places)).as_slice().into(),
    )
}

pub(super) fn complete(list: &mut List<'_>, start: usize) {
    let site = list.site;
    let end = site.word_behind(&['<', '>']);
    let named = named_in(&site.places);
    // What is set already comes last.
    let (set, unset): (Vec<Named>, Vec<Named>) =
        named.iter().partition(|named| named.is_among(&site.set));
    let has_underscores = site.typed(start).contains('_');
    for named in unset.into_iter().chain(set) {
        match named {
            Named::Directive(entries, entry) => {
                let mut candidate = directive(list, entry, end);
                if has_underscores {
                    candidate.filter = Some(entry.name.replace('-', "_").into());
                }
                if site.places.is_empty() {
                    candidate = candidate.detail(places(entries.iter().map(|entry| entry.place)));
                    candidate.documentation = Some(directive_key(entry.name, None).into());
                }
                list.add(candidate, start, end);
            }
            Named::Section(section) => {
                let candidate = tags::section(list, section, end);
                list.add(candidate, start, end);
            }
        }
    }
    other_names(list, start, end);
}

/// Another name of something: what was begun must show which of them are meant.
#[derive(Clone)]
struct Other {
    written: &'static str,
    meant: Meant,
    detail: String,
    documentation: String,
}

#[derive(Clone, Copy)]
enum Meant {
    Directive(&'static Directive),
    Section(&'static Section),
}

/// The other names of what may stand in these places, and those that the web invented for a section with
/// this tag.
fn others(places: &[Place], tag: &str) -> Vec<Other> {
    let aliases = ALIASES.iter().filter_map(|(alias, name)| {
        let entries = catalog::directives_named(name);
        let entry = entries.iter().find(|it| stands_in(it.place, places))?;
        Some(Other {
            written: alias,
            meant: Meant::Directive(entry),
            detail: format!("also written {alias}"),
            documentation: prepared::directive(entry).key.clone(),
        })
    });
    let invented = FOLKLORE_DIRECTIVES.iter().filter_map(|invented| {
        let known = catalog::folklore_directive(invented.name, tag)?;
        instead_of(known, places, tag)
    });
    aliases.chain(invented).collect()
}

/// As [`others`], worked out once for each place.
fn others_in(places: &[Place], tag: &str) -> Cow<'static, [Other]> {
    static OF_PLACES: [OnceLock<Vec<Other>>; Place::COUNT] =
        [const { OnceLock::new() }; Place::COUNT];
    let known = match places {
        [place] if place.name() == tag => OF_PLACES.get(place.index()),
        _ => None,
    };
    known.map_or_else(
        || others(places, tag).into(),
        |known| known.get_or_init(|| others(places, tag)).as_slice().into(),
    )
}

fn other_names(list: &mut List<'_>, start: usize, end: usize) {
    let site = list.site;
    let typed = site.typed(start);
    if typed.is_empty() {
        list.found.is_incomplete = true;
        return;
    }
    let begun = normalise(typed);
    let tag = site
        .section
        .as_deref()
        .or_else(|| site.places.first().map(|place| place.name()))
        .unwrap_or_default();
    match others_in(&site.places, tag) {
        Cow::Borrowed(others) => {
            for other in others.iter().filter(|it| it.written.starts_with(&*begun)) {
                let texts = (
                    other.detail.as_str().into(),
                    other.documentation.as_str().into(),
                );
                add_other(list, other, texts, (start, end));
            }
        }
        Cow::Owned(others) => {
            for other in others.iter().filter(|it| it.written.starts_with(&*begun)) {
                let texts = (
                    other.detail.clone().into(),
                    other.documentation.clone().into(),
                );
                add_other(list, other, texts, (start, end));
            }
        }
    }
}

fn add_other(
    list: &mut List<'_>,
    other: &Other,
    (detail, documentation): (Cow<'static, str>, Cow<'static, str>),
    (start, end): (usize, usize),
) {
    let mut candidate = match other.meant {
        Meant::Directive(entry) => directive(list, entry, end),
        Meant::Section(section) => tags::section(list, section, end),
    };
    candidate = candidate.detail(detail);
    candidate.documentation = Some(documentation);
    let has_underscores = list.site.typed(start).contains('_');
    candidate.filter = Some(match has_underscores {
        true => other.written.replace('-', "_").into(),
        false => other.written.into(),
    });
    list.add(candidate, start, end);
}

/// What to write instead of an invented directive in a section with this tag.
fn instead_of(invented: &'static FolkloreDirective, here: &[Place], tag: &str) -> Option<Other> {
    let replacement = invented.replacement?;
    let wanted = replacement
        .strip_prefix('<')
        .and_then(|tag| tag.strip_suffix('>'));
    let (meant, is_here, places) = if let Some(wanted) = wanted {
        let section = catalog::section(wanted).filter(|section| section.name != invented.name)?;
        let is_here = section.nests_in.iter().any(|place| is_among(*place, here));
        let stands = places(section.nests_in.iter().copied());
        (Meant::Section(section), is_here, stands)
    } else {
        let entries = catalog::directives_named(replacement);
        let in_places = invented.replacement_places.iter();
        let meant = in_places.filter_map(|place| catalog::directive_in(replacement, *place));
        let own = entries.iter().find(|entry| stands_in(entry.place, here));
        let entry = own.or(meant.into_iter().next()).or(entries.first())?;
        let stands = places(entries.iter().map(|entry| entry.place));
        (Meant::Directive(entry), own.is_some(), stands)
    };
    let where_it_stands = if is_here {
        String::new()
    } else {
        format!("; stands in {places}")
    };
    Some(Other {
        written: invented.name,
        meant,
        detail: format!("instead of {}{where_it_stands}", invented.name),
        documentation: folklore_key(invented.name, tag),
    })
}

/// A directive, with a value unless one is there.
fn directive(list: &List<'_>, entry: &'static Directive, end: usize) -> Candidate {
    let prepared = prepared::directive(entry);
    let mut candidate = Candidate::new(entry.name, ItemKind::Directive).detail(prepared.value);
    candidate.is_deprecated = entry.deprecated.is_some();
    candidate.documentation = Some(prepared.key.as_str().into());
    let site = list.site;
    let behind = site
        .after
        .get(end.saturating_sub(site.cursor)..)
        .unwrap_or_default()
        .trim_start();
    let has_value = !(behind.is_empty() || behind.starts_with(['#', '<']));
    if entry.name == "/REGEX/" {
        candidate = candidate.text("/");
        candidate.filter = Some("/".into());
    } else if !has_value {
        candidate = candidate.text(prepared.opened.as_str());
        candidate.goes_on = true;
    }
    if !has_value {
        candidate.snippet = prepared.snippet.as_deref().map(Into::into);
    }
    candidate
}

/// The sections that may stand in one of these places; none given: all.
pub(super) fn sections_of(places: &[Place]) -> impl Iterator<Item = &'static Section> {
    let places = places.to_vec();
    SECTIONS.iter().filter(move |section| {
        places.is_empty() || section.nests_in.iter().any(|place| places.contains(place))
    })
}

/// Whether what stands in one place stands in one of these; none given: anywhere.
fn stands_in(place: Place, places: &[Place]) -> bool {
    let shared = |place: &Place| {
        place
            .section()
            .map_or(*place, |section| section.directives_of)
    };
    places.is_empty() || places.iter().any(|other| shared(other) == place)
}

fn is_among(place: Place, places: &[Place]) -> bool {
    places.is_empty() || places.contains(&place)
}

/// Places in a row: `<domain>, <source>`.
fn places(places: impl Iterator<Item = Place>) -> String {
    let names = places.map(|place| match place.section() {
        Some(section) => format!("<{}>", section.name),
        None => "the top level".to_owned(),
    });
    names.collect::<Vec<_>>().join(", ")
}
