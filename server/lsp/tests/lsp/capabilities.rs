//! What the server says it can do, it can: every request that it offers is made on every file there
//! is, at its tokens, and each answer has the shape that the protocol gives it.
//!
//! A file with many tokens is asked at every n-th of them, so that the tests end in time; they print
//! how many that were.

use std::collections::{BTreeMap, VecDeque};
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::{Value, json};

use crate::client::Client;
use crate::protocol::{Protocol, check_ranges};
use crate::text::units;

/// Requests that are under way at a time: fewer than the server works on.
const MOST_AT_A_TIME: usize = 40;
/// Most requests that are about all files, each of which takes long.
const MOST_ABOUT_ALL: usize = 20;
/// Most commands that are run about one file.
const MOST_RUN: usize = 5;
/// A refusal with a sentence for the user.
const REQUEST_FAILED: i64 = -32803;

/// Our own files and, where it is, the corpus beside this checkout.
fn files() -> Vec<PathBuf> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut folders = vec![
        workspace.join("tests/fixtures"),
        workspace.join("docs/examples"),
        workspace.join("../shared/corpus"),
    ];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let is_about = path.extension().is_some_and(|it| it == "md" || it == "tsv");
            if path.is_dir() {
                folders.push(path);
            } else if !is_about {
                files.push(path.canonicalize().unwrap());
            }
        }
    }
    files.sort();
    files
}

/// Where the tokens of a text are: line, and where it begins and ends in units of an encoding.
fn tokens(encoding: &str, text: &str) -> Vec<[usize; 3]> {
    let is_word = |sign: char| sign.is_alphanumeric() || sign == '-' || sign == '_';
    let mut tokens: Vec<[usize; 3]> = Vec::new();
    let lines = text.replace("\r\n", "\n").replace('\r', "\n");
    for (line, text) in lines.split('\n').enumerate() {
        let mut column = 0;
        let mut before = ' ';
        for sign in text.chars() {
            let is_same = is_word(before) && is_word(sign);
            let end = column + units(encoding, sign.encode_utf8(&mut [0; 4]));
            if !sign.is_whitespace() {
                match tokens.last_mut() {
                    Some([_, _, last]) if is_same => *last = end,
                    _ => tokens.push([line, column, end]),
                }
            }
            (before, column) = (sign, end);
        }
    }
    tokens
}

/// Requests under way, and how many were answered.
struct Questions {
    client: Client,
    protocol: Protocol,
    waiting: VecDeque<(i64, &'static str)>,
    answered: BTreeMap<&'static str, usize>,
    mistakes: Vec<String>,
    about: String,
    /// Requests that were about all files.
    about_all: usize,
    /// Commands that were run about the current file.
    run_here: usize,
}

impl Questions {
    /// Asks without waiting for the answer.
    fn ask(&mut self, method: &'static str, params: Value) {
        let id = self.client.request(method, params);
        self.waiting.push_back((id, method));
        if self.waiting.len() >= MOST_AT_A_TIME {
            self.take();
        }
    }

    /// Asks and waits for the answer.
    fn answer(&mut self, method: &'static str, params: Value) -> Value {
        let id = self.client.request(method, params);
        let answer = self.client.answer(id);
        self.check(method, &answer)
    }

    fn take(&mut self) {
        if let Some((id, method)) = self.waiting.pop_front() {
            let answer = self.client.answer(id);
            self.check(method, &answer);
        }
    }

    fn take_all(&mut self) {
        while !self.waiting.is_empty() {
            self.take();
        }
    }

    fn check(&mut self, method: &'static str, answer: &Value) -> Value {
        *self.answered.entry(method).or_default() += 1;
        let is_refusal = ["textDocument/rename", "textDocument/prepareRename"].contains(&method)
            && answer["error"]["code"] == REQUEST_FAILED;
        let found = match answer.get("error") {
            Some(_) if is_refusal => Ok(()),
            Some(error) => Err(format!("{method}: {error}")),
            None => self.protocol.check_result(method, &answer["result"]),
        };
        self.note(found);
        self.note(check_ranges(&answer["result"]));
        answer["result"].clone()
    }

    fn note(&mut self, found: Result<(), String>) {
        if let Err(mistake) = found {
            self.mistakes.push(format!("{}: {mistake}", self.about));
        }
    }

