//! A client on real pipes: it frames messages, reads in a thread of its own, and answers what the
//! server asks.

use std::collections::{HashMap, VecDeque};
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// Longest wait for an answer, on a machine that has much to do.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// A server with somebody to talk to.
pub(crate) struct Client {
    child: Child,
    input: Option<ChildStdin>,
    output: Receiver<Value>,
    errors: Receiver<String>,
    waiting: VecDeque<Value>,
    next_id: i64,
    /// The capabilities the server answered with.
    pub(crate) capabilities: Value,
    /// Methods of the requests that the server made.
    pub(crate) asked: Vec<String>,
    /// Methods of the requests that are answered with an error.
    pub(crate) refuses: Vec<String>,
    /// The settings it answers with when it is asked for them.
    pub(crate) settings: Value,
    /// Settings of single folders.
    pub(crate) folder_settings: HashMap<String, Value>,
}

impl Client {
    /// A server that nothing was said to yet.
    pub(crate) fn silent(environment: &[(&str, &str)]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pmta-ls"));
        command.arg("lsp").envs(environment.iter().copied());
        Self::of(command)
    }

    /// What this command starts: a server that nothing was said to yet.
    pub(crate) fn of(mut command: Command) -> Self {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (sender, output) = channel();
        let mut reader = BufReader::new(child.stdout.take().unwrap());
        std::thread::spawn(move || {
            while let Some(message) = read_message(&mut reader) {
                if sender.send(message).is_err() {
                    break;
                }
            }
        });
        let (sender, errors) = channel();
        let mut stderr = child.stderr.take().unwrap();
        std::thread::spawn(move || {
            let mut text = String::new();
            let _ = stderr.read_to_string(&mut text);
            let _ = sender.send(text);
        });
        Self {
            input: child.stdin.take(),
            child,
            output,
            errors,
            waiting: VecDeque::new(),
            next_id: 1,
            capabilities: Value::Null,
            asked: Vec::new(),
            refuses: Vec::new(),
            settings: Value::Null,
            folder_settings: HashMap::new(),
        }
    }

    /// A server that is initialized.
    pub(crate) fn start(params: Value) -> Self {
        Self::start_in(params, &[])
    }

    /// A server that is initialized, with environment variables.
    pub(crate) fn start_in(params: Value, environment: &[(&str, &str)]) -> Self {
        let mut client = Self::silent(environment);
        client.initialize(params);
        client
    }

    /// Does the first steps.
    pub(crate) fn initialize(&mut self, params: Value) {
        let id = self.request("initialize", initialize_params(params));
        let answer = self.answer(id);
        self.capabilities = answer["result"]["capabilities"].clone();
        assert!(self.capabilities.is_object(), "{answer}");
        self.notify("initialized", json!({}));
    }

    /// Writes bytes as they are.
    pub(crate) fn write(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().unwrap();
        input.write_all(bytes).unwrap();
        input.flush().unwrap();
    }

    /// Sends a message.
    pub(crate) fn send(&mut self, message: &Value) {
        self.write(&frame(message));
    }

    /// Sends a notification.
    pub(crate) fn notify(&mut self, method: &str, params: Value) {
        self.send(&notification(method, params));
    }

    /// Sends a request; its number.
    pub(crate) fn request(&mut self, method: &str, params: Value) -> i64 {
        let id = self.next_id;
        self.next_id += 1;
        let mut message = notification(method, params);
        message["id"] = id.into();
        self.send(&message);
        id
    }

    /// Asks and waits for the result.
    pub(crate) fn ask(&mut self, method: &str, params: Value) -> Value {
        let id = self.request(method, params);
        let answer = self.answer(id);
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        answer["result"].clone()
    }

    /// The answer to a request.
    pub(crate) fn answer(&mut self, id: i64) -> Value {
        self.wait_for(PATIENCE, |message| {
            message["id"] == id && message.get("method").is_none()
        })
        .unwrap_or_else(|| panic!("no answer to {id}"))
    }

