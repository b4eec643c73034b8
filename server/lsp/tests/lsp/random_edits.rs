//! After any edits the server has the client's text: findings, tokens, folds and symbols are those of
//! that text opened afresh.

use serde_json::{Value, json};

use crate::client::Client;
use crate::semantic_tokens::{after_delta, all_tokens, delta};
use crate::text::{Numbers, random_edit, range};

const EDITS: usize = 2_400;
const EDITS_BETWEEN_LOOKS: usize = 6;

/// Ten files that show much of the language, with line ends of all kinds.
fn files() -> Vec<String> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures");
    let mut texts: Vec<String> = [
        "deployments/03-panel-includes/config",
        "deployments/06-signals/config",
        "deployments/08-windows/config.dat",
        "deployments/09-chinese-utf8-bom/config",
        "deployments/13-templates/config",
        "deployments/14-copy-damage/config",
        "deployments/25-hand-edit-mistakes/config",
        "folklore/22-colon.conf",
        "folklore/01-flattened.conf",
    ]
    .iter()
    .map(|path| std::fs::read_to_string(folder.join(path)).unwrap())
    .collect();
    texts.push("# é€😀\r<domain é.example>\r\n\tmax-smtp-out 😀\n</domain>".to_owned());
    texts
}

#[test]
fn the_server_has_the_text_of_the_client() {
    let mut numbers = Numbers(0x9E37_79B9_7F4A_7C15);
    let mut done = 0;
    for (index, original) in files().into_iter().enumerate() {
        let encoding = ["utf-8", "utf-16", "utf-32"][index % 3];
        let symbols = json!({ "hierarchicalDocumentSymbolSupport": true });
        let mut client = Client::start(json!({ "capabilities": {
            "general": { "positionEncodings": [encoding] },
            "textDocument": { "documentSymbol": symbols },
        } }));
        assert_eq!(client.capabilities["positionEncoding"], encoding);
        // No files, so that nothing but the text decides.
        let edited = format!("untitled:edited-{index}");
        let mut text = original;
        client.open(&edited, 0, &text);
        let (mut tokens, mut tokens_id) = all_tokens(&mut client, &edited);
        let mut version = 0;
        while done < EDITS * (index + 1) / 10 {
            let mut changes: Vec<Value> = Vec::new();
            for _ in 0..EDITS_BETWEEN_LOOKS {
                let (start, end, insert) = random_edit(&mut numbers, &text);
                let range = range(encoding, &text, start, end);
                text.replace_range(start..end, &insert);
                done += 1;
                if numbers.below(50) == 0 {
                    changes.push(json!({ "text": text }));
                } else {
                    changes.push(json!({ "range": range, "text": insert }));
                }
                if numbers.below(2) == 0 {
                    version += 1;
                    client.change(&edited, version, Value::Array(std::mem::take(&mut changes)));
                }
            }
            version += 1;
            client.change(&edited, version, Value::Array(changes));
            let fresh = format!("untitled:fresh-{index}-{version}");
            client.open(&fresh, 1, &text);
            let expected = client.pull(&fresh);
            let found = client.pull(&edited);
            assert_eq!(found, expected, "after {done} edits:\n{text}");
            let pushed = client.published_when(&edited, Some(version), |_| true);
            assert_eq!(pushed, expected);
            let changes = delta(&mut client, &edited, &tokens_id);
            tokens = after_delta(tokens, &changes);
            tokens_id = changes["resultId"].as_str().unwrap().to_owned();
            assert_eq!(
                tokens,
                all_tokens(&mut client, &fresh).0,
                "tokens of:\n{text}"
            );
            for method in ["textDocument/foldingRange", "textDocument/documentSymbol"] {
                let document = |uri: &str| json!({ "textDocument": { "uri": uri } });
                let found = client.ask(method, document(&edited));
                let expected = client.ask(method, document(&fresh));
                assert_eq!(found, expected, "{method} of:\n{text}");
            }
            client.close(&fresh);
        }
    }
    assert!(done >= 2_000);
}
