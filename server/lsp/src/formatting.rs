//! Formatting as clients take it.
//!
//! What `pmta-ls.toml` says goes first, then what the editor's settings say, then what comes with a
//! request.

use pmta_analysis::diagnostics::Edit;
use pmta_analysis::format::{FormatOptions, IndentStyle, format, format_on_type, format_range};
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
    let options = options(snapshot, editor);
    text_edits(snapshot, format(&snapshot.document, &options))
}

/// Formats the lines of a range.
#[must_use]
pub fn range(snapshot: &Snapshot, params: &DocumentRangeFormattingParams) -> Vec<TextEdit> {
    let options = options(snapshot, &params.options);
    let encoding = snapshot.client.encoding;
    let range = from_proto::range(snapshot.document.rope(), params.range, encoding);
    text_edits(snapshot, format_range(&snapshot.document, range, &options))
}

/// Formats what was just typed.
#[must_use]
pub fn on_type(snapshot: &Snapshot, params: &DocumentOnTypeFormattingParams) -> Vec<TextEdit> {
    let options = options(snapshot, &params.options);
    let at = from_proto::position(snapshot, params.text_document_position.position);
    let Some(typed) = params.ch.chars().next() else {
        return Vec::new();
    };
    let edits = format_on_type(&snapshot.document, at.offset, typed, &options);
    text_edits(snapshot, edits)
}

/// Formats a document that is about to be saved, where that is wanted.
#[must_use]
pub fn on_save(snapshot: &Snapshot) -> Option<Vec<TextEdit>> {
    let style = snapshot.workspace.policy().format;
    let is_wanted = style.on_save == Some(true);
    is_wanted.then(|| {
        let options = style.options(FormatOptions::default());
        text_edits(snapshot, format(&snapshot.document, &options))
    })
}

/// How to format what an editor indents in this way.
fn options(snapshot: &Snapshot, editor: &FormattingOptions) -> FormatOptions {
    let widest = u32::from(u8::MAX);
    snapshot.workspace.policy().format.options(FormatOptions {
        indent_width: u8::try_from(editor.tab_size.clamp(1, widest)).unwrap_or(u8::MAX),
        indent_style: if editor.insert_spaces {
            IndentStyle::Spaces
        } else {
            IndentStyle::Tabs
        },
        ..FormatOptions::default()
    })
}

fn text_edits(snapshot: &Snapshot, edits: Vec<Edit>) -> Vec<TextEdit> {
    let edits = edits.into_iter().map(|edit| TextEdit {
        range: to_proto::range(snapshot, edit.range),
        new_text: edit.text,
    });
    edits.collect()
}
