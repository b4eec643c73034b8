//! Settings from the editor and from `pmta-ls.toml`, comments that ignore, and fixing all at once.

use serde_json::{Value, json};

use crate::client::{Client, PATIENCE, codes, plain};
use crate::files::{folder, uri};

const URI: &str = "file:///nowhere/pmta/a.conf";
const TEXT: &str = "http-log-tls on\nhttp-log-data YES\n";

fn with(options: Value) -> Value {
    let mut params = plain();
    params["initializationOptions"] = options;
    params
}

#[test]
fn settings_are_given_at_the_start_and_told_later() {
    let mut client = Client::start(with(json!({ "rules": { "value-case": "off" } })));
    client.open(URI, 1, TEXT);
    let seen = client.published(URI, Some(1));
    assert_eq!(codes(&seen), ["invalid-boolean"]);
    let settings = json!({ "pmta-ls": {
        "rules": { "invalid-boolean": "hint" },
        "docsUrl": "https://example.com/{code}.md",
    } });
    client.notify(
        "workspace/didChangeConfiguration",
        json!({ "settings": settings }),
    );
    let is_hint = |seen: &[Value]| seen.iter().any(|it| it["severity"] == 4);
    let seen = client.published_when(URI, Some(1), is_hint);
    // What was said at the start holds as long as nothing else is said.
    assert_eq!(codes(&seen), ["invalid-boolean"]);
    assert_eq!(
        seen[0]["codeDescription"]["href"],
        "https://example.com/invalid-boolean.md"
    );
}

#[test]
fn settings_are_asked_for_where_the_client_has_them() {
    let mut params = plain();
    params["capabilities"]["workspace"]["configuration"] = json!(true);
    let mut client = Client::silent(&[]);
    client.settings = json!({ "rules": { "values": "off" } });
    client.initialize(params);
    client.open(URI, 1, TEXT);
    client.published_when(URI, Some(1), |seen| seen.is_empty());
    assert!(
        client
            .asked
            .iter()
            .any(|it| it == "workspace/configuration")
    );
    client.settings = json!({ "rules": {} });
    client.notify(
        "workspace/didChangeConfiguration",
        json!({ "settings": null }),
    );
    client.published_when(URI, Some(1), |seen| seen.len() == 2);
}

#[test]
fn folders_have_settings_of_their_own() {
    let files = folder(&[("one/config", TEXT), ("two/config", TEXT)]);
    let named = |name: &str| json!({ "uri": uri(&files, name), "name": name });
    let mut params = plain();
    params["capabilities"]["workspace"]["configuration"] = json!(true);
    params["workspaceFolders"] = json!([named("one")]);
    let mut client = Client::silent(&[]);
    let off = |name: &str| json!({ "rules": { name: "off" } });
    client.settings = off("value-case");
    for (name, rule) in [("one", "invalid-boolean"), ("two", "values")] {
        client.folder_settings.insert(uri(&files, name), off(rule));
    }
    client.initialize(params);
    let see = |client: &mut Client, path: &str, wanted: &[&str]| {
        let uri = uri(&files, path);
        client.open(&uri, 1, TEXT);
        client.published_when(&uri, Some(1), |seen| codes(seen) == wanted);
        client.close(&uri);
    };
    see(&mut client, "one/config", &["value-case"]);
    // No folder of the client is around this one yet.
    see(&mut client, "two/config", &["invalid-boolean"]);
    let event = json!({ "added": [named("two")], "removed": [named("one")] });
    client.notify(
        "workspace/didChangeWorkspaceFolders",
        json!({ "event": event }),
    );
    see(&mut client, "two/config", &[]);
    see(&mut client, "one/config", &["invalid-boolean"]);
}

