//! Start, end, and messages that make no sense.

use std::time::Duration;

use serde_json::{Value, json};

use crate::client::{Client, PATIENCE, codes, frame, initialize_params, notification, plain};

const SOON: Duration = Duration::from_secs(2);

const URI: &str = "file:///nowhere/pmta/config";

#[test]
fn exit_after_shutdown_is_success() {
    let mut client = Client::start(plain());
    assert_eq!(client.ask("shutdown", Value::Null), Value::Null);
    client.notify("exit", Value::Null);
    assert_eq!(client.status_within(SOON), Some(0));
    assert_eq!(client.errors(), "");
}

#[test]
fn exit_without_shutdown_is_not() {
    let mut client = Client::start(plain());
    client.notify("exit", Value::Null);
    assert_eq!(client.status_within(SOON), Some(1));
}

#[test]
fn exit_before_initialize_ends_the_process() {
    let mut client = Client::silent(&[]);
    client.notify("exit", Value::Null);
    assert_eq!(client.status_within(SOON), Some(1));
}

#[test]
fn the_end_of_input_ends_the_process() {
    let mut client = Client::start(plain());
    client.close_input();
    assert_eq!(client.status_within(SOON), Some(1));
    let mut client = Client::start(plain());
    client.ask("shutdown", Value::Null);
    client.close_input();
    assert_eq!(client.status_within(SOON), Some(0));
}

#[test]
fn the_end_of_input_ends_the_process_while_it_is_at_work() {
    let mut client = Client::start(plain());
    let text = "max-smtp-out many\n".repeat(50_000);
    client.open(URI, 1, &text);
    for _ in 0..20 {
        client.request(
            "textDocument/diagnostic",
            json!({ "textDocument": { "uri": URI } }),
        );
    }
    client.close_input();
    assert_eq!(client.status_within(SOON), Some(1));
}

#[cfg(unix)]
#[test]
fn the_end_of_the_parent_ends_the_process() {
    let mut parent = std::process::Command::new("sleep")
        .arg("600")
        .spawn()
        .unwrap();
    let mut client = Client::start(json!({ "processId": parent.id() }));
    assert_eq!(client.status_within(Duration::from_millis(700)), None);
    parent.kill().unwrap();
    // It is not waited for yet: a process that has ended and is still listed counts as gone.
    assert_eq!(client.status_within(SOON), Some(1));
    parent.wait().unwrap();
}

#[cfg(unix)]
#[test]
fn a_process_named_in_a_second_initialize_is_not_watched() {
    let mut client = Client::start(plain());
    let nobody = json!({ "processId": u32::MAX, "capabilities": {} });
    let id = client.request("initialize", nobody);
    assert_eq!(client.answer(id)["error"]["code"], -32600);
    assert_eq!(client.status_within(Duration::from_millis(700)), None);
    client.ask("shutdown", Value::Null);
}

