//! Takes the input of a server apart into messages.
//!
//! What is no message does no harm: it is passed over, and stands as [`Message::Refused`] among the others,
//! so that the client can be told.

use std::borrow::Cow;
use std::pin::Pin;
use std::task::{Context, Poll};

use serde::{Deserialize, Deserializer};
use serde_json::Value;
use tokio::io::{AsyncRead, ReadBuf};
use tower_lsp::jsonrpc::{Error, Id, Request, Response};

use crate::log;

/// What ends the headers of a message.
const END_OF_HEADERS: &[u8] = b"\r\n\r\n";

/// Most bytes that headers have.
const LONGEST_HEADERS: usize = 4 << 10;

/// Most bytes of a body. The largest text that is read from disk has a quarter of that, which leaves room
/// for what JSON makes of it.
const LONGEST_BODY: usize = 256 << 20;

/// Bytes read at a time.
const PIECE: usize = 64 << 10;

/// Most bytes that are kept to be written over when there is nothing in them.
const LARGEST_KEPT: usize = 1 << 20;

/// What a client sends.
#[derive(Clone, Debug, PartialEq)]
pub enum Message {
    /// A request or notification.
    Request(Request),
    /// The answer to a request of the server.
    Response(Response),
    /// What is no message.
    Refused {
        /// Whether it is JSON at all.
        is_json: bool,
    },
}

/// The messages of an input.
#[derive(Debug)]
pub struct Messages<R> {
    inner: R,
    /// Where what is read is put, at first.
    piece: Box<[u8]>,
    raw: Vec<u8>,
    /// Bytes of `raw` that were taken already.
    taken: usize,
    longest_body: usize,
    /// Bytes of a body that is too long, still to come and to be passed over.
    skipped: usize,
}

impl<R> Messages<R> {
    /// The messages that come from `inner`.
    pub fn new(inner: R) -> Self {
        Self {
            inner,
            piece: vec![0; PIECE].into_boxed_slice(),
            raw: Vec::new(),
            taken: 0,
            longest_body: LONGEST_BODY,
            skipped: 0,
        }
    }

    /// Takes the next message from what was read; none if it is not complete.
    fn take(&mut self) -> Option<Message> {
        loop {
            let rest = self.raw.get(self.taken..).unwrap_or_default();
            let skipped = self.skipped.min(rest.len());
            if skipped > 0 {
                self.pass(skipped);
                self.skipped = self.skipped.saturating_sub(skipped);
                continue;
            }
            let Some(end) = find(rest, END_OF_HEADERS) else {
                if rest.len() > LONGEST_HEADERS {
                    self.pass(rest.len());
                    return Some(refused(false));
                }
                return None;
            };
            let body = end.saturating_add(END_OF_HEADERS.len());
            let Some(length) = rest.get(..end).and_then(content_length) else {
                self.pass(body);
                return Some(refused(false));
            };
            if length > self.longest_body {
                self.pass(body);
                self.skipped = length;
                return Some(refused(false));
            }
            let next = body.saturating_add(length);
            let message = read(rest.get(body..next)?);
            self.pass(next);
            if message.is_some() {
                return message;
            }
        }
    }

    /// Takes this many bytes of what was read.
    fn pass(&mut self, bytes: usize) {
        self.taken = self.taken.saturating_add(bytes);
    }

    /// Adds bytes to what was read.
    fn add(&mut self, from: usize) {
        if self.taken >= self.raw.len() && self.raw.capacity() > LARGEST_KEPT {
            self.raw = Vec::new();
        } else {
            self.raw.drain(..self.taken.min(self.raw.len()));
        }
        self.taken = 0;
        let piece = self.piece.get(..from).unwrap_or_default();
        self.raw.extend_from_slice(piece);
    }
}

