//! The command that makes all safe fixes in all files.

use std::collections::{BTreeMap, HashMap};

use pmta_analysis::fixing;
use pmta_analysis::workspace::{FileId, Workspace};
use tower_lsp::ls_types::{
    DocumentChanges, OneOf, OptionalVersionedTextDocumentIdentifier, TextDocumentEdit, TextEdit,
    Uri, WorkspaceEdit,
};

use crate::capabilities::Client;
use crate::line_edits::line_edits;
use crate::requests::Cancellation;
use crate::survey::Surveyed;

/// The edits that fix all files of some projects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fixes(BTreeMap<String, (Uri, Vec<TextEdit>)>);

impl Fixes {
    /// Works out what there is to fix. Files that the project excludes, and those that are not UTF-8, are
    /// left alone.
    #[must_use]
    pub fn of(projects: &[Surveyed], client: &Client, cancellation: &Cancellation) -> Self {
        let mut fixes = BTreeMap::new();
        for project in projects {
            for (file, uri) in &project.uris {
                if cancellation.is_cancelled() {
                    return Self(BTreeMap::new());
                }
                let edits = edits(&project.workspace, *file, client);
                if !edits.is_empty() {
                    fixes.insert(uri.as_str().to_owned(), (uri.clone(), edits));
                }
            }
        }
        Self(fixes)
    }

    /// How many files there is something to fix in.
    #[must_use]
    pub fn files(&self) -> usize {
        self.0.len()
    }

    /// A sentence about them.
    #[must_use]
    pub fn sentence(&self) -> String {
        match self.files() {
            0 => "There is nothing that can be fixed safely.".to_owned(),
            1 => "What can be fixed safely is fixed in 1 file.".to_owned(),
            files => format!("What can be fixed safely is fixed in {files} files."),
        }
    }

    /// The edits as the client can take them. `versions` are those of open documents.
    #[must_use]
    pub fn into_edit(self, client: &Client, versions: &HashMap<Uri, i32>) -> WorkspaceEdit {
        let files = self.0.into_values();
        if !client.versioned_edits {
            return WorkspaceEdit {
                changes: Some(files.collect()),
                ..WorkspaceEdit::default()
            };
        }
        let documents = files.map(|(uri, edits)| TextDocumentEdit {
            text_document: OptionalVersionedTextDocumentIdentifier {
                version: versions.get(&uri).copied(),
                uri,
            },
            edits: edits.into_iter().map(OneOf::Left).collect(),
        });
        WorkspaceEdit {
            document_changes: Some(DocumentChanges::Edits(documents.collect())),
            ..WorkspaceEdit::default()
        }
    }
}

fn edits(workspace: &Workspace, file: FileId, client: &Client) -> Vec<TextEdit> {
    let path = workspace.path(file);
    if path.is_some_and(|path| workspace.policy().excludes(path)) {
        return Vec::new();
    }
    let Some(document) = workspace.document(file) else {
        return Vec::new();
    };
    if document.encoding().first_invalid.is_some() {
        return Vec::new();
    }
    let Some(fixed) = fixing::fix_all(workspace, file, false) else {
        return Vec::new();
    };
    let rope = document.rope();
    let changed = line_edits(&rope.to_string(), &fixed.rope().to_string());
    let edits = changed.into_iter().map(|edit| TextEdit {
        range: client.encoding.range(rope, edit.range),
        new_text: edit.text,
    });
    edits.collect()
}
