//! A text as a client keeps it, and edits made at random.

use serde_json::{Value, json};

/// A small generator of numbers, so that every run tries the same edits.
pub(crate) struct Numbers(pub(crate) u64);

impl Numbers {
    /// The next number.
    pub(crate) fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// The next number below a limit.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }
}

/// How many units of an encoding a piece of text has.
pub(crate) fn units(encoding: &str, text: &str) -> usize {
    match encoding {
        "utf-8" => text.len(),
        "utf-16" => text.encode_utf16().count(),
        _ => text.chars().count(),
    }
}

/// The position of a byte.
pub(crate) fn position(encoding: &str, text: &str, byte: usize) -> Value {
    let (mut line, mut start) = (0, 0);
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < byte {
        at += match (bytes[at], bytes.get(at + 1)) {
            (b'\r', Some(b'\n')) => 2,
            _ => 1,
        };
        if matches!(bytes[at - 1], b'\n' | b'\r') && at <= byte {
            (line, start) = (line + 1, at);
        }
    }
    // Between `\r` and `\n` there is no position: the end of the line is the nearest.
    let end = text[start..]
        .find(['\r', '\n'])
        .map_or(text.len(), |length| start + length);
    json!({ "line": line, "character": units(encoding, &text[start..byte.clamp(start, end)]) })
}

/// A range of bytes as a range of positions.
pub(crate) fn range(encoding: &str, text: &str, start: usize, end: usize) -> Value {
    json!({ "start": position(encoding, text, start), "end": position(encoding, text, end) })
}

/// The nearest place before a byte where an edit may begin or end: between characters, and not
/// between `\r` and `\n`.
pub(crate) fn border(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    let is_inside = |at: usize| {
        !text.is_char_boundary(at)
            || (at > 0 && text[at..].starts_with('\n') && text[..at].ends_with('\r'))
    };
    while is_inside(at) {
        at -= 1;
    }
    at
}

const SNIPPETS: [&str; 34] = [
    "\n",
    "\r\n",
    "\r",
    " ",
    "\t",
    "#",
    "\"",
    "/",
    "<",
    ">",
    "</",
    "{",
    "}",
    "=",
    ",",
    "x",
    "é",
    "€",
    "😀",
    "<domain x>\n",
    "</domain>\n",
    "<virtual-mta v>\n",
    "</virtual-mta>\n",
    "<source 0/0>\n",
    "</source>\n",
    "<pattern-list p>\n",
    "</pattern-list>\n",
    "max-smtp-out many\n",
    "domain x {\n",
    "<!-- x",
    "-->",
    "retry-afer 10m # é😀\n",
    "<domain a> max-smtp-out 20 </domain>",
    "# pmta-ls: place=domain\n",
];

/// An edit: the bytes it replaces, and by what.
pub(crate) fn random_edit(numbers: &mut Numbers, text: &str) -> (usize, usize, String) {
    let start = border(text, numbers.below(text.len() + 1));
    let snippet = SNIPPETS[numbers.below(SNIPPETS.len())].to_owned();
    match numbers.below(10) {
        0..=4 => (start, start, snippet),
        5..=6 => (
            start,
            border(text, start + numbers.below(8)).max(start),
            String::new(),
        ),
        7 => (
            start,
            border(text, start + numbers.below(200)).max(start),
            String::new(),
        ),
        _ => (
            start,
            border(text, start + numbers.below(5)).max(start),
            snippet,
        ),
    }
}
