//! Names as they are looked up: lower case, hyphens, no look-alikes.

use std::borrow::Cow;

/// Whether each byte stays as it is.
#[expect(
    clippy::indexing_slicing,
    reason = "a constant that does not fit does not compile"
)]
const NORMAL: [bool; 256] = {
    let mut normal = [false; 256];
    let mut byte: u8 = 0;
    while byte < 128 {
        normal[byte as usize] = byte != b'_' && !byte.is_ascii_uppercase();
        byte = byte.saturating_add(1);
    }
    normal
};

/// The form of a directive's or section's name in which it is looked up.
///
/// Lower case; `_` and the hyphens that word processors put in become `-`; invisible characters are
/// dropped.
#[must_use]
pub fn normalise(name: &str) -> Cow<'_, str> {
    let is_normal = |byte: u8| NORMAL.get(usize::from(byte)).copied().unwrap_or_default();
    if name.bytes().all(is_normal) {
        return Cow::Borrowed(name);
    }
    Cow::Owned(
        name.chars()
            .filter(|character| !is_invisible(*character))
            .map(|character| match character {
                '_' => '-',
                character if is_hyphen_look_alike(character) => '-',
                character => character.to_ascii_lowercase(),
            })
            .collect(),
    )
}

/// Whether `character` looks like a hyphen and is none.
#[must_use]
pub(crate) fn is_hyphen_look_alike(character: char) -> bool {
    matches!(
        character,
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}'
    )
}

/// Whether `character` takes no room on the screen.
#[must_use]
pub(crate) fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}' | '\u{00AD}'
    )
}

/// What a person meant by a character that only looks like it; `Some("")` for an invisible one.
#[must_use]
pub(crate) fn look_alike_of(character: char) -> Option<&'static str> {
    match character {
        character if is_hyphen_look_alike(character) => Some("-"),
        character if is_invisible(character) => Some(""),
        '\u{00A0}'
        | '\u{2007}'
        | '\u{202F}'
        | '\u{2000}'..='\u{2006}'
        | '\u{2008}'..='\u{200A}' => Some(" "),
        '\u{201C}' | '\u{201D}' | '\u{201E}' | '\u{201F}' => Some("\""),
        '\u{2018}' | '\u{2019}' | '\u{201A}' | '\u{201B}' => Some("'"),
        _ => None,
    }
}

/// Whether the text holds a character that only looks like one of the language.
#[must_use]
pub fn has_look_alike(text: &str) -> bool {
    !text.is_ascii()
        && text
            .chars()
            .any(|character| look_alike_of(character).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_normalised_for_lookup() {
        assert_eq!(normalise("max-smtp-out"), "max-smtp-out");
        assert_eq!(normalise("Host_Name"), "host-name");
        assert_eq!(
            normalise("feedback\u{2011}loop\u{2011}processor"),
            "feedback-loop-processor"
        );
        assert_eq!(normalise("\u{FEFF}pickup"), "pickup");
    }
}