    /// Makes all requests that were offered about one file; at how many tokens, of which there are at
    /// most about so many.
    fn file(&mut self, offered: &Value, path: &Path, most_tokens: usize) -> usize {
        let text = String::from_utf8_lossy(&std::fs::read(path).unwrap()).into_owned();
        let uri = format!("file://{}", path.display()).replace(' ', "%20");
        self.about = path.display().to_string();
        self.run_here = 0;
        self.client.open(&uri, 1, &text);
        let encoding = offered["positionEncoding"].as_str().unwrap().to_owned();
        let tokens = tokens(&encoding, &text);
        let lines = text.lines().count();
        let all = json!({ "start": { "line": 0, "character": 0 },
            "end": { "line": lines, "character": 0 } });
        for (name, _) in offered.as_object().unwrap() {
            self.about_file(name, offered, &uri, &all);
        }
        let step = tokens.len() / most_tokens + 1;
        let asked: Vec<_> = tokens.iter().step_by(step).collect();
        for [line, start, end] in &asked {
            self.about = format!("{}:{}:{}", path.display(), line + 1, start + 1);
            for (name, _) in offered.as_object().unwrap() {
                self.about_token(name, &uri, *line, *start, *end);
            }
        }
        self.take_all();
        self.client.close(&uri);
        for message in self.client.messages_within(Duration::ZERO) {
            if message["method"].is_string() {
                let found = self.protocol.check_message(&message);
                self.note(found);
                self.note(check_ranges(&message["params"]));
            }
        }
        asked.len()
    }

    /// Makes the requests of a capability that are about a whole file.
    fn about_file(&mut self, capability: &str, offered: &Value, uri: &str, all: &Value) {
        let document = json!({ "uri": uri });
        let whole = json!({ "textDocument": document });
        let style = json!({ "tabSize": 4, "insertSpaces": true });
        match capability {
            "textDocumentSync" => {
                if offered[capability]["willSaveWaitUntil"] == true {
                    let params = json!({ "textDocument": document, "reason": 1 });
                    self.ask("textDocument/willSaveWaitUntil", params);
                }
            }
            // Whether a file may move is a question about all files, so a few times are enough.
            "workspace" if self.about_all < MOST_ABOUT_ALL => {
                self.about_all += 1;
                let files = json!([{ "oldUri": uri, "newUri": format!("{uri}.old") }]);
                self.ask("workspace/willRenameFiles", json!({ "files": files }));
            }
            "documentSymbolProvider" => self.ask("textDocument/documentSymbol", whole),
            "workspaceSymbolProvider" => self.ask("workspace/symbol", json!({ "query": "a" })),
            "foldingRangeProvider" => self.ask("textDocument/foldingRange", whole),
            "documentLinkProvider" => self.ask("textDocument/documentLink", whole),
            "codeLensProvider" => {
                let lenses = self.answer("textDocument/codeLens", whole);
                for lens in lenses.as_array().into_iter().flatten() {
                    self.ask("codeLens/resolve", lens.clone());
                    self.run(&lens["command"]);
                }
            }
            "inlayHintProvider" => {
                let params = json!({ "textDocument": document, "range": all });
                self.ask("textDocument/inlayHint", params);
            }
            "semanticTokensProvider" => {
                let tokens = self.answer("textDocument/semanticTokens/full", whole);
                let previous = json!({ "textDocument": document,
                    "previousResultId": tokens["resultId"] });
                self.ask("textDocument/semanticTokens/full/delta", previous);
                let params = json!({ "textDocument": document, "range": all });
                self.ask("textDocument/semanticTokens/range", params);
            }
            "documentFormattingProvider" => {
                let params = json!({ "textDocument": document, "options": style });
                self.ask("textDocument/formatting", params);
            }
            "documentRangeFormattingProvider" => {
                let params = json!({ "textDocument": document, "options": style, "range": all });
                self.ask("textDocument/rangeFormatting", params);
            }
            "codeActionProvider" => {
                for only in [json!(["source"]), json!(["quickfix"]), json!(["refactor"])] {
                    let context = json!({ "diagnostics": [], "only": only });
                    let params = json!({ "textDocument": document, "range": all,
                        "context": context });
                    let actions = self.answer("textDocument/codeAction", params);
                    for action in actions.as_array().into_iter().flatten() {
                        self.run(&action["command"]);
                    }
                }
            }
            "diagnosticProvider" => {
                let report = self.answer("textDocument/diagnostic", whole);
                let params = json!({ "textDocument": document,
                    "previousResultId": report["resultId"] });
                self.ask("textDocument/diagnostic", params);
                let params = json!({ "previousResultIds": [] });
                self.ask("workspace/diagnostic", params);
            }
            // Made at tokens, with the actions and lenses that name commands, or never by a client.
            "workspace"
            | "callHierarchyProvider"
            | "completionProvider"
            | "definitionProvider"
            | "documentHighlightProvider"
            | "documentOnTypeFormattingProvider"
            | "executeCommandProvider"
            | "hoverProvider"
            | "linkedEditingRangeProvider"
            | "positionEncoding"
            | "referencesProvider"
            | "renameProvider"
            | "selectionRangeProvider"
            | "signatureHelpProvider" => {}
            _ => panic!("nobody asks for {capability}"),
        }
    }

