//! Go to definition, from one file to another.

use std::time::Instant;

use serde_json::{Value, json};

use crate::client::{Client, PATIENCE};
use crate::files::{folder, start, uri};

const ROOT: &str = "<sender a@example.com>\n  vmta txn\n</sender>\ninclude vmtas.conf\n";
const VMTAS: &str = "<vmta txn>\n</vmta>\n<virtual-mta txn>\nmax-smtp-out 20\n</virtual-mta>\n";

/// The answer about a position, once there is one: other files are read in the background.
fn definitions(client: &mut Client, uri: &str, line: u32, character: u32) -> Value {
    let started = Instant::now();
    loop {
        let position = json!({ "line": line, "character": character });
        let params = json!({ "textDocument": { "uri": uri }, "position": position });
        let answer = client.ask("textDocument/definition", params);
        if !answer.is_null() || started.elapsed() > PATIENCE {
            return answer;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
}

#[test]
fn a_sender_leads_to_its_virtual_mtas_in_a_file_that_is_not_open() {
    let folder = folder(&[("pmta/config", ROOT), ("pmta/vmtas.conf", VMTAS)]);
    let links = json!({ "textDocument": { "definition": { "linkSupport": true } } });
    let mut client = start(folder.path(), links);
    assert_eq!(client.capabilities["definitionProvider"], true);
    let (root, vmtas) = (uri(&folder, "pmta/config"), uri(&folder, "pmta/vmtas.conf"));
    client.open(&root, 1, ROOT);
    let found = definitions(&mut client, &root, 1, 8);
    let range = |from: [u32; 2], to: [u32; 2]| {
        json!({ "start": { "line": from[0], "character": from[1] },
            "end": { "line": to[0], "character": to[1] } })
    };
    assert_eq!(
        found,
        json!([
            {
                "originSelectionRange": range([1, 7], [1, 10]),
                "targetUri": vmtas,
                "targetRange": range([2, 0], [4, 14]),
                "targetSelectionRange": range([2, 13], [2, 16]),
            },
            {
                "originSelectionRange": range([1, 7], [1, 10]),
                "targetUri": vmtas,
                "targetRange": range([0, 0], [1, 7]),
                "targetSelectionRange": range([0, 6], [0, 9]),
            },
        ])
    );
    let found = definitions(&mut client, &root, 3, 10);
    assert_eq!(found[0]["targetUri"], vmtas);
    // An edit that moves the lines changes nothing about that.
    client.replace(&root, 2, &format!("# moved\n{ROOT}"));
    let found = definitions(&mut client, &root, 4, 10);
    assert_eq!(found[0]["targetUri"], vmtas);
    let found = definitions(&mut client, &root, 2, 8);
    assert_eq!(found[1]["targetRange"], range([0, 0], [1, 7]));
}

#[test]
fn simple_clients_get_places() {
    let uri = "untitled:config";
    let mut client = Client::start(json!({ "capabilities": {} }));
    client.open(uri, 1, "<virtual-mta a>\n</virtual-mta>\n<domain é.example>\nreroute-to-virtual-mta a\n</domain>\n");
    let found = definitions(&mut client, uri, 3, 23);
    let range =
        json!({ "start": { "line": 0, "character": 13 }, "end": { "line": 0, "character": 14 } });
    assert_eq!(found, json!([{ "uri": uri, "range": range }]));
}
