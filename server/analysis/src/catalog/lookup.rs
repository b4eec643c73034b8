//! Finding entries by what people write.

use std::cmp::Ordering;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::{
    ALIASES, DIRECTIVES, Directive, FOLKLORE_DIRECTIVES, FOLKLORE_SCOPES, FOLKLORE_SECTIONS,
    FolkloreDirective, FolkloreScope, FolkloreSection, Place, RECORD_FIELDS, RECORD_TYPES,
    RecordField, RecordType, SECTIONS, Section,
};

/// How many similar names are worth reading.
const SIMILAR_NAMES: usize = 3;

/// A name longer than this is compared with nothing: it is prose.
const LONGEST_NAME: usize = 64;

/// What a name is known as.
#[derive(Clone, Copy, Default)]
struct Known {
    section: Option<&'static Section>,
    /// The entries of a directive with this name or alias.
    directives: &'static [Directive],
    folklore: Option<&'static FolkloreDirective>,
    folklore_section: Option<&'static FolkloreSection>,
}

/// What a name is known as that is written as the catalog writes it: nearly all are.
fn known(name: &str) -> Option<&'static Known> {
    static ALL: LazyLock<FxHashMap<&'static str, Known>> = LazyLock::new(|| {
        let mut all: FxHashMap<&'static str, Known> = FxHashMap::default();
        for entries in DIRECTIVES.chunk_by(|one, other| one.name == other.name) {
            if let Some(first) = entries.first() {
                all.entry(first.name).or_default().directives = entries;
            }
        }
        for (alias, name) in ALIASES {
            let known = all.entry(alias).or_default();
            if known.directives.is_empty() {
                known.directives = entries_of(name);
            }
        }
        for section in SECTIONS {
            all.entry(section.name).or_default().section = Some(section);
        }
        for folklore in FOLKLORE_DIRECTIVES {
            all.entry(folklore.name).or_default().folklore = Some(folklore);
        }
        for folklore in FOLKLORE_SECTIONS {
            all.entry(folklore.name).or_default().folklore_section = Some(folklore);
        }
        all
    });
    ALL.get(name)
}

/// The section with this tag, without regard to case.
#[must_use]
pub fn section(name: &str) -> Option<&'static Section> {
    if is_plain(name) {
        return known(name)?.section;
    }
    find(SECTIONS, |section| section.name, name, compare)
}

/// All entries of the directive with this name or alias, one for each place; empty if unknown.
/// Without regard to case.
#[must_use]
pub fn directives_named(name: &str) -> &'static [Directive] {
    if is_plain(name) {
        return known(name).map_or(&[], |known| known.directives);
    }
    let found = entries_of(name);
    if !found.is_empty() {
        return found;
    }
    let alias = find(ALIASES, |(alias, _)| alias, name, compare);
    alias.map_or(&[], |(_, name)| entries_of(name))
}

/// Whether a name is written as the catalog writes names.
fn is_plain(name: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    name.bytes().all(is_plain)
}

/// The row with this name, of rows that are sorted by it as `compare` compares.
fn find<T>(
    rows: &'static [T],
    name_of: impl Fn(&T) -> &str,
    name: &str,
    compare: fn(&str, &str) -> Ordering,
) -> Option<&'static T> {
    let at = rows.binary_search_by(|row| compare(name_of(row), name));
    rows.get(at.ok()?)
}

fn entries_of(name: &str) -> &'static [Directive] {
    let order = |directive: &Directive| compare(directive.name, name);
    let first = DIRECTIVES.partition_point(|directive| order(directive).is_lt());
    let rest = DIRECTIVES.get(first..).unwrap_or_default();
    let count = rest.iter().take_while(|it| order(it).is_eq()).count();
    rest.get(..count).unwrap_or_default()
}

/// The directive as it stands in `place`, if it may stand there.
#[must_use]
pub fn directive_in(name: &str, place: Place) -> Option<&'static Directive> {
    entry_in(directives_named(name), place)
}

/// Of the entries of a directive, the one that may stand in `place`.
#[must_use]
pub fn entry_in(entries: &'static [Directive], place: Place) -> Option<&'static Directive> {
    let place = place
        .section()
        .map_or(place, |section| section.directives_of);
    entries.iter().find(|directive| directive.place == place)
}

/// All directives that may stand in `place`, by name.
pub fn directives_of(place: Place) -> impl Iterator<Item = &'static Directive> {
    let place = place
        .section()
        .map_or(place, |section| section.directives_of);
    DIRECTIVES
        .iter()
        .filter(move |directive| directive.place == place)
}

