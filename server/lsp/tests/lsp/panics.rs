//! A panic in a request is answered with an error; one while a text is changed ends the process.

use std::time::Duration;

use serde_json::{Value, json};

use crate::client::{Client, plain};

const URI: &str = "file:///nowhere/pmta/config";

/// Every request that computes something, with what it asks beside a document, a position and a
/// range.
fn requests() -> Vec<(&'static str, Value)> {
    let range =
        json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 1, "character": 0 } });
    let route =
        json!({ "name": "v", "kind": 1, "uri": URI, "range": range, "selectionRange": range });
    let options = json!({ "tabSize": 4, "insertSpaces": true });
    vec![
        ("textDocument/hover", json!({})),
        ("textDocument/completion", json!({})),
        ("completionItem/resolve", json!({ "label": "max-smtp-out" })),
        ("textDocument/signatureHelp", json!({})),
        ("textDocument/definition", json!({})),
        (
            "textDocument/references",
            json!({ "context": { "includeDeclaration": true } }),
        ),
        ("textDocument/documentHighlight", json!({})),
        ("textDocument/documentSymbol", json!({})),
        (
            "textDocument/codeAction",
            json!({ "context": { "diagnostics": [] } }),
        ),
        ("textDocument/codeLens", json!({})),
        ("textDocument/documentLink", json!({})),
        ("textDocument/formatting", json!({ "options": options })),
        (
            "textDocument/rangeFormatting",
            json!({ "options": options }),
        ),
        (
            "textDocument/onTypeFormatting",
            json!({ "ch": "\n", "options": options }),
        ),
        ("textDocument/prepareRename", json!({})),
        ("textDocument/rename", json!({ "newName": "other" })),
        ("textDocument/foldingRange", json!({})),
        (
            "textDocument/selectionRange",
            json!({ "positions": [{ "line": 0, "character": 0 }] }),
        ),
        ("textDocument/linkedEditingRange", json!({})),
        ("textDocument/prepareCallHierarchy", json!({})),
        ("callHierarchy/incomingCalls", json!({ "item": route })),
        ("callHierarchy/outgoingCalls", json!({ "item": route })),
        ("textDocument/semanticTokens/full", json!({})),
        (
            "textDocument/semanticTokens/full/delta",
            json!({ "previousResultId": "1" }),
        ),
        ("textDocument/semanticTokens/range", json!({})),
        ("textDocument/inlayHint", json!({})),
        ("textDocument/diagnostic", json!({})),
        ("workspace/diagnostic", json!({ "previousResultIds": [] })),
        ("workspace/symbol", json!({ "query": "v" })),
        (
            "workspace/willRenameFiles",
            json!({ "files": [{ "oldUri": URI, "newUri": "file:///nowhere/x" }] }),
        ),
        (
            "workspace/executeCommand",
            json!({ "command": "pmta-ls.syntaxTree", "arguments": [{ "uri": URI }] }),
        ),
        (
            "pmta-ls/view",
            json!({ "command": "pmta-ls.syntaxTree", "arguments": [{ "uri": URI }] }),
        ),
    ]
}

#[test]
fn a_panic_in_a_request_is_an_error_and_no_more() {
    for (method, mut params) in requests() {
        let mut client = Client::start_in(plain(), &[("PMTA_LS_TEST_PANIC", method)]);
        client.open(URI, 1, "max-smtp-out many\n");
        params["textDocument"] = json!({ "uri": URI });
        params["position"] = json!({ "line": 0, "character": 2 });
        params["range"] = json!({ "start": { "line": 0, "character": 0 },
            "end": { "line": 1, "character": 0 } });
        let id = client.request(method, params.clone());
        let answer = client.answer(id);
        assert_eq!(answer["error"]["code"], -32603, "{method}: {answer}");
        let id = client.request(method, params);
        let answer = client.answer(id);
        assert_ne!(answer["error"]["code"], -32603, "{method}: {answer}");
        assert_eq!(client.pull(URI).len(), 1, "after {method}");
    }
}

#[test]
fn a_panic_while_a_text_is_changed_ends_the_process() {
    let environment = [("PMTA_LS_TEST_PANIC", "textDocument/didChange")];
    let mut client = Client::start_in(plain(), &environment);
    client.open(URI, 1, "api-key hunter2\n");
    client.replace(URI, 2, "");
    assert_eq!(client.status_within(Duration::from_secs(2)), Some(101));
    let errors = client.errors();
    assert!(errors.contains("pmta-ls: error: panic at "), "{errors}");
    assert!(!errors.contains("hunter2"), "{errors}");
}

#[test]
fn a_panic_in_the_background_is_logged_and_no_more() {
    let folder = crate::files::folder(&[("pmta/config", ""), ("pmta/pmta-ls.toml", "")]);
    for work in ["findings", "survey", "project-file"] {
        let wanted = format!("background/{work}");
        let folders = json!([{ "uri": crate::files::uri(&folder, "pmta"), "name": "pmta" }]);
        let params = json!({ "workspaceFolders": folders });
        let mut client = Client::start_in(params, &[("PMTA_LS_TEST_PANIC", &wanted)]);
        let config = crate::files::uri(&folder, "pmta/config");
        let project = crate::files::uri(&folder, "pmta/pmta-ls.toml");
        client.open(&config, 1, "max-smtp-out many\n");
        client.open(&project, 1, "none = 1\n");
        let told = client.wait_for(Duration::from_secs(30), |message| {
            let text = message["params"]["message"].as_str().unwrap_or_default();
            message["method"] == "window/logMessage" && text.starts_with("panic at ")
        });
        assert!(told.is_some(), "{wanted}");
        client.replace(&config, 2, "max-smtp-out\n");
        client.replace(&project, 2, "nothing = 1\n");
        assert_eq!(client.published(&config, Some(2)).len(), 1, "{wanted}");
        assert_eq!(client.published(&project, Some(2)).len(), 1, "{wanted}");
    }
}
