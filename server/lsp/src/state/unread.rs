//! Edits whose text is there and whose meaning was not read yet.
//!
//! Hundreds of edits come at once when somebody reverts, replaces everywhere or holds a key down. Each
//! costs next to nothing here, and what all of them leave is read once, when somebody asks for it.

use std::ops::Range;

use pmta_analysis::document::Document;
use ropey::Rope;

use crate::sync::Text;

/// Edits with more bytes than this between them are not read as one: that would read what lies between.
const FAR: usize = 32 << 10;

/// The text of a document after edits that it was not told.
#[derive(Debug)]
struct Unread {
    text: Rope,
    /// The bytes of the document that are replaced.
    replaced: Range<usize>,
    /// One past the last byte of what replaces them.
    end: usize,
}

impl Unread {
    /// Whether an edit of these bytes is far from those before.
    fn is_far_from(&self, bytes: &Range<usize>) -> bool {
        let behind = bytes.start.saturating_sub(self.end);
        let before = self.replaced.start.saturating_sub(bytes.end);
        behind.max(before) > FAR
    }

    fn replace(&mut self, bytes: Range<usize>, text: &str) {
        let start = self.replaced.start.min(bytes.start);
        let behind = bytes.end.saturating_sub(self.end);
        self.replaced = start..self.replaced.end.saturating_add(behind);
        self.end = (self.end.max(bytes.end))
            .saturating_sub(bytes.end.saturating_sub(bytes.start))
            .saturating_add(text.len());
        self.text.replace(bytes, text);
    }
}

/// A document, and the edits that it was not told.
#[derive(Debug)]
pub(super) struct LiveDocument {
    document: Document,
    unread: Option<Unread>,
}

impl LiveDocument {
    /// A document without edits.
    #[must_use]
    pub(super) fn new(document: Document) -> Self {
        Self {
            document,
            unread: None,
        }
    }

    /// The document as it was read last.
    #[must_use]
    pub(super) fn document(&self) -> &Document {
        &self.document
    }

    /// Puts another document of the same text in its place.
    pub(super) fn set_document(&mut self, document: Document) {
        self.document = document;
    }

    /// The document as it was read last, to be told where it stands.
    pub(super) fn document_mut(&mut self) -> &mut Document {
        &mut self.document
    }

    /// Reads the edits; whether there were any.
    pub(super) fn read(&mut self) -> bool {
        let Some(unread) = self.unread.take() else {
            return false;
        };
        let text = unread
            .text
            .get_byte_slice(unread.replaced.start..unread.end)
            .map(String::from)
            .unwrap_or_default();
        self.document.edit(unread.replaced, &text);
        true
    }
}

impl Text for LiveDocument {
    fn rope(&self) -> &Rope {
        let unread = self.unread.as_ref();
        unread.map_or(self.document.rope(), |unread| &unread.text)
    }

    fn replace(&mut self, bytes: Range<usize>, text: &str) {
        if self
            .unread
            .as_ref()
            .is_some_and(|it| it.is_far_from(&bytes))
        {
            self.read();
        }
        let unread = self.unread.get_or_insert_with(|| Unread {
            text: self.document.rope().clone(),
            replaced: bytes.clone(),
            end: bytes.end,
        });
        unread.replace(bytes, text);
    }
}

#[cfg(test)]
#[expect(
    clippy::arithmetic_side_effects,
    reason = "a test that overflows should fail"
)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Makes edits, given as places and lengths in thousandths of the text.
    fn check(text: &str, edits: &[(usize, usize, String)]) {
        let mut live = LiveDocument::new(Document::new(text));
        let mut plain = text.to_owned();
        for (at, length, replacement) in edits {
            let border = |byte: usize| {
                let mut byte = byte.min(plain.len());
                while !plain.is_char_boundary(byte) {
                    byte -= 1;
                }
                byte
            };
            let start = border(plain.len() * at / 1_000);
            let end = border(start + plain.len() * length / 1_000).max(start);
            live.replace(start..end, replacement);
            plain.replace_range(start..end, replacement);
            assert_eq!(live.rope().to_string(), plain);
        }
        assert_eq!(live.read(), !edits.is_empty());
        assert!(!live.read());
        assert_eq!(live.document().rope().to_string(), plain);
        assert_eq!(live.document().findings(), Document::new(&plain).findings());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn edits_read_at_once_are_edits_read_one_by_one(
            edits in prop::collection::vec((0..=1_000_usize, 0..30_usize, "[a-z<>é\n ]{0,9}"), 0..12),
        ) {
            let block = "<domain é.example.com>\n    max-smtp-out 20\n</domain>\n\n";
            check(&block.repeat(4), &edits);
        }

        #[test]
        fn far_edits_are_read_apart(
            edits in prop::collection::vec((0..=1_000_usize, 0..3_usize, "[a-z\n]{0,4}"), 0..6),
        ) {
            check(&"<domain a.example>\nmax-smtp-out 2\n</domain>\n".repeat(2_000), &edits);
        }
    }
}
