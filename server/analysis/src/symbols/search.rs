//! Names in all files of all configurations, by what somebody types.

use std::cmp::Reverse;

use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use super::SymbolKind;
use crate::catalog::{self, ArgumentKind};
use crate::document::{Document, ItemRef};
use crate::meaning::{self, Location, Meaning};
use crate::syntax::{EntryKind, normalise};
use crate::text::TextRange;
use crate::workspace::{FileRange, Workspace};

/// Most symbols that are found at a time.
pub const MOST_FOUND: usize = 256;

/// A name that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundSymbol {
    /// Which of the workspaces it is in.
    pub workspace: usize,
    /// The name.
    pub name: String,
    /// What it names.
    pub kind: SymbolKind,
    /// Where it is defined.
    pub at: FileRange,
}

/// How well a name fits; the smaller, the better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Exact,
    Prefix,
    WordStart,
    Scattered,
}

/// The names that fit a query, the best first: the same name, names that begin with it, names with a
/// word that does, and names that hold its letters in order. Without a query all names fit.
#[must_use]
pub fn workspace_symbols(workspaces: &[&Workspace], query: &str) -> Vec<FoundSymbol> {
    let query = query.trim();
    let mut search = Search {
        query: query.to_lowercase(),
        pattern: Pattern::new(
            query,
            CaseMatching::Ignore,
            Normalization::Smart,
            AtomKind::Fuzzy,
        ),
        matcher: Matcher::new(Config::DEFAULT),
        letters: Vec::new(),
    };
    let mut found = Vec::new();
    for (index, workspace) in workspaces.iter().enumerate() {
        for file in workspace.files() {
            let Some(document) = workspace.document(file) else {
                continue;
            };
            for item in document.items() {
                each_name(document, &item, |kind, range| {
                    let name = document.slice(range.as_usize());
                    if let Some((fit, score)) = search.rank(&name) {
                        let at = FileRange { file, range };
                        let symbol = FoundSymbol {
                            workspace: index,
                            name,
                            kind,
                            at,
                        };
                        found.push((fit, Reverse(score), symbol));
                    }
                });
            }
        }
    }
    let order = |found: &(Fit, Reverse<u32>, FoundSymbol)| {
        let (fit, score, symbol) = found;
        let is_domain = symbol.kind == SymbolKind::Domain;
        (
            *fit,
            is_domain,
            *score,
            symbol.name.len(),
            symbol.name.clone(),
            symbol.workspace,
            symbol.at,
        )
    };
    found.sort_by_cached_key(order);
    found.truncate(MOST_FOUND);
    found.into_iter().map(|(_, _, symbol)| symbol).collect()
}

/// Something to look for.
struct Search {
    query: String,
    pattern: Pattern,
    matcher: Matcher,
    letters: Vec<char>,
}

impl Search {
    /// How well a name fits, and how close together the letters stand where they are scattered.
    fn rank(&mut self, name: &str) -> Option<(Fit, u32)> {
        let letters = Utf32Str::new(name, &mut self.letters);
        let score = self.pattern.score(letters, &mut self.matcher)?;
        let lower = name.to_lowercase();
        let fit = if lower == self.query {
            Fit::Exact
        } else if lower.starts_with(&self.query) {
            Fit::Prefix
        } else if begins_word(&lower, &self.query) {
            Fit::WordStart
        } else {
            Fit::Scattered
        };
        let score = if fit == Fit::Scattered { score } else { 0 };
        Some((fit, score))
    }
}

/// Whether a word inside a name begins so.
fn begins_word(name: &str, query: &str) -> bool {
    name.match_indices(query).any(|(at, _)| {
        let before = name.get(..at).and_then(|before| before.chars().next_back());
        before.is_some_and(|sign| !sign.is_alphanumeric())
    })
}

/// Every name that an item defines, with its range in the file.
fn each_name(
    document: &Document,
    item: &ItemRef<'_>,
    mut use_name: impl FnMut(SymbolKind, TextRange),
) {
    let start = TextRange::of(item.start, item.start).start;
    for definition in &item.facts.definitions {
        let kind = SymbolKind::of_name(definition.kind);
        use_name(kind, definition.range.shifted(start));
    }
    if !item.facts.definitions.is_empty() {
        return;
    }
    // Sections that nothing refers to by their names, which are no facts.
    let Some(tag) = item.facts.first_tag else {
        return;
    };
    let tag = document.slice(tag.shifted(start).as_usize());
    let is_named = catalog::section(&normalise(&tag))
        .is_some_and(|section| section.argument == Some(ArgumentKind::Name));
    if !is_named {
        return;
    }
    let Some((_, text, view)) = document.item_at(item.start) else {
        return;
    };
    let judged = meaning::judge(&text, &view, Location::Unknown);
    let first = view.entries.iter().zip(&judged).next();
    if let Some((entry, judged)) = first
        && let EntryKind::Section(section) = &entry.kind
        && let Meaning::Section(found) = judged.meaning
        && let Some(name) = section.open.name_range(&text)
        && !name.is_empty()
    {
        use_name(SymbolKind::of_section(found.place), name.shifted(start));
    }
}
