//! What the server says it can do, it can: every request that it offers is made on every file there
//! is, at every token, and each answer has the shape that the protocol gives it.
//!
//! That is more than a million requests, so they are handed over without pipes, by a few threads with a
//! server each. What reads through all files, or makes a text for people to read, is asked for a few
//! times only; all that is asked for at a token is asked for at each. A second client, which can do
//! little, asks at a few tokens of each file.

use std::collections::{BTreeMap, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::in_process::Client;
use crate::protocol::{Protocol, check_ranges};
use crate::text::units;

/// Most requests of each server that are about all files, each of which takes long.
const MOST_ABOUT_ALL: usize = 10;
/// Most commands that are run about a part of a file.
const MOST_RUN: usize = 5;
/// Tokens of a file that one server is asked about in turn.
const TOKENS_OF_A_PART: usize = 1_000;
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

/// Where a token is: line, and where it begins and ends in units of an encoding.
type Token = [usize; 3];

/// The tokens of a text.
fn tokens(encoding: &str, text: &str) -> Vec<Token> {
    let is_word = |sign: char| sign.is_alphanumeric() || sign == '-' || sign == '_';
    let mut tokens: Vec<Token> = Vec::new();
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

/// A part of a file: tokens from one to before another, or every n-th of them.
struct Part {
    path: PathBuf,
    from: usize,
    to: usize,
    step: usize,
}

/// All files in parts of about the same work, the longest files first, so that all threads end together.
/// If there is a limit of tokens in each file, they are taken from all over it.
fn parts(encoding: &str, limit: Option<usize>) -> VecDeque<Part> {
    let files = files().into_iter().map(|path| {
        let length = tokens(encoding, &text(&path)).len();
        (length, path)
    });
    let mut files: Vec<(usize, PathBuf)> = files.collect();
    files.sort_by_key(|(length, _)| std::cmp::Reverse(*length));
    let parts = files.into_iter().flat_map(|(length, path)| {
        let step = limit.map_or(1, |limit| length / limit + 1);
        let size = TOKENS_OF_A_PART * step;
        let starts = (0..length.max(1)).step_by(size);
        starts.map(move |from| Part {
            path: path.clone(),
            from,
            to: length.min(from + size),
            step,
        })
    });
    parts.collect()
}

fn text(path: &Path) -> String {
    String::from_utf8_lossy(&std::fs::read(path).unwrap()).into_owned()
}

/// What was asked, and what came of it.
#[derive(Default)]
struct Outcome {
    files: usize,
    tokens: usize,
    /// How many requests were answered, and in what time.
    answered: BTreeMap<&'static str, (usize, Duration)>,
    mistakes: Vec<String>,
}

impl Outcome {
    fn add(&mut self, other: Self) {
        self.files += other.files;
        self.tokens += other.tokens;
        self.mistakes.extend(other.mistakes);
        for (method, (times, time)) in other.answered {
            let sum = self.answered.entry(method).or_default();
            *sum = (sum.0 + times, sum.1 + time);
        }
    }
}

/// A server that is asked, and what it has answered.
struct Questions {
    client: Client,
    protocol: Protocol,
    outcome: Outcome,
    about: String,
    /// Requests that were about all files.
    about_all: usize,
    /// Commands that were run about the current part.
    run_here: usize,
}

impl Questions {
    fn new(first_message: &str) -> Self {
        let client = Client::start(serde_json::from_str(first_message).unwrap());
        let protocol = Protocol::new();
        let capabilities = json!({ "capabilities": client.capabilities });
        protocol.check_result("initialize", &capabilities).unwrap();
        Self {
            client,
            protocol,
            outcome: Outcome::default(),
            about: String::new(),
            about_all: 0,
            run_here: 0,
        }
    }

    /// Asks and checks the answer.
    fn ask(&mut self, method: &'static str, params: Value) {
        self.answer(method, params);
    }

    /// Asks; the answer, once it is checked.
    fn answer(&mut self, method: &'static str, params: Value) -> Value {
        let can_refuse = ["textDocument/rename", "textDocument/prepareRename"].contains(&method);
        let started = Instant::now();
        let answer = self.client.ask(method, params);
        let sum = self.outcome.answered.entry(method).or_default();
        *sum = (sum.0 + 1, sum.1 + started.elapsed());
        match answer {
            Ok(result) => {
                self.note(self.protocol.check_result(method, &result));
                self.note(check_ranges(&result));
                result
            }
            Err(error) if can_refuse && error["code"] == REQUEST_FAILED => Value::Null,
            Err(error) => {
                self.note(Err(format!("{method}: {error}")));
                Value::Null
            }
        }
    }

    fn note(&mut self, found: Result<(), String>) {
        if let Err(mistake) = found {
            self.outcome
                .mistakes
                .push(format!("{}: {mistake}", self.about));
        }
    }

    /// Makes all requests that were offered about a part of a file; those about the whole file with the
    /// first part.
    fn part(&mut self, part: &Part) {
        let path = part.path.display();
        let text = text(&part.path);
        let uri = format!("file://{path}").replace(' ', "%20");
        self.about = path.to_string();
        self.run_here = 0;
        let document = json!({ "uri": uri, "languageId": "pmta", "version": 1, "text": text });
        let opened = json!({ "textDocument": document });
        self.client.notify("textDocument/didOpen", opened);
        let offered = self.client.capabilities.clone();
        let names: Vec<&String> = offered.as_object().unwrap().keys().collect();
        if part.from == 0 {
            self.outcome.files += 1;
            let lines = text.lines().count();
            let all = json!({ "start": { "line": 0, "character": 0 },
                "end": { "line": lines, "character": 0 } });
            for name in &names {
                self.about_file(name, &offered, &uri, &all);
            }
        }
        let encoding = offered["positionEncoding"].as_str().unwrap();
        let tokens = tokens(encoding, &text);
        for [line, start, end] in tokens[part.from..part.to].iter().step_by(part.step) {
            self.outcome.tokens += 1;
            self.about = format!("{path}:{}:{}", line + 1, start + 1);
            for name in &names {
                self.about_token(name, &uri, *line, *start, *end);
            }
        }
        let closed = json!({ "textDocument": { "uri": uri } });
        self.client.notify("textDocument/didClose", closed);
        for message in self.client.messages() {
            self.note(self.protocol.check_message(&message));
            self.note(check_ranges(&message["params"]));
        }
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

/// Asks servers everything about the parts of files, as an editor whose first message this is.
fn ask_everything(message: &str, parts: VecDeque<Part>) -> Outcome {
    let parts = Mutex::new(parts);
    let next = || parts.lock().unwrap().pop_front();
    let work = || {
        let mut questions = Questions::new(message);
        while let Some(part) = next() {
            questions.part(&part);
        }
        questions.outcome
    };
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    let mut outcome = Outcome::default();
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        for worker in workers {
            outcome.add(worker.join().unwrap());
        }
    });
    outcome
}

fn check(message: &str, encoding: &str, limit: Option<usize>, never: &[&str]) {
    let parts = parts(encoding, limit);
    let sizes = parts
        .iter()
        .map(|part| (part.to - part.from).div_ceil(part.step));
    let all_tokens: usize = sizes.sum();
    let Outcome {
        files,
        tokens,
        answered,
        mistakes,
    } = ask_everything(message, parts);
    let all: usize = answered.values().map(|(times, _)| times).sum();
    println!("{all} answers about {files} files, at {tokens} tokens: {answered:.1?}");
    assert!(mistakes.is_empty(), "{}", mistakes.join("\n"));
    assert!(files > 100, "{files} files");
    assert_eq!(tokens, all_tokens);
    for method in never {
        assert!(!answered.contains_key(method), "{method}");
    }
}

#[test]
fn what_is_offered_to_one_that_can_do_much_works() {
    check(
        include_str!("clients/vscode-1.139.json"),
        "utf-16",
        None,
        &[],
    );
}

#[test]
fn what_is_offered_to_one_that_can_do_little_works() {
    check(
        include_str!("clients/emacs-30.1-eglot.json"),
        "utf-32",
        Some(6),
        &["textDocument/diagnostic"],
    );
}
