//! Code actions that run commands, so that these can be reached from any editor.

use pmta_analysis::inheritance;
use serde_json::json;
use tower_lsp::ls_types::{
    CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams, CodeActionResponse, Command,
};

use crate::state::Snapshot;
use crate::{commands, from_proto, views};

/// Kind of those that are about whole files.
pub const KIND: CodeActionKind = CodeActionKind::new("source.pmta");

/// The actions. Those about whole files are offered when they are asked for, and at the head of a file,
/// for some editors never ask for them: nobody wants to see them each time the cursor moves.
#[must_use]
pub fn actions(snapshot: &Snapshot, params: &CodeActionParams) -> CodeActionResponse {
    let Some(only) = &params.context.only else {
        let settings = settings(snapshot, params).into_iter();
        let is_head = params.range.start.line == 0 && !snapshot.client.shows_views;
        let about_files = is_head.then(|| actions_about_files(snapshot, |_| true));
        return settings.chain(about_files.into_iter().flatten()).collect();
    };
    actions_about_files(snapshot, |kind| {
        only.iter().any(|only| is_below(kind, only.as_str()))
    })
}

fn actions_about_files(
    snapshot: &Snapshot,
    is_wanted: impl Fn(&str) -> bool,
) -> CodeActionResponse {
    let mut actions = Vec::new();
    for (name, command) in about_files(snapshot) {
        let kind = format!("{}.{name}", KIND.as_str());
        if is_wanted(&kind) {
            actions.push(action(Some(CodeActionKind::from(kind)), command));
        }
    }
    actions
}

/// Whether a kind is another one or belongs to it.
fn is_below(kind: &str, above: &str) -> bool {
    let rest = kind.strip_prefix(above);
    !above.is_empty() && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// The names of kinds with what they do.
fn about_files(snapshot: &Snapshot) -> [(&'static str, Command); 3] {
    let own = |title: &str, command: &str| Command::new(title.to_owned(), command.to_owned(), None);
    [
        (
            "fixAllFiles",
            own("Fix all files, as far as that is safe", commands::FIX_ALL),
        ),
        (
            "syntaxTree",
            views::command(
                &snapshot.client,
                "Show the syntax tree".to_owned(),
                "Syntax tree",
                commands::SYNTAX_TREE,
                json!({ "uri": snapshot.uri }),
            ),
        ),
        (
            "reload",
            own("Read all files again from the disk", commands::RELOAD),
        ),
    ]
}

/// The effective settings of the queue at the start of the range. A client that shows texts has commands
/// of its own for that and for whole files, and lenses.
fn settings(snapshot: &Snapshot, params: &CodeActionParams) -> Option<CodeActionOrCommand> {
    let client = &snapshot.client;
    if client.shows_views {
        return None;
    }
    let at = from_proto::position(snapshot, params.range.start);
    let queue = inheritance::queue_at(&snapshot.workspace, at)?;
    let title = format!("Effective settings of {queue}");
    let argument = json!({ "uri": snapshot.uri, "queue": queue.to_string() });
    let shown = format!("Show the effective settings of {queue}");
    let command = views::command(
        client,
        shown,
        &title,
        commands::EFFECTIVE_SETTINGS,
        argument,
    );
    Some(action(None, command))
}

fn action(kind: Option<CodeActionKind>, command: Command) -> CodeActionOrCommand {
    CodeActionOrCommand::CodeAction(CodeAction {
        title: command.title.clone(),
        kind,
        command: Some(command),
        ..CodeAction::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_belong_to_those_above_them() {
        let kind = "source.pmta.reload";
        for (above, is_above) in [
            ("source", true),
            ("source.pmta", true),
            ("source.pmta.reload", true),
            ("source.fixAll", false),
            ("sour", false),
            ("quickfix", false),
            ("", false),
        ] {
            assert_eq!(is_below(kind, above), is_above, "{above}");
        }
    }
}
