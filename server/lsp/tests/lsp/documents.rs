//! Documents that are no files, and files with unusual names.

use serde_json::{Value, json};

use crate::client::{Client, codes, plain};
use crate::files::{folder, start};

const TEXT: &str = "# A text\n<virtual-mta one>\n</virtual-mta>\n\
                    invalid-virtual-mta-fallback one\nhttp-log-data on\n";

fn at(uri: &str, line: u32, character: u32) -> Value {
    json!({ "textDocument": { "uri": uri },
        "position": { "line": line, "character": character } })
}

fn has_wrong_boolean(found: &[Value]) -> bool {
    codes(found).contains(&"invalid-boolean")
}

/// Everything works inside of a document, whatever its name is.
#[test]
fn names_of_any_kind_are_given_back_as_they_came() {
    for uri in [
        "untitled:Untitled-1",
        "git:/home/user/pmta/config?HEAD",
        "vscode-vfs://github/example/pmta/config",
        "vscode-userdata:/c%3A/Users/me/pmta/config",
        "zipfile:///a.zip::pmta/config",
        "file:///c%3A/pmta/config",
        "file:///C:/pmta/a%20b/config",
        "file:///nowhere/100%25/%C3%A9/config",
        "file:///nowhere/%e4%b8%ad/config",
    ] {
        let mut client = Client::start(plain());
        client.open(uri, 3, TEXT);
        let found = client.published(uri, Some(3));
        assert!(
            codes(&found).contains(&"invalid-boolean"),
            "{uri}: {found:?}"
        );
        let definition = client.ask("textDocument/definition", at(uri, 3, 30));
        assert_eq!(definition[0]["uri"], uri, "{definition}");
        assert_eq!(definition[0]["range"]["start"]["line"], 1);
        let mut params = at(uri, 1, 14);
        params["newName"] = "two".into();
        let edit = client.ask("textDocument/rename", params);
        assert_eq!(edit["changes"][uri].as_array().unwrap().len(), 2, "{edit}");
        let symbols = client.ask("workspace/symbol", json!({ "query": "one" }));
        assert_eq!(symbols[0]["location"]["uri"], uri);
        client.replace(uri, 4, "");
        assert!(client.published(uri, Some(4)).is_empty());
        client.close(uri);
        client.published(uri, None);
    }
}

#[test]
fn what_is_no_file_includes_nothing_and_is_not_taken_for_one() {
    let files = folder(&[("config", "http-log-data on\n"), ("parts.conf", "")]);
    let path = files.path().join("config").display().to_string();
    let mut client = start(files.path(), json!({}));
    let (file, old) = (format!("file://{path}"), format!("git:{path}?HEAD"));
    client.open(&file, 1, "http-log-data on\n");
    client.open(&old, 1, "include parts.conf\ninclude missing.conf\n");
    client.published_when(&file, Some(1), has_wrong_boolean);
    assert!(client.published(&old, Some(1)).is_empty());
    let document = json!({ "textDocument": { "uri": old } });
    let links = client.ask("textDocument/documentLink", document);
    assert_eq!(links, json!([]));
}

#[test]
fn files_are_the_same_however_their_names_are_spelled() {
    let part = "<virtual-mta one>\n</virtual-mta>\nhttp-log-data on\n";
    let files = folder(&[
        (
            "a b/100%/config",
            "include é%41.conf\ninvalid-virtual-mta-fallback one\n",
        ),
        ("a b/100%/é%41.conf", part),
    ]);
    let base = format!("file://{}/a%20b/100%25", files.path().display());
    let mut client = start(files.path(), json!({}));
    let config = format!("{base}/config");
    let text = "include é%41.conf\ninvalid-virtual-mta-fallback one\n";
    client.open(&config, 1, text);
    // The server's spelling of a file that is not open.
    let known = format!("{base}/%C3%A9%2541.conf");
    client.published_when(&known, None, has_wrong_boolean);
    let found = client.ask("textDocument/definition", at(&config, 1, 30));
    assert_eq!(found[0]["uri"], known, "{found}");
    let document = json!({ "textDocument": { "uri": config } });
    let links = client.ask("textDocument/documentLink", document);
    assert_eq!(links[0]["target"], known);
    // The editor's spelling of the same file, once it is open.
    let spelled = format!("{base}/%c3%a9%2541.conf");
    client.open(&spelled, 1, part);
    client.published_when(&spelled, Some(1), |found| {
        codes(found) == ["invalid-boolean"]
    });
    client.published_when(&known, None, <[Value]>::is_empty);
    let found = client.ask("textDocument/definition", at(&config, 1, 30));
    assert_eq!(found[0]["uri"], spelled, "{found}");
}
