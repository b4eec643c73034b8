//! Formatting as clients take it.

use pmta_analysis::diagnostics::Edit;
use pmta_analysis::format::{format, format_on_type, format_range};
use tower_lsp::ls_types::{
    DocumentOnTypeFormattingOptions, DocumentOnTypeFormattingParams, DocumentRangeFormattingParams,
    FormattingOptions, TextEdit,
};

use crate::state::Snapshot;
use crate::{from_proto, to_proto};

/// The signs that format when they are typed.
#[must_use]
pub fn triggers() -> DocumentOnTypeFormattingOptions {
    DocumentOnTypeFormattingOptions {
        first_trigger_character: ">".to_owned(),
        more_trigger_character: Some(vec!["\n".to_owned()]),
    }
}

/// Formats a document.
#[must_use]
pub fn document(snapshot: &Snapshot, editor: &FormattingOptions) -> Vec<TextEdit> {
    let options = snapshot.client.preferences.format_options(editor);
    text_edits(snapshot, format(&snapshot.document, &options))
}

/// Formats the lines of a range.
#[must_use]
pub fn range(snapshot: &Snapshot, params: &DocumentRangeFormattingParams) -> Vec<TextEdit> {
    let options = snapshot.client.preferences.format_options(&params.options);
    let encoding = snapshot.client.encoding;
    let range = from_proto::range(snapshot.document.rope(), params.range, encoding);
    text_edits(snapshot, format_range(&snapshot.document, range, &options))
}

/// Formats what was just typed.
#[must_use]
pub fn on_type(snapshot: &Snapshot, params: &DocumentOnTypeFormattingParams) -> Vec<TextEdit> {
    let options = snapshot.client.preferences.format_options(&params.options);
    let at = from_proto::position(snapshot, params.text_document_position.position);
    let Some(typed) = params.ch.chars().next() else {
        return Vec::new();
    };
    let edits = format_on_type(&snapshot.document, at.offset, typed, &options);
    text_edits(snapshot, edits)
}

fn text_edits(snapshot: &Snapshot, edits: Vec<Edit>) -> Vec<TextEdit> {
    let edits = edits.into_iter().map(|edit| TextEdit {
        range: to_proto::range(snapshot, edit.range),
        new_text: edit.text,
    });
    edits.collect()
}
