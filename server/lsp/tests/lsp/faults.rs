//! Clients that misbehave, files that are none, and little memory.

use std::fs;
use std::io::Write as _;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::client::{Client, PATIENCE, frame, initialize_params, notification, plain};
use crate::files::{folder, start, uri};

const SOON: Duration = Duration::from_secs(3);

const URI: &str = "file:///nowhere/pmta/config";

/// A request for everything that is wrong in a document.
fn pull(id: usize) -> Vec<u8> {
    let mut message = notification(
        "textDocument/diagnostic",
        json!({ "textDocument": { "uri": URI } }),
    );
    message["id"] = json!(id);
    frame(&message)
}

/// The server on pipes that nobody reads or writes but the test.
fn server() -> std::process::Child {
    let mut server = Command::new(env!("CARGO_BIN_EXE_pmta-ls"))
        .arg("lsp")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut initialize = notification("initialize", initialize_params(plain()));
    initialize["id"] = json!("first");
    let document = json!({ "uri": URI, "languageId": "pmta", "version": 1,
        "text": "max-smtp-out many\n".repeat(500) });
    let open = notification("textDocument/didOpen", json!({ "textDocument": document }));
    let input = server.stdin.as_mut().unwrap();
    input.write_all(&frame(&initialize)).unwrap();
    input.write_all(&frame(&open)).unwrap();
    server
}

/// The status of a process that ends in this time.
fn status_within(server: &mut std::process::Child, time: Duration) -> Option<i32> {
    let end = Instant::now() + time;
    while Instant::now() < end {
        if let Some(status) = server.try_wait().unwrap() {
            return Some(status.code().unwrap_or(-1));
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    server.kill().unwrap();
    None
}

#[test]
fn a_client_that_stops_reading_fills_no_memory_and_can_go_on() {
    let mut server = server();
    let process = server.id();
    let mut input = server.stdin.take().unwrap();
    // Nobody reads, so at some time the server reads no more either: writing waits from then on.
    let writing = std::thread::spawn(move || {
        for id in 0..2_000 {
            input.write_all(&pull(id)).unwrap();
        }
        input
    });
    std::thread::sleep(Duration::from_secs(3));
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let memory = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let memory = memory.map(|it| it.trim().trim_end_matches(" kB").parse::<u64>().unwrap());
    println!("faults: {memory:?} KiB while nobody reads");
    assert!(memory.is_none_or(|it| it < 200 << 10), "{memory:?} KiB");
    // Now all is read, and nothing is missing.
    let output = server.stdout.take().unwrap();
    let mut reader = std::io::BufReader::new(output);
    let mut answered = [false; 2_000];
    while answered.iter().any(|answered| !answered) {
        let message = crate::client::read_message(&mut reader).expect("an answer");
        if let Some(id) = message["id"].as_u64() {
            assert!(message.get("error").is_none(), "{message}");
            answered[id as usize] = true;
        }
    }
    drop(writing.join().unwrap());
    assert_eq!(status_within(&mut server, SOON), Some(1));
}

#[test]
fn a_client_that_has_died_takes_the_server_with_it() {
    // While it answers, or while answers wait for a reader.
    for pause in [0, 500] {
        let mut server = server();
        let mut input = server.stdin.take().unwrap();
        for id in 0..60 {
            input.write_all(&pull(id)).unwrap();
        }
        std::thread::sleep(Duration::from_millis(pause));
        drop(server.stdout.take());
        drop(input);
        assert_eq!(
            status_within(&mut server, SOON),
            Some(1),
            "after {pause} ms"
        );
    }
}

#[test]
fn a_message_that_is_cut_off_is_not_waited_for() {
    for part in [
        "Content-Le",
        "Content-Length: 400\r\n",
        "Content-Length: 400\r\n\r\n{\"jsonrpc\"",
    ] {
        let mut client = Client::start(plain());
        client.write(part.as_bytes());
        client.close_input();
        assert_eq!(client.status_within(SOON), Some(1), "{part}");
    }
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_not_read() {
    let folder = folder(&[
        (
            "pmta/config",
            "include pipe\ninclude device\ninclude folder\ninclude round\ninclude gone\ninclude good\n",
        ),
        ("pmta/folder/inner", ""),
        ("pmta/good", "run-as-root on\n"),
    ]);
    let at = |name: &str| folder.path().join("pmta").join(name);
    let made = Command::new("mkfifo").arg(at("pipe")).status().unwrap();
    assert!(made.success());
    for (target, name) in [
        ("/dev/zero", "device"),
        ("round", "round"),
        ("nothing", "gone"),
    ] {
        std::os::unix::fs::symlink(target, at(name)).unwrap();
    }
    let mut client = start(folder.path(), json!({}));
    let config = uri(&folder, "pmta/config");
    client.open(&config, 1, &fs::read_to_string(at("config")).unwrap());
    let good = uri(&folder, "pmta/good");
    let found = client.published_when(&good, None, |found| !found.is_empty());
    assert_eq!(found[0]["code"], "invalid-boolean");
    let found = client.pull(&config);
    let found: Vec<String> = found
        .iter()
        .map(|it| format!("{} {}", it["range"]["start"]["line"], it["code"]))
        .collect();
    assert_eq!(
        found,
        [
            "0 \"include-refused\"",
            "1 \"include-refused\"",
            "2 \"include-refused\"",
            "3 \"include-missing\"",
            "4 \"include-missing\"",
        ]
    );
}

#[test]
fn files_that_change_while_they_are_read_do_no_harm() {
    let folder = folder(&[
        ("pmta/config", "include part.conf\n"),
        ("pmta/part.conf", ""),
    ]);
    let path = folder.path().join("pmta/part.conf");
    let mut client = start(folder.path(), json!({}));
    let config = uri(&folder, "pmta/config");
    client.open(&config, 1, "include part.conf\n");
    let stop = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let text = "run-as-root on\n".repeat(3_000);
            let mut turn: usize = 0;
            while !stop.load(std::sync::atomic::Ordering::Relaxed) {
                turn += 1;
                // Grows, shrinks, goes, is a folder, and comes back.
                let _ = match turn % 5 {
                    0 => fs::remove_file(&path),
                    1 => fs::create_dir(&path),
                    2 => fs::remove_dir(&path),
                    3 => fs::write(&path, &text),
                    _ => fs::write(&path, &text[..turn % text.len()]),
                };
            }
        });
        for version in 2..60 {
            client.notify(
                "workspace/didChangeWatchedFiles",
                json!({ "changes": [{ "uri": uri(&folder, "pmta/part.conf"), "type": 2 }] }),
            );
            client.replace(&config, version, "include part.conf\n");
            client.pull(&config);
        }
        stop.store(true, std::sync::atomic::Ordering::Relaxed);
    });
    let _ = fs::remove_dir(&path);
    fs::write(&path, "run-as-root on\n").unwrap();
    client.notify(
        "workspace/didChangeWatchedFiles",
        json!({ "changes": [{ "uri": uri(&folder, "pmta/part.conf"), "type": 2 }] }),
    );
    let part = uri(&folder, "pmta/part.conf");
    client.published_until(&part, None, |found| found.len() == 1);
}

