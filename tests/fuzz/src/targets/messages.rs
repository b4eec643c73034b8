//! Whatever a client says, each of its requests is answered once, none by way of a panic, and the
//! server goes on.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use pmta_ls::exit::Lifetime;
use pmta_ls::server::serve_between;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader, DuplexStream};

use crate::input::Input;

/// Most messages of one client.
const MOST_MESSAGES: usize = 10;

/// Longest wait for an answer.
const PATIENCE: Duration = Duration::from_secs(20);

/// Code of an answer that a panic made.
const INTERNAL_ERROR: i64 = -32603;

/// What is asked. `exit` is left out, for it ends the process of whoever tries.
const REQUESTS: [&str; 38] = [
    "textDocument/hover",
    "textDocument/completion",
    "completionItem/resolve",
    "textDocument/definition",
    "textDocument/references",
    "textDocument/documentHighlight",
    "textDocument/documentSymbol",
    "textDocument/codeAction",
    "codeAction/resolve",
    "textDocument/codeLens",
    "codeLens/resolve",
    "textDocument/documentLink",
    "textDocument/formatting",
    "textDocument/rangeFormatting",
    "textDocument/onTypeFormatting",
    "textDocument/rename",
    "textDocument/prepareRename",
    "textDocument/foldingRange",
    "textDocument/selectionRange",
    "textDocument/linkedEditingRange",
    "textDocument/prepareCallHierarchy",
    "callHierarchy/incomingCalls",
    "callHierarchy/outgoingCalls",
    "textDocument/semanticTokens/full",
    "textDocument/semanticTokens/full/delta",
    "textDocument/semanticTokens/range",
    "textDocument/inlayHint",
    "textDocument/signatureHelp",
    "textDocument/diagnostic",
    "workspace/diagnostic",
    "workspace/symbol",
    "workspace/executeCommand",
    "workspace/willRenameFiles",
    "textDocument/willSaveWaitUntil",
    "pmta-ls/view",
    "initialize",
    "nobody/knows",
    "",
];

/// What is told.
const NOTIFICATIONS: [&str; 16] = [
    "textDocument/didOpen",
    "textDocument/didOpen",
    "textDocument/didChange",
    "textDocument/didChange",
    "textDocument/didChange",
    "textDocument/didClose",
    "textDocument/didSave",
    "textDocument/willSave",
    "workspace/didChangeConfiguration",
    "workspace/didChangeWatchedFiles",
    "workspace/didChangeWorkspaceFolders",
    "workspace/didRenameFiles",
    "$/cancelRequest",
    "$/setTrace",
    "window/workDoneProgress/cancel",
    "nobody/knows",
];

/// Documents, and names that are none.
const NAMES: [&str; 8] = [
    "untitled:one",
    "untitled:one",
    "untitled:one",
    "untitled:two",
    "file:///nowhere/pmta/config",
    "file:///nowhere/pmta/pmta-ls.toml",
    "file://other.example.com/x%00%ff",
    "no name",
];

const COMMANDS: [&str; 6] = [
    "pmta-ls.effectiveSettings",
    "pmta-ls.trace",
    "pmta-ls.syntaxTree",
    "pmta-ls.fixAll",
    "pmta-ls.reload",
    "none",
];

/// Runs it.
pub(super) fn run(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .expect("a runtime");
    let (sent, asked) = conversation(&mut input);
    let size = if input.byte().is_multiple_of(4) {
        64
    } else {
        1 << 16
    };
    let (near, far) = tokio::io::duplex(1 << 16);
    let (back_near, back_far) = tokio::io::duplex(size);
    let answered = runtime.block_on(async {
        let lifetime = Arc::new(Lifetime::default());
        let serving = tokio::spawn(async move {
            serve_between(far, back_far, &lifetime).await;
        });
        let answers = tokio::time::timeout(PATIENCE, talk(near, back_near, sent, &asked)).await;
        serving.abort();
        answers.unwrap_or_else(|_| panic!("no answer to some of {asked:?}"))
    });
    runtime.shutdown_timeout(PATIENCE);
    for (id, method) in asked {
        let answers = answered.get(&id.to_string()).map_or(&[][..], Vec::as_slice);
        assert_eq!(answers.len(), 1, "answers to {method}: {answers:?}");
        let code = answers.first().and_then(|it| it.pointer("/error/code"));
        assert_ne!(
            code.and_then(Value::as_i64),
            Some(INTERNAL_ERROR),
            "{method}: {answers:?}"
        );
    }
}