impl<R: AsyncRead + Unpin> Messages<R> {
    /// The next message; none at the end of the input, and where it cannot be read.
    pub fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Option<Message>> {
        loop {
            if let Some(message) = self.take() {
                return Poll::Ready(Some(message));
            }
            let mut piece = ReadBuf::new(&mut self.piece);
            let read = Pin::new(&mut self.inner).poll_read(context, &mut piece);
            let length = piece.filled().len();
            match read {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(Ok(())) if length > 0 => self.add(length),
                Poll::Ready(_) => return Poll::Ready(None),
            }
        }
    }
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes
        .windows(wanted.len())
        .position(|window| window == wanted)
}

fn content_length(headers: &[u8]) -> Option<usize> {
    let headers = std::str::from_utf8(headers).ok()?;
    headers.lines().find_map(|header| {
        let (name, value) = header.split_once(':')?;
        let is_it = name.trim().eq_ignore_ascii_case("content-length");
        is_it.then(|| value.trim().parse().ok()).flatten()
    })
}

fn refused(is_json: bool) -> Message {
    log::warn(format_args!("the client sent what is no message"));
    Message::Refused { is_json }
}

/// All that a message may hold. What is there and null is something else than what is not there.
#[derive(Deserialize)]
struct Body<'a> {
    #[serde(borrow)]
    jsonrpc: Cow<'a, str>,
    #[serde(default, deserialize_with = "present")]
    id: Option<Id>,
    #[serde(default)]
    method: Option<String>,
    #[serde(default, deserialize_with = "present")]
    params: Option<Value>,
    #[serde(default, deserialize_with = "present")]
    result: Option<Value>,
    #[serde(default)]
    error: Option<Error>,
}

fn present<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

impl Body<'_> {
    fn message(self) -> Option<Message> {
        if self.jsonrpc != "2.0" {
            return None;
        }
        if let Some(method) = self.method {
            let mut request = Request::build(method);
            if let Some(params) = self.params {
                request = request.params(params);
            }
            if let Some(id) = self.id {
                request = request.id(id);
            }
            return Some(Message::Request(request.finish()));
        }
        let answer = match (self.result, self.error) {
            (_, Some(error)) => Err(error),
            (result, None) => Ok(result?),
        };
        let response = Response::from_parts(self.id?, answer);
        Some(Message::Response(response))
    }
}

