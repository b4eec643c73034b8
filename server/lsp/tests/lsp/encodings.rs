//! Columns counted in bytes, UTF-16 code units and characters.

use serde_json::{Value, json};

use crate::client::Client;
use crate::text::units;

const URI: &str = "file:///nowhere/pmta/config";

#[test]
fn columns_are_counted_as_agreed() {
    for (offered, taken) in [
        (json!(["utf-8", "utf-16", "utf-32"]), "utf-8"),
        (json!(["utf-32", "utf-8", "utf-16"]), "utf-32"),
        (json!(["utf-16"]), "utf-16"),
        (json!(["utf-7"]), "utf-16"),
        (Value::Null, "utf-16"),
    ] {
        let mut client = Client::start(json!({ "capabilities":
            { "general": { "positionEncodings": offered } } }));
        assert_eq!(client.capabilities["positionEncoding"], taken);
        let before = "<domain é€😀.example> ";
        client.open(
            URI,
            1,
            &format!("# 😀\r\n{before}max-smtp-out many </domain>\n"),
        );
        let found = client.pull(URI);
        let value = found
            .iter()
            .find(|it| it["code"] != "several-directives-on-one-line")
            .unwrap();
        let column = units(taken, before) + "max-smtp-out ".len();
        assert_eq!(
            value["range"]["start"],
            json!({ "line": 1, "character": column }),
            "{value}"
        );
        let end = column + "many".len();
        assert_eq!(
            value["range"]["end"],
            json!({ "line": 1, "character": end })
        );
        let range = value["range"].clone();
        client.change(URI, 2, json!([{ "range": range, "text": "20" }]));
        let found = client.pull(URI);
        assert!(
            found
                .iter()
                .all(|it| it["code"] == "several-directives-on-one-line"),
            "{found:?}"
        );
    }
}
