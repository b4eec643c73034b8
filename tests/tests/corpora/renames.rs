//! Renaming in every file: what is renamed can be renamed back, and nothing is found that was not
//! found before.

use std::path::{Path, PathBuf};

use pmta_analysis::document::Document;
use pmta_analysis::findings::findings;
use pmta_analysis::rename::{RenameEdit, rename};
use pmta_analysis::workspace::{FileId, FilePosition, Workspace};

/// Most names of one file that are tried.
const MOST_NAMES: usize = 12;

#[test]
fn names_are_renamed_there_and_back() {
    let (mut renamed, mut refused) = (0, 0);
    for (path, bytes) in super::read_all("renames") {
        let (workspace, file) = alone(&bytes);
        let Some(document) = workspace.document(file) else {
            continue;
        };
        let names: Vec<usize> = document
            .items()
            .flat_map(|item| {
                let definitions = item.facts.definitions.iter();
                definitions.map(move |name| item.start + name.range.start as usize)
            })
            .collect();
        let step = names.len().div_ceil(MOST_NAMES).max(1);
        for offset in names.into_iter().step_by(step) {
            match there_and_back(&workspace, file, offset, &path) {
                Some(()) => renamed += 1,
                None => refused += 1,
            }
        }
    }
    println!("renames: {renamed} there and back, {refused} refused");
    assert!(renamed > 200, "{renamed} of {refused}");
}

/// Renames what is defined at an offset and back again; none if one of both is refused.
fn there_and_back(workspace: &Workspace, file: FileId, offset: usize, path: &Path) -> Option<()> {
    let at = FilePosition { file, offset };
    let edit = ["renamed_name", "renamed.rollup"]
        .iter()
        .find_map(|new| rename(workspace, at, new).ok()?)?;
    let edits = &edit.files.first()?.edits;
    let own = edits.iter().find(|it| it.range.start as usize == offset)?;
    let before = workspace.document(file)?;
    let old = before.slice(own.range.as_usize());
    let edited = applied(workspace, &edit);
    let told = |workspace: &Workspace| -> Vec<&'static str> {
        let found = findings(workspace, file).into_iter();
        found.map(|finding| finding.rule.code).collect()
    };
    assert_eq!(told(workspace), told(&edited), "{} {old}", path.display());
    let at = FilePosition {
        file,
        offset: edits.first()?.range.start as usize,
    };
    let back = rename(&edited, at, &old).ok()??;
    let back = applied(&edited, &back);
    let text = |workspace: &Workspace| workspace.document(file).map(|it| it.rope().to_string());
    if !has_other_case(&edit, before, &old) {
        assert!(text(workspace) == text(&back), "{} {old}", path.display());
    }
    Some(())
}

/// Whether a name was also written with other case, which the way back cannot know.
fn has_other_case(edit: &RenameEdit, before: &Document, old: &str) -> bool {
    let edits = edit.files.iter().flat_map(|file| &file.edits);
    edits
        .into_iter()
        .any(|edit| before.slice(edit.range.as_usize()) != old)
}

fn alone(bytes: &[u8]) -> (Workspace, FileId) {
    Workspace::alone(PathBuf::from("/config"), Document::from_bytes(bytes))
}

fn applied(workspace: &Workspace, edit: &RenameEdit) -> Workspace {
    let mut workspace = workspace.clone();
    for file in &edit.files {
        let Some(mut document) = workspace.document(file.file).cloned() else {
            continue;
        };
        for edit in file.edits.iter().rev() {
            document.edit(edit.range.as_usize(), &edit.text);
        }
        workspace.set_document(file.file, document);
    }
    workspace
}
