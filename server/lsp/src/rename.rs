//! Renaming as clients take it.

use std::collections::HashMap;

use pmta_analysis::rename::{self, FileEdits, Refusal, RenameEdit};
use pmta_analysis::workspace::FileRange;
use tower_lsp::jsonrpc::{Error, ErrorCode};
use tower_lsp::ls_types::{
    AnnotatedTextEdit, ChangeAnnotation, DocumentChanges, OneOf,
    OptionalVersionedTextDocumentIdentifier, Position, PrepareRenameResponse, TextDocumentEdit,
    TextEdit, Uri, WorkspaceEdit,
};

use crate::state::Snapshot;
use crate::{from_proto, to_proto};

/// The code of an error that says why a request cannot be done.
const REQUEST_FAILED: i64 = -32803;
/// The remark about what keeps the old name.
const NOTE: &str = "elsewhere";

/// What is known of all open documents while something is renamed.
#[derive(Clone, Debug)]
pub struct Open {
    /// Their versions.
    pub versions: HashMap<Uri, i32>,
    /// Whether all files that belong together with them were read.
    pub is_settled: bool,
}

/// A renaming, and a remark that its edits do not carry.
#[derive(Debug)]
pub struct Renamed {
    /// The edits.
    pub edit: WorkspaceEdit,
    /// What to tell beside them.
    pub remark: Option<&'static str>,
}

/// Whether the name at a position can be renamed.
///
/// # Errors
/// A sentence that says why not.
pub fn prepare(
    snapshot: &Snapshot,
    open: &Open,
    position: Position,
) -> Result<Option<PrepareRenameResponse>, Refusal> {
    check(open)?;
    let at = from_proto::position(snapshot, position);
    let found = rename::prepare_rename(&snapshot.workspace, at)?;
    Ok(
        found.map(|found| PrepareRenameResponse::RangeWithPlaceholder {
            range: to_proto::range(snapshot, found.name.range),
            placeholder: found.text,
        }),
    )
}

/// Renames what is named at a position.
///
/// # Errors
/// A sentence that says why not.
pub fn rename(
    snapshot: &Snapshot,
    open: &Open,
    position: Position,
    new_name: &str,
) -> Result<Option<Renamed>, Refusal> {
    check(open)?;
    let at = from_proto::position(snapshot, position);
    let found = rename::rename(&snapshot.workspace, at, new_name)?;
    found
        .map(|found| renamed(snapshot, open, &found))
        .transpose()
}

/// Refuses while files are missing that may use the name.
fn check(open: &Open) -> Result<(), Refusal> {
    if open.is_settled {
        return Ok(());
    }
    Err(Refusal(
        "The files of this configuration are still being read. Try again in a moment.".to_owned(),
    ))
}

/// A refusal as a client shows it.
#[must_use]
pub fn error(refusal: Refusal) -> Error {
    Error {
        code: ErrorCode::ServerError(REQUEST_FAILED),
        message: refusal.0.into(),
        data: None,
    }
}

fn renamed(snapshot: &Snapshot, open: &Open, found: &RenameEdit) -> Result<Renamed, Refusal> {
    let annotates =
        snapshot.client.versioned_edits && snapshot.client.navigation.change_annotations;
    let note = found.note.filter(|_| annotates);
    let mut edits = Vec::new();
    for file in &found.files {
        edits.push(text_edits(snapshot, file)?);
    }
    let mut edit = WorkspaceEdit::default();
    if snapshot.client.versioned_edits {
        let changes = edits.into_iter().map(|(uri, edits)| TextDocumentEdit {
            edits: edits.into_iter().map(|it| annotated(it, note)).collect(),
            text_document: OptionalVersionedTextDocumentIdentifier {
                version: open.versions.get(&uri).copied(),
                uri,
            },
        });
        edit.document_changes = Some(DocumentChanges::Edits(changes.collect()));
        edit.change_annotations = note.map(|note| {
            let annotation = ChangeAnnotation {
                label: "The old name stays elsewhere".to_owned(),
                needs_confirmation: Some(false),
                description: Some(note.to_owned()),
            };
            HashMap::from([(NOTE.to_owned(), annotation)])
        });
    } else {
        edit.changes = Some(edits.into_iter().collect());
    }
    Ok(Renamed {
        edit,
        remark: found.note.filter(|_| !annotates),
    })
}

fn annotated(text_edit: TextEdit, note: Option<&str>) -> OneOf<TextEdit, AnnotatedTextEdit> {
    match note {
        Some(_) => OneOf::Right(AnnotatedTextEdit {
            text_edit,
            annotation_id: NOTE.to_owned(),
        }),
        None => OneOf::Left(text_edit),
    }
}

/// The edits of one file. One without a name for the client cannot be left out of a renaming.
fn text_edits(snapshot: &Snapshot, file: &FileEdits) -> Result<(Uri, Vec<TextEdit>), Refusal> {
    let mut name = None;
    let mut edits = Vec::new();
    for edit in &file.edits {
        let at = FileRange {
            file: file.file,
            range: edit.range,
        };
        let location = to_proto::location(snapshot, at).ok_or_else(|| {
            Refusal("A file that uses the name has a path that editors cannot be told.".to_owned())
        })?;
        name = Some(location.uri);
        edits.push(TextEdit {
            range: location.range,
            new_text: edit.text.clone(),
        });
    }
    let uri = name.unwrap_or_else(|| snapshot.uri.clone());
    Ok((uri, edits))
}
