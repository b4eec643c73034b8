//! From bytes on disk to text.

/// How a file was encoded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Encoding {
    /// Whether a byte-order mark stood at the start. It is not part of the text.
    pub has_byte_order_mark: bool,
    /// Where, in the text, the first byte stood that is not UTF-8. A file with such bytes is never
    /// written back.
    pub first_invalid: Option<usize>,
}

/// Decodes bytes as UTF-8, or as a byte-order mark says. Each invalid byte becomes one U+FFFD, so
/// that it counts as one character.
pub(super) fn decode(bytes: &[u8]) -> (String, Encoding) {
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => {
            let (text, encoding) = decode_utf8(rest);
            (
                text,
                Encoding {
                    has_byte_order_mark: true,
                    ..encoding
                },
            )
        }
        [0xFF, 0xFE, rest @ ..] => decode_utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => decode_utf16(rest, u16::from_be_bytes),
        _ => decode_utf8(bytes),
    }
}

fn decode_utf8(bytes: &[u8]) -> (String, Encoding) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (text.to_owned(), Encoding::default());
    }
    let mut text = String::with_capacity(bytes.len());
    let mut encoding = Encoding::default();
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            encoding.first_invalid.get_or_insert(text.len());
            text.extend(chunk.invalid().iter().map(|_| char::REPLACEMENT_CHARACTER));
        }
    }
    (text, encoding)
}

fn decode_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> (String, Encoding) {
    let (pairs, odd) = bytes.as_chunks::<2>();
    let mut text = String::with_capacity(bytes.len());
    let mut encoding = Encoding {
        has_byte_order_mark: true,
        first_invalid: None,
    };
    for character in char::decode_utf16(pairs.iter().map(|pair| unit(*pair))) {
        match character {
            Ok(character) => text.push(character),
            Err(_) => {
                encoding.first_invalid.get_or_insert(text.len());
                text.push(char::REPLACEMENT_CHARACTER);
            }
        }
    }
    if !odd.is_empty() {
        encoding.first_invalid.get_or_insert(text.len());
        text.push(char::REPLACEMENT_CHARACTER);
    }
    (text, encoding)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invalid_bytes_count_as_one_character_each() {
        let (text, encoding) = decode(b"# \xc4\xe3\xba\xc3\nretry-after 10m\n");
        assert_eq!(
            text,
            "# \u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\nretry-after 10m\n"
        );
        assert_eq!(encoding.first_invalid, Some(2));
    }

    #[test]
    fn byte_order_marks_are_no_text() {
        assert_eq!(decode(b"\xEF\xBB\xBFspool /s").0, "spool /s");
        assert_eq!(decode(b"\xFF\xFEs\0p\0").0, "sp");
        assert_eq!(decode(b"\xFE\xFF\0s\0p").0, "sp");
        assert_eq!(decode(b"").0, "");
    }
}
