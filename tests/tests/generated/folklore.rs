//! The pages about what the web invented.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use pmta_analysis::catalog::{self, FOLKLORE_DIRECTIVES, FOLKLORE_SECTIONS, FolkloreDirective};
use pmta_analysis::hover::{directive, section};
use pmta_analysis::pages;

use super::text;

/// The page that a person wrote.
const INTRODUCTION: &str = include_str!("../../../docs/folklore/README.md");

/// All pages of the folder.
pub(crate) fn pages() -> BTreeMap<String, String> {
    BTreeMap::from([
        ("README.md".to_owned(), INTRODUCTION.to_owned()),
        ("directives.md".to_owned(), directives()),
        ("sections.md".to_owned(), sections()),
    ])
}

fn directives() -> String {
    let mut page = String::from(
        "# Invented directives\n\nNames that pages about PowerMTA show and that it does not read, or not where they \
         are put. [Folklore](README.md) tells where they come from.\n",
    );
    for folklore in FOLKLORE_DIRECTIVES {
        let _ = writeln!(
            page,
            "\n## {}\n\n{}\n\nAs the web shows it:\n\n```pmta\n{}\n```",
            pages::folklore_heading(folklore.name),
            text::help(directive::folklore(folklore), &["Page"]),
            folklore.example.trim()
        );
        if let Some(link) = replacement(folklore) {
            let _ = writeln!(page, "\nRead more: {link}.");
        }
    }
    page
}

/// A link to what does the same in PowerMTA.
fn replacement(folklore: &FolkloreDirective) -> Option<String> {
    let name = folklore.replacement?;
    if !catalog::directives_named(name).is_empty() {
        return Some(text::directive(name));
    }
    let section = catalog::section(name.trim_matches(['<', '>']))?;
    Some(text::place(section.place))
}

fn sections() -> String {
    let mut page = String::from(
        "# Invented sections\n\nBlocks that pages about PowerMTA show and that it does not have. \
         [Folklore](README.md) tells where they come from.\n",
    );
    for folklore in FOLKLORE_SECTIONS {
        let _ = writeln!(
            page,
            "\n## {}\n\n{}\n\nAs the web shows it:\n\n```pmta\n{}\n```",
            folklore.name,
            text::help(section::folklore(folklore), &["Page"]),
            folklore.example.trim()
        );
        if let Some(place) = folklore.body_of {
            let _ = writeln!(page, "\nRead more: {}.", text::place(place));
        }
    }
    page
}
