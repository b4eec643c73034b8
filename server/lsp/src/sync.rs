//! Texts as the editor has them: opened, changed, closed.
//!
//! Notifications are handled in the order in which they arrive as long as nothing is awaited before
//! the text is changed. So nothing is awaited anywhere in this file.

use std::ops::Range;

use pmta_analysis::document::Document;
use ropey::Rope;
use tower_lsp::ls_types::{
    DidChangeTextDocumentParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams,
    TextDocumentContentChangeEvent,
};

use crate::position::PositionEncoding;
use crate::state::{Located, State};
use crate::{fault, log};

/// A text that can be changed.
pub trait Text {
    /// The text as it is.
    fn rope(&self) -> &Rope;

    /// Replaces these bytes, which begin and end between characters inside the text.
    fn replace(&mut self, bytes: Range<usize>, text: &str);
}

impl Text for Rope {
    fn rope(&self) -> &Rope {
        self
    }

    fn replace(&mut self, bytes: Range<usize>, text: &str) {
        let (first, last) = (self.byte_to_char(bytes.start), self.byte_to_char(bytes.end));
        if first < last {
            self.remove(first..last);
        }
        self.insert(first, text);
    }
}

impl Text for Document {
    fn rope(&self) -> &Rope {
        self.rope()
    }

    fn replace(&mut self, bytes: Range<usize>, text: &str) {
        self.edit(bytes, text);
    }
}

/// Takes a text over from the disk.
pub fn open(state: &mut State, located: Located, params: DidOpenTextDocumentParams) {
    let opened = params.text_document;
    if state.is_open(&opened.uri) {
        log::warn(format_args!("{} was opened twice", opened.uri.as_str()));
    }
    let document = Document::new(&opened.text);
    state.late_changes.forget(&opened.uri);
    state.open(opened.uri, opened.version, document, located);
}

/// Changes a text.
pub fn change(state: &mut State, params: DidChangeTextDocumentParams) {
    let uri = params.text_document.uri;
    let version = params.text_document.version;
    let encoding = state.client().encoding;
    let Some(known) = state.version(&uri) else {
        log::warn(format_args!("{} was changed but is not open", uri.as_str()));
        return;
    };
    if version <= known {
        log::warn(format_args!(
            "version {version} of {} follows version {known}",
            uri.as_str()
        ));
    }
    let mut late = std::mem::take(&mut state.late_changes);
    state.change(&uri, version.max(known), |text| {
        fault::at("textDocument/didChange");
        let changes = params.content_changes;
        late.change(&uri, known, version, text, changes, |text, changes| {
            apply(text, changes, encoding);
        });
    });
    state.late_changes = late;
}

/// Gives a text back to the disk.
pub fn close(state: &mut State, params: &DidCloseTextDocumentParams) {
    let uri = &params.text_document.uri;
    state.late_changes.forget(uri);
    if !state.close(uri) {
        log::warn(format_args!("{} was closed but is not open", uri.as_str()));
    }
}

/// Applies changes one after the other. What comes before a change of the full text is lost with it.
fn apply(
    text: &mut dyn Text,
    changes: Vec<TextDocumentContentChangeEvent>,
    encoding: PositionEncoding,
) {
    let full = changes.iter().rposition(|change| change.range.is_none());
    for change in changes.into_iter().skip(full.unwrap_or_default()) {
        let bytes = match change.range {
            Some(range) => encoding.bytes(text.rope(), range),
            None => 0..text.rope().len_bytes(),
        };
        text.replace(bytes, &change.text);
    }
}

#[cfg(test)]
mod tests {
    use tower_lsp::ls_types::{Position, Range};

    use super::*;

    type Change<'a> = (Option<[u32; 4]>, &'a str);

    fn applied(text: &str, changes: &[Change<'_>]) -> String {
        let changes = changes
            .iter()
            .map(|(range, text)| TextDocumentContentChangeEvent {
                range: range.map(|[line, column, end_line, end_column]| {
                    Range::new(
                        Position::new(line, column),
                        Position::new(end_line, end_column),
                    )
                }),
                range_length: None,
                text: (*text).to_owned(),
            });
        let mut document = Document::new(text);
        apply(&mut document, changes.collect(), PositionEncoding::Utf16);
        let edited = document.rope().to_string();
        assert_eq!(document.shape(), Document::new(&edited).shape());
        edited
    }

    #[test]
    fn changes_count_on_those_before() {
        let cases: &[(&str, &[Change<'_>], &str)] = &[
            ("", &[], ""),
            ("", &[(None, "the")], "the"),
            ("the", &[(Some([0, 3, 0, 3]), " quick")], "the quick"),
            (
                "the quick",
                &[(Some([0, 0, 0, 4]), ""), (Some([0, 5, 0, 5]), " foxes")],
                "quick foxes",
            ),
            (
                "quick foxes",
                &[(Some([0, 11, 0, 11]), "\ndream")],
                "quick foxes\ndream",
            ),
            (
                "a\nb",
                &[(Some([1, 0, 1, 0]), "c"), (Some([0, 1, 1, 0]), "")],
                "acb",
            ),
            (
                "a\r\nb\rc",
                &[(Some([2, 0, 2, 1]), "x"), (Some([0, 1, 1, 0]), "-")],
                "a-b\rx",
            ),
            ("€😀e", &[(Some([0, 1, 0, 3]), "")], "€e"),
            ("€😀e", &[(Some([0, 2, 0, 3]), "x")], "€xe"),
            (
                "a\nb",
                &[(Some([0, 99, 0, 99]), "x"), (Some([9, 9, 9, 9]), "y")],
                "ax\nby",
            ),
            ("abc", &[(Some([0, 3, 0, 1]), "x")], "ax"),
        ];
        for (text, changes, edited) in cases {
            assert_eq!(applied(text, changes), *edited, "{text:?} {changes:?}");
        }
    }

    #[test]
    fn the_last_full_text_wins() {
        let changes = [
            (Some([0, 0, 0, 1]), "x"),
            (None, "one"),
            (Some([0, 0, 0, 3]), "lost"),
            (None, "two\n"),
            (Some([0, 0, 0, 1]), "T"),
        ];
        assert_eq!(applied("abc", &changes), "Two\n");
    }
}
