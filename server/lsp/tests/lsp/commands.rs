//! Effective settings and routes in an editor.

use serde_json::{Value, json};

use crate::client::{Client, PATIENCE};
use crate::files::{folder, uri};

const URI: &str = "file:///nowhere/pmta/config";
const TEXT: &str = "\
<domain *>
    max-smtp-out 10
</domain>
<virtual-mta news>
    <domain gmail.com>
        max-smtp-out 2
    </domain>
</virtual-mta>
<source 198.51.100/24>
    always-allow-relaying yes
    pattern-list by-sender
</source>
<pattern-list by-sender>
    mail-from /^news@/ virtual-mta=news
</pattern-list>
";

fn start() -> Client {
    let actions = json!({ "codeActionLiteralSupport": { "codeActionKind": { "valueSet": [] } } });
    let mut client = Client::start(json!({ "capabilities": { "textDocument": {
        "codeAction": actions, "hover": { "contentFormat": ["plaintext"] },
    } } }));
    client.open(URI, 1, TEXT);
    client
}

fn run(client: &mut Client, command: &str, argument: Value) -> Value {
    let params = json!({ "command": command, "arguments": [argument] });
    client.ask("workspace/executeCommand", params)
}

fn at(line: u32, character: u32) -> Value {
    let position = json!({ "line": line, "character": character });
    json!({ "textDocument": { "uri": URI }, "position": position })
}

#[test]
fn lenses_show_effective_settings() {
    let mut client = start();
    let lenses = client.ask(
        "textDocument/codeLens",
        json!({ "textDocument": { "uri": URI } }),
    );
    let commands: Vec<&Value> = lenses
        .as_array()
        .unwrap()
        .iter()
        .map(|it| &it["command"])
        .filter(|it| it["title"] == "effective settings")
        .collect();
    assert_eq!(commands.len(), 2);
    assert_eq!(commands[1]["command"], "pmta-ls.effectiveSettings");
    assert_eq!(
        commands[1]["arguments"],
        json!([{ "uri": URI, "queue": "*/news" }])
    );
    let answer = run(
        &mut client,
        "pmta-ls.effectiveSettings",
        json!({ "uri": URI, "queue": "gmail.com/news" }),
    );
    let text = answer["text"].as_str().unwrap();
    assert!(
        text.contains("max-smtp-out  2  # /nowhere/pmta/config:6 <domain gmail.com>"),
        "{text}"
    );
    assert!(
        text.contains("instead of 10 (/nowhere/pmta/config:2)"),
        "{text}"
    );
    let link = &answer["links"][0];
    let line = link["range"]["start"]["line"].as_u64().unwrap();
    let line = text.lines().nth(usize::try_from(line).unwrap()).unwrap();
    assert!(line.starts_with("max-smtp-out"), "{line}");
    assert_eq!(link["target"]["uri"], URI);
    assert_eq!(link["target"]["range"]["start"]["line"], 5);
    let position = json!({ "line": 4, "character": 6 });
    let here = run(
        &mut client,
        "pmta-ls.effectiveSettings",
        json!({ "uri": URI, "position": position }),
    );
    assert_eq!(here["queue"], "gmail.com/news");
    for wrong in [
        json!({ "uri": URI }),
        json!({ "uri": "file:///other", "queue": "a" }),
        json!(1),
    ] {
        assert!(run(&mut client, "pmta-ls.effectiveSettings", wrong).is_null());
    }
}

/// A client with these capabilities beside code actions.
fn start_with(mut capabilities: Value) -> Client {
    let kinds = json!({ "codeActionKind": { "valueSet": [] } });
    capabilities["textDocument"]["codeAction"] = json!({ "codeActionLiteralSupport": kinds });
    let mut client = Client::start(json!({ "capabilities": capabilities }));
    client.open(URI, 1, TEXT);
    client
}

/// The code actions at a place, of these kinds.
fn actions(client: &mut Client, line: u32, only: Value) -> Vec<Value> {
    let position = json!({ "line": line, "character": 9 });
    let mut params = json!({ "textDocument": { "uri": URI },
        "range": { "start": position, "end": position }, "context": { "diagnostics": [] } });
    if !only.is_null() {
        params["context"]["only"] = only;
    }
    let found = client.ask("textDocument/codeAction", params);
    found.as_array().unwrap().clone()
}

