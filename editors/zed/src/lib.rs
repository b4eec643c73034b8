//! Tells Zed how to start pmta-ls: what its settings name, else what is on `PATH`.

use zed_extension_api::settings::LspSettings;
use zed_extension_api::{self as zed, serde_json, Command, LanguageServerId, Result, Worktree};

struct PowerMta;

impl zed::Extension for PowerMta {
    fn new() -> Self {
        Self
    }

    fn language_server_command(&mut self, id: &LanguageServerId, worktree: &Worktree) -> Result<Command> {
        let settings = LspSettings::for_worktree(id.as_ref(), worktree)?;
        let (path, arguments) = settings.binary.map_or((None, None), |it| (it.path, it.arguments));
        let program = path.or_else(|| worktree.which("pmta-ls"));
        Ok(Command {
            command: program.ok_or("There is no program `pmta-ls` on PATH. Install it, or name it in the settings.")?,
            args: arguments.unwrap_or_else(|| vec!["lsp".to_owned()]),
            env: worktree.shell_env(),
        })
    }

    fn language_server_workspace_configuration(
        &mut self,
        id: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<Option<serde_json::Value>> {
        let settings = LspSettings::for_worktree(id.as_ref(), worktree)?.settings;
        Ok(settings.map(|settings| serde_json::json!({ "pmta-ls": settings })))
    }
}

zed::register_extension!(PowerMta);
