//! The settings of the editor: given at the start, told later, or asked for.

use std::path::PathBuf;

use serde_json::Value;
use tower_lsp::Client;
use tower_lsp::ls_types::{ConfigurationItem, MessageType, Uri};

use crate::log;
use crate::options::Options;
use crate::publish::Background;
use crate::state::Shared;

/// The section of the editor's settings that is ours.
pub const SECTION: &str = "pmta-ls";

/// Takes over what the client gave at the start. What is wrong with it is told when the client listens.
pub fn begin(state: &Shared, settings: Option<&Value>) {
    let (options, mistakes) = Options::from_editor(section(settings.unwrap_or(&Value::Null)));
    let mut state = state.lock();
    state.set_first_settings(options.clone());
    state.set_editor(options);
    state.complain(mistakes);
}

/// Takes over settings that the client tells.
pub fn take(client: &Client, state: &Shared, background: &Background, settings: &Value) {
    take_all(client, state, background, settings, Vec::new());
}

/// Takes over settings of all projects, and of those in folders.
fn take_all(
    client: &Client,
    state: &Shared,
    background: &Background,
    settings: &Value,
    of_folders: Vec<(PathBuf, &Value)>,
) {
    let (is_taste_new, knows) = {
        let mut state = state.lock();
        let first = state.first_settings().clone();
        let mut read = |settings| {
            let (options, mistakes) = Options::from_editor(section(settings));
            state.complain(mistakes);
            options.over(&first)
        };
        let options = read(settings);
        let folders = of_folders.into_iter();
        let folders = folders.map(|(path, settings)| (path, read(settings)));
        let folders: Vec<_> = folders.collect();
        state.set_editor(options);
        state.set_folder_settings(folders);
        let is_taste_new = state.set_taste(section(settings));
        (is_taste_new, state.client().clone())
    };
    background.call();
    if is_taste_new {
        let client = client.clone();
        // What it answers says nothing, so nobody waits for it.
        tokio::spawn(async move {
            if knows.refreshes_inlay_hints {
                let _ = client.inlay_hint_refresh().await;
            }
            if knows.refreshes_code_lenses {
                let _ = client.code_lens_refresh().await;
            }
        });
    }
}

/// Asks the client for its settings, and for those of each folder.
pub async fn ask(client: Client, state: Shared, background: Background) {
    let item = |scope_uri| ConfigurationItem {
        scope_uri,
        section: Some(SECTION.to_owned()),
    };
    let folders = state.lock().folders().to_vec();
    let folders = folders.into_iter();
    let folders = folders.filter_map(|path| Some((Uri::from_file_path(&path)?, path)));
    let (uris, folders): (Vec<Uri>, Vec<PathBuf>) = folders.unzip();
    let of_folders = uris.into_iter().map(|uri| item(Some(uri)));
    let items = std::iter::once(item(None)).chain(of_folders).collect();
    match client.configuration(items).await {
        Ok(settings) => {
            let (all, of_folders) = settings.split_first().unwrap_or((&Value::Null, &[]));
            let of_folders = folders.into_iter().zip(of_folders).collect();
            take_all(&client, &state, &background, all, of_folders);
        }
        Err(error) => log::warn(format_args!("the client gives no settings: {error}")),
    }
    tell(client, state).await;
}

/// Tells what is wrong with the settings.
pub async fn tell(client: Client, state: Shared) {
    let mistakes = state.lock().take_complaints();
    if !mistakes.is_empty() {
        let message = format!("Settings of {SECTION}: {}", mistakes.join("; "));
        client.show_message(MessageType::WARNING, message).await;
    }
}

/// Our section, if the settings are those of all programs.
fn section(settings: &Value) -> &Value {
    settings.get(SECTION).unwrap_or(settings)
}
