//! Edits and requests written in one go are handled in the order in which they were written.

use std::io::Write;

use serde_json::{Value, json};

use crate::client::{Client, change, frame, notification, plain};
use crate::text::units;

const URI: &str = "untitled:order";
const PAIRS: i32 = 2_000;

/// What stands before the number in the two lines that hold it: characters of two, three and four
/// bytes.
const BEFORE: [&str; 2] = ["max-smtp-out é€😀", "<domain é€😀.example> retry-after "];
const BEHIND: [&str; 2] = ["", "s </domain>"];
const FIRST_LINE: usize = 200;

/// Puts the number of the version into both lines.
fn edit(version: i32) -> Value {
    let digits = (version - 1).to_string().len();
    let number = |index: usize| {
        let line = FIRST_LINE + index;
        let column = units("utf-16", BEFORE[index]);
        let start = json!({ "line": line, "character": column });
        let end = json!({ "line": line, "character": column + digits });
        json!({ "range": { "start": start, "end": end }, "text": version.to_string() })
    };
    let (method, params) = change(URI, version, json!([number(0), number(1)]));
    notification(method, params)
}

/// Asks for something that shows which version is seen.
fn request(version: i32) -> Value {
    let document = json!({ "uri": URI });
    let mut request = if version % 2 == 0 {
        notification(
            "textDocument/diagnostic",
            json!({ "textDocument": document }),
        )
    } else {
        let at = json!({ "line": FIRST_LINE + 1, "character": units("utf-16", BEFORE[1]) });
        let params = json!({ "textDocument": document, "position": at });
        notification("textDocument/hover", params)
    };
    request["id"] = version.into();
    request
}

#[test]
fn nothing_is_out_of_order_and_nothing_is_stale() {
    let mut client = Client::start(plain());
    let head = "# é€😀\n".repeat(FIRST_LINE);
    let lines = [0, 1].map(|index| format!("{}0{}\n", BEFORE[index], BEHIND[index]));
    client.open(URI, 0, &format!("{head}{}", lines.concat()));
    let mut input = client.take_input();
    let writer = std::thread::spawn(move || {
        for version in 1..=PAIRS {
            input.write_all(&frame(&edit(version))).unwrap();
            input.write_all(&frame(&request(version))).unwrap();
        }
        input
    });
    for version in 1..=PAIRS {
        let result = client.answer(version.into())["result"].to_string();
        let seen = if version % 2 == 0 {
            format!("`é€😀{version}`")
        } else {
            format!("\"{version}s: ")
        };
        assert!(result.contains(&seen), "{seen} is not in {result}");
    }
    client.give_input(writer.join().unwrap());
    let last = client.published(URI, Some(PAIRS));
    assert!(
        Value::from(last)
            .to_string()
            .contains(&format!("😀{PAIRS}`"))
    );
}

#[test]
fn many_edits_are_answered_with_few_diagnostics() {
    let mut client = Client::start(plain());
    client.open(URI, 0, "max-smtp-out \n");
    client.published(URI, Some(0));
    let mut bytes = Vec::new();
    for version in 1..=500 {
        let at = json!({ "line": 0, "character": 13 });
        let changes = json!([{ "range": { "start": at, "end": at }, "text": "x" }]);
        let (method, params) = change(URI, version, changes);
        bytes.extend(frame(&notification(method, params)));
    }
    client.write(&bytes);
    let mut versions = Vec::new();
    while versions.last() != Some(&500) {
        let message = client
            .wait_for(crate::client::PATIENCE, |it| {
                it["method"] == "textDocument/publishDiagnostics"
            })
            .unwrap();
        versions.push(message["params"]["version"].as_i64().unwrap());
    }
    assert!(versions.is_sorted(), "{versions:?}");
    assert!(versions.len() <= 5, "{versions:?}");
    let mut rest = client.messages_within(std::time::Duration::from_millis(100));
    rest.retain(|it| it["method"] != "window/logMessage");
    assert!(rest.is_empty(), "{rest:?}");
}
