//! Shows what refactorings do, for tests.

use std::collections::BTreeMap;

use super::refactorings;
use crate::fixture::fixture;

/// The texts of all files after the refactoring whose title begins so, at the cursor of a fixture;
/// the titles that are there if none does.
pub(super) fn refactored(text: &str, title: &str) -> String {
    let fixture = fixture(text);
    let all = refactorings(&fixture.workspace, fixture.at);
    let Some(found) = all.iter().find(|it| it.title.starts_with(title)) else {
        let titles: Vec<&str> = all.iter().map(|it| it.title.as_str()).collect();
        return format!("nothing among {titles:?}\n");
    };
    let mut texts = BTreeMap::new();
    let mut edits = found.edits.clone();
    edits.sort_by_key(|(file, edit)| (*file, edit.range));
    for (file, edit) in edits.iter().rev() {
        let document = fixture.workspace.document(*file).expect("a document");
        let text = texts
            .entry(*file)
            .or_insert_with(|| document.rope().to_string());
        text.replace_range(edit.range.as_usize(), &edit.text);
    }
    let texts: Vec<String> = texts.into_values().collect();
    format!("{}\n{}", found.title, texts.join("----\n"))
}
