//! Texts with a cursor, for tests of features.

use std::path::Path;

use crate::workspace::test_support::Disk;
use crate::workspace::{FileId, FilePosition, FileRange, Workspace};

/// The file of a text that names none.
const ALONE: &str = "/etc/pmta/config";

/// A workspace and the place of the cursor in it.
pub(crate) struct Fixture {
    pub(crate) workspace: Workspace,
    pub(crate) at: FilePosition,
}

/// Reads a text with a cursor `$0`. A line `#- /path` begins another file; the first file is the
/// root.
pub(crate) fn fixture(text: &str) -> Fixture {
    let mut files = files_of(text);
    let cursor = files
        .iter_mut()
        .find_map(|(path, text)| {
            let offset = text.find("$0")?;
            text.replace_range(offset..offset.saturating_add(2), "");
            Some((path.clone(), offset))
        })
        .expect("a cursor");
    let (workspace, disk) = read(&files);
    let file = workspace
        .file_at(Path::new(&cursor.0), &disk)
        .expect("the cursor's file is part of the root");
    Fixture {
        workspace,
        at: FilePosition {
            file,
            offset: cursor.1,
        },
    }
}

/// Reads a text without cursor.
pub(crate) fn root_of(text: &str) -> Workspace {
    read(&files_of(text)).0
}

fn files_of(text: &str) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = Vec::new();
    for line in text.split_inclusive('\n') {
        match (line.strip_prefix("#- "), files.last_mut()) {
            (Some(path), _) => files.push((path.trim_end().to_owned(), String::new())),
            (None, Some((_, text))) => text.push_str(line),
            (None, None) => files.push((ALONE.to_owned(), line.to_owned())),
        }
    }
    files
}

fn read(files: &[(String, String)]) -> (Workspace, Disk) {
    let borrowed: Vec<_> = files
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .collect();
    let disk = Disk::of(&borrowed);
    let mut workspace = Workspace::new(None, Vec::new());
    workspace
        .add_root(Path::new(borrowed[0].0), &disk)
        .expect("a root");
    (workspace, disk)
}

impl Fixture {
    /// A range as `LINE:COLUMN text`, with the file's name in front if it is not the cursor's.
    pub(crate) fn shown(&self, range: FileRange) -> String {
        let document = self.workspace.document(range.file).expect("a document");
        let text = document.rope().to_string();
        let before = &text[..range.range.start as usize];
        let line = before.split('\n').count();
        let last = before.rsplit('\n').next().unwrap_or_default();
        let column = last.len().saturating_add(1);
        format!(
            "{}{line}:{column} {}",
            self.file_name(range.file),
            range.range.slice(&text)
        )
    }

    fn file_name(&self, file: FileId) -> String {
        if file == self.at.file {
            return String::new();
        }
        let path = self.workspace.path(file).expect("a path");
        format!("{}:", path.file_name().expect("a name").to_string_lossy())
    }
}
