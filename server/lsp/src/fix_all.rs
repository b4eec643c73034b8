//! The code action that makes all safe fixes of a file.

use pmta_analysis::diagnostics::{Fix, Safety};
use pmta_analysis::fixing;
use tower_lsp::ls_types::{CodeAction, CodeActionKind, CodeActionOrCommand};

use crate::line_edits::line_edits;
use crate::state::Snapshot;
use crate::to_proto;

/// Kind of the action.
pub(crate) const KIND: CodeActionKind = CodeActionKind::new("source.fixAll.pmta");

/// The action; none: there is nothing to fix.
#[must_use]
pub(crate) fn fix_all(snapshot: &Snapshot) -> Option<CodeActionOrCommand> {
    let fixed = fixing::fix_all(&snapshot.workspace, snapshot.file, false)?;
    let (old, new) = (
        snapshot.document.rope().to_string(),
        fixed.rope().to_string(),
    );
    let fix = Fix {
        title: "Fix all that can be fixed safely".to_owned(),
        safety: Safety::Safe,
        edits: line_edits(&old, &new),
    };
    if fix.edits.is_empty() {
        return None;
    }
    Some(CodeActionOrCommand::CodeAction(CodeAction {
        title: fix.title.clone(),
        kind: Some(KIND),
        edit: Some(to_proto::workspace_edit(snapshot, &fix)),
        ..CodeAction::default()
    }))
}

/// Whether the client asks for this kind by its name or one above it. It is not offered unasked: all
/// of the file would have to be fixed each time the cursor moves.
#[must_use]
pub(crate) fn is_wanted(only: Option<&[CodeActionKind]>) -> bool {
    let own = KIND;
    let is_above = |kind: &CodeActionKind| {
        let below = own.as_str().strip_prefix(kind.as_str());
        !kind.as_str().is_empty() && below.is_some_and(|it| it.is_empty() || it.starts_with('.'))
    };
    only.unwrap_or_default().iter().any(is_above)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_offered_when_asked_for() {
        let asked = |kind: &'static str| is_wanted(Some(&[CodeActionKind::new(kind)]));
        assert!(asked("source"));
        assert!(asked("source.fixAll"));
        assert!(asked("source.fixAll.pmta"));
        assert!(!asked("source.fixAll.eslint"));
        assert!(!asked("sou"));
        assert!(!asked("quickfix"));
        assert!(!is_wanted(None));
    }
}
