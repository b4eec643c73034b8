//! `pmta-ls.toml` in the editor.

use serde_json::{Value, json};

use crate::client::{codes, pulling};
use crate::files::{folder, start, uri};

fn messages(diagnostics: &[Value]) -> Vec<&str> {
    diagnostics
        .iter()
        .map(|it| it["message"].as_str().unwrap())
        .collect()
}

#[test]
fn it_is_checked_and_is_no_configuration_of_powermta() {
    let folder = folder(&[("pmta-ls.toml", "")]);
    let mut client = start(folder.path(), json!({}));
    let settings = uri(&folder, "pmta-ls.toml");
    client.open(&settings, 1, "root = [\"config\"]\n");
    let found = client.published(&settings, Some(1));
    assert_eq!(
        messages(&found),
        ["There is no setting `root`; did you mean `roots`?"]
    );
    assert_eq!(
        found[0]["range"],
        json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 0, "character": 4 } })
    );
    let at = json!({ "textDocument": { "uri": settings },
        "position": { "line": 0, "character": 1 } });
    for method in ["textDocument/hover", "textDocument/completion"] {
        assert_eq!(client.ask(method, at.clone()), Value::Null, "{method}");
    }
    client.replace(&settings, 2, "roots = [\"config\"]\n");
    let found = client.published(&settings, Some(2));
    assert_eq!(
        messages(&found),
        ["There is no file `config` beside this one."]
    );
    client.close(&settings);
    assert!(client.published(&settings, None).is_empty());
}

#[test]
fn a_client_that_pulls_gets_its_mistakes_too() {
    let folder = folder(&[("pmta-ls.toml", "")]);
    let mut client = start(folder.path(), pulling()["capabilities"].clone());
    let settings = uri(&folder, "pmta-ls.toml");
    client.open(&settings, 1, "roots = 1\n");
    let found = client.pull(&settings);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(client.pull(&settings)[0]["source"] == "pmta-ls");
}

#[test]
fn its_text_in_the_editor_beats_the_one_on_disk() {
    let folder = folder(&[
        ("pmta-ls.toml", ""),
        ("pmta/config", ""),
        ("files/a.txt", ""),
    ]);
    let mut client = start(folder.path(), json!({}));
    let root = uri(&folder, "pmta/config");
    let settings = uri(&folder, "pmta-ls.toml");
    let config = "postmaster you@example.com\ninclude /opt/pmta/in/a.txt\n";
    client.open(&root, 1, config);
    client.published_until(&root, Some(1), |found| {
        codes(found) == ["include-not-mapped"]
    });
    client.open(&settings, 1, "[paths]\n\"/opt/pmta/in\" = \"files\"\n");
    client.published_until(&root, Some(1), <[_]>::is_empty);
    // While it cannot be read, what it said before holds, and nobody is shown a message.
    client.replace(&settings, 2, "[paths]\n\"/opt/pmta/in\" = \n");
    assert_eq!(client.published(&settings, Some(2)).len(), 1);
    client.replace(&settings, 3, "[paths]\n\"/opt/pmta/in\" = \"pmta\"\n");
    client.published_until(&root, Some(1), |found| codes(found) == ["include-missing"]);
    client.close(&settings);
    client.published_until(&root, Some(1), |found| {
        codes(found) == ["include-not-mapped"]
    });
    let rest = client.messages_within(std::time::Duration::from_millis(100));
    assert!(
        !rest.iter().any(|it| it["method"] == "window/showMessage"),
        "{rest:?}"
    );
}
