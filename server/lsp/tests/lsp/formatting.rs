//! Formatting over the protocol.

use serde_json::{Value, json};

use crate::client::{Client, plain};
use crate::files::{folder, uri};

const URI: &str = "untitled:config";

fn options() -> Value {
    json!({ "tabSize": 2, "insertSpaces": true })
}

/// A text after the edits of an answer, which are in UTF-16 units and in order.
pub(crate) fn applied(text: &str, edits: &Value) -> String {
    let offset = |position: &Value| {
        let line = position["line"].as_u64().unwrap() as usize;
        let units = position["character"].as_u64().unwrap() as usize;
        let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
        let mut seen = 0;
        let length: usize = text[start..]
            .chars()
            .take_while(|character| {
                let is_before = seen < units;
                seen += character.len_utf16();
                is_before
            })
            .map(char::len_utf8)
            .sum();
        start + length
    };
    let mut edited = text.to_owned();
    for edit in edits.as_array().unwrap().iter().rev() {
        let (start, end) = (
            offset(&edit["range"]["start"]),
            offset(&edit["range"]["end"]),
        );
        edited.replace_range(start..end, edit["newText"].as_str().unwrap());
    }
    edited
}

#[test]
fn documents_ranges_and_typing_are_formatted() {
    let mut client = Client::start(plain());
    let text =
        "<domain é😀.example>\nmax-smtp-out   20 # é😀   \n\n\nretry-after  10m\n</domain>\n";
    client.open(URI, 1, text);
    let document = json!({ "uri": URI });
    let edits = client.ask(
        "textDocument/formatting",
        json!({ "textDocument": document, "options": options() }),
    );
    assert_eq!(
        applied(text, &edits),
        "<domain é😀.example>\n  max-smtp-out 20 # é😀\n\n  retry-after 10m\n</domain>\n"
    );
    let range =
        json!({ "start": { "line": 4, "character": 3 }, "end": { "line": 4, "character": 3 } });
    let edits = client.ask(
        "textDocument/rangeFormatting",
        json!({ "textDocument": document, "range": range, "options": { "tabSize": 8, "insertSpaces": false } }),
    );
    assert_eq!(
        applied(text, &edits),
        text.replace("retry-after  10m", "\tretry-after 10m")
    );
    let text = "<domain a>\n";
    client.replace(URI, 2, text);
    for (line, character, typed, after) in [
        (0, 10, ">", "<domain a></domain>\n"),
        (1, 0, "\n", "<domain a>\n  "),
    ] {
        let position = json!({ "line": line, "character": character });
        let edits = client.ask(
            "textDocument/onTypeFormatting",
            json!({ "textDocument": document, "position": position, "ch": typed, "options": options() }),
        );
        assert_eq!(applied(text, &edits), after);
    }
}

#[test]
fn values_are_aligned_for_those_who_say_so() {
    let mut client = Client::start(json!({ "capabilities": {},
        "initializationOptions": { "format": { "alignValues": true } } }));
    let text = "run-as-root no\npostmaster a@example.com\n";
    client.open(URI, 1, text);
    let params = json!({ "textDocument": { "uri": URI }, "options": options() });
    let edits = client.ask("textDocument/formatting", params);
    assert_eq!(
        applied(text, &edits),
        "run-as-root no\npostmaster  a@example.com\n"
    );
}

#[test]
fn the_projects_file_goes_before_the_editor() {
    let folder = folder(&[
        (
            "pmta/pmta-ls.toml",
            "[format]\nindent-width = 3\nalign-values = true\n",
        ),
        (
            "pmta/inner/pmta-ls.toml",
            "[format]\nindent-style = \"tab\"\n",
        ),
    ]);
    let mut client = Client::start(json!({ "capabilities": {},
        "initializationOptions": { "format": { "indentWidth": 5, "alignValues": false } } }));
    let text = "<domain a>\nmax-smtp-out 20\nretry-after 10m\n</domain>\n";
    let mut formatted = |path: &str| {
        let uri = uri(&folder, path);
        client.open(&uri, 1, text);
        let params = json!({ "textDocument": { "uri": uri }, "options": options() });
        applied(text, &client.ask("textDocument/formatting", params))
    };
    assert_eq!(
        formatted("pmta/a.conf"),
        "<domain a>\n   max-smtp-out 20\n   retry-after  10m\n</domain>\n"
    );
    assert_eq!(
        formatted("pmta/inner/a.conf"),
        "<domain a>\n\tmax-smtp-out 20\n\tretry-after 10m\n</domain>\n"
    );
    assert_eq!(
        formatted("a.conf"),
        "<domain a>\n     max-smtp-out 20\n     retry-after 10m\n</domain>\n"
    );
}

#[test]
fn files_are_formatted_on_saving_where_that_is_wanted() {
    let text = "<domain a>\nmax-smtp-out   20\n</domain>\n";
    let saving = json!({ "textDocument": { "synchronization": { "willSaveWaitUntil": true } } });
    for (wanted, expected) in [
        (json!({}), None),
        (
            json!({ "onSave": true, "indentWidth": 2 }),
            Some("<domain a>\n  max-smtp-out 20\n</domain>\n"),
        ),
    ] {
        let mut client = Client::start(json!({ "capabilities": saving,
            "initializationOptions": { "format": wanted } }));
        assert_eq!(
            client.capabilities["textDocumentSync"]["willSaveWaitUntil"],
            true
        );
        client.open(URI, 1, text);
        let params = json!({ "textDocument": { "uri": URI }, "reason": 1 });
        let edits = client.ask("textDocument/willSaveWaitUntil", params);
        match expected {
            Some(expected) => assert_eq!(applied(text, &edits), expected),
            None => assert!(edits.is_null(), "{edits}"),
        }
    }
    let client = Client::start(plain());
    assert!(client.capabilities["textDocumentSync"]["willSaveWaitUntil"].is_null());
}
