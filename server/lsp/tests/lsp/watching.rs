//! Files that change outside of the editor, seen without a word from the client.

use std::fs;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::client::{Client, codes};
use crate::files::{folder, start, uri};

const TOP: &str = "postmaster you@example.com\n";
/// Right in a VirtualMTA only.
const PART: &str = "smtp-source-host 192.0.2.1 mail.example.com\n";
/// Right in a `<source>` only.
const SOURCE_PART: &str = "smtp-service yes\n";

/// Longest time until a change shows. On a machine with nothing else to do it takes a fifth of a
/// second, and just over one where the server has to look by itself.
const SOON: Duration = Duration::from_secs(10);

/// Waits until the findings of an open document have these codes.
fn see(client: &mut Client, uri: &str, wanted: &[&str]) {
    let began = Instant::now();
    client.published_until(uri, Some(1), |found| codes(found) == wanted);
    let waited = began.elapsed();
    println!("seen after {waited:?}");
    assert!(waited < SOON, "{waited:?}");
}

#[test]
fn a_changed_file_changes_the_findings_of_an_open_one() {
    let folder = folder(&[
        (
            "pmta/config",
            "postmaster you@example.com\n<virtual-mta one>\ninclude part.conf\n</virtual-mta>\n",
        ),
        ("pmta/part.conf", PART),
    ]);
    let mut client = start(folder.path(), json!({}));
    let part = uri(&folder, "pmta/part.conf");
    client.open(&part, 1, SOURCE_PART);
    see(&mut client, &part, &["misplaced-directive"]);
    let moved = format!("{TOP}<source 127.0.0.1>\ninclude part.conf\n</source>\n");
    fs::write(folder.path().join("pmta/config"), moved).unwrap();
    see(&mut client, &part, &[]);
}

#[test]
fn a_file_that_replaces_another_is_seen() {
    let folder = folder(&[
        ("pmta/config", ""),
        ("pmta/part.conf", "host-name mail.example.com\n"),
    ]);
    let mut client = start(folder.path(), json!({}));
    let (root, part) = (uri(&folder, "pmta/config"), uri(&folder, "pmta/part.conf"));
    client.open(&root, 1, &format!("{TOP}include part.conf\n"));
    see(&mut client, &root, &[]);
    for text in ["smtp-service yes\n", "host-name mail.example.com\n"] {
        let new = folder.path().join("pmta/.part.conf.new");
        fs::write(&new, text).unwrap();
        fs::rename(&new, folder.path().join("pmta/part.conf")).unwrap();
        let found = client.published_when(&part, None, |_| true);
        assert_eq!(found.is_empty(), text.starts_with("host-name"), "{found:?}");
    }
}

#[test]
fn files_that_come_and_go_are_seen() {
    let folder = folder(&[("pmta/config", ""), ("pmta/parts/readme", "")]);
    let mut client = start(folder.path(), json!({}));
    let root = uri(&folder, "pmta/config");
    client.open(
        &root,
        1,
        &format!("{TOP}include parts/*.conf\ninclude new/one.conf\n"),
    );
    see(
        &mut client,
        &root,
        &["include-matches-nothing", "include-missing"],
    );
    let part = folder.path().join("pmta/parts/a.conf");
    fs::write(&part, SOURCE_PART).unwrap();
    see(&mut client, &root, &["include-missing"]);
    let found = client.published(&uri(&folder, "pmta/parts/a.conf"), None);
    assert_eq!(codes(&found), ["misplaced-directive"]);
    // A folder that was not there when the server began to watch.
    fs::create_dir(folder.path().join("pmta/new")).unwrap();
    fs::write(folder.path().join("pmta/new/one.conf"), "").unwrap();
    see(&mut client, &root, &[]);
    fs::remove_file(&part).unwrap();
    see(&mut client, &root, &["include-matches-nothing"]);
    fs::remove_dir_all(folder.path().join("pmta/new")).unwrap();
    see(
        &mut client,
        &root,
        &["include-matches-nothing", "include-missing"],
    );
    // The same name, another folder.
    fs::create_dir(folder.path().join("pmta/new")).unwrap();
    fs::write(folder.path().join("pmta/new/one.conf"), "").unwrap();
    see(&mut client, &root, &["include-matches-nothing"]);
}

#[test]
fn settings_of_the_project_are_seen() {
    let folder = folder(&[("pmta/config", ""), ("files/a.txt", "")]);
    let mut client = start(folder.path(), json!({}));
    let root = uri(&folder, "pmta/config");
    client.open(&root, 1, &format!("{TOP}include /opt/pmta/in/a.txt\n"));
    see(&mut client, &root, &["include-not-mapped"]);
    let settings = folder.path().join("pmta-ls.toml");
    fs::write(&settings, "[paths]\n\"/opt/pmta/in\" = \"files\"\n").unwrap();
    see(&mut client, &root, &[]);
    fs::write(&settings, "[paths]\n\"/opt/pmta/in\" = \"pmta\"\n").unwrap();
    see(&mut client, &root, &["include-missing"]);
}

#[test]
fn where_the_system_does_not_tell_the_server_looks() {
    let folder = folder(&[("pmta/config", "")]);
    let folders = json!([{ "uri": format!("file://{}", folder.path().display()), "name": "pmta" }]);
    let mut client = Client::start_in(
        json!({ "workspaceFolders": folders }),
        &[("PMTA_LS_TEST_NO_WATCHER", "1"), ("PMTA_LS_LOG", "off")],
    );
    let root = uri(&folder, "pmta/config");
    client.open(&root, 1, &format!("{TOP}include part.conf\n"));
    see(&mut client, &root, &["include-missing"]);
    fs::write(folder.path().join("pmta/part.conf"), "").unwrap();
    see(&mut client, &root, &[]);
    // What comes and goes between two looks is not seen.
    std::thread::sleep(Duration::from_millis(2_500));
    fs::remove_file(folder.path().join("pmta/part.conf")).unwrap();
    see(&mut client, &root, &["include-missing"]);
}

#[test]
fn a_client_that_refuses_to_watch_is_done_without() {
    let folder = folder(&[("pmta/config", "")]);
    let watches =
        json!({ "workspace": { "didChangeWatchedFiles": { "dynamicRegistration": true } } });
    let mut client = start(folder.path(), watches);
    client.refuses.push("client/registerCapability".to_owned());
    let root = uri(&folder, "pmta/config");
    client.open(&root, 1, &format!("{TOP}include part.conf\n"));
    see(&mut client, &root, &["include-missing"]);
    fs::write(folder.path().join("pmta/part.conf"), "").unwrap();
    see(&mut client, &root, &[]);
}
