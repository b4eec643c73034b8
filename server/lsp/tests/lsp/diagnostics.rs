//! Diagnostics pushed and pulled.

use std::time::Duration;

use serde_json::{Value, json};

use crate::campus::settle;
use crate::client::{Client, PATIENCE, codes, plain, pulling};

const URI: &str = "file:///nowhere/pmta/config";

#[test]
fn diagnostics_follow_the_text() {
    let mut client = Client::start(plain());
    assert!(client.capabilities.get("diagnosticProvider").is_none());
    client.open(URI, 7, "<domain example.com>\nmax-smtp-out 20\n");
    let found = client.published(URI, Some(7));
    assert_eq!(codes(&found), ["unclosed-section"]);
    assert_eq!(found[0]["source"], "pmta-ls");
    assert_eq!(found[0]["severity"], 1);
    assert_eq!(
        found[0]["range"]["start"],
        json!({ "line": 0, "character": 0 })
    );
    for name in ["relatedInformation", "tags", "data", "codeDescription"] {
        assert!(found[0].get(name).is_none(), "{name}");
    }
    let end = json!({ "line": 2, "character": 0 });
    client.change(
        URI,
        8,
        json!([{ "range": { "start": end, "end": end }, "text": "</domain>\n" }]),
    );
    assert!(client.published(URI, Some(8)).is_empty());
    client.replace(URI, 9, "retry-afer 10m\n");
    assert_eq!(
        codes(&client.published(URI, Some(9))),
        ["unknown-directive"]
    );
    client.close(URI);
    assert!(client.published(URI, None).is_empty());
    client.open(URI, 1, "retry-afer 10m\n");
    assert_eq!(client.published(URI, Some(1)).len(), 1);
}

/// A configuration that is long, and the line of two settings that contradict each other.
fn long_configuration() -> (String, u64) {
    let head =
        "postmaster you@example.com\nlog-file /var/log/pmta/log\n<source 127.0.0.1>\n</source>\n";
    let domains = "<domain d.example.net>\n    max-smtp-out 20\n</domain>\n".repeat(1_000);
    let last = "<domain example.com>\n    bounce-after 1h\n    retry-after 2h\n</domain>\n";
    let text = format!("{head}{domains}{last}");
    let wrong = u64::try_from(text.lines().count()).unwrap() - 2;
    (text, wrong)
}

/// The line of the settings that contradict each other.
fn contradiction(found: &[Value]) -> Option<u64> {
    let mut found = found.iter();
    let found = found.find(|it| it["code"] == "contradicting-settings")?;
    found["range"]["start"]["line"].as_u64()
}

fn edit(from: [u64; 2], to: [u64; 2], text: &str) -> Value {
    let place = |[line, character]: [u64; 2]| json!({ "line": line, "character": character });
    json!([{ "range": { "start": place(from), "end": place(to) }, "text": text }])
}

#[test]
fn long_configurations_are_looked_through_when_nobody_types() {
    let mut client = Client::start(plain());
    let (text, wrong) = long_configuration();
    client.open(URI, 1, &text);
    client.published_until(URI, Some(1), |found| contradiction(found) == Some(wrong));
    client.change(URI, 2, edit([0, 0], [0, 0], "\n\n"));
    assert_eq!(
        contradiction(&client.published(URI, Some(2))),
        Some(wrong + 2)
    );
    // At once what is known without a look at all settings, then what they say together.
    let value = |text: &str| edit([wrong + 1, 17], [wrong + 1, 18], text);
    client.change(URI, 3, value("9"));
    assert_eq!(
        contradiction(&client.published(URI, Some(3))),
        Some(wrong + 2)
    );
    assert_eq!(contradiction(&client.published(URI, Some(3))), None);
    client.change(URI, 4, value("1"));
    client.published_until(URI, Some(4), |found| {
        contradiction(found) == Some(wrong + 2)
    });
}