/// Memory that the largest supported configuration has to do with, in bytes.
const LITTLE_MEMORY: u64 = 512 << 20;

/// Lines of the largest supported configuration.
const MOST_LINES: usize = 200_000;

#[cfg(target_os = "linux")]
#[test]
fn the_largest_configuration_needs_little_memory() {
    let block = "<virtual-mta mtaNN>\n    smtp-source-host 192.0.2.1 mail.example.com\n    \
        domain-key s1,dNN.example.com,/etc/pmta/keys/dNN.pem\n    <domain gmail.com>\n        \
        max-smtp-out 20    # connections\n        max-msg-rate 500/h\n        retry-after 10m,30m\n        \
        dkim-sign yes\n    </domain>\n</virtual-mta>\n";
    let mut text =
        String::from("host-name mail.example.com\nlog-file log\n<source 0/0>\n</source>\n");
    for number in 0..MOST_LINES / block.lines().count() {
        text += &block.replace("NN", &number.to_string());
    }
    assert!(text.lines().count() >= MOST_LINES - 10);
    let mut command = Command::new("prlimit");
    command
        .arg(format!("--data={LITTLE_MEMORY}"))
        .arg(env!("CARGO_BIN_EXE_pmta-ls"))
        .arg("lsp");
    let mut client = Client::of(command);
    client.initialize(plain());
    client.open(URI, 1, &text);
    let is_first = |message: &Value| message["method"] == "textDocument/publishDiagnostics";
    assert!(client.wait_for(PATIENCE * 5, is_first).is_some());
    let document = json!({ "uri": URI });
    let start = json!({ "line": 0, "character": 0 });
    let range = json!({ "start": start, "end": { "line": 200, "character": 0 } });
    for round in 0..5 {
        let change = json!([{ "range": { "start": start, "end": start }, "text": "# x\n" }]);
        client.change(URI, 2 + round, change);
        for method in [
            "textDocument/diagnostic",
            "textDocument/semanticTokens/full",
            "textDocument/documentSymbol",
            "textDocument/foldingRange",
            "textDocument/codeLens",
            "textDocument/documentLink",
            "textDocument/hover",
            "textDocument/completion",
            "textDocument/formatting",
            "textDocument/inlayHint",
        ] {
            let options = json!({ "tabSize": 4, "insertSpaces": true });
            let params = json!({ "textDocument": document, "position": start, "range": range,
                "options": options });
            client.ask(method, params);
        }
    }
    let symbols = client.ask("workspace/symbol", json!({ "query": "mta199" }));
    assert_ne!(symbols, Value::Array(Vec::new()));
    let status = fs::read_to_string(format!("/proc/{}/status", client.process())).unwrap();
    let peak = status.lines().find(|line| line.starts_with("VmHWM"));
    println!(
        "faults: {} bytes of text, {}",
        text.len(),
        peak.unwrap_or_default()
    );
    client.ask("shutdown", Value::Null);
    client.notify("exit", Value::Null);
    assert_eq!(client.status_within(PATIENCE), Some(0));
}
