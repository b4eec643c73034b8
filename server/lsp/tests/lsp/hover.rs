//! Help under the cursor.

use serde_json::{Value, json};

use crate::client::Client;

const URI: &str = "untitled:config";
const TEXT: &str =
    "<domain é😀.example> max-smtp-out 20 retry-after 4d12h </domain>\nhttp-api-key hunter2\n";

fn hover(client: &mut Client, line: u32, character: u32) -> Value {
    let position = json!({ "line": line, "character": character });
    let params = json!({ "textDocument": { "uri": URI }, "position": position });
    client.ask("textDocument/hover", params)
}

fn start(formats: &Value) -> Client {
    let hover = json!({ "contentFormat": formats });
    let mut client =
        Client::start(json!({ "capabilities": { "textDocument": { "hover": hover } } }));
    assert_eq!(client.capabilities["hoverProvider"], true);
    client.open(URI, 1, TEXT);
    client
}

#[test]
fn help_comes_in_the_form_that_the_client_likes_best() {
    let mut client = start(&json!(["markdown", "plaintext"]));
    let help = hover(&mut client, 0, 22);
    assert_eq!(help["contents"]["kind"], "markdown");
    let text = help["contents"]["value"].as_str().unwrap();
    assert!(text.starts_with("```pmta\nmax-smtp-out "), "{text}");
    let range = json!({ "start": { "line": 0, "character": 21 },
        "end": { "line": 0, "character": 33 } });
    assert_eq!(help["range"], range);
    for formats in [json!(["plaintext", "markdown"]), json!([]), json!(null)] {
        let mut client = start(&formats);
        let help = hover(&mut client, 0, 52);
        assert_eq!(help["contents"]["kind"], "plaintext");
        let text = help["contents"]["value"].as_str().unwrap();
        assert!(text.starts_with("4d12h: 4 days 12 hours\n"), "{text}");
    }
}

#[test]
fn secrets_and_blanks_are_not_explained() {
    let mut client = start(&json!(["markdown"]));
    let help = hover(&mut client, 1, 16).to_string();
    assert!(
        help.contains("secret") && !help.contains("hunter2"),
        "{help}"
    );
    assert!(hover(&mut client, 2, 0).is_null());
    assert!(hover(&mut client, 99, 99).is_null());
}
