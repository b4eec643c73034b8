//! Of any bytes only whole messages come through, whatever the pieces are in which they arrive.

use pmta_ls::framing::Messages;
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::input::Input;

/// Runs it.
pub(super) fn run(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let size = usize::from(input.byte()) + 1;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .expect("a runtime");
    let sent = input.bytes();
    let whole = runtime.block_on(passed(sent, sent.len().max(1)));
    let in_pieces = runtime.block_on(passed(sent, size));
    assert_eq!(whole, in_pieces, "pieces make a difference");
    let mut rest = whole.as_slice();
    while !rest.is_empty() {
        rest = one_message(rest);
    }
}

/// What comes through when the bytes arrive in pieces of this size.
async fn passed(bytes: &[u8], size: usize) -> Vec<u8> {
    let (mut near, far) = tokio::io::duplex(size);
    let bytes = bytes.to_vec();
    // It ends when the reader does.
    let writing = tokio::spawn(async move { near.write_all(&bytes).await });
    let mut passed = Vec::new();
    let mut messages = Messages::new(far);
    messages
        .read_to_end(&mut passed)
        .await
        .expect("all is read");
    drop(writing);
    passed
}

/// Takes a message off; the rest.
fn one_message(bytes: &[u8]) -> &[u8] {
    let text = "Content-Length: ".as_bytes();
    let rest = bytes.strip_prefix(text).expect("a length");
    let end = rest.iter().position(|byte| *byte == b'\r').expect("an end");
    let length = std::str::from_utf8(&rest[..end]).expect("a number");
    let length: usize = length.parse().expect("a number");
    let body = rest[end..].strip_prefix(b"\r\n\r\n").expect("two breaks");
    let message: Value = serde_json::from_slice(&body[..length]).expect("JSON");
    assert_eq!(message["jsonrpc"], "2.0");
    &body[length..]
}
