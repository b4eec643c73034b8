//! Quick fixes as code actions.

use serde_json::{Value, json};

use crate::client::{Client, plain};

const URI: &str = "file:///nowhere/pmta/config";
const TEXT: &str =
    "postmaster a@example.com\n<domain é😀.example>\nmax_smtp_out 20\nmax-smtp-out 20\n</domain>\n";

fn literal() -> Value {
    json!({ "codeActionLiteralSupport": { "codeActionKind": { "valueSet": ["quickfix"] } },
        "isPreferredSupport": true })
}

fn fixes(client: &mut Client, line: u32, only: Value) -> Vec<Value> {
    let range = json!({
        "start": { "line": line, "character": 0 },
        "end": { "line": line, "character": 5 },
    });
    let mut context = json!({ "diagnostics": [] });
    if !only.is_null() {
        context["only"] = only;
    }
    let document = json!({ "uri": URI });
    let params = json!({ "textDocument": document, "range": range, "context": context });
    let found = client.ask("textDocument/codeAction", params);
    // What only shows something has no kind.
    let fixes = found.as_array().unwrap().iter();
    fixes.filter(|it| it["kind"].is_string()).cloned().collect()
}

#[test]
fn the_fixes_of_a_finding_are_offered_where_it_is() {
    let mut client = Client::start(json!({ "capabilities": {
        "textDocument": { "codeAction": literal() },
        "workspace": { "workspaceEdit": { "documentChanges": true } },
    } }));
    let offered = &client.capabilities["codeActionProvider"]["codeActionKinds"];
    assert_eq!(
        offered,
        &json!([
            "quickfix",
            "source.fixAll.pmta",
            "source.pmta",
            "refactor.extract",
            "refactor.inline",
            "refactor.rewrite"
        ])
    );
    client.open(URI, 3, TEXT);
    let found = fixes(&mut client, 2, Value::Null);
    assert_eq!(found[0]["kind"], "quickfix");
    assert_eq!(found[0]["isPreferred"], true);
    assert_eq!(found[0]["diagnostics"][0]["code"], "underscore-name");
    let change = &found[0]["edit"]["documentChanges"][0];
    assert_eq!(change["textDocument"], json!({ "uri": URI, "version": 3 }));
    let edit = change["edits"][0].clone();
    assert!(fixes(&mut client, 3, Value::Null).is_empty());
    assert!(fixes(&mut client, 2, json!(["refactor"])).is_empty());
    assert_eq!(
        fixes(&mut client, 2, json!(["refactor", "quickfix"])),
        found
    );
    client.change(
        URI,
        4,
        json!([{ "range": edit["range"], "text": edit["newText"] }]),
    );
    let left = client.pull(URI);
    assert!(
        left.iter().all(|it| it["code"] != "underscore-name"),
        "{left:?}"
    );
}

#[test]
fn simple_clients_get_simple_edits() {
    let mut client = Client::start(json!({ "capabilities": {
        "textDocument": { "codeAction": {
            "codeActionLiteralSupport": { "codeActionKind": { "valueSet": [] } } } } } }));
    client.open(URI, 3, TEXT);
    let found = fixes(&mut client, 2, Value::Null);
    assert!(found[0].get("isPreferred").is_none());
    assert!(
        found[0]["edit"]["changes"][URI][0]["newText"].is_string(),
        "{found:?}"
    );
    let client = Client::start(plain());
    assert!(client.capabilities.get("codeActionProvider").is_none());
}

#[test]
fn refactorings_are_offered_beside_fixes() {
    let mut client = Client::start(json!({ "capabilities": {
        "textDocument": { "codeAction": literal() },
    } }));
    client.open(URI, 1, "domain-macro isps b.example.com, a.example.com\n");
    let found = fixes(&mut client, 0, json!(["refactor"]));
    assert_eq!(found[0]["kind"], "refactor.rewrite");
    let edits = found[0]["edit"]["changes"][URI].as_array().unwrap();
    assert_eq!(edits[0]["newText"], "a.example.com");
    assert!(fixes(&mut client, 0, json!(["refactor.inline"])).is_empty());
}
