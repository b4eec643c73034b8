//! Quick fixes: what the findings in a range offer, and comments that hide them.

use pmta_analysis::diagnostics::{Finding, Fix, Safety};
use pmta_analysis::ignores;
use pmta_analysis::routing;
use tower_lsp::ls_types::{
    CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams, CodeActionResponse,
    CodeActionTriggerKind, Diagnostic,
};

use crate::looks::{Look, Looks};
use crate::state::Snapshot;
use crate::{commands, fix_all, from_proto, to_proto, views};

/// The findings that touch the range, for [`quick_fixes`] and [`ignores()`]; none unless the client asks
/// for quick fixes. If no person asked, but the client while one types, what an earlier look has found is
/// good enough.
#[must_use]
pub fn asked(snapshot: &Snapshot, params: &CodeActionParams, looks: &Looks) -> Vec<Finding> {
    if !is_wanted(params.context.only.as_deref()) {
        return Vec::new();
    }
    let encoding = snapshot.client.encoding;
    let asked = from_proto::range(snapshot.document.rope(), params.range, encoding);
    let look = match params.context.trigger_kind {
        Some(CodeActionTriggerKind::AUTOMATIC) => Look::Quick,
        _ => Look::Full,
    };
    let found = looks.look(snapshot, look).findings;
    let found = found.iter();
    let here = found.filter(|it| it.range.start <= asked.end && asked.start <= it.range.end);
    here.cloned().collect()
}

/// The fixes of these findings, behind the one that fixes all where the client asks for it.
#[must_use]
pub fn quick_fixes(
    snapshot: &Snapshot,
    params: &CodeActionParams,
    findings: &[Finding],
) -> CodeActionResponse {
    let mut actions = Vec::new();
    if fix_all::is_wanted(params.context.only.as_deref()) {
        actions.extend(fix_all::fix_all(snapshot));
    }
    for finding in findings {
        let diagnostic = to_proto::diagnostic(snapshot, finding);
        let mut has_preferred = false;
        for fix in &finding.fixes {
            let is_preferred = !has_preferred && fix.safety == Safety::Safe;
            has_preferred |= is_preferred;
            actions.push(action(snapshot, &diagnostic, fix, is_preferred));
        }
    }
    actions
}

/// Comments that hide these findings.
#[must_use]
pub fn ignores(snapshot: &Snapshot, findings: &[Finding]) -> CodeActionResponse {
    let mut actions = Vec::new();
    for finding in findings {
        let diagnostic = to_proto::diagnostic(snapshot, finding);
        for fix in ignores::ignore_fixes(&snapshot.document, finding) {
            actions.push(action(snapshot, &diagnostic, &fix, false));
        }
    }
    actions
}

fn action(
    snapshot: &Snapshot,
    diagnostic: &Diagnostic,
    fix: &Fix,
    is_preferred: bool,
) -> CodeActionOrCommand {
    CodeActionOrCommand::CodeAction(CodeAction {
        title: fix.title.clone(),
        kind: Some(CodeActionKind::QUICKFIX),
        diagnostics: Some(vec![diagnostic.clone()]),
        edit: Some(to_proto::workspace_edit(snapshot, fix)),
        is_preferred: (is_preferred && snapshot.client.preferred_code_actions).then_some(true),
        ..CodeAction::default()
    })
}

/// Following a message from the sender that the range is about.
#[must_use]
pub fn traces(snapshot: &Snapshot, params: &CodeActionParams) -> CodeActionResponse {
    let only = params.context.only.as_deref();
    if only.is_some_and(|only| !only.iter().any(|kind| kind.as_str().is_empty())) {
        return Vec::new();
    }
    let at = from_proto::position(snapshot, params.range.start);
    let Some(message) = routing::message_at(&snapshot.workspace, at) else {
        return Vec::new();
    };
    let title = format!("Trace a message from {}", message.mail_from);
    let command = views::command(
        &snapshot.client,
        title.clone(),
        &title,
        commands::TRACE,
        commands::trace_argument(snapshot, message),
    );
    vec![CodeActionOrCommand::CodeAction(CodeAction {
        title,
        command: Some(command),
        ..CodeAction::default()
    })]
}

/// Whether the client asks for quick fixes: for all actions, for that kind, or for one above it.
fn is_wanted(only: Option<&[CodeActionKind]>) -> bool {
    let Some(only) = only else { return true };
    only.iter()
        .any(|kind| kind.as_str().is_empty() || *kind == CodeActionKind::QUICKFIX)
}
