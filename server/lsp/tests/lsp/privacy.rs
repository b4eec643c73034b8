//! The server reads the files of a configuration and asks for nothing else, whatever the configuration
//! and the settings of a workspace name.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::{Value, json};

use crate::client::{Client, PATIENCE};
use crate::kept_out;
use crate::strace::{self, Trace};

#[test]
fn the_server_keeps_to_the_files_of_the_configuration() {
    if !strace::is_possible() {
        return;
    }
    let deployment = kept_out::Deployment::new();
    let log = tempfile::NamedTempFile::new().unwrap();
    let mut client = Client::of(strace::command(log.path(), &[], &["lsp"]));
    let uri = |path: &Path| format!("file://{}", path.display());
    let pmta = deployment.pmta();
    // Settings that would like to be more than they are.
    let settings = json!({
        "path": "/bin/false", "command": "/bin/touch", "docsUrl": "http://192.0.2.1/",
        "server": { "path": "/bin/false" }, "paths": { "/nowhere": "." },
    });
    client.settings = settings.clone();
    client.initialize(json!({
        "workspaceFolders": [{ "uri": uri(deployment.folder()), "name": "allowed" }],
        "initializationOptions": settings,
        "capabilities": { "workspace": {
            "configuration": true,
            "didChangeConfiguration": { "dynamicRegistration": true },
            "workspaceEdit": { "documentChanges": true, "resourceOperations": ["create"] },
        } },
    }));
    let config = uri(&pmta.join("config"));
    let text = fs::read_to_string(pmta.join("config")).unwrap();
    client.open(&config, 1, &text);
    let part = uri(&pmta.join("parts/one.conf"));
    client.published_when(&part, None, |found| !found.is_empty());
    let document = json!({ "uri": config });
    for (line, text) in text.lines().enumerate() {
        for character in [1, text.len().saturating_sub(2), text.len()] {
            let position = json!({ "line": line, "character": character });
            let params = json!({ "textDocument": document, "position": position });
            for method in ["hover", "definition", "completion"] {
                client.ask(&format!("textDocument/{method}"), params.clone());
            }
        }
    }
    client.ask(
        "textDocument/documentLink",
        json!({ "textDocument": document }),
    );
    client.ask("workspace/symbol", json!({ "query": "" }));
    client.notify(
        "workspace/didChangeConfiguration",
        json!({ "settings": settings }),
    );
    client.notify("textDocument/didSave", json!({ "textDocument": document }));
    client.messages_within(Duration::from_millis(1_500));
    client.ask("shutdown", Value::Null);
    client.notify("exit", Value::Null);
    assert_eq!(client.status_within(PATIENCE), Some(0));
    // Whether the client is still there is asked of the system.
    let parent = PathBuf::from(format!("/proc/{}", std::process::id()));
    let allowed = [deployment.folder().to_path_buf(), parent];
    kept_out::check(&Trace::read(log.path()), &allowed, &[]);
    assert!(!pmta.join("ran").exists());
}

#[test]
fn a_project_cannot_name_files_outside_of_it() {
    if !strace::is_possible() {
        return;
    }
    let deployment = kept_out::Deployment::new();
    let pmta = deployment.pmta();
    let uri = |path: &Path| format!("file://{}", path.display());
    for settings in deployment.settings_that_lead_out() {
        fs::write(pmta.join("pmta-ls.toml"), &settings).unwrap();
        let log = tempfile::NamedTempFile::new().unwrap();
        let mut client = Client::of(strace::command(log.path(), &[], &["lsp"]));
        client.initialize(json!({
            "workspaceFolders": [{ "uri": uri(deployment.folder()), "name": "allowed" }],
        }));
        let config = uri(&pmta.join("config"));
        client.open(
            &config,
            1,
            &fs::read_to_string(pmta.join("config")).unwrap(),
        );
        let told = client.wait_for(PATIENCE, |message| {
            message["params"]["message"]
                .as_str()
                .is_some_and(|text| text.contains("leads out of the folder"))
        });
        assert!(told.is_some(), "{settings}");
        // The same in the file itself.
        let file = uri(&pmta.join("pmta-ls.toml"));
        client.open(&file, 1, &settings);
        client.published_when(&file, Some(1), |found| {
            let messages = found.iter().map(|it| it["message"].to_string());
            messages
                .into_iter()
                .any(|it| it.contains("leads out of the folder"))
        });
        client.ask("shutdown", Value::Null);
        client.notify("exit", Value::Null);
        assert_eq!(client.status_within(PATIENCE), Some(0));
        let parent = PathBuf::from(format!("/proc/{}", std::process::id()));
        let allowed = [deployment.folder().to_path_buf(), parent];
        kept_out::check(&Trace::read(log.path()), &allowed, &[]);
    }
}
