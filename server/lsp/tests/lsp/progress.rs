//! Work that takes long: clients are told of it, can stop it, and get answers in parts.

use serde_json::{Value, json};

use crate::client::{Client, PATIENCE, initialize_params, pulling};
use crate::files::{folder, uri};

const URI: &str = "file:///nowhere/pmta/config";
/// Makes long work wait until it is cancelled.
const SLOW: [(&str, &str); 1] = [("PMTA_LS_TEST_SLOW", "1")];
const REQUEST_CANCELLED: i64 = -32800;

/// The values that were sent with a token, in order.
fn values(messages: &[Value], token: &str) -> Vec<Value> {
    let of_token = |it: &&Value| it["method"] == "$/progress" && it["params"]["token"] == token;
    let found = messages.iter().filter(of_token);
    found.map(|it| it["params"]["value"].clone()).collect()
}

fn kinds(values: &[Value]) -> Vec<&str> {
    values
        .iter()
        .map(|it| it["kind"].as_str().unwrap_or("part"))
        .collect()
}

/// The result of a request, and what was sent with the token `work` before it.
fn ask(client: &mut Client, method: &str, params: Value) -> (Value, Vec<Value>) {
    let result = client.ask(method, params);
    let before = client.passed();
    (result, values(&before, "work"))
}

#[test]
fn work_is_told_with_the_token_of_the_client() {
    let mut client = Client::start(json!({}));
    assert_eq!(
        client.capabilities["referencesProvider"]["workDoneProgress"],
        true
    );
    client.open(URI, 1, "<virtual-mta one>\n</virtual-mta>\n");
    let params = json!({ "query": "one", "workDoneToken": "work" });
    let (found, told) = ask(&mut client, "workspace/symbol", params);
    assert_eq!(found.as_array().unwrap().len(), 1);
    assert_eq!(kinds(&told), ["begin", "end"]);
    assert_eq!(told[0]["cancellable"], true);
    let params = json!({ "query": "one" });
    let (_, told) = ask(&mut client, "workspace/symbol", params);
    assert!(told.is_empty());
}

#[test]
fn long_answers_come_in_parts() {
    let mut client = Client::start(json!({}));
    let uses = "<domain $all>\n</domain>\n".repeat(600);
    let text = format!("domain-macro all example.com\n{uses}");
    client.open(URI, 1, &text);
    let at = json!({ "textDocument": { "uri": URI },
        "position": { "line": 0, "character": 14 },
        "context": { "includeDeclaration": true } });
    let whole = client.ask("textDocument/references", at.clone());
    assert_eq!(whole.as_array().unwrap().len(), 601);
    let mut in_parts = at;
    in_parts["partialResultToken"] = "work".into();
    for _ in 0..20 {
        let (rest, parts) = ask(&mut client, "textDocument/references", in_parts.clone());
        assert_eq!(rest, json!([]));
        assert_eq!(parts.len(), 3);
        let parts = parts.iter().flat_map(|it| it.as_array().unwrap());
        assert_eq!(
            parts.cloned().collect::<Vec<_>>(),
            *whole.as_array().unwrap()
        );
    }
}

#[test]
fn findings_of_many_files_come_in_parts() {
    let mut client = Client::start(pulling());
    for number in 0..20 {
        client.open(&format!("untitled:{number}"), 1, "run-as-root maybe\n");
    }
    let params = json!({ "previousResultIds": [] });
    let whole = client.ask("workspace/diagnostic", params);
    let whole = whole["items"].as_array().unwrap();
    assert_eq!(whole.len(), 20);
    let params = json!({ "previousResultIds": [], "partialResultToken": "work" });
    let (rest, parts) = ask(&mut client, "workspace/diagnostic", params);
    assert_eq!(rest["items"], json!([]));
    let items = parts.iter().flat_map(|it| it["items"].as_array().unwrap());
    let items: Vec<&Value> = items.collect();
    assert!(parts.len() > 1);
    assert_eq!(items.len(), 20);
    assert!(whole.iter().all(|it| items.contains(&it)));
    // What a client has already is not sent again, part or not.
    let known: Vec<Value> = whole
        .iter()
        .map(|it| json!({ "uri": it["uri"], "value": it["resultId"] }))
        .collect();
    let params = json!({ "previousResultIds": known, "workDoneToken": "work" });
    let (report, told) = ask(&mut client, "workspace/diagnostic", params);
    let items = report["items"].as_array().unwrap();
    assert!(items.iter().all(|it| it["kind"] == "unchanged"));
    assert_eq!(told.first().unwrap()["kind"], "begin");
    assert!(told.iter().any(|it| it["percentage"] == 50));
    assert_eq!(told.last().unwrap()["kind"], "end");
}

