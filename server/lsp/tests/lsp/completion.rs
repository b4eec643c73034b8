//! Completion over the protocol.

use serde_json::{Value, json};

use crate::client::{Client, plain};

const URI: &str = "untitled:config";

fn start(item: &Value) -> Client {
    let completion = json!({ "completionItem": item });
    Client::start(json!({ "capabilities": { "textDocument": { "completion": completion } } }))
}

fn complete(client: &mut Client, line: u32, character: u32, typed: Option<&str>) -> Value {
    let position = json!({ "line": line, "character": character });
    let mut params = json!({ "textDocument": { "uri": URI }, "position": position });
    if let Some(typed) = typed {
        params["context"] = json!({ "triggerKind": 2, "triggerCharacter": typed });
    }
    client.ask("textDocument/completion", params)
}

fn named(found: &Value, label: &str) -> Value {
    let items = found["items"].as_array().unwrap();
    items
        .iter()
        .find(|item| item["label"] == label)
        .unwrap_or_else(|| panic!("{label}"))
        .clone()
}

const TEXT: &str = "<domain é😀.example> max-msg-rate 100/s max-smtp-out </domain>\n\
    <domain a.example>\nmax-con 20\n    \n</domain>\npostmaster a@example.com\nspo\n";

#[test]
fn clients_that_can_do_much_get_snippets_and_marks() {
    let mut client = start(&json!({
        "snippetSupport": true, "insertReplaceSupport": true, "tagSupport": { "valueSet": [1] },
        "documentationFormat": ["markdown"],
    }));
    assert_eq!(
        client.capabilities["completionProvider"]["resolveProvider"],
        true
    );
    client.open(URI, 1, TEXT);
    let value = named(&complete(&mut client, 0, 53, None), "20");
    assert!(value.get("commitCharacters").is_none());
    let at = json!({ "line": 0, "character": 53 });
    assert_eq!(
        value["textEdit"]["range"],
        json!({ "start": at, "end": at })
    );
    let found = complete(&mut client, 2, 4, None);
    let name = named(&found, "max-smtp-out");
    assert_eq!(name["textEdit"]["insert"]["end"]["character"], 4);
    assert_eq!(name["textEdit"]["replace"]["end"]["character"], 7);
    assert!(name.get("insertTextFormat").is_none());
    let found = complete(&mut client, 3, 4, None);
    let name = named(&found, "max-rcpt-per-message");
    assert_eq!(name["insertTextFormat"], 2);
    assert!(
        name["textEdit"]["newText"]
            .as_str()
            .unwrap()
            .starts_with("max-rcpt-per-message ${1:")
    );
    let help = client.ask("completionItem/resolve", name);
    assert_eq!(help["documentation"]["kind"], "markdown");
    assert!(
        help["documentation"]["value"]
            .as_str()
            .unwrap()
            .contains("max-rcpt-per-message")
    );
    // Who indents a line has not asked for anything.
    assert_eq!(complete(&mut client, 3, 4, Some(" "))["items"], json!([]));
    let old = named(&complete(&mut client, 6, 3, None), "spool-min-free-space");
    assert_eq!(old["tags"], json!([1]));
}

#[test]
fn simple_clients_get_simple_texts() {
    let mut client = Client::start(plain());
    client.open(URI, 1, TEXT);
    let found = complete(&mut client, 3, 4, None);
    let name = named(&found, "max-smtp-out");
    assert!(name.get("insertTextFormat").is_none());
    assert_eq!(name["textEdit"]["newText"], "max-smtp-out ");
    assert!(name["textEdit"]["range"].is_object());
    let help = client.ask("completionItem/resolve", name);
    assert_eq!(help["documentation"]["kind"], "plaintext");
    let old = named(&complete(&mut client, 6, 3, None), "spool-min-free-space");
    assert_eq!(old["deprecated"], true);
}

#[test]
fn paths_are_those_of_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().canonicalize().unwrap();
    std::fs::create_dir(folder.join("keys")).unwrap();
    std::fs::write(folder.join("keys/a.pem"), "").unwrap();
    let text = "postmaster a@example.com\nhttp-tls-ca-file keys/\n";
    std::fs::write(folder.join("config"), text).unwrap();
    let uri = format!("file://{}/config", folder.display());
    let mut client = Client::start(
        json!({ "capabilities": {}, "rootUri": format!("file://{}", folder.display()) }),
    );
    client.open(&uri, 1, text);
    let params =
        json!({ "textDocument": { "uri": uri }, "position": { "line": 1, "character": 22 } });
    let found = client.ask("textDocument/completion", params);
    named(&found, "a.pem");
}

/// The labels of the candidates that an editor keeps, which looks for the letters of what is typed
/// between the start of the edit and the cursor in the text to filter by.
fn kept(client: &mut Client, version: i32, text: &str) -> Vec<String> {
    client.replace(URI, version, text);
    let line = text.rsplit('\n').next().unwrap();
    let number = u32::try_from(text.matches('\n').count()).unwrap();
    let end = u32::try_from(line.len()).unwrap();
    let found = complete(client, number, end, None);
    let items = found["items"].as_array().unwrap().iter();
    let kept = items.filter(|item| {
        let edit = &item["textEdit"];
        let range = edit.get("insert").unwrap_or(&edit["range"]);
        let start = range["start"]["character"].as_u64();
        let typed = &line[usize::try_from(start.unwrap()).unwrap()..];
        let filter = item["filterText"].as_str().or(item["label"].as_str());
        let mut letters = filter.unwrap().chars();
        typed
            .chars()
            .all(|typed| letters.any(|letter| letter.eq_ignore_ascii_case(&typed)))
    });
    kept.map(|item| item["label"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn what_is_typed_is_found_in_the_text_to_filter_by() {
    let mut client = start(&json!({ "insertReplaceSupport": true }));
    client.open(URI, 1, "");
    for (version, (text, wanted)) in (2..).zip([
        ("smtplist", "smtp-listener"),
        ("<vmt", "virtual-mta"),
        ("run-as-root n", "no"),
        ("domain-macro tld com\ndomain-macro a $t", "$tld"),
        ("domain-macro tld com\n<domain x.$t", "$tld"),
        ("<domain x>\nmax-smtp-out 20\n</d", "</domain>"),
        ("# pmta-ls: form", "format off"),
    ]) {
        let found = kept(&mut client, version, text);
        assert!(
            found.iter().any(|label| label.contains(wanted)),
            "{text}: {found:?}"
        );
    }
}

#[test]
fn a_comma_takes_the_candidate_of_a_fixed_set() {
    let text = "<acct-file a.csv>\nrecords d\n</acct-file>\n";
    for (support, expected) in [(true, json!([","])), (false, Value::Null)] {
        let mut client = start(&json!({ "commitCharactersSupport": support }));
        client.open(URI, 1, text);
        let found = complete(&mut client, 1, 8, None);
        assert_eq!(named(&found, "d")["commitCharacters"], expected, "{found}");
    }
}
