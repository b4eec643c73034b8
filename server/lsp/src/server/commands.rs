//! What the server does when a client runs one of its commands.

use serde_json::json;
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{ExecuteCommandParams, LSPAny, MessageType, ShowDocumentParams};

use super::Server;
use crate::files::DiskFiles;
use crate::fix_everything::Fixes;
use crate::requests::compute;
use crate::settings::ProjectKey;
use crate::{commands, log, survey, views};

impl Server {
    /// Runs a command; its answer.
    pub(super) async fn run(&self, params: ExecuteCommandParams) -> Result<Option<LSPAny>> {
        match params.command.as_str() {
            commands::RELOAD => {
                self.state.lock().reload();
                self.look_again();
                Ok(None)
            }
            commands::FIX_ALL => self.fix_everything().await.map(Some),
            _ => {
                let asked = views::Asked {
                    command: params.command,
                    arguments: params.arguments,
                };
                let view = self.view(asked).await?;
                Ok(view.map(|view| self.show(view)))
            }
        }
    }

    /// The text that a command is to show; none if there is none. A command that names no document is
    /// about the one that was opened or changed last.
    pub(super) async fn view(&self, asked: views::Asked) -> Result<Option<views::View>> {
        let named = commands::document(&asked.arguments);
        let uri = named.or_else(|| self.state.lock().last_touched().cloned());
        let Some(uri) = uri else { return Ok(None) };
        let view = self.request(&uri, move |snapshot, _| {
            commands::view(snapshot, &asked.command, &asked.arguments)
        });
        Ok(view.await?.flatten())
    }

    /// Lets a client that opens files show a text; the answer that holds it.
    fn show(&self, view: views::View) -> LSPAny {
        let answer = json!(view);
        let shown_by = self.state.lock().client().clone();
        if shown_by.shows_documents && !shown_by.shows_views {
            let client = self.client.clone();
            tokio::spawn(async move {
                match tokio::task::spawn_blocking(move || views::write(&view)).await {
                    Ok(Ok(uri)) => {
                        let asked = ShowDocumentParams {
                            uri,
                            external: None,
                            take_focus: Some(true),
                            selection: None,
                        };
                        if let Err(error) = client.show_document(asked).await {
                            log::warn(format_args!("the client opens no file: {error}"));
                        }
                    }
                    Ok(Err(error)) => log::error(format_args!("no file can be made: {error}")),
                    Err(_) => {}
                }
            });
        }
        answer
    }

    /// Makes all safe fixes in all files of the projects that are open; a sentence about it.
    async fn fix_everything(&self) -> Result<LSPAny> {
        let (client, folders, open) = {
            let state = self.state.lock();
            let open = state.open_files().map(|(_, path)| path.to_path_buf());
            let folders = state.folders().to_vec();
            (state.client().clone(), folders, open.collect::<Vec<_>>())
        };
        let keys = ProjectKey::all(&folders, &open, &DiskFiles::default());
        let (surveys, versions) = {
            let mut state = self.state.lock();
            (state.surveys_of(keys), state.versions())
        };
        let copy = client.clone();
        let fixes = compute(move |cancellation| {
            let projects: Vec<_> = surveys.into_iter().map(survey::whole).collect();
            Fixes::of(&projects, &copy, cancellation)
        })
        .await?;
        let text = fixes.sentence();
        if fixes.files() == 0 {
            return Ok(json!({ "text": text }));
        }
        let edit = fixes.into_edit(&client, &versions);
        if !client.applies_edits {
            let text = "This editor makes no edits that a command asks for.";
            return Ok(json!({ "text": text, "edit": edit }));
        }
        let sender = self.client.clone();
        // Its answer comes after edits that the server has to take in, so nobody waits for it here.
        tokio::spawn(async move {
            let reason = match sender.apply_edit(edit).await {
                Ok(answer) if answer.applied => return,
                Ok(answer) => answer.failure_reason.unwrap_or_default(),
                Err(error) => error.to_string(),
            };
            let message = format!("The fixes were not made. {reason}");
            sender.show_message(MessageType::WARNING, message).await;
        });
        Ok(json!({ "text": text }))
    }
}
