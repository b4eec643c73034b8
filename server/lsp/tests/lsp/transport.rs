//! What standard input and output may be: pipes, sockets and files, with messages in any pieces.

use std::fs::File;
use std::io::{BufReader, Read, Write};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::client::{PATIENCE, frame, initialize_params, notification, plain, read_message};

const URI: &str = "file:///nowhere/pmta/config";

/// Requests that are long enough to fill what lies between the processes.
const QUESTIONS: usize = 40;

fn server(input: impl Into<Stdio>, output: impl Into<Stdio>) -> Child {
    Command::new(env!("CARGO_BIN_EXE_pmta-ls"))
        .arg("lsp")
        .stdin(input)
        .stdout(output)
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

fn request(id: &str, method: &str, params: Value) -> Vec<u8> {
    let mut message = notification(method, params);
    message["id"] = json!(id);
    frame(&message)
}

/// A whole session but for its last message.
fn session() -> Vec<u8> {
    let text = "max-smtp-out many\n".repeat(100);
    let document = json!({ "uri": URI, "languageId": "pmta", "version": 1, "text": text });
    let mut messages = vec![
        request("first", "initialize", initialize_params(plain())),
        frame(&notification("initialized", json!({}))),
        frame(&notification(
            "textDocument/didOpen",
            json!({ "textDocument": document }),
        )),
    ];
    let place =
        json!({ "textDocument": { "uri": URI }, "position": { "line": 3, "character": 2 } });
    for number in 0..QUESTIONS {
        let method = match number % 3 {
            0 => "textDocument/hover",
            1 => "textDocument/completion",
            _ => "textDocument/diagnostic",
        };
        messages.push(request(&number.to_string(), method, place.clone()));
    }
    messages.concat()
}

/// Reads until all is answered, each request once, and the same always with the same.
fn assert_all_answered(output: impl Read) {
    let mut output = BufReader::new(output);
    let mut results: [Option<Value>; 3] = [const { None }; 3];
    let mut answered = [false; QUESTIONS];
    while answered.contains(&false) {
        let message = read_message(&mut output).expect("an answer");
        let id = message["id"].as_str().and_then(|id| id.parse().ok());
        let Some(id): Option<usize> = id else {
            continue;
        };
        assert!(!std::mem::replace(&mut answered[id], true), "{id} again");
        let result = message["result"].clone();
        assert!(result.is_object(), "{message}");
        let known = results[id % 3].get_or_insert_with(|| result.clone());
        assert_eq!(*known, result, "{id}");
    }
}

fn assert_ends(mut server: Child, mut input: impl Write) {
    input
        .write_all(&request("last", "shutdown", Value::Null))
        .unwrap();
    input
        .write_all(&frame(&notification("exit", Value::Null)))
        .unwrap();
    assert_eq!(server.wait().unwrap().code(), Some(0));
}

#[test]
fn messages_may_come_in_any_pieces() {
    for size in [1, 1_000] {
        let mut server = server(Stdio::piped(), Stdio::piped());
        let mut input = server.stdin.take().unwrap();
        let output = server.stdout.take().unwrap();
        let writing = std::thread::spawn(move || {
            for piece in session().chunks(size) {
                input.write_all(piece).unwrap();
            }
            input
        });
        assert_all_answered(output);
        assert_ends(server, writing.join().unwrap());
    }
}

#[cfg(unix)]
#[test]
fn input_and_output_may_be_one_socket() {
    use std::os::fd::OwnedFd;
    use std::os::unix::net::UnixStream;
    let (near, far) = UnixStream::pair().unwrap();
    let far = OwnedFd::from(far);
    let server = server(far.try_clone().unwrap(), far);
    let mut input = near.try_clone().unwrap();
    input.write_all(&session()).unwrap();
    // Somebody who reads late finds all of it.
    std::thread::sleep(Duration::from_millis(300));
    assert_all_answered(&near);
    assert_ends(server, input);
}

#[test]
fn answers_may_go_into_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("answers");
    let mut server = server(Stdio::piped(), File::create(&path).unwrap());
    let mut input = server.stdin.take().unwrap();
    input.write_all(&session()).unwrap();
    let is_answered =
        |text: &str| (0..QUESTIONS).all(|number| text.contains(&format!(r#""id":"{number}"}}"#)));
    let end = Instant::now() + PATIENCE;
    while !is_answered(&std::fs::read_to_string(&path).unwrap()) {
        assert!(Instant::now() < end, "no answers");
        std::thread::sleep(Duration::from_millis(20));
    }
    assert_all_answered(File::open(&path).unwrap());
    assert_ends(server, input);
}
