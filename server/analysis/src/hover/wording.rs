//! Turns of phrase that all pages share.

use crate::catalog::{self, Confidence, Deprecated, Place, Since, Status, Version};

/// How a place is written: `<domain>`, or `the top level`.
pub(super) fn place(place: Place) -> String {
    place.section().map_or_else(
        || "the top level".to_owned(),
        |section| format!("`<{}>`", section.name),
    )
}

/// Places in a row.
pub(super) fn places(places: impl IntoIterator<Item = Place>) -> String {
    let places: Vec<String> = places.into_iter().map(place).collect();
    places.join(", ")
}

/// Where something stands: in `<domain>`, or at the top level.
pub(super) fn in_place(place: Place) -> String {
    match place.section() {
        Some(section) => format!("in `<{}>`", section.name),
        None => "at the top level".to_owned(),
    }
}

/// The text as a sentence. A name at its start stays as it is.
#[must_use]
pub fn sentence(text: &str) -> String {
    let end = if text.is_empty() || text.ends_with(['.', '!', '?', ':']) {
        ""
    } else {
        "."
    };
    let word = text.split([' ', ',', ':', '.']).next().unwrap_or_default();
    let is_name = catalog::is_known_name(word) || !word.chars().all(char::is_alphanumeric);
    let mut letters = text.chars();
    match letters.next() {
        Some(first) if !is_name => format!("{}{}{end}", first.to_uppercase(), letters.as_str()),
        _ => format!("{text}{end}"),
    }
}

/// Since when something is there.
pub(super) fn since(since: Option<Since>) -> String {
    let Some(since) = since else {
        return String::new();
    };
    let version = match since.version {
        Some(Version::V3_5) => "3.5",
        Some(Version::V4_0) => "4.0",
        Some(Version::V4_5) => "4.5",
        Some(Version::V5_0R1) => "5.0r1 (2019)",
        Some(Version::V5_0In2020) => "5.0 (2020)",
        None => "",
    };
    let parts = [version, since.note];
    parts
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(", ")
}

/// Since when something should not be used, and what should be.
pub(super) fn deprecated(deprecated: Option<Deprecated>) -> String {
    let Some(deprecated) = deprecated else {
        return String::new();
    };
    match deprecated.replacement {
        Some(replacement) => format!("{}; use {replacement}", deprecated.since),
        None => deprecated.since.to_owned(),
    }
}

/// What kind of knowledge there is, where that needs a word.
pub(super) fn status(status: Status) -> &'static str {
    match status {
        Status::Documented => "",
        Status::Observed => "seen in working configurations, described in no guide",
        Status::Legacy => "known from old versions only",
    }
}

/// Where facts come from, with a word of doubt where it is due.
#[must_use]
pub fn sources(sources: &[&str], confidence: Confidence) -> String {
    let doubt = match confidence {
        Confidence::High => "",
        Confidence::Medium => " (not quite certain)",
        Confidence::Low => " (uncertain)",
    };
    if sources.is_empty() {
        String::new()
    } else {
        format!("{}{doubt}", sources.join(", "))
    }
}

/// The beginning of a text that may be long.
pub(super) fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