/// The bytes that a client sends, and its requests with their methods.
fn conversation(input: &mut Input<'_>) -> (Vec<u8>, Vec<(Value, &'static str)>) {
    let capabilities = json!({
        "general": { "positionEncodings": [input.pick(&["utf-8", "utf-16", "utf-32"])] },
        "workspace": {
            "didChangeWatchedFiles": { "dynamicRegistration": true },
            "workspaceEdit": { "documentChanges": true, "resourceOperations": ["create"] },
        },
        "textDocument": {
            "diagnostic": {},
            "codeAction": { "codeActionLiteralSupport":
                { "codeActionKind": { "valueSet": ["", "quickfix", "refactor", "source"] } } },
        },
        "experimental": { "commands": { "commands": ["pmta-ls.showView"] } },
    });
    let mut messages = vec![
        json!({ "jsonrpc": "2.0", "id": 0, "method": "initialize",
            "params": { "processId": null, "rootUri": null, "capabilities": capabilities } }),
        json!({ "jsonrpc": "2.0", "method": "initialized", "params": {} }),
    ];
    let mut asked = vec![(json!(0), "initialize")];
    let count = input.below(MOST_MESSAGES) + 1;
    let choices: Vec<Choices> = (0..count).map(|_| Choices::of(input)).collect();
    let text = input.rest();
    let opened = json!({ "textDocument":
        { "uri": NAMES[0], "languageId": "pmta", "version": 1, "text": text } });
    messages.push(json!({ "jsonrpc": "2.0", "method": "textDocument/didOpen", "params": opened }));
    for (number, choices) in choices.into_iter().enumerate() {
        let mut params = everything(&choices, &text);
        for (path, odd) in &choices.odd {
            replace(&mut params, *path, odd_value(*odd));
        }
        let mut message = json!({ "jsonrpc": "2.0", "method": choices.method, "params": params });
        if choices.is_request {
            let id = match choices.name % 4 {
                0 => json!(format!("request {number}")),
                1 => json!(i64::MAX - number as i64),
                _ => json!(number + 1),
            };
            message["id"] = id.clone();
            if is_readable(&message) {
                asked.push((id, choices.method));
            }
        }
        messages.push(message);
    }
    messages.push(json!({ "jsonrpc": "2.0", "id": "last", "method": "shutdown" }));
    asked.push((json!("last"), "shutdown"));
    let frame = |message: &Value| {
        let body = message.to_string();
        format!("Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
    };
    (messages.iter().flat_map(frame).collect(), asked)
}

/// Whether a message can be read: what is nested too deep is refused, whatever it asks.
fn is_readable(message: &Value) -> bool {
    serde_json::from_str::<Value>(&message.to_string()).is_ok()
}

/// What decides about one message.
struct Choices {
    method: &'static str,
    is_request: bool,
    name: usize,
    version: i64,
    numbers: [u64; 4],
    command: &'static str,
    /// What is replaced by what.
    odd: Vec<(usize, usize)>,
}

impl Choices {
    fn of(input: &mut Input<'_>) -> Self {
        let kind = input.byte();
        let is_request = kind.is_multiple_of(2);
        Self {
            method: if is_request {
                input.pick(&REQUESTS)
            } else {
                input.pick(&NOTIFICATIONS)
            },
            is_request,
            name: input.below(NAMES.len()),
            version: i64::from(input.byte()) - 8,
            numbers: [(); 4].map(|()| match input.byte() {
                255 => u64::from(u32::MAX),
                254 => u64::MAX,
                number => u64::from(number / 4),
            }),
            command: input.pick(&COMMANDS),
            odd: (0..kind / 64)
                .map(|_| (input.below(200), input.below(16)))
                .collect(),
        }
    }
}

/// Parameters that every method finds its own in.
fn everything(choices: &Choices, text: &str) -> Value {
    let uri = NAMES[choices.name];
    let [line, character, end_line, end_character] = choices.numbers;
    let position = json!({ "line": line, "character": character });
    let end = json!({ "line": end_line, "character": end_character });
    let range = json!({ "start": position, "end": end });
    let half: String = text.chars().take(text.len() / 2).collect();
    let item =
        json!({ "name": "v", "kind": 1, "uri": uri, "range": range, "selectionRange": range });
    let file = json!({ "uri": uri, "type": 2, "oldUri": uri, "newUri": "file:///nowhere/other" });
    let changes = match choices.version % 3 {
        0 => json!([{ "text": half }]),
        1 => json!([{ "range": range, "text": "<domain x>\n" }, { "range": range, "text": "é" }]),
        _ => json!([{ "range": range, "rangeLength": line, "text": "" }]),
    };
    let argument = json!({ "uri": uri, "position": position, "queue": "gmail.com/v",
        "mailFrom": "a@example.com", "rcptTo": "b@example.net", "all": true });
    json!({
        "textDocument": { "uri": uri, "languageId": "pmta", "version": choices.version, "text": half },
        "contentChanges": changes,
        "position": position,
        "positions": [position, end],
        "range": range,
        "context": { "includeDeclaration": true, "triggerKind": 1, "diagnostics": [] },
        "options": { "tabSize": character, "insertSpaces": true },
        "ch": "\n",
        "newName": "other",
        "query": "v",
        "previousResultId": "1",
        "previousResultIds": [{ "uri": uri, "value": "1" }],
        "command": choices.command,
        "arguments": [argument],
        "item": item,
        "files": [file],
        "changes": [file],
        "event": { "added": [{ "uri": uri, "name": "x" }], "removed": [] },
        "settings": { "maxFindings": character, "rules": { "values": "off" } },
        "reason": 1,
        "value": "verbose",
        "id": line,
        "token": "t",
        "workDoneToken": "t",
        "label": "max-smtp-out",
        "title": "Fix",
        "data": { "uri": uri, "key": "domain/max-smtp-out", "position": position },
        "processId": null,
        "capabilities": {},
    })
}

/// Replaces the value at a place, which is counted through all that a value holds.
fn replace(value: &mut Value, place: usize, odd: Value) {
    fn step(value: &mut Value, left: &mut usize, odd: &Value) -> bool {
        if *left == 0 {
            *value = odd.clone();
            return true;
        }
        *left -= 1;
        match value {
            Value::Array(list) => list.iter_mut().any(|it| step(it, left, odd)),
            Value::Object(table) => table.values_mut().any(|it| step(it, left, odd)),
            _ => false,
        }
    }
    let mut left = place;
    step(value, &mut left, &odd);
}

fn odd_value(choice: usize) -> Value {
    match choice {
        0 => Value::Null,
        1 => json!(-1),
        2 => json!(u32::MAX),
        3 => json!(u64::MAX),
        4 => json!(i64::MIN),
        5 => json!(1e300),
        6 => json!(1.5),
        7 => json!(""),
        8 => json!("\u{0}\u{feff}\r"),
        9 => json!("x".repeat(5_000)),
        10 => json!([]),
        11 => json!({}),
        12 => json!(true),
        13 => (0..100).fold(json!([]), |inner, _| json!([inner])),
        14 => json!([null, {}, "x"]),
        _ => json!("file:///nowhere/pmta/config"),
    }
}

/// Sends all and reads until all is answered; the answers by the text of their id.
async fn talk(
    mut near: DuplexStream,
    back: DuplexStream,
    sent: Vec<u8>,
    asked: &[(Value, &'static str)],
) -> BTreeMap<String, Vec<Value>> {
    let writing = tokio::spawn(async move {
        // Who ends early has answered, or is found out by what is missing.
        let _ = near.write_all(&sent).await;
        near
    });
    let mut answered: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    let mut missing = asked.len();
    let mut reader = BufReader::new(back);
    while missing > 0 {
        let message = next(&mut reader).await;
        // What has no number tells of a message that could not be read.
        if message.get("method").is_none() && !message["id"].is_null() {
            missing -= 1;
            let id = message["id"].to_string();
            answered.entry(id).or_default().push(message);
        }
    }
    drop(writing);
    answered
}

async fn next(reader: &mut BufReader<DuplexStream>) -> Value {
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).await.expect("a header");
        assert!(!line.is_empty(), "the server has ended");
        match line.trim_end().split_once(": ") {
            Some(("Content-Length", number)) => length = number.parse().expect("a number"),
            Some(_) => {}
            None => break,
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).await.expect("a body");
    serde_json::from_slice(&body).expect("JSON")
}