#[test]
fn a_client_that_shows_texts_gets_a_command_of_its_own_and_asks_for_them() {
    let commands = json!({ "commands": ["pmta-ls.showView"] });
    let mut client = start_with(json!({ "experimental": { "commands": commands },
        "window": { "showDocument": { "support": true } } }));
    let lenses = client.ask(
        "textDocument/codeLens",
        json!({ "textDocument": { "uri": URI } }),
    );
    let lenses = lenses.as_array().unwrap().iter();
    let command = lenses.map(|it| &it["command"]).next_back().unwrap();
    assert_eq!(command["command"], "pmta-ls.showView");
    let asked = &command["arguments"][0];
    assert_eq!(asked["title"], "Effective settings of */news");
    let view = client.ask("pmta-ls/view", asked.clone());
    assert_eq!(view["title"], "Effective settings of */news");
    assert!(view["text"].as_str().unwrap().contains("max-smtp-out"));
    let none = client.ask("pmta-ls/view", json!({ "command": "pmta-ls.trace" }));
    assert!(none.is_null());
    assert!(!client.asked.contains(&"window/showDocument".to_owned()));
}

#[test]
fn other_clients_open_a_file_that_is_gone_when_the_server_ends() {
    let mut client = start_with(json!({ "window": { "showDocument": { "support": true } } }));
    let answer = run(
        &mut client,
        "pmta-ls.effectiveSettings",
        json!({ "uri": URI, "queue": "gmail.com/news" }),
    );
    let shown = client
        .wait_for(PATIENCE, |it| it["method"] == "window/showDocument")
        .unwrap();
    let uri = shown["params"]["uri"].as_str().unwrap();
    let path = std::path::PathBuf::from(uri.strip_prefix("file://").unwrap());
    assert_eq!(
        std::fs::read_to_string(&path).unwrap(),
        answer["text"].as_str().unwrap()
    );
    client.ask("shutdown", Value::Null);
    client.notify("exit", Value::Null);
    assert_eq!(client.status_within(PATIENCE), Some(0));
    assert!(!path.parent().unwrap().exists(), "{}", path.display());
}

#[test]
fn commands_are_reached_through_code_actions() {
    let mut client = start_with(json!({}));
    let commands = |actions: &[Value]| -> Vec<String> {
        let names = actions.iter().map(|it| &it["command"]["command"]);
        names.map(|it| it.as_str().unwrap().to_owned()).collect()
    };
    let unasked = actions(&mut client, 5, Value::Null);
    assert_eq!(commands(&unasked), ["pmta-ls.effectiveSettings"]);
    assert_eq!(
        unasked[0]["title"],
        "Show the effective settings of gmail.com/news"
    );
    let asked = actions(&mut client, 5, json!(["source"]));
    assert_eq!(
        commands(&asked),
        ["pmta-ls.fixAll", "pmta-ls.syntaxTree", "pmta-ls.reload"]
    );
    let one = actions(&mut client, 5, json!(["source.pmta.reload"]));
    assert_eq!(commands(&one), ["pmta-ls.reload"]);
    // Editors that never ask for kinds find them at the head of a file.
    let head = actions(&mut client, 0, Value::Null);
    assert_eq!(commands(&head)[1..], commands(&asked));
    // A client that shows texts has a command of its own.
    let commands = json!({ "commands": ["pmta-ls.showView"] });
    let mut client = start_with(json!({ "experimental": { "commands": commands } }));
    assert!(actions(&mut client, 5, Value::Null).is_empty());
    assert!(actions(&mut client, 0, Value::Null).is_empty());
}

#[test]
fn the_syntax_tree_tells_no_text() {
    let mut client = start();
    client.replace(URI, 2, "api-key hunter2\n");
    // Without a name it is that of the document that was changed last.
    let params = json!({ "command": "pmta-ls.syntaxTree" });
    let answer = client.ask("workspace/executeCommand", params);
    assert_eq!(
        answer["title"],
        format!("Syntax tree of {}", "/nowhere/pmta/config")
    );
    let text = answer["text"].as_str().unwrap();
    assert!(text.starts_with("directive 1:1-"), "{text}");
    assert!(!text.contains("hunter2"), "{text}");
}

