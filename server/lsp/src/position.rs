//! Positions of the protocol and bytes of a text.
//!
//! A position is a line and a number of *units* in it; which units is agreed upon when the client
//! connects. The analysis counts bytes. Nothing here fails: what lies outside the text is moved to
//! the nearest place inside it.

use std::ops::Range;

use pmta_analysis::text::TextRange;
use ropey::str_utils::byte_to_line_idx;
use ropey::{Rope, RopeSlice};
use tower_lsp::ls_types::{self, Position, PositionEncodingKind};

/// The units in which the columns of a connection are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PositionEncoding {
    /// Bytes.
    Utf8,
    /// UTF-16 code units: what counts if a client says nothing.
    #[default]
    Utf16,
    /// Characters.
    Utf32,
}

impl PositionEncoding {
    /// The first of the client's encodings that there is here.
    #[must_use]
    pub fn negotiate(offered: &[PositionEncodingKind]) -> Self {
        let known = offered.iter().find_map(|kind| match kind.as_str() {
            "utf-8" => Some(Self::Utf8),
            "utf-16" => Some(Self::Utf16),
            "utf-32" => Some(Self::Utf32),
            _ => None,
        });
        known.unwrap_or_default()
    }

    /// Its name in the protocol.
    #[must_use]
    pub fn kind(self) -> PositionEncodingKind {
        match self {
            Self::Utf8 => PositionEncodingKind::UTF8,
            Self::Utf16 => PositionEncodingKind::UTF16,
            Self::Utf32 => PositionEncodingKind::UTF32,
        }
    }

    /// The byte at a position. A column behind the end of its line means the end, a line behind the
    /// last one the end of the text, and a column inside a character the start of it.
    #[must_use]
    pub fn offset(self, rope: &Rope, position: Position) -> usize {
        let wanted = position.line as usize;
        let Some(line) = rope.get_line(wanted) else {
            return rope.len_bytes();
        };
        let Ok(start) = rope.try_line_to_byte(wanted) else {
            return rope.len_bytes();
        };
        let length = length_without_break(line);
        let column = position.character as usize;
        let in_line = match self {
            Self::Utf8 => {
                let byte = column.min(length);
                line.try_byte_to_char(byte)
                    .and_then(|character| line.try_char_to_byte(character))
                    .unwrap_or(length)
            }
            Self::Utf16 => {
                let units = column.min(line.len_utf16_cu());
                line.try_utf16_cu_to_char(units)
                    .and_then(|character| line.try_char_to_byte(character))
                    .unwrap_or(length)
            }
            Self::Utf32 => {
                let characters = column.min(line.len_chars());
                line.try_char_to_byte(characters).unwrap_or(length)
            }
        };
        start.saturating_add(in_line.min(length))
    }

    /// The position of a byte. One behind the end of the text means the end, and one inside a
    /// character the start of it.
    #[must_use]
    pub fn position(self, rope: &Rope, byte: usize) -> Position {
        let byte = byte.min(rope.len_bytes());
        let near = self.position_in_chunk(rope, byte);
        near.unwrap_or_else(|| self.position_anywhere(rope, byte))
    }

    /// As [`Self::position`], if the line begins in the same chunk of the rope, as nearly all do: the rope
    /// is searched once.
    fn position_in_chunk(self, rope: &Rope, byte: usize) -> Option<Position> {
        let (chunk, start, _, first_line) = rope.get_chunk_at_byte(byte)?;
        let mut at = byte.checked_sub(start)?;
        while !chunk.is_char_boundary(at) {
            at = at.checked_sub(1)?;
        }
        let before = chunk.get(..at)?;
        let last_break = before.bytes().rposition(|it| matches!(it, b'\n' | b'\r'))?;
        if chunk.get(last_break..)?.starts_with("\r\n") {
            return None;
        }
        let line = first_line.saturating_add(byte_to_line_idx(chunk, at));
        let in_line = before.get(last_break.saturating_add(1)..)?;
        let line = u32::try_from(line).unwrap_or(u32::MAX);
        Some(Position::new(line, self.units(in_line)))
    }

    fn position_anywhere(self, rope: &Rope, byte: usize) -> Position {
        let line = rope.try_byte_to_line(byte).unwrap_or_default();
        let start = rope.try_line_to_byte(line).unwrap_or_default();
        let in_line = byte.saturating_sub(start);
        let column = rope.get_line(line).map_or(0, |text| {
            let character = text.try_byte_to_char(in_line).unwrap_or_default();
            match self {
                Self::Utf8 => text.try_char_to_byte(character).unwrap_or_default(),
                Self::Utf16 => text.try_char_to_utf16_cu(character).unwrap_or_default(),
                Self::Utf32 => character,
            }
        });
        let narrow = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Position::new(narrow(line), narrow(column))
    }

    /// The number of units of a text.
    #[must_use]
    pub fn units(self, text: &str) -> u32 {
        let units = match self {
            Self::Utf8 => text.len(),
            _ if text.is_ascii() => text.len(),
            Self::Utf16 => text.encode_utf16().count(),
            Self::Utf32 => text.chars().count(),
        };
        u32::try_from(units).unwrap_or(u32::MAX)
    }

    /// The bytes of a range. One whose end comes first is turned round.
    #[must_use]
    pub fn bytes(self, rope: &Rope, range: ls_types::Range) -> Range<usize> {
        let (one, other) = (self.offset(rope, range.start), self.offset(rope, range.end));
        one.min(other)..one.max(other)
    }

    /// The range of bytes.
    #[must_use]
    pub fn range(self, rope: &Rope, bytes: TextRange) -> ls_types::Range {
        let position = |byte: u32| self.position(rope, byte as usize);
        ls_types::Range::new(position(bytes.start), position(bytes.end))
    }
}

