//! Diagnostics of other files, with those that a client asks for.

use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::campus::settle;
use crate::client::{Client, codes};
use crate::files::{folder, start, uri};

const ROOT: &str = "postmaster you@example.com\nlog-file /var/log/pmta/log\n<source 127.0.0.1>\n    default-virtual-mta mta1\n</source>\ninclude vmta.conf\ninclude other.conf\n";
const PART: &str =
    "<virtual-mta mta1>\n    smtp-source-host 192.0.2.1 mx.example.com\n</virtual-mta>\n";
const OTHER: &str = "<domain example.com>\n    max-smtp-out 20\n</domain>\n";

/// A client that asks for diagnostics, and takes those of other files with them if it is said to.
fn client(takes_related: bool) -> (TempDir, Client) {
    let folder = folder(&[("config", ROOT), ("vmta.conf", PART), ("other.conf", OTHER)]);
    let client = start(
        folder.path(),
        json!({
            "textDocument": { "diagnostic": { "relatedDocumentSupport": takes_related } },
            "workspace": { "diagnostics": { "refreshSupport": true } },
        }),
    );
    (folder, client)
}

/// Opens the root and the part, and asks for the diagnostics of both.
fn opened(client: &mut Client, folder: &TempDir) -> (String, String) {
    let (root, part) = (uri(folder, "config"), uri(folder, "vmta.conf"));
    client.open(&root, 1, ROOT);
    client.open(&part, 1, PART);
    settle(client, &root);
    assert!(client.pull(&root).is_empty());
    assert!(client.pull(&part).is_empty());
    (root, part)
}

fn report(client: &mut Client, uri: &str, previous: &Value) -> Value {
    let document = json!({ "uri": uri });
    let params = json!({ "textDocument": document, "previousResultId": previous });
    client.ask("textDocument/diagnostic", params)
}

#[test]
fn an_edit_reports_what_it_changes_in_other_open_files() {
    let (folder, mut client) = client(true);
    let (root, part) = opened(&mut client, &folder);
    // The name that the root uses is gone.
    client.replace(&part, 2, &PART.replace("mta1", "mta2"));
    let first = report(&mut client, &part, &Value::Null);
    let related = first["relatedDocuments"].as_object().unwrap();
    // A file that is not open is not reported so: it is sent, if there is anything to say of it.
    assert_eq!(related.keys().collect::<Vec<_>>(), [&root]);
    let other = &related[&root];
    assert_eq!(other["kind"], "full");
    let items = other["items"].as_array().unwrap();
    assert_eq!(codes(items), ["undefined-virtual-mta"]);
    // What was told so is known, whether it is asked for or not.
    let again = report(&mut client, &root, &other["resultId"]);
    assert_eq!(
        again,
        json!({ "kind": "unchanged", "resultId": other["resultId"] })
    );
    let again = report(&mut client, &part, &first["resultId"]);
    assert_eq!(
        again,
        json!({ "kind": "unchanged", "resultId": first["resultId"] })
    );
    // The part may be as it was while the other file is not.
    client.replace(&part, 3, &PART.replace("mta1", "mta3"));
    client.replace(&part, 4, PART);
    let back = report(&mut client, &part, &first["resultId"]);
    assert_eq!(back["relatedDocuments"][&root]["items"], json!([]));
    let pushed = client.messages_within(Duration::from_millis(300));
    let mut pushed = pushed.iter();
    assert!(
        !pushed.any(|it| it["method"] == "textDocument/publishDiagnostics"
            && it["params"]["diagnostics"] != json!([]))
    );
}

#[test]
fn a_client_that_takes_no_others_is_told_to_ask_for_them() {
    let (folder, mut client) = client(false);
    let (root, part) = opened(&mut client, &folder);
    client.messages_within(Duration::from_millis(300));
    client.replace(&part, 2, &PART.replace("mta1", "mta2"));
    let report = report(&mut client, &part, &Value::Null);
    assert_eq!(report.get("relatedDocuments"), None);
    let refresh = |message: &Value| message["method"] == "workspace/diagnostic/refresh";
    assert!(client.wait_for(crate::client::PATIENCE, refresh).is_some());
    assert_eq!(codes(&client.pull(&root)), ["undefined-virtual-mta"]);
}