/// The invented directive of this name in a section of this tag, which may be invented too; `global`
/// is the top level. Without regard to case, and with `_` read as `-`. None where the directive is
/// genuine.
#[must_use]
pub fn folklore_directive(name: &str, enclosing_tag: &str) -> Option<&'static FolkloreDirective> {
    let found = if is_plain(name) {
        known(name)?.folklore?
    } else {
        find(FOLKLORE_DIRECTIVES, |it| it.name, name, compare_loosely)?
    };
    let stands_here = |place: &&str| compare_loosely(place, enclosing_tag).is_eq();
    if !found.only_in.is_empty() && !found.only_in.iter().any(stands_here) {
        return None;
    }
    let place = Place::named(enclosing_tag);
    let is_genuine = place.is_some_and(|place| directive_in(found.name, place).is_some());
    (!is_genuine).then_some(found)
}

/// The invented section with this tag or first word. Without regard to case, and with `_` read as
/// `-`.
#[must_use]
pub fn folklore_section(name: &str) -> Option<&'static FolkloreSection> {
    if is_plain(name) {
        return known(name)?.folklore_section;
    }
    find(FOLKLORE_SECTIONS, |section| section.name, name, compare)
}

/// What is known about a genuine directive in this wrong place.
#[must_use]
pub fn folklore_scope(directive: &str, place: Place) -> Option<&'static FolkloreScope> {
    let order = |scope: &FolkloreScope| {
        compare(scope.directive, directive).then_with(|| scope.place.cmp(&place))
    };
    let at = FOLKLORE_SCOPES.binary_search_by(order).ok()?;
    FOLKLORE_SCOPES.get(at)
}

/// Whether anything is known about a directive of this name, genuine or invented, in any place.
/// Without regard to case, and with `_` read as `-`.
#[must_use]
pub fn is_known_name(name: &str) -> bool {
    if is_plain(name) {
        return known(name)
            .is_some_and(|known| !known.directives.is_empty() || known.folklore.is_some());
    }
    find(DIRECTIVES, |it| it.name, name, compare_loosely).is_some()
        || find(ALIASES, |(alias, _)| alias, name, compare_loosely).is_some()
        || find(FOLKLORE_DIRECTIVES, |it| it.name, name, compare_loosely).is_some()
}

/// The kind of record with this short or long name.
#[must_use]
pub fn record_type(word: &str) -> Option<&'static RecordType> {
    RECORD_TYPES
        .iter()
        .find(|kind| kind.short == word || kind.long == word)
}

/// The column of this name. Guides differ in the case of some, so it is ignored.
#[must_use]
pub fn record_field(name: &str) -> Option<&'static RecordField> {
    RECORD_FIELDS
        .iter()
        .find(|field| field.name.eq_ignore_ascii_case(name))
}

/// Names of directives that `name` may have been meant to be, the best first: of equally similar
/// ones those that may stand in `place`, then those that are used more.
#[must_use]
pub fn nearest_directives(name: &str, place: Option<Place>) -> Vec<&'static str> {
    let place = place.map(|place| {
        place
            .section()
            .map_or(place, |section| section.directives_of)
    });
    let groups = DIRECTIVES.chunk_by(|one, other| one.name == other.name);
    nearest(
        name,
        groups.filter_map(|entries| {
            let known = entries.first()?.name;
            let is_elsewhere = place
                .is_some_and(|place| !entries.iter().any(|directive| directive.place == place));
            let uses = entries
                .iter()
                .map(|directive| directive.uses)
                .max()
                .unwrap_or_default();
            known
                .starts_with(|sign: char| sign.is_ascii_alphanumeric())
                .then_some((known, is_elsewhere, uses))
        }),
    )
}

/// Tags that `name` may have been meant to be, the best first.
#[must_use]
pub fn nearest_sections(name: &str) -> Vec<&'static str> {
    nearest(
        name,
        SECTIONS.iter().map(|section| (section.name, false, 0)),
    )
}