    /// Runs the command of a lens or an action, if it is one of the server's.
    fn run(&mut self, command: &Value) {
        let Some(name) = command["command"].as_str() else {
            return;
        };
        let commands = &self.client.capabilities["executeCommandProvider"]["commands"];
        if commands.as_array().unwrap().contains(&json!(name)) {
            let mut params = json!({ "command": name });
            match command.get("arguments") {
                Some(_) if self.run_here >= MOST_RUN => return,
                Some(arguments) => {
                    self.run_here += 1;
                    params["arguments"] = arguments.clone();
                }
                // It is about all files, so a few times are enough.
                None if self.about_all >= MOST_ABOUT_ALL => return,
                None => self.about_all += 1,
            }
            self.ask("workspace/executeCommand", params);
        }
    }

    /// Makes the requests of a capability that are about a place.
    fn about_token(&mut self, capability: &str, uri: &str, line: usize, start: usize, end: usize) {
        let document = json!({ "uri": uri });
        let position = json!({ "line": line, "character": start });
        // People type behind a token.
        let behind = json!({ "line": line, "character": end });
        let at = json!({ "textDocument": document, "position": position });
        match capability {
            "hoverProvider" => self.ask("textDocument/hover", at),
            "definitionProvider" => self.ask("textDocument/definition", at),
            "documentHighlightProvider" => self.ask("textDocument/documentHighlight", at),
            "linkedEditingRangeProvider" => self.ask("textDocument/linkedEditingRange", at),
            "completionProvider" => {
                let params = json!({ "textDocument": document, "position": behind });
                let found = self.answer("textDocument/completion", params);
                if let Some(item) = found["items"].get(start % 7) {
                    self.ask("completionItem/resolve", item.clone());
                }
            }
            "signatureHelpProvider" => {
                let params = json!({ "textDocument": document, "position": behind });
                self.ask("textDocument/signatureHelp", params);
            }
            "referencesProvider" => {
                let mut params = at;
                params["context"] = json!({ "includeDeclaration": true });
                self.ask("textDocument/references", params);
            }
            "renameProvider" => {
                self.ask("textDocument/prepareRename", at.clone());
                let mut params = at;
                params["newName"] = "renamed".into();
                self.ask("textDocument/rename", params);
            }
            "callHierarchyProvider" => {
                let items = self.answer("textDocument/prepareCallHierarchy", at);
                for item in items.as_array().into_iter().flatten() {
                    self.ask("callHierarchy/incomingCalls", json!({ "item": item }));
                    self.ask("callHierarchy/outgoingCalls", json!({ "item": item }));
                }
            }
            "selectionRangeProvider" => {
                let params = json!({ "textDocument": document, "positions": [position, behind] });
                self.ask("textDocument/selectionRange", params);
            }
            "codeActionProvider" => {
                let params = json!({ "textDocument": document,
                    "range": { "start": position, "end": behind },
                    "context": { "diagnostics": [] } });
                let actions = self.answer("textDocument/codeAction", params);
                for action in actions.as_array().into_iter().flatten() {
                    self.run(&action["command"]);
                }
            }
            "documentOnTypeFormattingProvider" => {
                let style = json!({ "tabSize": 4, "insertSpaces": true });
                let params = json!({ "textDocument": document, "position": behind, "ch": ">",
                    "options": style });
                self.ask("textDocument/onTypeFormatting", params);
            }
            _ => {}
        }
    }
}

/// Asks a server everything, as an editor whose first message this is.
fn ask_everything(
    message: &str,
    most_tokens: usize,
) -> (usize, usize, BTreeMap<&'static str, usize>, Vec<String>) {
    let params: Value = serde_json::from_str(message).unwrap();
    let client = Client::start(params);
    let offered = client.capabilities.clone();
    let protocol = Protocol::new();
    protocol
        .check_result("initialize", &json!({ "capabilities": offered }))
        .unwrap();
    let mut questions = Questions {
        client,
        protocol,
        waiting: VecDeque::new(),
        answered: BTreeMap::new(),
        mistakes: Vec::new(),
        about: String::new(),
        about_all: 0,
        run_here: 0,
    };
    let files = files();
    let mut tokens = 0;
    for path in &files {
        tokens += questions.file(&offered, path, most_tokens);
    }
    let Questions {
        answered, mistakes, ..
    } = questions;
    (files.len(), tokens, answered, mistakes)
}

fn check(message: &str, most_tokens: usize, never: &[&str]) {
    let (files, tokens, answered, mistakes) = ask_everything(message, most_tokens);
    let all: usize = answered.values().sum();
    println!("{all} answers about {files} files, at {tokens} tokens: {answered:?}");
    assert!(mistakes.is_empty(), "{}", mistakes.join("\n"));
    assert!(files > 100, "{files} files");
    for method in never {
        assert!(!answered.contains_key(method), "{method}");
    }
}

#[test]
fn what_is_offered_to_one_that_can_do_much_works() {
    check(include_str!("clients/vscode-1.139.json"), 30, &[]);
}

#[test]
fn what_is_offered_to_one_that_can_do_little_works() {
    check(
        include_str!("clients/emacs-30.1-eglot.json"),
        6,
        &["textDocument/diagnostic"],
    );
}
