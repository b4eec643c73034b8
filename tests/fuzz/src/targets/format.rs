//! Formatting changes white space only, and a second time nothing.

use pmta_analysis::document::Document;
use pmta_analysis::format::{FormatOptions, IndentStyle, apply, format};

use crate::input::Input;

/// Runs it.
pub(super) fn run(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let choices = input.byte();
    let options = FormatOptions {
        indent_width: input.byte() % 9,
        indent_style: match choices & 1 {
            0 => IndentStyle::Spaces,
            _ => IndentStyle::Tabs,
        },
        align_values: choices & 2 != 0,
        wrap_macros: choices & 4 != 0,
    };
    // What is no UTF-8 can be read once only: the text that is written is.
    let text = Document::from_bytes(input.bytes()).rope().to_string();
    let document = Document::new(&text);
    let after = apply(&text, &format(&document, &options));
    assert_eq!(content(&after), content(&text), "more than white space");
    let formatted = Document::new(&after);
    let again = apply(&after, &format(&formatted, &options));
    assert_eq!(again, after, "a second time changes something");
    assert_eq!(names(&document), names(&formatted), "other names");
}

/// The text without white space.
fn content(text: &str) -> String {
    text.split([' ', '\t', '\n', '\r']).collect()
}

/// The names that the text defines and uses.
fn names(document: &Document) -> Vec<String> {
    let mut names = Vec::new();
    for item in document.items() {
        for name in item.facts.definitions.iter().chain(&item.facts.references) {
            let range = name.range.as_usize();
            let text = document.slice(item.start + range.start..item.start + range.end);
            names.push(format!("{:?} {}", name.kind, content(&text)));
        }
    }
    names.sort();
    names
}
