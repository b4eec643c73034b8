//! Keeps what is no message away from the framework, which would end at the first one.
//!
//! The bytes of the input are passed on message by message. In the place of a body that is no message
//! stands a request to [`REFUSE`], whose answer tells the client.

use std::borrow::Cow;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use serde::Deserialize;
use serde_json::Value;
use tokio::io::{AsyncRead, ReadBuf};
use tower_lsp::jsonrpc::Id;

use crate::log;

/// Method that answers what could not be read. Its parameter says whether it was JSON at all.
pub const REFUSE: &str = "$/pmta-ls/refuse";

/// What ends the headers of a message.
const END_OF_HEADERS: &[u8] = b"\r\n\r\n";

/// Most bytes that headers have.
const LONGEST_HEADERS: usize = 4 << 10;

/// Most bytes of a body. The largest text that is read from disk has a quarter of that, which leaves room
/// for what JSON makes of it.
const LONGEST_BODY: usize = 256 << 20;

/// Bytes read at a time.
const PIECE: usize = 64 << 10;

/// The messages of an input.
#[derive(Debug)]
pub struct Messages<R> {
    inner: R,
    /// Where what is read is put, at first.
    piece: Box<[u8]>,
    raw: Vec<u8>,
    longest_body: usize,
    /// Bytes of a body that is too long, still to come and to be passed over.
    skipped: usize,
    /// Bytes of a checked message that are still to be passed on.
    checked: Vec<u8>,
    passed: usize,
}

impl<R> Messages<R> {
    /// The messages that come from `inner`.
    pub fn new(inner: R) -> Self {
        Self {
            inner,
            piece: vec![0; PIECE].into_boxed_slice(),
            raw: Vec::new(),
            longest_body: LONGEST_BODY,
            skipped: 0,
            checked: Vec::new(),
            passed: 0,
        }
    }

    /// Takes the next message from what was read; none if it is not complete.
    fn take(&mut self) -> Option<Vec<u8>> {
        loop {
            let skipped = self.skipped.min(self.raw.len());
            self.raw.drain(..skipped);
            self.skipped = self.skipped.saturating_sub(skipped);
            let end = find(&self.raw, END_OF_HEADERS);
            let Some(end) = end else {
                if self.raw.len() > LONGEST_HEADERS {
                    self.raw.clear();
                    return Some(refusal(false));
                }
                return None;
            };
            let body = end.saturating_add(END_OF_HEADERS.len());
            let Some(length) = self.raw.get(..end).and_then(content_length) else {
                self.raw.drain(..body);
                return Some(refusal(false));
            };
            if length > self.longest_body {
                self.raw.drain(..body);
                self.skipped = length;
                return Some(refusal(false));
            }
            let next = body.saturating_add(length);
            let checked = check(self.raw.get(body..next)?);
            let rest = self.raw.split_off(next);
            let mut message = std::mem::replace(&mut self.raw, rest);
            match checked {
                Checked::Message => {
                    message.splice(..body, headers(length).into_bytes());
                    return Some(message);
                }
                Checked::Nothing => {}
                Checked::NoMessage => return Some(refusal(true)),
                Checked::NoJson => return Some(refusal(false)),
            }
        }
    }
}

