//! A document that was edited is the document of its new text: the same items, findings, tokens and
//! folds as if it were opened anew.

use pmta_analysis::document::Document;
use pmta_analysis::folding::folding;
use pmta_analysis::semantic_tokens::semantic_tokens;
use pmta_analysis::text::TextRange;

use crate::input::{Input, border};

/// Most edits of one text.
const MOST_EDITS: usize = 8;

/// What is typed or pasted.
const PIECES: [&str; 32] = [
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
    "\\",
    "é",
    "😀",
    "\u{feff}",
    "<domain x>\n",
    "</domain>\n",
    "<virtual-mta v>\n",
    "</virtual-mta>\n",
    "<pattern-list p>\n",
    "mail-from /x/ <pattern-list>\n",
    "domain-macro m a.com,\n",
    "end\n",
    "domain x {\n",
    "<!-- x",
    "&lt;",
    "# pmta-ls: place=domain\n",
    " # pmta-ls: ignore[values]\n",
];

/// Runs it.
pub(super) fn run(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let count = input.below(MOST_EDITS) + 1;
    let choices: Vec<[usize; 4]> = (0..count)
        .map(|_| [8, 4_096, 300, PIECES.len()].map(|limit| input.below(limit)))
        .collect();
    let mut text = input.rest();
    let mut document = Document::from_bytes(input.bytes());
    if document.rope() != text.as_str() {
        // A byte-order mark is left out, bytes that are no UTF-8 are read in a way of their own.
        text = document.rope().to_string();
    }
    for [kind, at, length, piece] in choices {
        let start = border(&text, at % (text.len() + 1));
        let end = border(&text, start + length % 40);
        let (end, added) = match kind {
            0 | 1 => (start, PIECES[piece].to_owned()),
            2 => (end, PIECES[piece].to_owned()),
            3 => (end, String::new()),
            4 => (border(&text, start + length), String::new()),
            5 => (text.len(), String::new()),
            6 => (
                start,
                text[border(&text, piece * 8)..]
                    .chars()
                    .take(length)
                    .collect(),
            ),
            _ => (start, "x".to_owned()),
        };
        text.replace_range(start..end, &added);
        document.edit(start..end, &added);
        assert!(document.rope() == text.as_str(), "the texts differ");
    }
    let fresh = Document::new(&text);
    assert_eq!(document.shape(), fresh.shape(), "other items");
    let known = |document: &Document| {
        let mut findings = document.findings();
        // What is said about the bytes on disk is not known of a text.
        findings.retain(|finding| finding.rule.code != "invalid-encoding");
        findings
    };
    assert_eq!(known(&document), known(&fresh), "other findings");
    let all = TextRange::of(0, text.len());
    assert_eq!(
        semantic_tokens(&document, all),
        semantic_tokens(&fresh, all)
    );
    assert_eq!(folding(&document), folding(&fresh));
}
