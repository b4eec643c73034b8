//! Renaming over all files of a deployment.

use std::collections::BTreeMap;
use std::fs;

use expect_test::expect;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::campus::{at, campus, check, open, position, settle, text};
use crate::client::{Client, PATIENCE};
use crate::files::{folder, start, uri};

/// A client that takes all that there is.
fn able() -> Value {
    json!({
        "textDocument": { "rename": { "prepareSupport": true } },
        "workspace": { "workspaceEdit": {
            "documentChanges": true,
            "changeAnnotationSupport": {},
        } },
    })
}

fn rename(client: &mut Client, uri: &str, position: &Value, new_name: &str) -> Value {
    let mut params = at(uri, position);
    params["newName"] = new_name.into();
    client.ask("textDocument/rename", params)
}

fn refusal(client: &mut Client, uri: &str, position: &Value, new_name: &str) -> String {
    let mut params = at(uri, position);
    params["newName"] = new_name.into();
    let id = client.request("textDocument/rename", params);
    let error = client.answer(id)["error"].clone();
    assert_eq!(error["code"], -32803, "{error}");
    error["message"].as_str().unwrap().to_owned()
}

/// Writes the edits to disk, as an editor does when it saves them all; the changed lines.
fn apply(folder: &TempDir, edit: &Value) -> String {
    let prefix = uri(folder, "");
    let mut changed = BTreeMap::new();
    for document in edit["documentChanges"].as_array().unwrap() {
        let name = document["textDocument"]["uri"].as_str().unwrap();
        let path = name.strip_prefix(&prefix).unwrap();
        let before = text(folder, path);
        let mut lines: Vec<String> = before.split_inclusive('\n').map(str::to_owned).collect();
        let mut edits = document["edits"].as_array().unwrap().clone();
        let start = |edit: &Value| {
            let start = &edit["range"]["start"];
            (start["line"].as_u64(), start["character"].as_u64())
        };
        edits.sort_by_key(start);
        for edit in edits.iter().rev() {
            let column = |end: &str| {
                usize::try_from(edit["range"][end]["character"].as_u64().unwrap()).unwrap()
            };
            let line = usize::try_from(edit["range"]["start"]["line"].as_u64().unwrap()).unwrap();
            assert_eq!(edit["range"]["start"]["line"], edit["range"]["end"]["line"]);
            lines[line].replace_range(
                column("start")..column("end"),
                edit["newText"].as_str().unwrap(),
            );
            changed.insert((path.to_owned(), line), lines[line].trim().to_owned());
        }
        fs::write(folder.path().join(path), lines.concat()).unwrap();
    }
    let lines = changed.into_iter();
    lines
        .map(|((path, line), text)| format!("{path}:{} {text}\n", line + 1))
        .collect()
}

/// All files with their bytes.
fn contents(folder: &TempDir) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut waiting = vec![folder.path().to_path_buf()];
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            waiting.extend(fs::read_dir(&path).unwrap().map(|it| it.unwrap().path()));
        } else {
            found.insert(path.display().to_string(), fs::read(&path).unwrap());
        }
    }
    found
}

