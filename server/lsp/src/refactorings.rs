//! Refactorings as code actions.

use pmta_analysis::refactor::{self, RefactoringKind};
use pmta_analysis::workspace::FilePosition;
use tower_lsp::ls_types::{
    CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams, CodeActionResponse,
};

use crate::state::Snapshot;
use crate::{from_proto, to_proto};

/// The kinds that are offered.
pub const KINDS: [CodeActionKind; 3] = [
    CodeActionKind::REFACTOR_EXTRACT,
    CodeActionKind::REFACTOR_INLINE,
    CodeActionKind::REFACTOR_REWRITE,
];

/// The refactorings at the start of the range.
#[must_use]
pub fn refactorings(snapshot: &Snapshot, params: &CodeActionParams) -> CodeActionResponse {
    let is_wanted = |kind: &CodeActionKind| is_wanted(params.context.only.as_deref(), kind);
    if !KINDS.iter().any(is_wanted) {
        return Vec::new();
    }
    let encoding = snapshot.client.encoding;
    let asked = from_proto::range(snapshot.document.rope(), params.range, encoding);
    let at = FilePosition {
        file: snapshot.file,
        offset: asked.start as usize,
    };
    let found = refactor::refactorings(&snapshot.workspace, at);
    let actions = found.into_iter().filter_map(|refactoring| {
        let kind = kind(refactoring.kind);
        if !is_wanted(&kind) {
            return None;
        }
        Some(CodeActionOrCommand::CodeAction(CodeAction {
            title: refactoring.title,
            kind: Some(kind),
            edit: Some(to_proto::edits_of_files(snapshot, &refactoring.edits)?),
            ..CodeAction::default()
        }))
    });
    actions.collect()
}

fn kind(kind: RefactoringKind) -> CodeActionKind {
    match kind {
        RefactoringKind::Extract => CodeActionKind::REFACTOR_EXTRACT,
        RefactoringKind::Inline => CodeActionKind::REFACTOR_INLINE,
        RefactoringKind::Rewrite => CodeActionKind::REFACTOR_REWRITE,
    }
}

/// Whether the client asks for this kind: for all actions, for that kind, or for one above it.
fn is_wanted(only: Option<&[CodeActionKind]>, kind: &CodeActionKind) -> bool {
    let Some(only) = only else { return true };
    only.iter().any(|wanted| {
        let below = kind.as_str().strip_prefix(wanted.as_str());
        wanted.as_str().is_empty()
            || below.is_some_and(|below| below.is_empty() || below.starts_with('.'))
    })
}
