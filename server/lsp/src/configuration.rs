//! The settings of the editor: given at the start, told later, or asked for.

use serde_json::Value;
use tower_lsp::Client;
use tower_lsp::ls_types::{ConfigurationItem, MessageType};

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
pub fn take(state: &Shared, background: &Background, settings: &Value) {
    let (options, mistakes) = Options::from_editor(section(settings));
    {
        let mut state = state.lock();
        let options = options.over(state.first_settings());
        state.set_editor(options);
        state.complain(mistakes);
    }
    background.call();
}

/// Asks the client for its settings.
pub async fn ask(client: Client, state: Shared, background: Background) {
    let item = ConfigurationItem {
        scope_uri: None,
        section: Some(SECTION.to_owned()),
    };
    match client.configuration(vec![item]).await {
        Ok(settings) => {
            let settings = settings.first().unwrap_or(&Value::Null);
            take(&state, &background, settings);
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
