//! Help for a candidate, worked out when it is asked for.

use crate::catalog::{self, Place};
use crate::hover::page::Page;
use crate::hover::{directive, section};

/// The key of a directive; with its place, if that is known.
pub(super) fn directive_key(name: &str, place: Option<Place>) -> String {
    format!("directive {name} {}", place.map_or("", Place::name))
        .trim_end()
        .to_owned()
}

/// The key of a section.
pub(super) fn section_key(name: &str) -> String {
    format!("section {name}")
}

/// The key of a directive that the web invented, in a section of this name.
pub(super) fn folklore_key(name: &str, tag: &str) -> String {
    format!("folklore {name} {tag}").trim_end().to_owned()
}

/// The help behind a key that an item has.
#[must_use]
pub fn documentation(key: &str) -> Option<Page> {
    let mut words = key.split(' ');
    let (kind, name) = (words.next()?, words.next()?);
    let tag = words.next();
    let page = match kind {
        "directive" => match tag
            .and_then(Place::named)
            .and_then(|it| catalog::directive_in(name, it))
        {
            Some(entry) => directive::directive(entry),
            None => directive::directive_anywhere(catalog::directives_named(name)),
        },
        "section" => section::section(catalog::section(name)?),
        "folklore" => {
            directive::folklore(catalog::folklore_directive(name, tag.unwrap_or_default())?)
        }
        _ => return None,
    };
    (!page.is_empty()).then_some(page)
}