#[test]
fn hints_and_lenses_can_be_switched_off_later() {
    let mut params = plain();
    params["capabilities"] = json!({ "textDocument": { "codeLens": {} },
        "workspace": { "inlayHint": { "refreshSupport": true } } });
    params["initializationOptions"] = json!({ "codeLens": { "references": false } });
    let mut client = Client::start(params);
    client.open(
        URI,
        1,
        "<domain example.com>\nbounce-after 345600s\n</domain>\n",
    );
    let document = json!({ "uri": URI });
    let all =
        json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 3, "character": 0 } });
    let counts = |client: &mut Client| {
        let params = json!({ "textDocument": document, "range": all });
        let hints = client.ask("textDocument/inlayHint", params);
        let lenses = client.ask("textDocument/codeLens", json!({ "textDocument": document }));
        [hints, lenses].map(|it| it.as_array().unwrap().len())
    };
    assert_eq!(counts(&mut client), [1, 1]);
    let tell = |client: &mut Client, settings: Value| {
        let params = json!({ "settings": { "pmta-ls": settings } });
        client.notify("workspace/didChangeConfiguration", params);
        let asked = |it: &Value| it["method"] == "workspace/inlayHint/refresh";
        client.wait_for(PATIENCE, asked).unwrap();
    };
    tell(
        &mut client,
        json!({ "inlayHints": { "durations": false }, "codeLens": { "effectiveSettings": false } }),
    );
    assert_eq!(counts(&mut client), [0, 0]);
    tell(&mut client, json!({}));
    assert_eq!(counts(&mut client), [1, 1]);
}

#[test]
fn mistakes_are_told() {
    let mut client = Client::start(with(json!({ "rules": { "zzzzzzz": "off" } })));
    let is_message = |it: &Value| it["method"] == "window/showMessage";
    let told = client.wait_for(PATIENCE, is_message).unwrap();
    let message = told["params"]["message"].as_str().unwrap();
    assert!(
        message.contains("`rules.zzzzzzz`: there is no rule or group of rules"),
        "{message}"
    );
}

#[test]
fn the_projects_file_goes_first() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().canonicalize().unwrap();
    std::fs::write(
        folder.join("pmta-ls.toml"),
        "max-findings = 1\n[rules]\ninvalid-boolean = \"hint\"\n",
    )
    .unwrap();
    let uri = format!("file://{}/a.conf", folder.display());
    let mut client = Client::start(with(json!({ "rules": { "values": "error" } })));
    client.open(&uri, 1, TEXT);
    let seen = client.published(&uri, Some(1));
    assert_eq!(codes(&seen), ["too-many-findings", "value-case"]);
    assert_eq!(seen[1]["severity"], 1);
}

fn actions(client: &mut Client, line: u32, only: &[&str]) -> Vec<Value> {
    let at = json!({ "line": line, "character": 13 });
    let params = json!({
        "textDocument": { "uri": URI },
        "range": { "start": at, "end": at },
        "context": { "diagnostics": [], "only": only },
    });
    let found = client.ask("textDocument/codeAction", params);
    found.as_array().unwrap().clone()
}

fn with_actions() -> Client {
    let literal = json!({ "codeActionKind": { "valueSet": ["quickfix", "source"] } });
    let mut params = plain();
    params["capabilities"]["textDocument"]["codeAction"] =
        json!({ "codeActionLiteralSupport": literal });
    Client::start(params)
}

#[test]
fn all_safe_fixes_of_a_file_are_one_action() {
    let mut client = with_actions();
    client.open(URI, 1, TEXT);
    let found = actions(&mut client, 0, &["source.fixAll"]);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0]["kind"], "source.fixAll.pmta");
    let edits = &found[0]["edit"]["changes"][URI];
    assert_eq!(edits[0]["newText"], "http-log-tls yes\nhttp-log-data yes\n");
    client.change(
        URI,
        2,
        json!([{ "range": edits[0]["range"], "text": edits[0]["newText"] }]),
    );
    assert!(actions(&mut client, 0, &["source.fixAll.pmta"]).is_empty());
}

#[test]
fn a_comment_that_ignores_is_offered() {
    let mut client = with_actions();
    client.open(URI, 1, TEXT);
    let found = actions(&mut client, 0, &["quickfix"]);
    let titles: Vec<&str> = found
        .iter()
        .map(|it| it["title"].as_str().unwrap())
        .collect();
    assert_eq!(
        titles,
        [
            "Write `yes`",
            "Ignore `invalid-boolean` on this line",
            "Ignore `invalid-boolean` in this file"
        ]
    );
    let edit = found[1]["edit"]["changes"][URI][0].clone();
    client.change(
        URI,
        2,
        json!([{ "range": edit["range"], "text": edit["newText"] }]),
    );
    let seen = client.published(URI, Some(2));
    assert_eq!(codes(&seen), ["value-case"]);
}
