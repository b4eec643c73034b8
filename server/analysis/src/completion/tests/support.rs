//! Completions as text.

use std::fmt::Write as _;

use super::super::{Completions, Config, Item, completions};
use crate::fixture::fixture;

/// What is completed at `$0`, for a client without snippets.
pub(super) fn complete(text: &str) -> Completions {
    let fixture = fixture(text);
    completions(&fixture.workspace, fixture.at, Config::default())
}

/// The labels in order.
pub(super) fn labels(text: &str) -> Vec<String> {
    complete(text)
        .items
        .into_iter()
        .map(|item| item.label.into_owned())
        .collect()
}

/// The first candidates for a client with snippets: label, and what is known about them.
pub(super) fn first(text: &str, count: usize) -> String {
    let fixture = fixture(text);
    let config = Config {
        snippets: true,
        files: None,
    };
    let found = completions(&fixture.workspace, fixture.at, config);
    let mut shown = String::new();
    for item in found.items.iter().take(count) {
        let _ = writeln!(shown, "{}", line(item));
    }
    shown
}

/// All candidates.
pub(super) fn all(text: &str) -> String {
    first(text, usize::MAX)
}

fn line(item: &Item) -> String {
    let mut line = item.label.clone().into_owned();
    if let Some(detail) = &item.detail {
        let _ = write!(line, " | {detail}");
    }
    if item.filter != item.label {
        let _ = write!(line, " | typed {}", item.filter);
    }
    if let Some(snippet) = &item.edit.snippet {
        let _ = write!(line, " | {}", snippet.replace('\n', "⏎").replace('\t', "→"));
    }
    if item.is_deprecated {
        line.push_str(" | deprecated");
    }
    line
}

/// The text after the candidate with this label was taken by a client without snippets.
pub(super) fn taken(text: &str, label: &str) -> String {
    let fixture = fixture(text);
    let found = completions(&fixture.workspace, fixture.at, Config::default());
    let item = found
        .items
        .iter()
        .find(|item| item.label == label)
        .expect("the candidate");
    let document = fixture
        .workspace
        .document(fixture.at.file)
        .expect("a document");
    let mut text = document.rope().to_string();
    text.replace_range(item.edit.insert.as_usize(), &item.edit.text);
    text
}