/// The bytes of a line without the `\n`, `\r\n` or `\r` that ends it.
fn length_without_break(line: RopeSlice<'_>) -> usize {
    let length = line.len_bytes();
    let byte_before = |end: usize| end.checked_sub(1).and_then(|at| line.get_byte(at));
    match byte_before(length) {
        Some(b'\n') => {
            let length = length.saturating_sub(1);
            match byte_before(length) {
                Some(b'\r') => length.saturating_sub(1),
                _ => length,
            }
        }
        Some(b'\r') => length.saturating_sub(1),
        _ => length,
    }
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::arithmetic_side_effects,
        reason = "a test that overflows should fail"
    )]

    use proptest::prelude::*;

    use super::*;

    const ALL: [PositionEncoding; 3] = [
        PositionEncoding::Utf8,
        PositionEncoding::Utf16,
        PositionEncoding::Utf32,
    ];

    /// The lines of a text as the protocol counts them: where each starts and where it ends, without
    /// its line break.
    fn lines(text: &str) -> Vec<Range<usize>> {
        let mut lines = Vec::new();
        let (mut start, mut at) = (0, 0);
        let bytes = text.as_bytes();
        while at < bytes.len() {
            let length = match (bytes[at], bytes.get(at + 1)) {
                (b'\r', Some(b'\n')) => 2,
                (b'\r' | b'\n', _) => 1,
                _ => 0,
            };
            if length > 0 {
                lines.push(start..at);
                start = at + length;
            }
            at += length.max(1);
        }
        lines.push(start..text.len());
        lines
    }

    fn units(encoding: PositionEncoding, character: char) -> usize {
        match encoding {
            PositionEncoding::Utf8 => character.len_utf8(),
            PositionEncoding::Utf16 => character.len_utf16(),
            PositionEncoding::Utf32 => 1,
        }
    }

    fn naive_offset(encoding: PositionEncoding, text: &str, position: Position) -> usize {
        let lines = lines(text);
        let Some(line) = lines.get(position.line as usize) else {
            return text.len();
        };
        let (mut byte, mut column) = (line.start, 0);
        for character in text[line.clone()].chars() {
            column += units(encoding, character);
            if column > position.character as usize {
                break;
            }
            byte += character.len_utf8();
        }
        byte
    }

    fn naive_position(encoding: PositionEncoding, text: &str, mut byte: usize) -> Position {
        byte = byte.min(text.len());
        while !text.is_char_boundary(byte) {
            byte -= 1;
        }
        let lines = lines(text);
        let line = lines.iter().rposition(|line| line.start <= byte).unwrap();
        let column: usize = text[lines[line].start..byte]
            .chars()
            .map(|character| units(encoding, character))
            .sum();
        Position::new(line as u32, column as u32)
    }

    fn text() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            Just("\n"),
            Just("\r\n"),
            Just("\r"),
            Just("a"),
            Just("bc d"),
            Just("é"),
            Just("€"),
            Just("😀"),
            Just("\u{2028}"),
            Just("\t"),
        ];
        prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn positions_lead_to_the_bytes_a_slow_count_finds(
            text in text(), line in 0u32..30, column in 0u32..30,
        ) {
            let rope = Rope::from_str(&text);
            let position = Position::new(line, column);
            for encoding in ALL {
                prop_assert_eq!(
                    encoding.offset(&rope, position),
                    naive_offset(encoding, &text, position)
                );
            }
        }

        #[test]
        fn bytes_lead_to_the_positions_a_slow_count_finds(text in text(), byte in 0usize..120) {
            let rope = Rope::from_str(&text);
            for encoding in ALL {
                let position = encoding.position(&rope, byte);
                prop_assert_eq!(position, naive_position(encoding, &text, byte));
                let inside = lines(&text)
                    .iter()
                    .any(|line| (line.start..=line.end).contains(&byte));
                if text.is_char_boundary(byte.min(text.len())) && inside {
                    prop_assert_eq!(encoding.offset(&rope, position), byte.min(text.len()));
                }
            }
        }
    }

    #[test]
    fn positions_are_found_in_long_texts() {
        let lines: String = (0..500).map(|it| format!("line {it} é\r\n€\n")).collect();
        let text = format!("{lines}{}\r{lines}", "long 😀 ".repeat(1_000));
        let rope = Rope::from_str(&text);
        assert!(rope.chunks().count() > 20);
        for byte in (0..text.len()).step_by(7) {
            for encoding in ALL {
                let position = encoding.position(&rope, byte);
                assert_eq!(position, encoding.position_anywhere(&rope, byte));
            }
        }
    }

    #[test]
    fn the_first_known_encoding_of_the_client_is_taken() {
        let kinds = |names: &[&'static str]| -> Vec<PositionEncodingKind> {
            names
                .iter()
                .map(|name| PositionEncodingKind::new(name))
                .collect()
        };
        for (offered, taken) in [
            (kinds(&[]), PositionEncoding::Utf16),
            (kinds(&["utf-7"]), PositionEncoding::Utf16),
            (kinds(&["utf-7", "utf-8", "utf-16"]), PositionEncoding::Utf8),
            (
                kinds(&["utf-32", "utf-8", "utf-16"]),
                PositionEncoding::Utf32,
            ),
            (kinds(&["utf-16"]), PositionEncoding::Utf16),
        ] {
            assert_eq!(PositionEncoding::negotiate(&offered), taken);
        }
    }

    #[test]
    fn ranges_that_run_backwards_are_turned_round() {
        let rope = Rope::from_str("ab\ncd");
        let range = ls_types::Range::new(Position::new(1, 9), Position::new(0, 1));
        assert_eq!(PositionEncoding::Utf16.bytes(&rope, range), 1..5);
    }
}