#[test]
fn all_files_are_fixed_at_once() {
    let files = folder(&[
        ("pmta/config", "include a.conf\nhttp-log-tls YES\n"),
        ("pmta/a.conf", "http-log-data YES\n"),
        ("pmta/excluded/config", "http-log-data YES\n"),
        ("pmta/pmta-ls.toml", "exclude = [\"excluded\"]\n"),
    ]);
    let workspace = json!([{ "uri": uri(&files, "pmta"), "name": "pmta" }]);
    for applies in [true, false] {
        let mut client = Client::start(json!({ "workspaceFolders": workspace, "capabilities":
            { "workspace": { "applyEdit": applies, "workspaceEdit": { "documentChanges": true } } } }));
        let config = uri(&files, "pmta/config");
        client.open(&config, 7, "include a.conf\nhttp-log-tls YES\n");
        let params = json!({ "command": "pmta-ls.fixAll" });
        let answer = client.ask("workspace/executeCommand", params);
        let edit = if applies {
            assert_eq!(
                answer["text"],
                "What can be fixed safely is fixed in 2 files."
            );
            let asked = |it: &Value| it["method"] == "workspace/applyEdit";
            client.wait_for(PATIENCE, asked).unwrap()["params"]["edit"].clone()
        } else {
            answer["edit"].clone()
        };
        let changes = edit["documentChanges"].as_array().unwrap();
        let documents: Vec<&Value> = changes.iter().map(|it| &it["textDocument"]).collect();
        assert_eq!(
            documents,
            [
                &json!({ "uri": uri(&files, "pmta/a.conf"), "version": null }),
                &json!({ "uri": config, "version": 7 }),
            ]
        );
        assert_eq!(changes[1]["edits"][0]["newText"], "http-log-tls yes\n");
    }
}

#[test]
fn files_are_read_again_on_demand() {
    let files = folder(&[("pmta/config", "include a.conf\n"), ("pmta/a.conf", "")]);
    let mut client = Client::start(json!({ "capabilities": {
        "workspace": { "didChangeWatchedFiles": { "dynamicRegistration": true } } } }));
    let workspace =
        json!({ "added": [{ "uri": uri(&files, "pmta"), "name": "pmta" }], "removed": [] });
    client.notify(
        "workspace/didChangeWorkspaceFolders",
        json!({ "event": workspace }),
    );
    let config = uri(&files, "pmta/config");
    client.open(&config, 1, "include a.conf\n");
    let part = uri(&files, "pmta/a.conf");
    let link = json!({ "textDocument": { "uri": config } });
    while client.ask("textDocument/documentLink", link.clone())[0]["target"] != part {}
    std::fs::write(files.path().join("pmta/a.conf"), "run-as-root maybe\n").unwrap();
    let params = json!({ "command": "pmta-ls.reload" });
    assert!(client.ask("workspace/executeCommand", params).is_null());
    client.published_when(&part, None, |found| !found.is_empty());
}

#[test]
fn a_message_can_be_traced_from_a_rule() {
    let mut client = start();
    let position = json!({ "line": 13, "character": 18 });
    let range = json!({ "start": position, "end": position });
    let params = json!({ "textDocument": { "uri": URI }, "range": range,
        "context": { "diagnostics": [] } });
    let actions = client.ask("textDocument/codeAction", params);
    let actions = actions.as_array().unwrap();
    let action = actions
        .iter()
        .find(|it| it["command"]["command"] == "pmta-ls.trace")
        .unwrap();
    assert_eq!(action["title"], "Trace a message from news@example.com");
    let argument = action["command"]["arguments"][0].clone();
    let answer = run(&mut client, "pmta-ls.trace", argument);
    let text = answer["text"].as_str().unwrap();
    assert!(text.contains("Queued in example.com/news."), "{text}");
}

#[test]
fn a_sender_leads_to_its_virtual_mta() {
    let mut client = start();
    let found = client.ask("textDocument/definition", at(13, 18));
    let found = if found.is_array() {
        found[0].clone()
    } else {
        found
    };
    assert_eq!(found["range"]["start"]["line"], 3, "{found}");
}

#[test]
fn help_tells_what_goes_before_what() {
    let mut client = start();
    let mut help = |line, character| {
        let help = client.ask("textDocument/hover", at(line, character));
        help["contents"]["value"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    };
    let inner = help(5, 12);
    assert!(inner.contains("Goes before: 10 (line 2)"), "{inner}");
    let section = help(4, 8);
    assert!(
        section.contains("Effective settings of gmail.com/news:"),
        "{section}"
    );
    assert!(section.contains("max-smtp-out  2  line 6"), "{section}");
}
