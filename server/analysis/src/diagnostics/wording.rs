//! Wording that several rules share: lists of choices, places, names shown to people.

use std::borrow::Cow;

use crate::catalog::Place;

/// Longest part of a name that is shown in a message, in characters.
const LONGEST_NAME: usize = 60;

/// `a, b or c`
pub(super) fn one_of(choices: &[String]) -> String {
    match choices.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
    }
}

/// ``at the top level`` or ``in `<domain>` ``
pub(super) fn in_place(place: Place) -> String {
    place.section().map_or_else(
        || "at the top level".to_owned(),
        |section| format!("in `<{}>`", section.name),
    )
}

/// ``at the top level, in `<domain>` or in `<source>` ``
pub(super) fn in_places(places: impl Iterator<Item = Place>) -> String {
    one_of(&places.map(in_place).collect::<Vec<_>>())
}

/// A written name, cut short if it is too long for a message.
pub(super) fn shown(name: &str) -> Cow<'_, str> {
    match name.char_indices().nth(LONGEST_NAME) {
        Some((end, _)) => Cow::Owned(format!("{}…", name.get(..end).unwrap_or_default())),
        None => Cow::Borrowed(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_are_joined_as_people_do() {
        let words = |words: &[&str]| {
            one_of(
                &words
                    .iter()
                    .map(|word| (*word).to_owned())
                    .collect::<Vec<_>>(),
            )
        };
        assert_eq!(words(&[]), "");
        assert_eq!(words(&["a"]), "a");
        assert_eq!(words(&["a", "b"]), "a or b");
        assert_eq!(words(&["a", "b", "c"]), "a, b or c");
    }

    #[test]
    fn long_names_are_cut() {
        assert_eq!(shown("max-smtp-out"), "max-smtp-out");
        assert_eq!(shown(&"ä".repeat(61)).chars().count(), 61);
    }
}
