//! The first messages of real editors: each gets what it can take.
//!
//! They were recorded, but those of Zed: no registry of packages has a program to record. They are
//! written from its public source, `default_initialize_params` in `crates/lsp/src/lsp.rs`: the older one
//! from the file at commit 0067497 of 2024; the newer one from what is public of commit 28c0f4a of
//! 2026, a description that names its lines and the same function of a fork. The number of the process
//! and the version of the program are left out.

use serde_json::{Value, json};

use crate::client::Client;

const URI: &str = "file:///home/user/pmta/config";
const TEXT: &str = "<virtual-mta mta1>\n    smtp-source-host 192.0.2.1 \n    max-smtp-out\n    \n</virtual-mta>\npostmaster\n";

/// What an editor can do, as far as answers differ.
struct Editor {
    message: &'static str,
    encoding: &'static str,
    /// It asks for diagnostics and can be told to ask again.
    pulls: bool,
    hover: &'static str,
    snippets: bool,
    insert_replace: bool,
    /// It takes once for all what candidates have in common.
    item_defaults: bool,
    /// It takes parts of a signature by their offsets.
    label_offsets: bool,
    definition_links: bool,
}

const EDITORS: [(&str, Editor); 9] = [
    (
        "VS Code",
        Editor {
            message: include_str!("clients/vscode-1.139.json"),
            encoding: "utf-16",
            pulls: true,
            hover: "markdown",
            snippets: true,
            insert_replace: true,
            item_defaults: true,
            label_offsets: true,
            definition_links: true,
        },
    ),
    (
        "Neovim 0.10",
        Editor {
            message: include_str!("clients/nvim-0.10.4.json"),
            encoding: "utf-16",
            pulls: false,
            hover: "markdown",
            snippets: false,
            insert_replace: false,
            item_defaults: true,
            label_offsets: true,
            definition_links: true,
        },
    ),
    (
        "Neovim 0.11",
        Editor {
            message: include_str!("clients/nvim-0.11.4.json"),
            encoding: "utf-8",
            pulls: false,
            hover: "markdown",
            snippets: true,
            insert_replace: false,
            item_defaults: true,
            label_offsets: true,
            definition_links: true,
        },
    ),
    (
        "Neovim 0.12",
        Editor {
            message: include_str!("clients/nvim-0.12.4.json"),
            encoding: "utf-8",
            pulls: true,
            hover: "markdown",
            snippets: true,
            insert_replace: true,
            item_defaults: true,
            label_offsets: true,
            definition_links: true,
        },
    ),
    (
        "Helix 25.01",
        Editor {
            message: include_str!("clients/helix-25.01.json"),
            encoding: "utf-8",
            pulls: false,
            hover: "markdown",
            snippets: true,
            insert_replace: true,
            item_defaults: false,
            label_offsets: true,
            definition_links: false,
        },
    ),
    (
        "Helix 25.07",
        Editor {
            message: include_str!("clients/helix-25.07.json"),
            encoding: "utf-8",
            pulls: false,
            hover: "markdown",
            snippets: true,
            insert_replace: true,
            item_defaults: false,
            label_offsets: true,
            definition_links: false,
        },
    ),
    (
        "Emacs",
        Editor {
            message: include_str!("clients/emacs-30.1-eglot.json"),
            encoding: "utf-32",
            pulls: false,
            hover: "plaintext",
            snippets: false,
            insert_replace: false,
            item_defaults: false,
            label_offsets: true,
            definition_links: true,
        },
    ),
    (
        "Zed of 2024",
        Editor {
            message: include_str!("clients/zed-0067497.json"),
            encoding: "utf-16",
            pulls: false,
            hover: "markdown",
            snippets: true,
            insert_replace: true,
            item_defaults: true,
            label_offsets: true,
            definition_links: true,
        },
    ),
    (
        "Zed of 2026",
        Editor {
            message: include_str!("clients/zed-28c0f4a.json"),
            encoding: "utf-16",
            pulls: true,
            hover: "markdown",
            snippets: true,
            insert_replace: true,
            item_defaults: true,
            label_offsets: true,
            definition_links: true,
        },
    ),
];

fn at(line: u32, character: u32) -> Value {
    json!({ "textDocument": { "uri": URI }, "position": { "line": line, "character": character } })
}

