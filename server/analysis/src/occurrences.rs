//! What is named at a position, and everywhere that name stands.

use std::collections::HashSet;

use crate::catalog::ReferenceKind;
use crate::cursor::Cursor;
use crate::names;
use crate::workspace::{FileId, FilePosition, FileRange, Workspace};

/// A name at a position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Subject {
    /// What it names.
    pub(crate) kind: ReferenceKind,
    /// The name.
    pub(crate) text: String,
    /// The name in the file, without quotes and without the `$` of a macro.
    pub(crate) name: FileRange,
}

/// A place where a name stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Occurrence {
    /// The name, without quotes and without the `$` of a macro.
    pub(crate) name: FileRange,
    /// Whether it is defined here.
    pub(crate) is_definition: bool,
}

/// What is named at a position; none where nothing is.
pub(crate) fn subject(workspace: &Workspace, at: FilePosition) -> Option<Subject> {
    let cursor = Cursor::at(workspace.document(at.file)?, at.offset)?;
    subject_at(&cursor, at.file)
}

/// What is named under a cursor.
pub(crate) fn subject_at(cursor: &Cursor, file: FileId) -> Option<Subject> {
    let names = cursor.names();
    let name = names::name_at(&cursor.text, &names.references, cursor.offset)
        .or_else(|| names::name_at(&cursor.text, &names.definitions, cursor.offset))?;
    Some(Subject {
        kind: name.kind,
        text: name.range.slice(&cursor.text).to_owned(),
        name: FileRange {
            file,
            range: name.range.shifted(cursor.start),
        },
    })
}

/// Everywhere a name stands: in the configurations that the file is part of, and in those that share
/// a file with them in which it stands. File by file in reading order, each file's in order of
/// position.
pub(crate) fn occurrences(
    workspace: &Workspace,
    file: FileId,
    kind: ReferenceKind,
    name: &str,
) -> Vec<Occurrence> {
    let mut found: Vec<Occurrence> = Vec::new();
    let mut known: HashSet<Occurrence> = HashSet::new();
    let mut asked: Vec<FileId> = Vec::new();
    let mut waiting = vec![file];
    while let Some(file) = waiting.pop() {
        let is_known = |root: FileId| {
            asked
                .iter()
                .any(|asked| workspace.roots_with(*asked).any(|it| it.file == root))
        };
        let has_news = workspace.roots_with(file).any(|root| !is_known(root.file));
        if !has_news && !asked.is_empty() {
            continue;
        }
        asked.push(file);
        for site in names::sites(workspace, file, kind, name) {
            let occurrence = Occurrence {
                name: site.name,
                is_definition: site.is_definition,
            };
            if known.insert(occurrence) {
                found.push(occurrence);
            }
        }
        let mut files: Vec<FileId> = found.iter().map(|it| it.name.file).collect();
        files.dedup();
        files.retain(|file| !asked.contains(file));
        waiting.extend(files);
    }
    found
}