    /// The first message of which this is true, if it comes in time. Those before it are kept.
    pub(crate) fn wait_for(
        &mut self,
        time: Duration,
        is_it: impl Fn(&Value) -> bool,
    ) -> Option<Value> {
        if let Some(at) = self.waiting.iter().position(&is_it) {
            return self.waiting.remove(at);
        }
        let end = Instant::now() + time;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            let message = match self.output.recv_timeout(left) {
                Ok(message) => message,
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return None,
            };
            if let (Some(id), Some(method)) = (message.get("id"), message.get("method")) {
                let method = method.as_str().unwrap().to_owned();
                let result = if method == "workspace/configuration" {
                    let items = message["params"]["items"].as_array().unwrap().iter();
                    let answers = items.map(|item| {
                        let scope = item["scopeUri"].as_str();
                        scope
                            .and_then(|scope| self.folder_settings.get(scope))
                            .unwrap_or(&self.settings)
                    });
                    json!(answers.collect::<Vec<_>>())
                } else {
                    Value::Null
                };
                let mut answer = json!({ "jsonrpc": "2.0", "id": id, "result": result });
                if self.refuses.contains(&method) {
                    answer = json!({ "jsonrpc": "2.0", "id": id,
                        "error": { "code": -32601, "message": "not here" } });
                }
                self.asked.push(method);
                self.send(&answer);
            }
            if is_it(&message) {
                return Some(message);
            }
            self.waiting.push_back(message);
        }
    }

    /// All messages that have come and come in this time.
    pub(crate) fn messages_within(&mut self, time: Duration) -> Vec<Value> {
        self.wait_for(time, |_| false);
        self.waiting.drain(..).collect()
    }

    /// The messages that came before the one that was waited for last.
    pub(crate) fn passed(&mut self) -> Vec<Value> {
        self.waiting.drain(..).collect()
    }

    /// Opens a document.
    pub(crate) fn open(&mut self, uri: &str, version: i32, text: &str) {
        self.notify(
            "textDocument/didOpen",
            json!({ "textDocument":
                { "uri": uri, "languageId": "pmta", "version": version, "text": text } }),
        );
    }

    /// Replaces the whole text of a document.
    pub(crate) fn replace(&mut self, uri: &str, version: i32, text: &str) {
        self.change(uri, version, json!([{ "text": text }]));
    }

    /// Changes a document.
    pub(crate) fn change(&mut self, uri: &str, version: i32, changes: Value) {
        let (_, params) = change(uri, version, changes);
        self.notify("textDocument/didChange", params);
    }

    /// Closes a document.
    pub(crate) fn close(&mut self, uri: &str) {
        self.notify(
            "textDocument/didClose",
            json!({ "textDocument": { "uri": uri } }),
        );
    }

    /// The diagnostics of a document that the server sends next: `None` is a file that is not open.
    pub(crate) fn published(&mut self, uri: &str, version: Option<i32>) -> Vec<Value> {
        self.published_when(uri, version, |_| true)
    }

    /// The first diagnostics of a document of which this is true.
    pub(crate) fn published_when(
        &mut self,
        uri: &str,
        version: Option<i32>,
        is_it: impl Fn(&[Value]) -> bool,
    ) -> Vec<Value> {
        let found = self.wait_for(PATIENCE, |message| {
            message["method"] == "textDocument/publishDiagnostics"
                && message["params"]["uri"] == uri
                && message["params"]["version"] == version.map_or(Value::Null, Value::from)
                && is_it(message["params"]["diagnostics"].as_array().unwrap())
        });
        let found = found.unwrap_or_else(|| {
            panic!(
                "no such diagnostics of {uri} {version:?}; waiting: {:?}",
                self.waiting
            )
        });
        found["params"]["diagnostics"].as_array().unwrap().clone()
    }

    /// Takes the diagnostics of a document one after the other until this is true of them.
    pub(crate) fn published_until(
        &mut self,
        uri: &str,
        version: Option<i32>,
        is_it: impl Fn(&[Value]) -> bool,
    ) {
        while !is_it(&self.published(uri, version)) {}
    }

    /// Asks for the diagnostics of a document.
    pub(crate) fn pull(&mut self, uri: &str) -> Vec<Value> {
        let params = json!({ "textDocument": { "uri": uri } });
        let report = self.ask("textDocument/diagnostic", params);
        report["items"].as_array().unwrap().clone()
    }

    /// The status with which the process ends in this time.
    pub(crate) fn status_within(&mut self, time: Duration) -> Option<i32> {
        let end = Instant::now() + time;
        while Instant::now() < end {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code();
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        None
    }

    /// The number of the process.
    pub(crate) fn process(&self) -> u32 {
        self.child.id()
    }

    /// Closes the server's standard input.
    pub(crate) fn close_input(&mut self) {
        self.input = None;
    }

    /// Takes the writing end, for a thread that writes while another one reads.
    pub(crate) fn take_input(&mut self) -> ChildStdin {
        self.input.take().unwrap()
    }

    /// Gives the writing end back.
    pub(crate) fn give_input(&mut self, input: ChildStdin) {
        self.input = Some(input);
    }

    /// What the server wrote to standard error, once it has ended.
    pub(crate) fn errors(&mut self) -> String {
        self.errors.recv_timeout(PATIENCE).unwrap()
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The parameters of `initialize` with what is not given.
pub(crate) fn initialize_params(mut params: Value) -> Value {
    for (name, value) in [
        ("processId", json!(std::process::id())),
        ("rootUri", Value::Null),
        ("capabilities", json!({})),
    ] {
        if params.get(name).is_none() {
            params[name] = value;
        }
    }
    params
}

/// A client that takes pushed diagnostics and nothing else.
pub(crate) fn plain() -> Value {
    json!({})
}

/// A client that pulls diagnostics.
pub(crate) fn pulling() -> Value {
    json!({ "capabilities": {
        "textDocument": { "diagnostic": {} },
        "workspace": { "diagnostics": { "refreshSupport": true } },
    } })
}

/// A message without answer.
pub(crate) fn notification(method: &str, params: Value) -> Value {
    let mut message = json!({ "jsonrpc": "2.0", "method": method });
    if !params.is_null() {
        message["params"] = params;
    }
    message
}

/// Method and parameters of a change.
pub(crate) fn change(uri: &str, version: i32, changes: Value) -> (&'static str, Value) {
    let document = json!({ "uri": uri, "version": version });
    let params = json!({ "textDocument": document, "contentChanges": changes });
    ("textDocument/didChange", params)
}

/// The bytes of a message.
pub(crate) fn frame(message: &Value) -> Vec<u8> {
    let text = message.to_string();
    format!("Content-Length: {}\r\n\r\n{text}", text.len()).into_bytes()
}

/// The next message; none at the end.
pub(crate) fn read_message(reader: &mut impl BufRead) -> Option<Value> {
    let mut headers = HashMap::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim_end().split_once(": ") {
            Some((name, value)) => headers.insert(name.to_lowercase(), value.to_owned()),
            None => break,
        };
    }
    let mut body = vec![0; headers["content-length"].parse().unwrap()];
    reader.read_exact(&mut body).ok()?;
    Some(serde_json::from_slice(&body).unwrap())
}

/// The codes of diagnostics, in order.
pub(crate) fn codes(diagnostics: &[Value]) -> Vec<&str> {
    diagnostics
        .iter()
        .map(|it| it["code"].as_str().unwrap())
        .collect()
}