#[test]
fn a_message_that_is_nested_deeper_than_can_be_read_is_refused() {
    let mut client = Client::start(plain());
    let (open, close) = ("[".repeat(200), "]".repeat(200));
    let body = format!(
        r#"{{"jsonrpc":"2.0","id":7,"method":"textDocument/hover","params":{open}{close}}}"#
    );
    client.write(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
    let answer = client.wait_for(SOON * 10, |message| message.get("id") == Some(&Value::Null));
    assert_eq!(answer.unwrap()["error"]["code"], -32700);
    client.ask("shutdown", Value::Null);
}

#[test]
fn messages_without_sense_are_answered_or_ignored() {
    let mut client = Client::silent(&[]);
    let id = client.request("textDocument/hover", json!({}));
    assert_eq!(client.answer(id)["error"]["code"], -32002);
    client.initialize(plain());
    let id = client.request("initialize", initialize_params(plain()));
    assert_eq!(client.answer(id)["error"]["code"], -32600);
    let id = client.request("pmta/none", json!({}));
    assert_eq!(client.answer(id)["error"]["code"], -32601);
    let id = client.request("textDocument/diagnostic", json!({ "x": 1 }));
    assert_eq!(client.answer(id)["error"]["code"], -32602);
    client.write(b"Content-Length: 5\r\n\r\n{bad}");
    let answer = client.wait_for(SOON * 10, |message| message.get("id") == Some(&Value::Null));
    assert_eq!(answer.unwrap()["error"]["code"], -32700);
    client.notify("textDocument/didOpen", json!({ "nonsense": 1 }));
    client.notify("textDocument/didChange", json!([]));
    client.notify("pmta/none", json!({}));
    client.notify("$/none", Value::Null);
    client.notify("$/cancelRequest", json!({ "id": 4711 }));
    client.notify("$/setTrace", json!({ "value": "loud" }));
    client.send(&json!({ "jsonrpc": "2.0", "id": 99, "result": null }));
    client.change(URI, 2, json!([{ "text": "x" }]));
    client.close(URI);
    client.open(URI, 1, "max-smtp-out 20\n");
    assert!(client.published(URI, Some(1)).is_empty());
    client.open(URI, 1, "max-smtp-out many\n");
    assert_eq!(client.published(URI, Some(1)).len(), 1);
    client.close(URI);
    assert!(client.published(URI, None).is_empty());
    client.ask("shutdown", Value::Null);
    client.notify("exit", Value::Null);
    assert_eq!(client.status_within(SOON), Some(0));
    let errors = client.errors();
    assert_eq!(errors.lines().count(), 4, "{errors}");
    assert!(errors.contains("what is no message"));
    assert!(errors.contains("was changed but is not open"));
    assert!(errors.contains("was closed but is not open"));
    assert!(errors.contains("was opened twice"));
}

#[test]
fn a_client_that_does_not_wait_for_the_first_answer_loses_nothing() {
    let mut client = Client::silent(&[]);
    let mut initialize = notification("initialize", initialize_params(plain()));
    initialize["id"] = 1.into();
    let document =
        json!({ "uri": URI, "languageId": "pmta", "version": 1, "text": "retry-afer 1\n" });
    let open = notification("textDocument/didOpen", json!({ "textDocument": document }));
    let mut bytes = frame(&initialize);
    bytes.extend(frame(&open));
    client.write(&bytes);
    assert!(client.answer(1)["result"]["capabilities"].is_object());
    assert_eq!(
        codes(&client.published(URI, Some(1))),
        ["unknown-directive"]
    );
}

#[test]
fn traces_are_sent_when_asked_for() {
    let mut client = Client::start(plain());
    client.notify("$/setTrace", json!({ "value": "messages" }));
    client.open(URI, 1, "");
    let is_trace = |message: &Value| {
        let text = message["params"]["message"].as_str().unwrap_or_default();
        message["method"] == "$/logTrace" && text.starts_with("notification textDocument/didOpen: ")
    };
    assert!(client.wait_for(SOON * 10, is_trace).is_some());
    client.notify("$/setTrace", json!({ "value": "off" }));
    client.messages_within(Duration::from_millis(100));
    client.pull(URI);
    assert!(
        client
            .messages_within(Duration::from_millis(100))
            .is_empty()
    );
}

#[test]
fn without_a_command_a_pipe_gets_a_language_server() {
    use std::io::{Read, Write};
    use std::process::{Command, Stdio};
    for arguments in [&[][..], &["--stdio"], &["lsp", "--stdio"]] {
        let mut server = Command::new(env!("CARGO_BIN_EXE_pmta-ls"))
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut initialize = notification("initialize", initialize_params(plain()));
        initialize["id"] = 1.into();
        let mut input = server.stdin.take().unwrap();
        input.write_all(&frame(&initialize)).unwrap();
        let mut start = [0; 16];
        server
            .stdout
            .as_mut()
            .unwrap()
            .read_exact(&mut start)
            .unwrap();
        assert_eq!(&start, b"Content-Length: ");
        drop(input);
        assert_eq!(server.wait().unwrap().code(), Some(1));
    }
}

#[test]
fn the_log_of_the_editor_is_told_what_matters() {
    let mut client = Client::start(plain());
    let told = |client: &mut Client, kind: u32| {
        let message = client.wait_for(PATIENCE, |it| {
            it["method"] == "window/logMessage" && it["params"]["type"] == kind
        });
        message.unwrap()["params"]["message"].clone()
    };
    let start = told(&mut client, 3);
    assert!(start.as_str().unwrap().starts_with("pmta-ls "), "{start}");
    client.replace("file:///nowhere/secret-free/config", 2, "api-key hunter2\n");
    let warning = told(&mut client, 2);
    assert_eq!(
        warning,
        "file:///nowhere/secret-free/config was changed but is not open"
    );
}