#[test]
fn work_can_be_stopped() {
    let stops = |client: &mut Client, id: i64| {
        let token = json!({ "token": "work" });
        client.notify("window/workDoneProgress/cancel", token);
        client.answer(id)
    };
    let cancels = |client: &mut Client, id: i64| {
        client.notify("$/cancelRequest", json!({ "id": id }));
        client.answer(id)
    };
    let ways: [fn(&mut Client, i64) -> Value; 2] = [stops, cancels];
    for stop in ways {
        let mut client = Client::start_in(pulling(), &SLOW);
        client.open(URI, 1, "run-as-root maybe\n");
        let params = json!({ "previousResultIds": [], "workDoneToken": "work" });
        let id = client.request("workspace/diagnostic", params);
        let begins = |it: &Value| it["params"]["value"]["kind"] == "begin";
        client.wait_for(PATIENCE, begins).unwrap();
        let answer = stop(&mut client, id);
        assert_eq!(answer["error"]["code"], REQUEST_CANCELLED, "{answer}");
        assert_eq!(kinds(&values(&client.passed(), "work")), ["end"]);
    }
}

#[test]
fn the_first_look_at_the_files_is_told_and_can_be_stopped() {
    let files = folder(&[
        ("pmta/config", "include parts/*.conf\n"),
        ("pmta/parts/a.conf", "run-as-root maybe\n"),
    ]);
    let workspace = json!([{ "uri": uri(&files, "pmta"), "name": "pmta" }]);
    let params = json!({ "workspaceFolders": workspace,
        "capabilities": { "window": { "workDoneProgress": true } } });
    let mut client = Client::start_in(params, &SLOW);
    client.open(&uri(&files, "pmta/config"), 1, "include parts/*.conf\n");
    let begin = client
        .wait_for(PATIENCE, |it| it["params"]["value"]["kind"] == "begin")
        .unwrap();
    assert_eq!(begin["params"]["value"]["title"], "Reading configurations");
    assert!(
        client
            .asked
            .contains(&"window/workDoneProgress/create".to_owned())
    );
    let token = begin["params"]["token"].clone();
    client.notify("window/workDoneProgress/cancel", json!({ "token": token }));
    let ends =
        |it: &Value| it["params"]["value"]["kind"] == "end" && it["params"]["token"] == token;
    client.wait_for(PATIENCE, ends).unwrap();
    // What the open document includes was read all the same.
    client.published_when(&uri(&files, "pmta/parts/a.conf"), None, |found| {
        !found.is_empty()
    });
}

#[test]
fn who_shows_no_progress_is_not_asked_to() {
    let files = folder(&[
        ("pmta/config", "include a.conf\n"),
        ("pmta/a.conf", "run-as-root maybe\n"),
    ]);
    for refuses in [false, true] {
        let mut client = Client::silent(&[]);
        client
            .refuses
            .push("window/workDoneProgress/create".to_owned());
        let capabilities = json!({ "window": { "workDoneProgress": refuses } });
        client.initialize(initialize_params(json!({ "capabilities": capabilities })));
        client.open(&uri(&files, "pmta/config"), 1, "include a.conf\n");
        client.published_when(&uri(&files, "pmta/a.conf"), None, |found| !found.is_empty());
        let asked = client.asked.iter().any(|it| it.ends_with("/create"));
        assert_eq!(asked, refuses);
        assert!(
            client
                .passed()
                .iter()
                .all(|it| it["method"] != "$/progress")
        );
    }
}