#[test]
fn a_client_that_pulls_is_told_to_pull_again_when_nobody_types() {
    let refresh = |message: &Value| message["method"] == "workspace/diagnostic/refresh";
    let mut client = Client::start(pulling());
    let (text, wrong) = long_configuration();
    client.open(URI, 1, &text);
    // The files around it are read first.
    settle(&mut client, URI);
    assert_eq!(contradiction(&client.pull(URI)), Some(wrong));
    client.messages_within(Duration::from_millis(500));
    // At once what is known without a look at all settings, and a call when there is more to say.
    client.change(URI, 2, edit([wrong - 1, 17], [wrong - 1, 18], "9"));
    assert_eq!(contradiction(&client.pull(URI)), Some(wrong));
    assert!(client.wait_for(PATIENCE, refresh).is_some());
    assert_eq!(contradiction(&client.pull(URI)), None);
    // Nobody is called when the answer was right all the same.
    client.change(URI, 3, edit([0, 0], [0, 0], "\n"));
    client.pull(URI);
    assert!(client.wait_for(Duration::from_secs(1), refresh).is_none());
    client.change(URI, 4, edit([wrong, 17], [wrong, 18], "1"));
    assert_eq!(contradiction(&client.pull(URI)), None);
    assert!(client.wait_for(PATIENCE, refresh).is_some());
    assert_eq!(contradiction(&client.pull(URI)), Some(wrong + 1));
}

#[test]
fn what_a_client_can_show_is_sent_to_it() {
    let can = json!({ "relatedInformation": true, "dataSupport": true,
        "tagSupport": { "valueSet": [1, 2] } });
    let mut client = Client::start(json!({ "capabilities":
        { "textDocument": { "publishDiagnostics": can } } }));
    client.open(URI, 1, "<domain example.com>\nmax-smtp-out 20\n</domian>\n");
    let found = client.published(URI, Some(1));
    let related = found.iter().find_map(|it| it.get("relatedInformation"));
    let related = related.unwrap_or_else(|| panic!("{found:?}"));
    assert_eq!(related[0]["location"]["uri"], URI);
    let fixes = found.iter().find_map(|it| it.get("data")).unwrap();
    assert!(fixes["fixes"][0]["title"].is_string(), "{fixes}");
}

#[test]
fn secrets_are_not_shown() {
    let mut client = Client::start(json!({ "capabilities":
        { "textDocument": { "publishDiagnostics": { "dataSupport": true } } } }));
    client.open(
        URI,
        1,
        "<smtp-user a>\npassword hunter2 and more\npasword hunter2\n</smtp-user>\n",
    );
    let found = client.published(URI, Some(1));
    assert!(!found.is_empty());
    assert!(!Value::from(found).to_string().contains("hunter2"));
}

#[test]
fn a_client_that_pulls_is_sent_nothing_for_open_documents() {
    let mut client = Client::start(pulling());
    let offered = client.capabilities["diagnosticProvider"].clone();
    assert_eq!(offered["interFileDependencies"], true);
    assert_eq!(offered["workspaceDiagnostics"], true);
    client.open(URI, 1, "retry-afer 10m\n");
    let document = json!({ "uri": URI });
    let first = client.ask(
        "textDocument/diagnostic",
        json!({ "textDocument": document }),
    );
    assert_eq!(first["kind"], "full");
    assert_eq!(
        codes(first["items"].as_array().unwrap()),
        ["unknown-directive"]
    );
    let again = json!({ "textDocument": document, "previousResultId": first["resultId"] });
    let second = client.ask("textDocument/diagnostic", again.clone());
    assert_eq!(
        second,
        json!({ "kind": "unchanged", "resultId": first["resultId"] })
    );
    client.replace(URI, 2, "retry-after 10m\n");
    let third = client.ask("textDocument/diagnostic", again);
    assert_eq!(third["kind"], "full");
    assert_eq!(third["items"], json!([]));
    client.close(URI);
    let messages = client.messages_within(Duration::from_millis(200));
    let pushed = messages
        .iter()
        .filter(|it| it["method"] == "textDocument/publishDiagnostics");
    assert_eq!(pushed.count(), 0, "{messages:?}");
    let none = client.ask(
        "textDocument/diagnostic",
        json!({ "textDocument": document }),
    );
    assert_eq!(none["items"], json!([]));
}

#[test]
fn cancelled_requests_are_answered() {
    let mut client = Client::start(plain());
    client.open(URI, 1, &"max-smtp-out many\n".repeat(20_000));
    let ids: Vec<i64> = (0..8)
        .map(|_| {
            client.request(
                "textDocument/diagnostic",
                json!({ "textDocument": { "uri": URI } }),
            )
        })
        .collect();
    for id in &ids {
        client.notify("$/cancelRequest", json!({ "id": id }));
    }
    for id in ids {
        let answer = client.answer(id);
        let is_cancelled = answer["error"]["code"] == -32800;
        assert!(is_cancelled || answer["result"]["items"].is_array());
    }
    // No editor is shown more than a thousand, and how many others there are.
    assert_eq!(client.pull(URI).len(), 1_001);
}