/// What a body is; none: an empty one says nothing and asks for nothing.
fn read(body: &[u8]) -> Option<Message> {
    if body.is_empty() {
        return None;
    }
    let Ok(text) = std::str::from_utf8(body) else {
        return Some(refused(false));
    };
    Some(match serde_json::from_str::<Body<'_>>(text) {
        Ok(body) => body.message().unwrap_or_else(|| refused(true)),
        Err(error) => refused(error.is_data()),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// The messages that come out when these bytes go in, as they would be sent on.
    fn passed(bytes: &[u8]) -> Vec<String> {
        passed_by(Messages::new(bytes))
    }

    fn passed_by(mut messages: Messages<impl AsyncRead + Unpin>) -> Vec<String> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap();
        let mut passed = Vec::new();
        let mut next = || runtime.block_on(std::future::poll_fn(|it| messages.poll_next(it)));
        while let Some(message) = next() {
            passed.push(match message {
                Message::Request(request) => request.to_string(),
                Message::Response(response) => json!(response).to_string(),
                Message::Refused { is_json: true } => "no message".to_owned(),
                Message::Refused { is_json: false } => "no JSON".to_owned(),
            });
        }
        passed
    }

    fn framed(body: &str) -> Vec<u8> {
        format!("Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
    }

    #[test]
    fn messages_pass_and_all_else_is_refused() {
        let good = r#"{"jsonrpc":"2.0","method":"x","params":{"é":1}}"#;
        for (body, passes) in [
            (good, vec![good]),
            ("", vec![]),
            (
                r#"{"id":null,"params":null,"method":"x","jsonrpc":"2.0"}"#,
                vec![r#"{"jsonrpc":"2.0","method":"x","params":null,"id":null}"#],
            ),
            (
                r#"{"jsonrpc":"2.0","id":1,"result":null}"#,
                vec![r#"{"jsonrpc":"2.0","result":null,"id":1}"#],
            ),
            (
                r#"{"jsonrpc":"2.0","id":"1","error":{"code":1,"message":"é"}}"#,
                vec![r#"{"jsonrpc":"2.0","error":{"code":1,"message":"é"},"id":"1"}"#],
            ),
            ("{bad}", vec!["no JSON"]),
            ("{}", vec!["no message"]),
            ("[]", vec!["no message"]),
            ("7", vec!["no message"]),
            (r#"{"jsonrpc":"2.0","id":1}"#, vec!["no message"]),
            (r#"{"jsonrpc":"2.0","result":1}"#, vec!["no message"]),
            (r#"{"jsonrpc":"1.0","method":"x"}"#, vec!["no message"]),
            (r#"{"jsonrpc":"2.0","method":7}"#, vec!["no message"]),
            (
                r#"{"jsonrpc":"2.0","method":"x","id":{}}"#,
                vec!["no message"],
            ),
        ] {
            let mut expected = passes;
            expected.push(good);
            assert_eq!(
                passed(&[framed(body), framed(good)].concat()),
                expected,
                "{body}"
            );
        }
        assert_eq!(
            passed(b"content-LENGTH:2\r\nX: y\r\n\r\n{}"),
            ["no message"]
        );
        assert_eq!(passed(b"nonsense\r\n\r\n"), ["no JSON"]);
        assert_eq!(passed(b"Content-Length: 3\r\n\r\n\"\xff\""), ["no JSON"]);
        assert_eq!(passed(&[b'x'; LONGEST_HEADERS + 1]), ["no JSON"]);
        assert!(passed(b"Content-Length: 100\r\n\r\n{").is_empty());
    }

    /// Bytes that arrive a few at a time.
    struct Drops<'a>(std::slice::Chunks<'a, u8>);

    impl AsyncRead for Drops<'_> {
        fn poll_read(
            mut self: Pin<&mut Self>,
            _: &mut Context<'_>,
            buffer: &mut ReadBuf<'_>,
        ) -> Poll<std::io::Result<()>> {
            buffer.put_slice(self.0.next().unwrap_or_default());
            Poll::Ready(Ok(()))
        }
    }

    #[test]
    fn pieces_make_no_difference() {
        let long = format!(r#"{{"jsonrpc":"2.0","method":"{}"}}"#, "x".repeat(2 << 20));
        let short = r#"{"jsonrpc":"2.0","method":"y","id":3}"#;
        let bodies = [short, "{", &long, short, "", short];
        let bytes: Vec<u8> = bodies.iter().flat_map(|body| framed(body)).collect();
        let whole = passed(&bytes);
        assert_eq!(whole, [short, "no JSON", &long, short, short]);
        for size in [100, 999, 60_000] {
            let messages = Messages::new(Drops(bytes.chunks(size)));
            assert_eq!(passed_by(messages), whole, "{size}");
        }
        let [first, second, ..] = bodies;
        let start = [framed(first), framed(second), framed(first)].concat();
        let messages = Messages::new(Drops(start.chunks(1)));
        assert_eq!(passed_by(messages), [short, "no JSON", short]);
    }

    #[test]
    fn a_body_that_is_too_long_is_passed_over() {
        let good = r#"{"jsonrpc":"2.0","method":"x"}"#;
        let bytes = [framed(&"x".repeat(200_000)), framed(good)].concat();
        let mut messages = Messages::new(bytes.as_slice());
        messages.longest_body = 100_000;
        assert_eq!(passed_by(messages), ["no JSON", good]);
        let endless = b"Content-Length: 18446744073709551615\r\n\r\n{";
        assert_eq!(passed(endless), ["no JSON"]);
    }
}
