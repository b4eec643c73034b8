//! Files that include each other, open or not.

use std::fs;
use std::path::Path;
use std::time::Instant;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::client::{Client, codes};

const ROOT: &str =
    "postmaster a@example.com\n<virtual-mta one>\ninclude parts/vmta.conf\n</virtual-mta>\n";
/// Right in a VirtualMTA only.
const PART: &str = "smtp-source-host 192.0.2.1 mail.example.com\n";

pub(crate) fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

pub(crate) fn uri(folder: &TempDir, path: &str) -> String {
    format!("file://{}", folder.path().join(path).display())
}

pub(crate) fn start(folder: &Path, capabilities: Value) -> Client {
    let folder = json!([{ "uri": format!("file://{}", folder.display()), "name": "pmta" }]);
    Client::start(json!({ "workspaceFolders": folder, "capabilities": capabilities }))
}

/// What is found in a fragment once it is known where it stands: a directive that only a `<source>`
/// takes is wrong in a VirtualMTA.
const WRONG_PART: &str = "smtp-service yes\n";

#[test]
fn a_fragment_learns_its_place_from_a_root_on_disk() {
    let folder = folder(&[("pmta/config", ROOT), ("pmta/parts/vmta.conf", PART)]);
    let mut client = start(folder.path(), json!({}));
    let part = uri(&folder, "pmta/parts/vmta.conf");
    client.open(&part, 1, WRONG_PART);
    assert!(client.published(&part, Some(1)).is_empty());
    let placed = client.published_when(&part, Some(1), |found| !found.is_empty());
    assert_eq!(codes(&placed), ["misplaced-directive"]);
    client.replace(&part, 2, PART);
    assert!(client.published(&part, Some(2)).is_empty());
}

#[test]
fn the_root_may_lie_above_the_folder_of_the_client() {
    let folder = folder(&[("pmta/config", ROOT), ("pmta/parts/vmta.conf", PART)]);
    let mut client = start(&folder.path().join("pmta/parts"), json!({}));
    let part = uri(&folder, "pmta/parts/vmta.conf");
    client.open(&part, 1, WRONG_PART);
    client.published_when(&part, Some(1), |found| {
        codes(found) == ["misplaced-directive"]
    });
}

#[test]
fn files_that_are_not_open_are_reported_until_nobody_includes_them() {
    let folder = folder(&[("pmta/config", ROOT), ("pmta/parts/vmta.conf", WRONG_PART)]);
    let mut client = start(folder.path(), json!({}));
    let (root, part) = (
        uri(&folder, "pmta/config"),
        uri(&folder, "pmta/parts/vmta.conf"),
    );
    client.open(&root, 1, ROOT);
    assert!(client.published(&root, Some(1)).is_empty());
    assert_eq!(
        codes(&client.published(&part, None)),
        ["misplaced-directive"]
    );
    client.replace(&root, 2, "postmaster a@example.com\n");
    assert!(client.published(&part, None).is_empty());
    client.replace(&root, 3, ROOT);
    assert_eq!(client.published(&part, None).len(), 1);
    // The editor's text beats the disk's.
    client.open(&part, 1, PART);
    assert!(client.published(&part, Some(1)).is_empty());
    client.close(&part);
    assert_eq!(client.published(&part, None).len(), 1);
    client.close(&root);
    assert!(client.published(&part, None).is_empty());
}

#[test]
fn an_edit_of_the_root_moves_the_fragment() {
    let folder = folder(&[("pmta/config", ROOT), ("pmta/parts/vmta.conf", PART)]);
    let mut client = start(folder.path(), json!({}));
    let (root, part) = (
        uri(&folder, "pmta/config"),
        uri(&folder, "pmta/parts/vmta.conf"),
    );
    client.open(&root, 1, ROOT);
    client.open(&part, 1, WRONG_PART);
    client.published_when(&part, Some(1), |found| {
        codes(found) == ["misplaced-directive"]
    });
    let moved = "<source 0/0>\ninclude parts/vmta.conf\n</source>\npostmaster a@example.com\n";
    client.replace(&root, 2, moved);
    assert!(client.published(&part, Some(1)).is_empty());
    let end = json!({ "line": 1, "character": 0 });
    client.change(
        &part,
        2,
        json!([{ "range": { "start": end, "end": end }, "text": PART }]),
    );
    assert_eq!(
        codes(&client.published(&part, Some(2))),
        ["misplaced-directive"]
    );
}

