//! Code lenses: the line above a section that shows its effective settings.

use pmta_analysis::settings_lens;
use serde_json::json;
use tower_lsp::ls_types::CodeLens;

use crate::state::Snapshot;
use crate::{commands, to_proto, views};

/// The lenses of a document.
#[must_use]
pub fn lenses(snapshot: &Snapshot) -> Vec<CodeLens> {
    if !snapshot.client.features.settings_lenses {
        return Vec::new();
    }
    let lenses = settings_lens::settings_lenses(&snapshot.workspace, snapshot.file);
    let lenses = lenses.into_iter().map(|lens| CodeLens {
        range: to_proto::range(snapshot, lens.range),
        command: Some(views::command(
            &snapshot.client,
            "effective settings".to_owned(),
            &format!("Effective settings of {}", lens.queue),
            commands::EFFECTIVE_SETTINGS,
            json!({ "uri": snapshot.uri, "queue": lens.queue.to_string() }),
        )),
        data: None,
    });
    lenses.collect()
}