#[test]
fn each_editor_gets_what_it_can_take() {
    for (name, editor) in EDITORS {
        let params: Value = serde_json::from_str(editor.message).unwrap();
        let mut client = Client::start(params);
        let offered = client.capabilities.clone();
        assert_eq!(offered["positionEncoding"], editor.encoding, "{name}");
        assert_eq!(
            offered["diagnosticProvider"].is_object(),
            editor.pulls,
            "{name}"
        );
        client.open(URI, 1, TEXT);
        if editor.pulls {
            assert!(!client.pull(URI).is_empty(), "{name}");
        } else {
            assert!(!client.published(URI, Some(1)).is_empty(), "{name}");
        }

        let help = client.ask("textDocument/hover", at(2, 6));
        assert_eq!(help["contents"]["kind"], editor.hover, "{name}");

        let found = client.ask("textDocument/completion", at(3, 4));
        let items = found["items"].as_array().unwrap();
        assert!(!items.is_empty(), "{name}");
        let defaults = &found["itemDefaults"];
        assert_eq!(defaults.is_object(), editor.item_defaults, "{name}");
        let has_snippets = defaults["insertTextFormat"] == 2
            || items.iter().any(|item| item["insertTextFormat"] == 2);
        assert_eq!(has_snippets, editor.snippets, "{name}");
        for item in items {
            let edit = match &item["textEdit"] {
                Value::Null => &defaults["editRange"],
                edit => edit,
            };
            // Where nothing is replaced, one range says all.
            let is_twofold = edit["replace"].is_object();
            assert!(editor.insert_replace || !is_twofold, "{name}");
            let is_one = edit["range"].is_object() || edit["start"].is_object();
            assert_eq!(is_one, !is_twofold, "{name}");
            assert!(!is_twofold || edit["replace"] != edit["insert"], "{name}");
        }

        let help = client.ask("textDocument/signatureHelp", at(1, 31));
        assert_eq!(help["activeParameter"], 1, "{name}: {help}");
        let label = &help["signatures"][0]["parameters"][1]["label"];
        assert_eq!(label.is_array(), editor.label_offsets, "{name}");

        let found = client.ask("textDocument/definition", at(0, 15));
        assert_eq!(
            found[0]["targetUri"].is_string(),
            editor.definition_links,
            "{name}: {found}"
        );

        let options = json!({ "tabSize": 4, "insertSpaces": true });
        let params = json!({ "textDocument": { "uri": URI }, "options": options });
        let edits = client.ask("textDocument/formatting", params);
        assert_eq!(edits.as_array().unwrap().len(), 2, "{name}: {edits}");
        client.ask("shutdown", Value::Null);
    }
}

#[test]
fn each_editor_is_told_what_is_wrong_in_the_projects_own_settings() {
    const SETTINGS: &str = "file:///home/user/pmta/pmta-ls.toml";
    for (name, editor) in EDITORS {
        let mut client = Client::start(serde_json::from_str(editor.message).unwrap());
        let document = json!({ "uri": SETTINGS, "languageId": "toml", "version": 1,
            "text": "root = [\"config\"]\n" });
        client.notify("textDocument/didOpen", json!({ "textDocument": document }));
        let found = if editor.pulls {
            client.pull(SETTINGS)
        } else {
            client.published(SETTINGS, Some(1))
        };
        assert_eq!(found.len(), 1, "{name}: {found:?}");
        let message = found[0]["message"].as_str().unwrap();
        assert!(
            message.contains("did you mean `roots`"),
            "{name}: {message}"
        );

        // What editors ask for of themselves has empty answers, no errors.
        let document = json!({ "uri": SETTINGS });
        let start = json!({ "line": 0, "character": 0 });
        let range = json!({ "start": start, "end": { "line": 0, "character": 4 } });
        let at = json!({ "textDocument": document, "position": start });
        let mut ranged = json!({ "textDocument": document, "range": range });
        let mut all = json!({ "textDocument": document });
        all["options"] = json!({ "tabSize": 4, "insertSpaces": true });
        ranged["context"] = json!({ "diagnostics": [] });
        for (method, params) in [
            ("textDocument/hover", &at),
            ("textDocument/completion", &at),
            ("textDocument/definition", &at),
            ("textDocument/documentHighlight", &at),
            ("textDocument/signatureHelp", &at),
            ("textDocument/linkedEditingRange", &at),
            ("textDocument/prepareRename", &at),
            ("textDocument/codeAction", &ranged),
            ("textDocument/inlayHint", &ranged),
            ("textDocument/codeLens", &all),
            ("textDocument/documentLink", &all),
            ("textDocument/documentSymbol", &all),
            ("textDocument/foldingRange", &all),
            ("textDocument/formatting", &all),
            ("textDocument/semanticTokens/full", &all),
        ] {
            let answer = client.ask(method, params.clone());
            assert_eq!(answer, Value::Null, "{name}: {method}");
        }
        client.ask("shutdown", Value::Null);
    }
}
