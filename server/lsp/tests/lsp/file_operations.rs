//! Files that are created, deleted and renamed in the editor.

use std::fs;

use serde_json::{Value, json};

use crate::client::{Client, PATIENCE, codes};
use crate::files::{folder, start, uri};

const CONFIG: &str = "postmaster you@example.com\ninclude parts/a.conf\ninclude /etc/pmta/parts/a.conf\ninclude lists/*.conf\n";

fn rename(client: &mut Client, from: &str, to: &str) -> Value {
    let files = json!([{ "oldUri": from, "newUri": to }]);
    client.ask("workspace/willRenameFiles", json!({ "files": files }))
}

#[test]
fn renaming_a_file_edits_the_lines_that_name_it() {
    let folder = folder(&[
        ("pmta/config", CONFIG),
        ("pmta/parts/a.conf", ""),
        ("pmta/lists/one.conf", "include ../parts/a.conf\n"),
    ]);
    let edits = json!({ "workspace": { "workspaceEdit": { "documentChanges": true } } });
    let mut client = start(folder.path(), edits);
    let operations = &client.capabilities["workspace"]["fileOperations"];
    for operation in ["willRename", "didRename", "didCreate", "didDelete"] {
        let filter = &operations[operation]["filters"][0];
        assert_eq!(filter["pattern"]["glob"], "**/*", "{operation}");
    }
    let root = uri(&folder, "pmta/config");
    // The text in the editor counts: it has one line more.
    client.open(&root, 7, &format!("# first\n{CONFIG}"));
    client.published(&root, Some(7));
    let edit = rename(
        &mut client,
        &uri(&folder, "pmta/parts/a.conf"),
        &uri(&folder, "pmta/parts/new name.conf").replace(' ', "%20"),
    );
    let shown: Vec<String> = edit["documentChanges"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|change| {
            let document = &change["textDocument"];
            let uri = document["uri"].as_str().unwrap();
            let name = uri.rsplit('/').next().unwrap().to_owned();
            let edits = change["edits"].as_array().unwrap().clone();
            let version = document["version"].clone();
            edits.into_iter().map(move |edit| {
                let line = &edit["range"]["start"]["line"];
                format!("{name} {version} {line}: {}", edit["newText"])
            })
        })
        .collect();
    assert_eq!(
        shown,
        [
            "config 7 2: \"\\\"parts/new name.conf\\\"\"",
            "config 7 3: \"\\\"/etc/pmta/parts/new name.conf\\\"\"",
            "one.conf null 0: \"\\\"../parts/new name.conf\\\"\"",
        ]
    );
}

#[test]
fn a_folder_takes_its_wildcards_along_and_a_lost_file_is_told() {
    let folder = folder(&[
        ("pmta/config", CONFIG),
        ("pmta/parts/a.conf", ""),
        ("pmta/lists/one.conf", ""),
    ]);
    // Nothing is open.
    let mut client = start(folder.path(), json!({}));
    let lists = uri(&folder, "pmta/lists");
    let edit = rename(&mut client, &lists, &uri(&folder, "pmta/all"));
    let changes = &edit["changes"][uri(&folder, "pmta/config")];
    assert_eq!(changes.as_array().unwrap().len(), 1, "{edit}");
    assert_eq!(changes[0]["newText"], "all/*.conf");
    let one = uri(&folder, "pmta/lists/one.conf");
    let other = uri(&folder, "pmta/lists/other.conf");
    assert_eq!(rename(&mut client, &one, &other), Value::Null);
    let off = uri(&folder, "pmta/lists/one.off");
    assert_eq!(rename(&mut client, &one, &off), Value::Null);
    let shown = client
        .wait_for(PATIENCE, |it| it["method"] == "window/showMessage")
        .unwrap();
    assert_eq!(
        shown["params"]["message"],
        "`pmta/lists/one.off` will no longer be included by `lists/*.conf` in `pmta/config`."
    );
}

#[test]
fn a_missing_file_is_created_and_seen() {
    let folder = folder(&[("pmta/config", "")]);
    let capabilities = json!({
        "textDocument": { "codeAction": { "codeActionLiteralSupport":
            { "codeActionKind": { "valueSet": ["quickfix"] } } } },
        "workspace": {
            "workspaceEdit": { "documentChanges": true, "resourceOperations": ["create"] },
            "didChangeWatchedFiles": { "dynamicRegistration": true },
        },
    });
    let mut client = start(folder.path(), capabilities);
    let root = uri(&folder, "pmta/config");
    client.open(&root, 1, "postmaster you@example.com\ninclude new.conf\n");
    client.published_until(&root, Some(1), |found| codes(found) == ["include-missing"]);
    let line = json!({ "line": 1, "character": 10 });
    let actions = client.ask(
        "textDocument/codeAction",
        json!({ "textDocument": { "uri": root }, "range": { "start": line, "end": line },
            "context": { "diagnostics": [] } }),
    );
    assert_eq!(actions[0]["title"], "Create `pmta/new.conf`", "{actions}");
    assert_eq!(
        actions[0]["edit"]["documentChanges"],
        json!([{ "kind": "create", "uri": uri(&folder, "pmta/new.conf"),
            "options": { "ignoreIfExists": true } }])
    );
    let files = json!([{ "uri": uri(&folder, "pmta/new.conf") }]);
    fs::write(folder.path().join("pmta/new.conf"), "").unwrap();
    client.notify("workspace/didCreateFiles", json!({ "files": files }));
    client.published_until(&root, Some(1), <[_]>::is_empty);
    fs::remove_file(folder.path().join("pmta/new.conf")).unwrap();
    client.notify("workspace/didDeleteFiles", json!({ "files": files }));
    client.published_until(&root, Some(1), |found| !found.is_empty());
}