/// The most similar of the known names, each with whether it stands elsewhere and its uses.
fn nearest(
    name: &str,
    known: impl Iterator<Item = (&'static str, bool, u32)>,
) -> Vec<&'static str> {
    if name.len() > LONGEST_NAME {
        return Vec::new();
    }
    let name = name.to_ascii_lowercase().replace('_', "-");
    let length = name.chars().count();
    let most = match length {
        0..=4 => 1,
        5..=8 => 2,
        _ => 3,
    };
    let mut similar: Vec<_> = known
        .filter(|(known, ..)| {
            known.len().abs_diff(length) <= most && letters_apart(&name, known) <= most
        })
        .filter_map(|(known, is_elsewhere, uses)| {
            let distance = strsim::damerau_levenshtein(&name, known);
            let rank = (is_elsewhere, distance, std::cmp::Reverse(uses), known);
            (distance > 0 && distance <= most).then_some(rank)
        })
        .collect();
    similar.sort_unstable();
    similar
        .into_iter()
        .take(SIMILAR_NAMES)
        .map(|(.., known)| known)
        .collect()
}

/// How many ASCII letters of one name the other lacks: never more than their distance, and much
/// quicker to tell.
fn letters_apart(one: &str, other: &str) -> usize {
    let mut counts = [0_i32; 128];
    for (name, by) in [(one, 1), (other, -1)] {
        for byte in name.bytes() {
            if let Some(count) = counts.get_mut(usize::from(byte)) {
                *count = count.saturating_add(by);
            }
        }
    }
    let sum = |is_counted: fn(&i32) -> bool| -> usize {
        counts
            .iter()
            .filter(|count| is_counted(count))
            .map(|count| count.unsigned_abs() as usize)
            .sum()
    };
    sum(|count| *count > 0).max(sum(|count| *count < 0))
}

/// Order of a known name and a written one, without regard to case.
fn compare(known: &str, written: &str) -> Ordering {
    let fold = |byte: u8| byte.to_ascii_lowercase();
    compare_by(known, written, fold)
}

/// The same with `_` read as `-`, for what never held a `_` to begin with.
fn compare_loosely(known: &str, written: &str) -> Ordering {
    let fold = |byte: u8| {
        if byte == b'_' {
            b'-'
        } else {
            byte.to_ascii_lowercase()
        }
    };
    compare_by(known, written, fold)
}

fn compare_by(known: &str, written: &str, fold: impl Fn(u8) -> u8) -> Ordering {
    let pairs = known.bytes().zip(written.bytes());
    for (known, written) in pairs {
        let (known, written) = (fold(known), fold(written));
        if known != written {
            return known.cmp(&written);
        }
    }
    known.len().cmp(&written.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A plain name is looked up, others are searched without regard to case and `_`.
    #[test]
    fn every_name_is_found_however_it_is_written() {
        for section in SECTIONS {
            for written in [section.name.to_owned(), section.name.to_uppercase()] {
                let found = super::section(&written).map(|found| found.name);
                assert_eq!(found, Some(section.name), "{written}");
            }
        }
        for directive in DIRECTIVES {
            for written in [directive.name.to_owned(), directive.name.to_uppercase()] {
                let found = directives_named(&written).first().map(|found| found.name);
                assert_eq!(found, Some(directive.name), "{written}");
            }
        }
        // Some are directives of their own in another place.
        let is_own = |alias: &str| DIRECTIVES.iter().any(|directive| directive.name == alias);
        for (alias, name) in ALIASES.iter().filter(|(alias, _)| !is_own(alias)) {
            for written in [(*alias).to_owned(), alias.to_uppercase()] {
                let found = directives_named(&written).first().map(|found| found.name);
                assert_eq!(found, Some(*name), "{written}");
            }
        }
        for section in FOLKLORE_SECTIONS {
            for written in [section.name.to_owned(), section.name.to_uppercase()] {
                let found = folklore_section(&written).map(|found| found.name);
                assert_eq!(found, Some(section.name), "{written}");
            }
        }
        let folklore = FOLKLORE_DIRECTIVES.iter().map(|directive| directive.name);
        let all = DIRECTIVES.iter().map(|directive| directive.name);
        for name in all.chain(folklore) {
            for written in [name.to_owned(), name.to_uppercase(), name.replace('-', "_")] {
                assert!(is_known_name(&written), "{written}");
            }
        }
        assert!(!is_known_name("no-such-name"));
    }
}
