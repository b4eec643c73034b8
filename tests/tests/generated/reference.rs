//! The pages about directives and sections.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use pmta_analysis::catalog::{self, Directive, FOLKLORE_DIRECTIVES, FOLKLORE_SCOPES, Place};
use pmta_analysis::hover::wording::sentence;
use pmta_analysis::hover::{Block, directive, section};
use pmta_analysis::{pages, value};

use super::text;

/// A page about each directive, and a list of them.
pub(crate) fn directives() -> BTreeMap<String, String> {
    let names: BTreeSet<&str> = catalog::DIRECTIVES.iter().map(|entry| entry.name).collect();
    let mut index = String::from(
        "# Directives\n\nEvery directive that PowerMTA is known to read, by name. \
         [Sections](../sections/README.md) has them by the section in which they stand.\n\n",
    );
    let mut files = BTreeMap::new();
    for name in names {
        let entries = catalog::directives_named(name);
        let summary = entries.first().map_or("", |first| first.summary);
        let _ = writeln!(
            index,
            "- [`{name}`]({}) {}: {}",
            text::file_name(&pages::directive(name)),
            text::places(entries.iter().map(|entry| entry.place)),
            text::paragraph(&sentence(summary))
        );
        files.insert(
            text::file_name(&pages::directive(name)),
            about_directive(name, entries),
        );
    }
    files.insert("README.md".to_owned(), index);
    files
}

fn about_directive(name: &str, entries: &'static [Directive]) -> String {
    let title = match name {
        "/REGEX/" => "Lines that begin with a pattern",
        "*" => "The line for everything else",
        name => name,
    };
    let mut page = format!("# {title}\n");
    let groups = alike(entries);
    for (entry, places) in &groups {
        let places = text::places(places.iter().copied());
        let _ = if groups.len() == 1 {
            writeln!(page, "\nStands in {places}.")
        } else {
            writeln!(page, "\n## In {places}")
        };
        let _ = writeln!(page, "\n{}", about_entry(entry));
    }
    for scope in FOLKLORE_SCOPES.iter().filter(|it| it.directive == name) {
        let _ = writeln!(
            page,
            "\n## Not in {}\n\n{}\n\nWrite: {}",
            text::place(scope.place),
            text::paragraph(&sentence(scope.explanation)),
            text::paragraph(scope.genuine)
        );
    }
    let inventions: Vec<String> = FOLKLORE_DIRECTIVES
        .iter()
        .filter(|folklore| folklore.replacement == Some(name))
        .map(|folklore| {
            let page = pages::folklore_directive(folklore.name);
            text::link(&format!("`{}`", folklore.name), &page)
        })
        .collect();
    if !inventions.is_empty() {
        let _ = writeln!(
            page,
            "\n## What the web writes instead\n\nPowerMTA does not read these: {}.",
            inventions.join(", ")
        );
    }
    page
}

/// Entries that one text serves, with their places.
fn alike(entries: &'static [Directive]) -> Vec<(&'static Directive, Vec<Place>)> {
    let mut groups: Vec<(&Directive, String, Vec<Place>)> = Vec::new();
    for entry in entries {
        let about = about_entry(entry);
        match groups.iter_mut().find(|(_, known, _)| *known == about) {
            Some((.., places)) => places.push(entry.place),
            None => groups.push((entry, about, vec![entry.place])),
        }
    }
    groups
        .into_iter()
        .map(|(entry, _, places)| (entry, places))
        .collect()
}

fn about_entry(entry: &Directive) -> String {
    let mut help = directive::directive(entry);
    // Behind the syntax and what it does.
    let place = help.blocks.len().min(2);
    let value = value::expected(&entry.value);
    if !value.is_empty() {
        help.blocks.insert(place, Block::Field("Value", value));
    }
    text::help(help, &["Stands in", "Page"])
}

/// A page about each section and the top level, and a list of them.
pub(crate) fn sections() -> BTreeMap<String, String> {
    let mut index = String::from("# Sections\n\nWhere directives stand.\n\n");
    let mut files = BTreeMap::new();
    for place in Place::all() {
        let (title, about) = match place.section() {
            None => (
                "global".to_owned(),
                "The top level of a configuration: outside of all sections.".to_owned(),
            ),
            Some(found) => {
                let help = text::help(section::section(found), &["Stands in", "Page"]);
                let places = text::places(found.nests_in.iter().copied());
                (
                    found.name.to_owned(),
                    format!("Stands in {places}.\n\n{help}"),
                )
            }
        };
        let summary = place.section().map_or_else(
            || "outside of all sections.".to_owned(),
            |found| text::paragraph(&sentence(found.summary)),
        );
        let file = text::file_name(&pages::place(place));
        let _ = writeln!(index, "- [{title}]({file}): {summary}");
        let mut page = format!("# {title}\n\n{about}\n");
        let mut entries = catalog::directives_of(place).peekable();
        if entries.peek().is_some() {
            page.push_str("\n## Directives\n\n");
        }
        for entry in entries {
            let _ = writeln!(
                page,
                "- {}: {}",
                text::directive(entry.name),
                text::paragraph(&sentence(entry.summary))
            );
        }
        files.insert(file, page);
    }
    files.insert("README.md".to_owned(), index);
    files
}