impl<R: AsyncRead + Unpin> AsyncRead for Messages<R> {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        loop {
            let rest = this.checked.get(this.passed..).unwrap_or_default();
            if !rest.is_empty() {
                let (now, _) = rest.split_at(rest.len().min(buffer.remaining()));
                buffer.put_slice(now);
                this.passed = this.passed.saturating_add(now.len());
                return Poll::Ready(Ok(()));
            }
            // A long one is not kept in mind.
            this.checked = Vec::new();
            this.passed = 0;
            if let Some(message) = this.take() {
                this.checked = message;
                continue;
            }
            let mut piece = ReadBuf::new(&mut this.piece);
            ready!(Pin::new(&mut this.inner).poll_read(context, &mut piece))?;
            if piece.filled().is_empty() {
                return Poll::Ready(Ok(()));
            }
            this.raw.extend_from_slice(piece.filled());
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

fn headers(length: usize) -> String {
    format!("Content-Length: {length}\r\n\r\n")
}

fn refusal(is_json: bool) -> Vec<u8> {
    log::warn(format_args!("the client sent what is no message"));
    let body = format!(r#"{{"jsonrpc":"2.0","id":null,"method":"{REFUSE}","params":[{is_json}]}}"#);
    format!("{}{body}", headers(body.len())).into_bytes()
}

/// What the body of a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Checked {
    Message,
    /// An empty body says nothing and asks for nothing.
    Nothing,
    NoMessage,
    NoJson,
}

/// A message, as far as it has to be one.
#[derive(Deserialize)]
struct Outline<'a> {
    #[serde(borrow)]
    jsonrpc: Cow<'a, str>,
    #[serde(borrow, default)]
    method: Option<Cow<'a, str>>,
    #[serde(default)]
    id: Option<Id>,
    // Read in earnest: what is nested deeper than that can be is not for the framework either.
    #[serde(default, rename = "params")]
    _params: Value,
}

fn check(body: &[u8]) -> Checked {
    if body.is_empty() {
        return Checked::Nothing;
    }
    let Ok(text) = std::str::from_utf8(body) else {
        return Checked::NoJson;
    };
    match serde_json::from_str::<Outline<'_>>(text) {
        Ok(outline) if outline.jsonrpc != "2.0" => Checked::NoMessage,
        Ok(outline) if outline.method.is_some() || outline.id.is_some() => Checked::Message,
        Ok(_) => Checked::NoMessage,
        Err(error) if error.is_data() => Checked::NoMessage,
        Err(_) => Checked::NoJson,
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::AsyncReadExt;

    use super::*;

    /// The bodies that come out when these bytes go in.
    fn passed(bytes: &[u8]) -> Vec<String> {
        passed_by(Messages::new(bytes))
    }

    fn passed_by(mut messages: Messages<&[u8]>) -> Vec<String> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap();
        let mut out = String::new();
        runtime.block_on(messages.read_to_string(&mut out)).unwrap();
        out.split("Content-Length: ")
            .skip(1)
            .map(|message| {
                let (length, body) = message.split_once("\r\n\r\n").unwrap();
                assert_eq!(body.len(), length.parse::<usize>().unwrap());
                body.replace(REFUSE, "refuse")
            })
            .collect()
    }

    fn framed(body: &str) -> Vec<u8> {
        format!("{}{body}", headers(body.len())).into_bytes()
    }

    #[test]
    fn messages_pass_and_all_else_is_refused() {
        let good = r#"{"jsonrpc":"2.0","method":"x","params":{"é":1}}"#;
        let refused = |is_json: bool| {
            format!(r#"{{"jsonrpc":"2.0","id":null,"method":"refuse","params":[{is_json}]}}"#)
        };
        for (body, passes) in [
            (good, vec![good.to_owned()]),
            ("", vec![]),
            (
                r#"{"jsonrpc":"2.0","id":1,"result":null}"#,
                vec![r#"{"jsonrpc":"2.0","id":1,"result":null}"#.to_owned()],
            ),
            ("{bad}", vec![refused(false)]),
            ("{}", vec![refused(true)]),
            ("[]", vec![refused(true)]),
            ("7", vec![refused(true)]),
            (r#"{"jsonrpc":"1.0","method":"x"}"#, vec![refused(true)]),
            (r#"{"jsonrpc":"2.0","method":7}"#, vec![refused(true)]),
            (
                r#"{"jsonrpc":"2.0","method":"x","id":{}}"#,
                vec![refused(true)],
            ),
        ] {
            let mut expected = passes;
            expected.push(good.to_owned());
            assert_eq!(
                passed(&[framed(body), framed(good)].concat()),
                expected,
                "{body}"
            );
        }
        assert_eq!(
            passed(b"content-LENGTH:2\r\nX: y\r\n\r\n{}"),
            [refused(true)]
        );
        assert_eq!(passed(b"nonsense\r\n\r\n"), [refused(false)]);
        assert_eq!(
            passed(b"Content-Length: 3\r\n\r\n\"\xff\""),
            [refused(false)]
        );
        assert_eq!(passed(&[b'x'; LONGEST_HEADERS + 1]), [refused(false)]);
        assert!(passed(b"Content-Length: 100\r\n\r\n{").is_empty());
    }

    #[test]
    fn a_body_that_is_too_long_is_passed_over() {
        let good = r#"{"jsonrpc":"2.0","method":"x"}"#;
        let bytes = [framed(&"x".repeat(200_000)), framed(good)].concat();
        let mut messages = Messages::new(bytes.as_slice());
        messages.longest_body = 100_000;
        let passed = passed_by(messages);
        assert_eq!(passed.len(), 2, "{passed:?}");
        assert!(passed[0].contains("refuse"));
        assert_eq!(passed[1], good);
        let endless = b"Content-Length: 18446744073709551615\r\n\r\n{";
        assert_eq!(passed_by(Messages::new(endless.as_slice())).len(), 1);
    }
}
