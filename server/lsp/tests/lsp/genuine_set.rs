//! Moving through a deployment that nobody here wrote: files that a panel generated, laid out as
//! their own `include` lines name them. They lie beside the workspace, not on every machine.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::campus::{at, open, position, settle, shown, text};
use crate::files::{start, uri};

/// Files of the corpus and where the deployment has them.
const LAYOUT: [(&str, &str); 10] = [
    ("022-iresponse-main-custom.conf", "pmta/config"),
    (
        "023-iresponse-accounting.conf",
        "pmta/parameters/accounting.conf",
    ),
    (
        "024-iresponse-bounce-rules-custom.conf",
        "pmta/parameters/bounce-rules.conf",
    ),
    ("026-iresponse-http.conf", "pmta/parameters/http.conf"),
    (
        "027-iresponse-isps-custom.conf",
        "pmta/parameters/isps.conf",
    ),
    (
        "029-iresponse-mail-access-crlf.conf",
        "pmta/parameters/mail-access.conf",
    ),
    ("030-iresponse-sources.conf", "pmta/parameters/sources.conf"),
    (
        "031-iresponse-spool-log-listener.conf",
        "pmta/parameters/spool-log-listener.conf",
    ),
    ("032-iresponse-vmta-custom.conf", "pmta/vmtas/custom.conf"),
    ("034-iresponse-vmta-root-crlf.conf", "pmta/vmtas/root.conf"),
];

/// The deployment in a folder of its own; none if the corpus is not there.
fn deployment() -> Option<TempDir> {
    let corpus: PathBuf =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus/genuine");
    if !corpus.is_dir() {
        println!("genuine set: 0 files (the corpus is not beside this checkout)");
        return None;
    }
    let folder = tempfile::tempdir().unwrap();
    for (from, to) in LAYOUT {
        let to = folder.path().join(to);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::copy(corpus.join(from), to).unwrap();
    }
    println!("genuine set: {} files", LAYOUT.len());
    Some(folder)
}

#[test]
fn every_feature_works_over_the_files_of_a_panel() {
    let Some(folder) = deployment() else { return };
    let mut client = start(
        folder.path(),
        json!({ "textDocument": { "codeLens": {} },
            "workspace": { "workspaceEdit": { "documentChanges": true } } }),
    );
    let config = open(&mut client, &folder, "pmta/config");
    let vmta = open(&mut client, &folder, "pmta/vmtas/custom.conf");
    let isps = open(&mut client, &folder, "pmta/parameters/isps.conf");
    settle(&mut client, &config);

    let links = client.ask(
        "textDocument/documentLink",
        json!({ "textDocument": { "uri": config } }),
    );
    let targets: Vec<&Value> = links
        .as_array()
        .unwrap()
        .iter()
        .map(|it| &it["target"])
        .collect();
    assert_eq!(
        targets,
        [
            &json!(uri(&folder, "pmta/parameters/accounting.conf")),
            &json!(uri(&folder, "pmta/vmtas/custom.conf")),
        ]
    );

    let isps_text = text(&folder, "pmta/parameters/isps.conf");
    let here = position(&isps_text, "smtp-pattern-list blocking-|errors\n");
    let mut params = at(&isps, &here);
    params["context"] = json!({ "includeDeclaration": true });
    let found = client.ask("textDocument/references", params.clone());
    let lines: Vec<String> = found
        .as_array()
        .unwrap()
        .iter()
        .map(|it| shown(&folder, &it["uri"], &it["range"]))
        .collect();
    assert_eq!(
        lines,
        [
            "pmta/parameters/isps.conf:98 smtp-pattern-list blocking-errors\n",
            "pmta/parameters/isps.conf:119 <smtp-pattern-list blocking-errors>\n",
        ]
    );
    let definition = client.ask("textDocument/definition", at(&isps, &here));
    assert_eq!(definition.as_array().unwrap().len(), 1);
    let highlights = client.ask("textDocument/documentHighlight", at(&isps, &here));
    assert_eq!(highlights.as_array().unwrap().len(), 2);
    let mut params = at(&isps, &position(&isps_text, "<domain   $hot|mail>"));
    params["newName"] = "microsoft".into();
    let edit = client.ask("textDocument/rename", params);
    let edits = edit["documentChanges"][0]["edits"].as_array().unwrap();
    assert_eq!(edits.len(), 2);

    // Nothing here defines this list.
    let here = position(&text(&folder, "pmta/vmtas/custom.conf"), "general-|errors");
    let mut params = at(&vmta, &here);
    params["context"] = json!({ "includeDeclaration": true });
    let found = client.ask("textDocument/references", params);
    assert_eq!(found.as_array().unwrap().len(), 1);

    let name = position(
        &text(&folder, "pmta/vmtas/custom.conf"),
        "<virtual-mta |mta-",
    );
    let routes = client.ask("textDocument/prepareCallHierarchy", at(&vmta, &name));
    assert_eq!(routes[0]["detail"], "virtual-mta");
    let symbols = client.ask("workspace/symbol", json!({ "query": "mta-root-1" }));
    assert_eq!(
        symbols[0]["location"]["uri"],
        uri(&folder, "pmta/vmtas/root.conf")
    );
    let outline = client.ask(
        "textDocument/documentSymbol",
        json!({ "textDocument": { "uri": isps } }),
    );
    assert!(outline.as_array().unwrap().len() > 5);
    let lenses = client.ask(
        "textDocument/codeLens",
        json!({ "textDocument": { "uri": vmta } }),
    );
    let lenses = lenses.as_array().unwrap().iter();
    let counts = lenses.filter(|lens| lens["command"].is_null());
    assert_eq!(counts.count(), 1);
    let tag = position(
        &text(&folder, "pmta/vmtas/custom.conf"),
        "<virtual-|mta mta-",
    );
    let linked = client.ask("textDocument/linkedEditingRange", at(&vmta, &tag));
    assert_eq!(linked["ranges"].as_array().unwrap().len(), 2);
}
