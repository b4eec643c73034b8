//! Semantic tokens, folding, selection, signatures and hints over the protocol.

use serde_json::{Value, json};

use crate::client::{Client, plain};

const URI: &str = "untitled:config";
const TEXT: &str =
    "# é😀\n<domain é😀.example> # x\n    max-msg-rate 100/15m\n    max-smtp-out 20\n</domain>\n";

fn numbers(tokens: &Value) -> Vec<u64> {
    let data = tokens["data"].as_array().unwrap();
    data.iter().map(|number| number.as_u64().unwrap()).collect()
}

/// Tokens after the edits of a delta.
pub(crate) fn after_delta(mut before: Vec<u64>, delta: &Value) -> Vec<u64> {
    let Some(edits) = delta.get("edits") else {
        return numbers(delta);
    };
    for edit in edits.as_array().unwrap().iter().rev() {
        let start = edit["start"].as_u64().unwrap() as usize;
        let end = start + edit["deleteCount"].as_u64().unwrap() as usize;
        before.splice(start..end, numbers(edit));
    }
    before
}

/// All tokens of a document, with the name of the answer.
pub(crate) fn all_tokens(client: &mut Client, uri: &str) -> (Vec<u64>, String) {
    let params = json!({ "textDocument": { "uri": uri } });
    let tokens = client.ask("textDocument/semanticTokens/full", params);
    let id = tokens["resultId"].as_str().unwrap().to_owned();
    (numbers(&tokens), id)
}

/// What changed since an answer.
pub(crate) fn delta(client: &mut Client, uri: &str, previous: &str) -> Value {
    let params = json!({ "textDocument": { "uri": uri }, "previousResultId": previous });
    client.ask("textDocument/semanticTokens/full/delta", params)
}

#[test]
fn tokens_are_counted_in_the_units_of_the_client() {
    let mut client = Client::start(plain());
    let legend = &client.capabilities["semanticTokensProvider"]["legend"]["tokenTypes"];
    assert_eq!(legend[0], "comment");
    client.open(URI, 1, TEXT);
    let (tokens, _) = all_tokens(&mut client, URI);
    // The comment, the tag's name, the domain, and the comment behind it.
    assert_eq!(
        &tokens[..20],
        [0, 0, 5, 0, 0, 1, 1, 6, 1, 0, 0, 7, 11, 9, 1, 0, 13, 3, 0, 0]
    );
    let params = json!({ "textDocument": { "uri": URI },
        "range": { "start": { "line": 3, "character": 0 }, "end": { "line": 3, "character": 9 } } });
    let part = client.ask("textDocument/semanticTokens/range", params);
    assert_eq!(numbers(&part), [3, 4, 12, 2, 0]);
}

#[test]
fn a_delta_makes_the_new_tokens_of_the_old() {
    let mut client = Client::start(plain());
    client.open(URI, 1, TEXT);
    let (before, id) = all_tokens(&mut client, URI);
    client.replace(URI, 2, &TEXT.replace("max-smtp-out 20", "dkim-sign yes"));
    let changes = delta(&mut client, URI, &id);
    let after = after_delta(before, &changes);
    assert!(
        changes["edits"][0]["data"].as_array().unwrap().len() <= 15,
        "{changes}"
    );
    let (fresh, _) = all_tokens(&mut client, URI);
    assert_eq!(after, fresh);
    // What the server has forgotten is sent anew.
    assert!(delta(&mut client, URI, &id)["data"].is_array());
}

#[test]
fn structure_signatures_and_hints() {
    let mut client = Client::start(plain());
    client.open(URI, 1, TEXT);
    let document = json!({ "uri": URI });
    let folds = client.ask(
        "textDocument/foldingRange",
        json!({ "textDocument": document }),
    );
    assert_eq!(folds, json!([{ "startLine": 1, "endLine": 3 }]));
    let positions = json!([{ "line": 3, "character": 18 }]);
    let params = json!({ "textDocument": document, "positions": positions });
    let grown = client.ask("textDocument/selectionRange", params);
    assert_eq!(
        grown[0]["range"]["start"],
        json!({ "line": 3, "character": 17 })
    );
    assert_eq!(
        grown[0]["parent"]["range"]["start"],
        json!({ "line": 3, "character": 4 })
    );
    let range =
        json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 5, "character": 0 } });
    let hints = client.ask(
        "textDocument/inlayHint",
        json!({ "textDocument": document, "range": range }),
    );
    assert_eq!(hints.as_array().unwrap().len(), 1);
    assert_eq!(hints[0]["label"], "400 an hour");
    assert_eq!(hints[0]["position"], json!({ "line": 2, "character": 24 }));
    client.replace(
        URI,
        2,
        "<virtual-mta a>\n    smtp-source-host 192.0.2.1 \n</virtual-mta>\n",
    );
    let position = json!({ "line": 1, "character": 31 });
    let help = client.ask(
        "textDocument/signatureHelp",
        json!({ "textDocument": document, "position": position }),
    );
    assert_eq!(help["activeParameter"], 1);
    assert_eq!(help["signatures"][0]["parameters"][1]["label"], "host");
}

#[test]
fn hints_that_nobody_wants_do_not_come() {
    let mut client = Client::start(json!({ "capabilities": {},
        "initializationOptions": { "inlayHints": { "rates": false } } }));
    client.open(URI, 1, TEXT);
    let range =
        json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 5, "character": 0 } });
    let hints = client.ask(
        "textDocument/inlayHint",
        json!({ "textDocument": { "uri": URI }, "range": range }),
    );
    assert_eq!(hints, json!([]));
}

#[test]
fn hints_of_what_other_sections_set() {
    const CONFIG: &str = "file:///nowhere/pmta/config";
    const TEXT: &str = "host-name a.example.com\n<domain *>\n    max-msg-rate 500/h\n\
                        </domain>\n<domain é.example.com>\n</domain>\n";
    let range =
        json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 6, "character": 0 } });
    let hints = |params: Value| {
        let mut client = Client::start(params);
        client.open(CONFIG, 1, TEXT);
        client.ask(
            "textDocument/inlayHint",
            json!({ "textDocument": { "uri": CONFIG }, "range": range }),
        )
    };
    let found = hints(plain());
    assert_eq!(found.as_array().unwrap().len(), 1, "{found}");
    assert_eq!(found[0]["label"], "max-msg-rate 500/h from <domain *>");
    assert_eq!(found[0]["position"], json!({ "line": 4, "character": 22 }));
    let unwanted = json!({ "capabilities": {},
        "initializationOptions": { "inlayHints": { "inherited": false } } });
    assert_eq!(hints(unwanted), json!([]));
}
