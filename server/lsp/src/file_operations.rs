//! Files that are created, deleted and renamed in the editor.

use std::collections::HashMap;

use pmta_analysis::diagnostics::Finding;
use pmta_analysis::file_rename::{self, FileRename, RenameEffect};
use pmta_analysis::workspace::{FileId, FileRange, Workspace};
use tower_lsp::ls_types::{
    CodeAction, CodeActionKind, CodeActionOrCommand, CreateFile, CreateFileOptions,
    DocumentChangeOperation, DocumentChanges, FileOperationFilter, FileOperationPattern,
    FileOperationRegistrationOptions, OneOf, OptionalVersionedTextDocumentIdentifier,
    RenameFilesParams, ResourceOp, TextDocumentEdit, TextEdit, Uri, WorkspaceEdit,
    WorkspaceFileOperationsServerCapabilities,
};

use crate::capabilities::Client;
use crate::state::Snapshot;
use crate::survey::Surveyed;
use crate::{from_proto, to_proto};

/// What the server wants to be told of: a configuration may have any name.
#[must_use]
pub fn capabilities() -> WorkspaceFileOperationsServerCapabilities {
    let all = FileOperationRegistrationOptions {
        filters: vec![FileOperationFilter {
            scheme: Some("file".to_owned()),
            pattern: FileOperationPattern {
                glob: "**/*".to_owned(),
                matches: None,
                options: None,
            },
        }],
    };
    WorkspaceFileOperationsServerCapabilities {
        did_create: Some(all.clone()),
        did_delete: Some(all.clone()),
        did_rename: Some(all.clone()),
        will_rename: Some(all),
        ..WorkspaceFileOperationsServerCapabilities::default()
    }
}

/// The renamings of files that the client announces.
#[must_use]
pub fn renames(params: &RenameFilesParams) -> Vec<FileRename> {
    let renames = params.files.iter().filter_map(|file| {
        Some(FileRename {
            from: from_proto::path(&file.old_uri.parse().ok()?)?,
            to: from_proto::path(&file.new_uri.parse().ok()?)?,
        })
    });
    renames.collect()
}

/// The edits that keep `include` lines true in these workspaces, and sentences about lines that stay
/// wrong. `versions` are those of the open documents.
#[must_use]
pub fn rename_edit(
    workspaces: &[Surveyed],
    renames: &[FileRename],
    client: &Client,
    versions: &HashMap<Uri, i32>,
) -> (Option<WorkspaceEdit>, Vec<String>) {
    let mut edits: HashMap<Uri, Vec<TextEdit>> = HashMap::new();
    let mut warnings = Vec::new();
    for surveyed in workspaces {
        let RenameEffect {
            edits: found,
            warnings: told,
        } = file_rename::file_rename(&surveyed.workspace, renames);
        warnings.extend(told);
        for (at, text) in found {
            if let Some((uri, edit)) =
                text_edit(&surveyed.workspace, &surveyed.uris, client, at, text)
            {
                let edits = edits.entry(uri).or_default();
                if !edits.contains(&edit) {
                    edits.push(edit);
                }
            }
        }
    }
    warnings.dedup();
    if edits.is_empty() {
        return (None, warnings);
    }
    let edit = if client.versioned_edits {
        let mut changes: Vec<TextDocumentEdit> = edits
            .into_iter()
            .map(|(uri, edits)| TextDocumentEdit {
                text_document: OptionalVersionedTextDocumentIdentifier {
                    version: versions.get(&uri).copied(),
                    uri,
                },
                edits: edits.into_iter().map(OneOf::Left).collect(),
            })
            .collect();
        changes.sort_by(|one, other| {
            let uri = |it: &TextDocumentEdit| it.text_document.uri.as_str().to_owned();
            uri(one).cmp(&uri(other))
        });
        WorkspaceEdit {
            document_changes: Some(DocumentChanges::Edits(changes)),
            ..WorkspaceEdit::default()
        }
    } else {
        WorkspaceEdit {
            changes: Some(edits),
            ..WorkspaceEdit::default()
        }
    };
    (Some(edit), warnings)
}

fn text_edit(
    workspace: &Workspace,
    uris: &HashMap<FileId, Uri>,
    client: &Client,
    at: FileRange,
    new_text: String,
) -> Option<(Uri, TextEdit)> {
    let rope = workspace.document(at.file)?.rope();
    let range = client.encoding.range(rope, at.range);
    Some((uris.get(&at.file)?.clone(), TextEdit { range, new_text }))
}

/// Code actions that create the included files which are missed, as these findings say.
#[must_use]
pub fn creations(snapshot: &Snapshot, findings: &[Finding]) -> Vec<CodeActionOrCommand> {
    let rule = &pmta_analysis::diagnostics::include_missing::RULE;
    if !snapshot.client.creates_files {
        return Vec::new();
    }
    let mut findings = findings.iter().filter(|it| it.rule.code == rule.code);
    let Some(first) = findings.next() else {
        return Vec::new();
    };
    let missing = pmta_analysis::diagnostics::include_missing::missing_files(
        &snapshot.workspace,
        snapshot.file,
    );
    let mut actions = Vec::new();
    for finding in std::iter::once(first).chain(findings) {
        let written = snapshot.document.slice(finding.range.as_usize());
        let mut named = missing.iter().filter(|(path, _)| *path == written);
        let Some((uri, name)) = named.next().and_then(|(_, path)| {
            let name = snapshot.workspace.shown_path(path);
            Some((Uri::from_file_path(path)?, name))
        }) else {
            continue;
        };
        let create = ResourceOp::Create(CreateFile {
            uri,
            options: Some(CreateFileOptions {
                overwrite: None,
                ignore_if_exists: Some(true),
            }),
            annotation_id: None,
        });
        let operations = vec![DocumentChangeOperation::Op(create)];
        actions.push(CodeActionOrCommand::CodeAction(CodeAction {
            title: format!("Create `{name}`"),
            kind: Some(CodeActionKind::QUICKFIX),
            diagnostics: Some(vec![to_proto::diagnostic(snapshot, finding)]),
            edit: Some(WorkspaceEdit {
                document_changes: Some(DocumentChanges::Operations(operations)),
                ..WorkspaceEdit::default()
            }),
            ..CodeAction::default()
        }));
    }
    actions
}
