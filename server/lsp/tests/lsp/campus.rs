//! The deployment over many files that the tests of moving and renaming use.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::client::{Client, PATIENCE};

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/deployments")
}

/// A copy of the deployment, with a key file.
pub(crate) fn campus() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy(&fixtures().join("28-campus"), folder.path());
    fs::create_dir_all(folder.path().join("access/keys")).unwrap();
    fs::write(folder.path().join("access/keys/mx.pem"), "none\n").unwrap();
    folder
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

/// A file's text.
pub(crate) fn text(folder: &TempDir, path: &str) -> String {
    fs::read_to_string(folder.path().join(path)).unwrap()
}

/// Opens a file of the deployment as it is on disk.
pub(crate) fn open(client: &mut Client, folder: &TempDir, path: &str) -> String {
    let uri = crate::files::uri(folder, path);
    client.open(&uri, 1, &text(folder, path));
    uri
}

/// The place of `|` in a text that holds what stands around it once.
pub(crate) fn position(text: &str, around: &str) -> Value {
    let plain = around.replace('|', "");
    assert_eq!(text.matches(&plain).count(), 1, "{plain}");
    let offset = text.find(&plain).unwrap() + around.find('|').unwrap();
    let before = &text[..offset];
    let line = before.matches('\n').count();
    let column = offset - before.rfind('\n').map_or(0, |at| at + 1);
    json!({ "line": line, "character": column })
}

/// Parameters of a request about a position.
pub(crate) fn at(uri: &str, position: &Value) -> Value {
    json!({ "textDocument": { "uri": uri }, "position": position })
}

/// Asks until the answer is as wanted: other files are read in the background.
pub(crate) fn ask_until(
    client: &mut Client,
    method: &str,
    params: &Value,
    is_it: impl Fn(&Value) -> bool,
) -> Value {
    let started = Instant::now();
    loop {
        let id = client.request(method, params.clone());
        let answer = client.answer(id);
        if is_it(&answer["result"]) {
            return answer["result"].clone();
        }
        assert!(started.elapsed() < PATIENCE, "{method}: {answer}");
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
}

/// Waits until all files of a document's project were read.
pub(crate) fn settle(client: &mut Client, uri: &str) {
    let start = json!({ "line": 0, "character": 0 });
    let started = Instant::now();
    loop {
        let id = client.request("textDocument/prepareRename", at(uri, &start));
        let message = client.answer(id)["error"]["message"].clone();
        let is_waiting = message
            .as_str()
            .is_some_and(|it| it.contains("still being read"));
        if !is_waiting {
            return;
        }
        assert!(started.elapsed() < PATIENCE);
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
}

/// Where a place lies: file, line from 1, and the text of the line.
pub(crate) fn shown(folder: &TempDir, uri: &Value, range: &Value) -> String {
    let prefix = crate::files::uri(folder, "");
    let path = uri.as_str().unwrap().strip_prefix(&prefix).unwrap();
    let line = usize::try_from(range["start"]["line"].as_u64().unwrap()).unwrap();
    let text = text(folder, path);
    let line_text = text.lines().nth(line).unwrap_or_default().trim();
    format!("{path}:{} {line_text}\n", line + 1)
}

/// What `check` finds in a folder: path, line and code of each finding.
pub(crate) fn check(folder: &TempDir) -> Vec<String> {
    let output = Command::new(env!("CARGO_BIN_EXE_pmta-ls"))
        .args(["check", "--format", "json", "config"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    let found = found.as_array().unwrap().iter();
    found
        .map(|it| format!("{} {} {}", it["path"], it["line"], it["code"]))
        .collect()
}
