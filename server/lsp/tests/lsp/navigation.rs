//! Moving through a deployment: references, outlines, routes, links and what belongs to them.

use expect_test::expect;
use serde_json::{Value, json};

use crate::campus::{ask_until, at, campus, open, position, settle, shown, text};
use crate::client::Client;
use crate::files::{start, uri};

/// A client with nothing special on the campus, with `pools.conf` open.
fn campus_client(capabilities: Value) -> (tempfile::TempDir, Client, String) {
    let folder = campus();
    let mut client = start(folder.path(), capabilities);
    let pools = open(&mut client, &folder, "pools.conf");
    settle(&mut client, &pools);
    (folder, client, pools)
}

#[test]
fn references_are_found_in_files_that_are_not_open() {
    let (folder, mut client, pools) = campus_client(json!({}));
    assert!(client.capabilities["referencesProvider"].is_object());
    assert_eq!(client.capabilities["declarationProvider"], Value::Null);
    let here = position(&text(&folder, "pools.conf"), "virtual-mta eng|-01\n");
    let mut params = at(&pools, &here);
    params["context"] = json!({ "includeDeclaration": true });
    let found = client.ask("textDocument/references", params.clone());
    let lines: String = found
        .as_array()
        .unwrap()
        .iter()
        .map(|it| shown(&folder, &it["uri"], &it["range"]))
        .collect();
    expect![[r#"
        config:21 invalid-virtual-mta-fallback eng-01
        fragments/campus-wide.txt:2 default-virtual-mta eng-01
        lists/patterns.conf:2 mail-from /@eng\.campus\./ virtual-mta=eng-01
        lists/patterns.conf:5 rcpt-to /@alumni\./ virtual-mta="eng-01"
        vmtas/engineering.conf:2 <virtual-mta eng-01>
        vmtas/engineering.conf:7 cold-virtual-mta eng-01
        pools.conf:2 virtual-mta eng-01
        pools.conf:212 virtual-mta "eng-01"
        pools.conf:218 virtual-mta eng-01 # not the source eng-01
        domains/providers.conf:19 reroute-to-virtual-mta eng-01
        accounting.conf:4 queue-filter */eng-01
    "#]]
    .assert_eq(&lines);
    params["context"] = json!({ "includeDeclaration": false });
    let without = client.ask("textDocument/references", params);
    assert_eq!(
        without.as_array().unwrap().len() + 1,
        found.as_array().unwrap().len()
    );
}

#[test]
fn uses_and_definitions_are_highlighted_apart() {
    let folder = campus();
    let mut client = start(folder.path(), json!({}));
    let file = open(&mut client, &folder, "vmtas/engineering.conf");
    settle(&mut client, &file);
    let here = position(
        &text(&folder, "vmtas/engineering.conf"),
        "<virtual-mta |eng-01>",
    );
    let found = client.ask("textDocument/documentHighlight", at(&file, &here));
    let lines: String = found
        .as_array()
        .unwrap()
        .iter()
        .map(|it| {
            format!(
                "{} {}",
                it["kind"],
                shown(&folder, &json!(file), &it["range"])
            )
        })
        .collect();
    expect![[r#"
        3 vmtas/engineering.conf:2 <virtual-mta eng-01>
        2 vmtas/engineering.conf:7 cold-virtual-mta eng-01
    "#]]
    .assert_eq(&lines);
}

#[test]
fn outlines_are_trees_where_the_client_shows_trees() {
    let nested = json!({ "textDocument": { "documentSymbol":
        { "hierarchicalDocumentSymbolSupport": true } } });
    let folder = campus();
    let mut client = start(folder.path(), nested);
    let patterns = open(&mut client, &folder, "lists/patterns.conf");
    let params = json!({ "textDocument": { "uri": patterns } });
    let tree = client.ask("textDocument/documentSymbol", params.clone());
    assert_eq!(tree.as_array().unwrap().len(), 2);
    assert_eq!(tree[0]["name"], "by-faculty");
    assert_eq!(tree[0]["detail"], "pattern-list");
    assert_eq!(
        tree[0]["children"][1]["detail"],
        "virtual-mta=med-01,recipient-priority=70"
    );
    let mut client = start(folder.path(), json!({}));
    open(&mut client, &folder, "lists/patterns.conf");
    let flat = client.ask("textDocument/documentSymbol", params);
    assert_eq!(flat[0]["name"], "by-faculty");
    assert_eq!(flat[1]["containerName"], "by-faculty");
    assert_eq!(flat[1]["location"]["uri"], patterns);
}

#[test]
fn names_of_all_files_are_found_by_what_one_types() {
    let (folder, mut client, _) = campus_client(json!({}));
    let names = |answer: &Value| -> Vec<String> {
        let found = answer.as_array().unwrap().iter().take(3);
        found
            .map(|it| {
                let location = &it["location"];
                let place = shown(&folder, &location["uri"], &location["range"]);
                format!("{} {}", it["name"].as_str().unwrap(), place.trim_end())
            })
            .collect()
    };
    let found = client.ask("workspace/symbol", json!({ "query": "law-07" }));
    assert_eq!(
        names(&found),
        ["law-07 vmtas/law.conf:29 <virtual-mta law-07>"]
    );
    let found = client.ask("workspace/symbol", json!({ "query": "nl" }));
    assert_eq!(
        names(&found)[0],
        "newsletter pools.conf:211 <virtual-mta-pool newsletter>"
    );
    let all = client.ask("workspace/symbol", json!({ "query": "" }));
    assert!(all.as_array().unwrap().len() > 200);
}

#[test]
fn routes_lead_over_files_and_fragments() {
    let (folder, mut client, pools) = campus_client(json!({}));
    let here = position(&text(&folder, "pools.conf"), "<virtual-mta-pool |alerts>");
    let items = client.ask("textDocument/prepareCallHierarchy", at(&pools, &here));
    let item = items[0].clone();
    assert_eq!(item["name"], "alerts");
    let ways = |client: &mut Client, method: &str, end: &str, item: &Value| -> String {
        let found = client.ask(method, json!({ "item": item }));
        let found = found.as_array().unwrap().clone();
        found
            .iter()
            .map(|call| {
                let file = if end == "from" {
                    &call["from"]["uri"]
                } else {
                    &item["uri"]
                };
                let site = shown(&folder, file, &call["fromRanges"][0]);
                format!("{} <- {site}", call[end]["name"].as_str().unwrap())
            })
            .collect()
    };
    expect![[r#"
        by-faculty <- lists/patterns.conf:6 header X-Job /exam/ virtual-mta=alerts
    "#]]
    .assert_eq(&ways(
        &mut client,
        "callHierarchy/incomingCalls",
        "from",
        &item,
    ));
    expect![[r#"
        alu-01 <- pools.conf:217 virtual-mta alu-01
        eng-01 <- pools.conf:218 virtual-mta eng-01 # not the source eng-01
        med-01 <- pools.conf:219 virtual-mta med-01
        law-01 <- pools.conf:220 virtual-mta law-01
    "#]]
    .assert_eq(&ways(
        &mut client,
        "callHierarchy/outgoingCalls",
        "to",
        &item,
    ));
    let members = client.ask("callHierarchy/outgoingCalls", json!({ "item": item }));
    let first = members[1]["to"].clone();
    assert_eq!(first["name"], "eng-01");
    expect![[r#"
        invalid-virtual-mta-fallback <- config:21 invalid-virtual-mta-fallback eng-01
        submission <- access/sources.conf:20 include fragments/campus-wide.txt
        eng-01 <- access/sources.conf:28 include fragments/campus-wide.txt
        by-faculty <- lists/patterns.conf:2 mail-from /@eng\.campus\./ virtual-mta=eng-01
        eng-02 <- vmtas/engineering.conf:7 cold-virtual-mta eng-01
        engineering <- pools.conf:2 virtual-mta eng-01
        newsletter <- pools.conf:212 virtual-mta "eng-01"
        alerts <- pools.conf:218 virtual-mta eng-01 # not the source eng-01
        slow.example.net <- domains/providers.conf:19 reroute-to-virtual-mta eng-01
    "#]]
    .assert_eq(&ways(
        &mut client,
        "callHierarchy/incomingCalls",
        "from",
        &first,
    ));
}

#[test]
fn links_lead_to_files_that_are_there() {
    let folder = campus();
    let mut client = start(
        folder.path(),
        json!({ "textDocument": { "documentLink": { "tooltipSupport": true } } }),
    );
    let listeners = open(&mut client, &folder, "access/listeners.conf");
    let config = open(&mut client, &folder, "config");
    settle(&mut client, &config);
    let links = |client: &mut Client, uri: &str| {
        client.ask(
            "textDocument/documentLink",
            json!({ "textDocument": { "uri": uri } }),
        )
    };
    let found = links(&mut client, &listeners);
    assert_eq!(found.as_array().unwrap().len(), 1);
    assert_eq!(found[0]["target"], uri(&folder, "access/keys/mx.pem"));
    let found = links(&mut client, &config);
    let found: Vec<(String, Value)> = found
        .as_array()
        .unwrap()
        .iter()
        .map(|it| {
            let target = it["target"].as_str().unwrap();
            let path = target.strip_prefix(&uri(&folder, "")).unwrap();
            (path.to_owned(), it["tooltip"].clone())
        })
        .collect();
    // The log file is on the server, not here.
    assert_eq!(found.len(), 9);
    assert_eq!(found[0], ("macros.conf".to_owned(), Value::Null));
    assert_eq!(
        found[1],
        (
            "access/listeners.conf".to_owned(),
            json!("Open the first of 3 files")
        )
    );
    std::fs::remove_file(folder.path().join("access/keys/mx.pem")).unwrap();
    assert_eq!(links(&mut client, &listeners), json!([]));
}

#[test]
fn both_tags_are_edited_together() {
    let (folder, mut client, pools) = campus_client(json!({}));
    let here = position(&text(&folder, "pools.conf"), "<virtual-|mta-pool alerts>");
    let linked = client.ask("textDocument/linkedEditingRange", at(&pools, &here));
    let lines: Vec<u64> = linked["ranges"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["start"]["line"].as_u64().unwrap())
        .collect();
    assert_eq!(lines, [215, 220]);
}

#[test]
fn counts_stand_above_names() {
    let capabilities = json!({
        "textDocument": { "codeLens": {} },
        "experimental": { "commands": { "commands": ["pmta-ls.showReferences"] } },
    });
    let (folder, mut client, _) = campus_client(capabilities);
    let file = open(&mut client, &folder, "vmtas/engineering.conf");
    settle(&mut client, &file);
    let params = json!({ "textDocument": { "uri": file } });
    let lenses = client.ask("textDocument/codeLens", params);
    let lenses: Vec<_> = lenses.as_array().unwrap().iter().collect();
    let (lenses, settings): (Vec<_>, Vec<_>) = lenses
        .into_iter()
        .partition(|lens| lens["command"].is_null());
    assert_eq!((lenses.len(), settings.len()), (50, 50));
    let resolved = client.ask("codeLens/resolve", lenses[0].clone());
    let command = &resolved["command"];
    assert_eq!(command["title"], "10 references · 2 rules route here");
    assert_eq!(command["command"], "pmta-ls.showReferences");
    assert_eq!(command["arguments"][0], file);
    assert_eq!(command["arguments"][2].as_array().unwrap().len(), 10);
    let unused = client.ask("codeLens/resolve", lenses[5].clone());
    assert_eq!(
        unused["command"]["title"],
        "1 reference · 0 rules route here"
    );
}

#[test]
fn counts_cannot_be_clicked_where_the_client_shows_no_places() {
    let text = "<virtual-mta a>\n</virtual-mta>\ninvalid-virtual-mta-fallback a\n";
    let mut client =
        Client::start(json!({ "capabilities": { "textDocument": { "codeLens": {} } } }));
    client.open("untitled:config", 1, text);
    let params = json!({ "textDocument": { "uri": "untitled:config" } });
    let lenses = client.ask("textDocument/codeLens", params);
    let resolved = client.ask("codeLens/resolve", lenses[0].clone());
    assert_eq!(
        resolved["command"]["title"],
        "1 reference · 0 rules route here"
    );
    assert_eq!(resolved["command"]["command"], "");
}

#[test]
fn definitions_are_found_in_every_direction() {
    let (folder, mut client, pools) = campus_client(json!({}));
    let here = position(&text(&folder, "pools.conf"), "virtual-mta eng|-50\n");
    let found = ask_until(
        &mut client,
        "textDocument/definition",
        &at(&pools, &here),
        |it| !it.is_null(),
    );
    assert_eq!(found[0]["uri"], uri(&folder, "vmtas/engineering.conf"));
}