#[test]
fn a_virtual_mta_is_renamed_in_every_file_and_back() {
    let folder = campus();
    let (bytes, findings) = (contents(&folder), check(&folder));
    let mut client = start(folder.path(), able());
    assert_eq!(
        client.capabilities["renameProvider"],
        json!({ "prepareProvider": true })
    );
    let pools = open(&mut client, &folder, "pools.conf");
    open(&mut client, &folder, "config");
    settle(&mut client, &pools);
    let here = position(&text(&folder, "pools.conf"), "virtual-mta eng-|01\n");
    let prepared = client.ask("textDocument/prepareRename", at(&pools, &here));
    assert_eq!(prepared["placeholder"], "eng-01");
    let edit = rename(&mut client, &pools, &here, "engineering-1");
    // Open documents are named with their versions, others without.
    let versions: BTreeMap<String, Value> = edit["documentChanges"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| {
            let document = &it["textDocument"];
            let name = document["uri"].as_str().unwrap();
            (name.to_owned(), document["version"].clone())
        })
        .collect();
    assert_eq!(versions[&pools], 1);
    assert_eq!(versions[&uri(&folder, "accounting.conf")], Value::Null);
    let note = edit["changeAnnotations"]["elsewhere"]["description"].clone();
    assert!(note.as_str().unwrap().contains("X-Virtual-MTA"), "{note}");
    expect![[r#"
        accounting.conf:4 queue-filter */engineering-1
        config:21 invalid-virtual-mta-fallback engineering-1
        domains/providers.conf:19 reroute-to-virtual-mta engineering-1
        fragments/campus-wide.txt:2 default-virtual-mta engineering-1
        lists/patterns.conf:2 mail-from /@eng\.campus\./ virtual-mta=engineering-1
        lists/patterns.conf:5 rcpt-to /@alumni\./ virtual-mta="engineering-1"
        pools.conf:2 virtual-mta engineering-1
        pools.conf:212 virtual-mta "engineering-1"
        pools.conf:218 virtual-mta engineering-1 # not the source eng-01
        vmtas/engineering.conf:2 <virtual-mta engineering-1>
        vmtas/engineering.conf:7 cold-virtual-mta engineering-1
    "#]]
    .assert_eq(&apply(&folder, &edit));
    assert_eq!(check(&folder), findings);
    drop(client);

    let mut client = start(folder.path(), able());
    let fragment = open(&mut client, &folder, "fragments/campus-wide.txt");
    settle(&mut client, &fragment);
    let here = position(
        &text(&folder, "fragments/campus-wide.txt"),
        "default-virtual-mta |engineering-1",
    );
    let edit = rename(&mut client, &fragment, &here, "eng-01");
    apply(&folder, &edit);
    assert!(contents(&folder) == bytes);
}

#[test]
fn other_kinds_of_names_keep_out_of_each_others_way() {
    let folder = campus();
    let mut client = start(folder.path(), able());
    let sources = open(&mut client, &folder, "access/sources.conf");
    let providers = open(&mut client, &folder, "domains/providers.conf");
    let macros = open(&mut client, &folder, "macros.conf");
    let bounces = open(&mut client, &folder, "bounces.conf");
    settle(&mut client, &macros);
    let mut shown = String::new();
    for (uri, path, around, new) in [
        (&sources, "access/sources.conf", "<source |eng-01>", "first"),
        (
            &providers,
            "domains/providers.conf",
            "queue-to \"|eng-01\"",
            "first.queue",
        ),
        (&macros, "macros.conf", "domain-macro |top", "country"),
        (&bounces, "bounces.conf", "graduated/ |left-campus", "gone"),
    ] {
        let here = position(&text(&folder, path), around);
        let edit = rename(&mut client, uri, &here, new);
        shown += &format!("{new}\n{}", apply(&folder, &edit));
    }
    expect![[r#"
        first
        access/listeners.conf:3 smtp-listener 192.0.2.2:25 source="first"
        access/sources.conf:24 <source first>
        first.queue
        domains/providers.conf:18 queue-to "first.queue"
        domains/providers.conf:21 <domain first.queue>
        country
        domains/providers.conf:5 <domain webmail.example.$country>
        macros.conf:2 domain-macro country com, co.uk, de
        macros.conf:3 domain-macro webmail mail.example.$country, post.example.$country
        gone
        bounces.conf:3 /graduated/ gone
        bounces.conf:4 /no longer studies/ gone
    "#]]
    .assert_eq(&shown);
}

#[test]
fn what_cannot_be_renamed_is_said_in_a_sentence() {
    let folder = campus();
    let mut client = start(folder.path(), able());
    let pools = open(&mut client, &folder, "pools.conf");
    settle(&mut client, &pools);
    let here = position(&text(&folder, "pools.conf"), "<virtual-mta-pool |alerts>");
    let taken = refusal(&mut client, &pools, &here, "med-01");
    assert!(
        taken.starts_with("There is already a VirtualMTA or pool `med-01`"),
        "{taken}"
    );
    let member = position(&text(&folder, "pools.conf"), "virtual-mta eng-|01\n");
    let quoted = refusal(&mut client, &pools, &member, "engineering 1");
    assert!(quoted.contains("needs quotes"), "{quoted}");
    let empty = refusal(&mut client, &pools, &here, "");
    assert_eq!(empty, "The new name is empty.");
    let config = open(&mut client, &folder, "access/sources.conf");
    settle(&mut client, &config);
    let reserved = position(
        &text(&folder, "access/sources.conf"),
        "default-virtual-mta by-smtp|-source-ip",
    );
    let id = client.request("textDocument/prepareRename", at(&config, &reserved));
    let why = client.answer(id)["error"]["message"].clone();
    assert_eq!(
        why,
        "`by-smtp-source-ip` has a fixed meaning in PowerMTA and cannot be renamed."
    );
}

#[test]
fn simple_clients_get_plain_edits_and_a_message() {
    let text = "<virtual-mta a>\n</virtual-mta>\ninvalid-virtual-mta-fallback a\n";
    let folder = folder(&[("config", text)]);
    let mut client = start(folder.path(), json!({}));
    assert_eq!(client.capabilities["renameProvider"], true);
    let config = open(&mut client, &folder, "config");
    settle(&mut client, &config);
    let edit = rename(
        &mut client,
        &config,
        &json!({ "line": 0, "character": 13 }),
        "b",
    );
    let edits = edit["changes"][&config].as_array().unwrap();
    assert_eq!(edits.len(), 2);
    assert_eq!(edits[1]["newText"], "b");
    let shown = client.wait_for(PATIENCE, |it| it["method"] == "window/showMessage");
    let shown = shown.unwrap()["params"].clone();
    assert_eq!(shown["type"], 3);
    assert!(
        shown["message"].as_str().unwrap().contains("X-Virtual-MTA"),
        "{shown}"
    );
}

#[test]
fn a_renaming_is_not_done_in_a_text_that_changed_while_files_were_read() {
    let text = "<virtual-mta a>\n</virtual-mta>\n";
    let folder = folder(&[("config", text)]);
    let workspace = json!([{ "uri": uri(&folder, ""), "name": "pmta" }]);
    // The first look at the files never ends.
    let slow = [("PMTA_LS_TEST_SLOW", "1")];
    let mut client = Client::start_in(json!({ "workspaceFolders": workspace }), &slow);
    let config = open(&mut client, &folder, "config");
    let mut params = at(&config, &json!({ "line": 0, "character": 13 }));
    params["newName"] = "b".into();
    let id = client.request("textDocument/rename", params);
    client.replace(
        &config,
        2,
        "# A line more\n<virtual-mta a>\n</virtual-mta>\n",
    );
    const CONTENT_MODIFIED: i64 = -32801;
    assert_eq!(client.answer(id)["error"]["code"], CONTENT_MODIFIED);
}
