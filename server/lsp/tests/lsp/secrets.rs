//! No answer, message or log holds a secret, except for the text of edits.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::client::{Client, PATIENCE};
use crate::planted::{SECRET, planted};

const URI: &str = "untitled:planted";

/// The first letters are enough: what was cut is a leak as well.
const SEEN: &str = "hunter2";

/// Requests about a position.
const AT_A_POSITION: [&str; 9] = [
    "textDocument/hover",
    "textDocument/completion",
    "textDocument/signatureHelp",
    "textDocument/definition",
    "textDocument/references",
    "textDocument/documentHighlight",
    "textDocument/prepareRename",
    "textDocument/prepareCallHierarchy",
    "textDocument/codeAction",
];

/// Requests about the whole document.
const ABOUT_ALL: [&str; 9] = [
    "textDocument/diagnostic",
    "textDocument/documentSymbol",
    "textDocument/codeLens",
    "textDocument/documentLink",
    "textDocument/foldingRange",
    "textDocument/inlayHint",
    "textDocument/semanticTokens/full",
    "workspace/symbol",
    "workspace/diagnostic",
];

/// Takes the text of edits away: it is what a person asked to have written.
fn without_edits(value: &mut Value) {
    match value {
        Value::Array(list) => list.iter_mut().for_each(without_edits),
        Value::Object(table) => {
            table.remove("newText");
            table.values_mut().for_each(without_edits);
        }
        _ => {}
    }
}

/// Asks all of these and looks into what comes back, whatever it is; how many answers held more than
/// nothing.
fn ask(client: &mut Client, asked: Vec<(&'static str, Value)>) -> BTreeMap<&'static str, usize> {
    let mut said = BTreeMap::new();
    for some in asked.chunks(40) {
        let ids: Vec<i64> = some
            .iter()
            .map(|(method, params)| client.request(method, params.clone()))
            .collect();
        for (id, (method, params)) in ids.into_iter().zip(some) {
            let mut answer = client.answer(id);
            if answer["result"]
                .as_array()
                .is_none_or(|list| !list.is_empty())
                && !answer["result"].is_null()
            {
                *said.entry(*method).or_default() += 1;
            }
            without_edits(&mut answer);
            let told = answer.to_string();
            assert!(!told.contains(SEEN), "{method} {params}: {told}");
        }
    }
    said
}

#[test]
fn planted_secrets_are_told_to_nobody() {
    let text = planted();
    let environment = [("PMTA_LS_LOG", "debug")];
    let mut client = Client::silent(&environment);
    client.initialize(json!({ "trace": "verbose", "capabilities": {
        "general": { "positionEncodings": ["utf-8"] },
        "textDocument": {
            "codeAction": { "codeActionLiteralSupport":
                { "codeActionKind": { "valueSet": ["quickfix", "refactor", "source"] } } },
            "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
        },
        "experimental": { "commands": { "commands": ["pmta-ls.showView", "pmta-ls.showReferences"] } },
    } }));
    client.open(URI, 1, &text);
    let whole = json!({ "start": { "line": 0, "character": 0 },
        "end": { "line": text.lines().count(), "character": 0 } });
    let document = json!({ "uri": URI });
    let mut asked = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let Some(column) = line.find(SECRET) else {
            continue;
        };
        // In the secret and in the name before it.
        let name = line
            .find(|sign: char| sign.is_ascii_alphabetic())
            .unwrap_or(0);
        for column in [column + 3, name + 1] {
            let position = json!({ "line": number, "character": column });
            let range = json!({ "start": position, "end": position });
            let context = json!({ "diagnostics": [], "includeDeclaration": true });
            let params = json!({ "textDocument": document, "position": position, "range": range,
                "context": context });
            asked.extend(AT_A_POSITION.map(|method| (method, params.clone())));
        }
    }
    let of_all = json!({ "textDocument": document, "range": whole, "query": "h",
        "previousResultIds": [] });
    asked.extend(ABOUT_ALL.map(|method| (method, of_all.clone())));
    let queue = json!({ "uri": URI, "queue": "a/x", "all": true, "mailFrom": "a@example.com",
        "rcptTo": "b@a" });
    for command in ["effectiveSettings", "trace", "syntaxTree"] {
        let asked_for = json!({ "command": format!("pmta-ls.{command}"), "arguments": [queue] });
        asked.push(("workspace/executeCommand", asked_for.clone()));
        asked.push(("pmta-ls/view", asked_for));
    }
    asked.push((
        "textDocument/rename",
        json!({ "textDocument": document,
        "position": { "line": 1, "character": 20 }, "newName": "other" }),
    ));
    let said = ask(&mut client, asked);
    println!(
        "secrets: {} lines, answers that say something: {said:?}",
        text.lines().count()
    );
    for method in [
        "textDocument/hover",
        "textDocument/diagnostic",
        "textDocument/codeAction",
    ] {
        assert!(said.contains_key(method), "{method}: {said:?}");
    }
    let pushed = client.published(URI, Some(1));
    assert!(!json!(pushed).to_string().contains(SEEN));
    client.ask("shutdown", Value::Null);
    let told = client.messages_within(std::time::Duration::from_millis(200));
    assert!(told.iter().any(|message| message["method"] == "$/logTrace"));
    assert!(!json!(told).to_string().contains(SEEN), "{told:?}");
    client.notify("exit", Value::Null);
    assert_eq!(client.status_within(PATIENCE), Some(0));
    let errors = client.errors();
    assert!(
        errors.contains("received textDocument/hover"),
        "the log is silent"
    );
    assert!(!errors.contains(SEEN), "{errors}");
}
