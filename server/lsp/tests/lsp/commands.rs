//! Effective settings and routes in an editor.

use serde_json::{Value, json};

use crate::client::Client;

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