#[test]
fn the_projects_own_settings_name_its_roots() {
    let folder = folder(&[
        (
            "pmta-ls.toml",
            "roots = [\"etc/main.txt\"]\n[paths]\n\"/opt/pmta\" = \"files\"\n",
        ),
        (
            "etc/main.txt",
            "<virtual-mta one>\ninclude /opt/pmta/a.txt\n</virtual-mta>\n",
        ),
        ("files/a.txt", PART),
    ]);
    // The client has no folder open.
    let mut client = Client::start(json!({}));
    let part = uri(&folder, "files/a.txt");
    client.open(&part, 1, WRONG_PART);
    client.published_when(&part, Some(1), |found| {
        codes(found) == ["misplaced-directive"]
    });
    fs::write(folder.path().join("pmta-ls.toml"), "root = []\n").unwrap();
    client.notify("workspace/didChangeWatchedFiles", json!({ "changes": [] }));
    let shown = client.wait_for(crate::client::PATIENCE, |it| {
        it["method"] == "window/showMessage"
    });
    let shown = shown.unwrap()["params"]["message"]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(
        shown.contains("pmta-ls.toml line 1: there is no setting `root`"),
        "{shown}"
    );
}

#[test]
fn changes_on_disk_are_seen() {
    let folder = folder(&[("pmta/config", ROOT), ("pmta/parts/vmta.conf", PART)]);
    let watches =
        json!({ "workspace": { "didChangeWatchedFiles": { "dynamicRegistration": true } } });
    let mut client = start(folder.path(), watches);
    let (root, part) = (
        uri(&folder, "pmta/config"),
        uri(&folder, "pmta/parts/vmta.conf"),
    );
    client.open(&root, 1, ROOT);
    client.published(&root, Some(1));
    assert!(
        client
            .asked
            .contains(&"client/registerCapability".to_owned()),
        "{:?}",
        client.asked
    );
    fs::write(folder.path().join("pmta/parts/vmta.conf"), WRONG_PART).unwrap();
    let change = json!({ "uri": part, "type": 2 });
    client.notify(
        "workspace/didChangeWatchedFiles",
        json!({ "changes": [change] }),
    );
    assert_eq!(
        codes(&client.published(&part, None)),
        ["misplaced-directive"]
    );
    fs::remove_file(folder.path().join("pmta/parts/vmta.conf")).unwrap();
    client.notify(
        "workspace/didChangeWatchedFiles",
        json!({ "changes": [change] }),
    );
    assert!(client.published(&part, None).is_empty());
}

#[test]
fn a_client_that_pulls_is_told_to_do_so_again_and_can_have_all_files() {
    let folder = folder(&[("pmta/config", ROOT), ("pmta/parts/vmta.conf", WRONG_PART)]);
    let mut client = start(
        folder.path(),
        crate::client::pulling()["capabilities"].clone(),
    );
    let (root, part) = (
        uri(&folder, "pmta/config"),
        uri(&folder, "pmta/parts/vmta.conf"),
    );
    client.open(&part, 1, WRONG_PART);
    client
        .wait_for(crate::client::PATIENCE, |it| {
            it["method"] == "workspace/diagnostic/refresh"
        })
        .unwrap();
    assert_eq!(codes(&client.pull(&part)), ["misplaced-directive"]);
    client.open(&root, 1, ROOT);
    client.close(&part);
    // Nobody has asked for all files yet.
    assert_eq!(client.published(&part, None).len(), 1);
    let all = client.ask("workspace/diagnostic", json!({ "previousResultIds": [] }));
    let all = all["items"].as_array().unwrap().clone();
    let report = |uri: &str| all.iter().find(|it| it["uri"] == uri).unwrap();
    assert_eq!(report(&root)["version"], 1);
    assert_eq!(report(&root)["items"], json!([]));
    assert_eq!(report(&part)["version"], Value::Null);
    assert_eq!(report(&part)["items"].as_array().unwrap().len(), 1);
    assert!(client.published(&part, None).is_empty());
    let known: Vec<Value> = all
        .iter()
        .map(|it| json!({ "uri": it["uri"], "value": it["resultId"] }))
        .collect();
    let again = client.ask(
        "workspace/diagnostic",
        json!({ "previousResultIds": known }),
    );
    let again = again["items"].as_array().unwrap();
    assert!(
        again.iter().all(|it| it["kind"] == "unchanged"),
        "{again:?}"
    );
    client.close(&root);
    let end = Instant::now() + crate::client::PATIENCE;
    let last = loop {
        let last = client.ask(
            "workspace/diagnostic",
            json!({ "previousResultIds": known }),
        );
        let last = last["items"].as_array().unwrap().clone();
        if last.iter().all(|it| it["kind"] == "full") || Instant::now() > end {
            break last;
        }
    };
    assert_eq!(last.len(), 2);
    assert!(
        last.iter()
            .all(|it| it["kind"] == "full" && it["items"] == json!([])),
        "{last:?}"
    );
}
