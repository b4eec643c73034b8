//! Counts above names, as clients take them.

use std::str::FromStr;

use pmta_analysis::code_lens;
use serde_json::json;
use tower_lsp::ls_types::{CodeLens, Command, Uri};

use crate::state::Snapshot;
use crate::{from_proto, to_proto};

/// The command with which a client shows a list of places. Its arguments are a document, a position
/// in it, and the places. Clients that have it say so among their experimental capabilities:
/// `{"commands": {"commands": ["pmta-ls.showReferences"]}}`.
pub const SHOW_REFERENCES: &str = "pmta-ls.showReferences";

/// Where counts are shown. They are worked out when they come into sight.
#[must_use]
pub fn lenses(snapshot: &Snapshot) -> Vec<CodeLens> {
    if !snapshot.client.features.reference_lenses {
        return Vec::new();
    }
    let found = code_lens::lenses(&snapshot.workspace, snapshot.file);
    let lenses = found.into_iter().map(|range| CodeLens {
        range: to_proto::range(snapshot, range),
        command: None,
        data: Some(json!({ "uri": snapshot.uri.as_str() })),
    });
    lenses.collect()
}

/// The document that a lens stands in.
#[must_use]
pub fn document(lens: &CodeLens) -> Option<Uri> {
    let uri = lens.data.as_ref()?.get("uri")?.as_str()?;
    Uri::from_str(uri).ok()
}

/// A lens with its count.
#[must_use]
pub fn resolve(snapshot: &Snapshot, mut lens: CodeLens) -> CodeLens {
    let at = from_proto::position(snapshot, lens.range.start);
    let Some(uses) = code_lens::uses(&snapshot.workspace, at) else {
        return lens;
    };
    let has_command = snapshot.client.navigation.shows_references && !uses.references.is_empty();
    let arguments = has_command.then(|| {
        let places = uses.references.iter();
        let places: Vec<_> = places
            .filter_map(|at| to_proto::location(snapshot, *at))
            .collect();
        vec![
            json!(snapshot.uri.as_str()),
            json!(lens.range.start),
            json!(places),
        ]
    });
    // A command without a name is a text that nobody can click.
    let command = if has_command { SHOW_REFERENCES } else { "" };
    lens.command = Some(Command {
        title: uses.title(),
        command: command.to_owned(),
        arguments,
    });
    lens
}
