//! The names of the documentation's pages: where more can be read about a directive, a section, a rule
//! or a kind of value.
//!
//! Names are relative to the root of the repository, and stay as they are from release to release.

use crate::catalog::Place;

/// The page about a directive, in all its places.
#[must_use]
pub fn directive(name: &str) -> String {
    let file = match name {
        "/REGEX/" => "pattern-line",
        "*" => "catch-all",
        name => name,
    };
    format!("docs/directives/{file}.md")
}

/// The page about a place: a section, or the top level.
#[must_use]
pub fn place(place: Place) -> String {
    format!("docs/sections/{}.md", place.name())
}

/// The page about a rule.
#[must_use]
pub fn rule(code: &str) -> String {
    format!("docs/rules/{code}.md")
}

/// Where a kind of value is described.
#[must_use]
pub fn kind(name: &str) -> String {
    format!("docs/kinds.md#{}", anchor(name))
}

/// Where a directive is described that the web invented.
#[must_use]
pub fn folklore_directive(name: &str) -> String {
    format!(
        "docs/folklore/directives.md#{}",
        anchor(&folklore_heading(name))
    )
}

/// Where a section is described that the web invented.
#[must_use]
pub fn folklore_section(name: &str) -> String {
    format!("docs/folklore/sections.md#{}", anchor(name))
}

/// What stands above the text about an invented directive. A name of two words would share its anchor
/// with the same words joined by a hyphen.
#[must_use]
pub fn folklore_heading(name: &str) -> String {
    if name.contains(' ') {
        format!("{name} (two words)")
    } else {
        name.to_owned()
    }
}

/// The anchor that a heading gets from what turns Markdown into HTML.
fn anchor(heading: &str) -> String {
    heading
        .chars()
        .filter_map(|sign| match sign {
            ' ' => Some('-'),
            '-' | '_' => Some(sign),
            sign => sign
                .is_alphanumeric()
                .then(|| sign.to_lowercase().next())
                .flatten(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::catalog::{FOLKLORE_DIRECTIVES, FOLKLORE_SECTIONS, KINDS};

    #[test]
    fn pages_have_names_that_files_can_have() {
        assert_eq!(directive("max-smtp-out"), "docs/directives/max-smtp-out.md");
        assert_eq!(directive("/REGEX/"), "docs/directives/pattern-line.md");
        assert_eq!(directive("*"), "docs/directives/catch-all.md");
        assert_eq!(place(Place::GLOBAL), "docs/sections/global.md");
        assert_eq!(
            folklore_directive("max-msg-rate/g/s"),
            "docs/folklore/directives.md#max-msg-rategs"
        );
    }

    #[test]
    fn nothing_shares_an_anchor() {
        let names: Vec<String> = (FOLKLORE_DIRECTIVES
            .iter()
            .map(|one| folklore_directive(one.name)))
        .chain(
            FOLKLORE_SECTIONS
                .iter()
                .map(|one| folklore_section(one.name)),
        )
        .chain(KINDS.iter().map(|one| kind(one.name)))
        .collect();
        let different: BTreeSet<&String> = names.iter().collect();
        assert_eq!(different.len(), names.len());
    }
}
