//! Of any bytes only whole messages come through, whatever the pieces are in which they arrive.

use pmta_ls::framing::{Message, Messages};
use tokio::io::AsyncWriteExt;

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
}

/// What comes through when the bytes arrive in pieces of this size.
async fn passed(bytes: &[u8], size: usize) -> Vec<Message> {
    let (mut near, far) = tokio::io::duplex(size);
    let bytes = bytes.to_vec();
    // It ends when the reader does.
    let writing = tokio::spawn(async move { near.write_all(&bytes).await });
    let mut passed = Vec::new();
    let mut messages = Messages::new(far);
    while let Some(message) = std::future::poll_fn(|it| messages.poll_next(it)).await {
        passed.push(message);
    }
    drop(writing);
    passed
}
