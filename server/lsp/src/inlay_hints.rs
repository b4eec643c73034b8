//! Inlay hints as clients take them.

use pmta_analysis::inlay_hints::{inherited_hints, inlay_hints, macro_use_hints};
use pmta_analysis::text::TextRange;
use tower_lsp::ls_types::{InlayHint, InlayHintLabel, InlayHintTooltip, Range};

use crate::state::Snapshot;
use crate::{from_proto, to_proto};

/// The inlay hints of a range.
#[must_use]
pub fn hints(snapshot: &Snapshot, range: Range) -> Vec<InlayHint> {
    let encoding = snapshot.client.encoding;
    let rope = snapshot.document.rope();
    let range = from_proto::range(rope, range, encoding);
    let wanted = snapshot.client.preferences.inlay_hints;
    let mut found = inlay_hints(&snapshot.document, range, wanted);
    let (workspace, file) = (&snapshot.workspace, snapshot.file);
    if wanted.macro_sizes {
        found.extend(macro_use_hints(workspace, file, range));
    }
    if wanted.inherited {
        found.extend(inherited_hints(workspace, file, range));
    }
    found.sort_by_key(|hint| hint.at);
    let hints = found.into_iter().map(|hint| InlayHint {
        position: to_proto::range(snapshot, TextRange::empty(hint.at)).start,
        label: InlayHintLabel::String(hint.label),
        kind: None,
        text_edits: None,
        tooltip: Some(InlayHintTooltip::String(hint.tooltip.to_owned())),
        padding_left: Some(true),
        padding_right: None,
        data: None,
    });
    hints.collect()
}
