//! The way between a client and the service that answers it: messages in, answers and messages out.
//!
//! All of it is one task. A message is handed to the service before the next one is read, and an answer
//! that is there at once is written at once. Where nobody takes what is written, nothing is read either.

use std::io::Write as _;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use futures_util::Sink;
use futures_util::stream::FuturesUnordered;
use serde::Serialize;
use tokio::io::{AsyncRead, AsyncWrite};
use tower_lsp::Loopback;
use tower_lsp::jsonrpc::{Error, Id, Request, Response};
use tower_service::Service;

use crate::framing::{Message, Messages};

/// Requests that are worked on at a time.
const MOST_AT_A_TIME: usize = 64;

/// While this many bytes wait to be written, nothing else is.
const MOST_WAITING: usize = 64 << 10;

/// Most bytes of a buffer that are kept when there is nothing in it.
const LARGEST_KEPT: usize = 1 << 20;

/// The answer to a request.
#[derive(Clone, Debug)]
pub enum Answer {
    /// As the framework makes it.
    Made(Response),
    /// Of which the result was written already.
    Written {
        /// The request.
        id: Id,
        /// The result as JSON.
        result: String,
    },
}

impl Answer {
    /// The answer as the framework makes it.
    #[must_use]
    pub fn into_response(self) -> Response {
        match self {
            Self::Made(response) => response,
            Self::Written { id, result } => {
                let result = serde_json::from_str(&result);
                Response::from_parts(id, result.map_err(|_| Error::internal_error()))
            }
        }
    }
}

/// Serves a client between these streams until it says `exit` or the input ends, and all that was asked is
/// answered. What the server itself has to say comes from `outgoing`.
pub async fn serve<S>(
    input: impl AsyncRead + Unpin,
    output: impl AsyncWrite,
    outgoing: impl Loopback,
    service: S,
) where
    S: Service<Request, Response = Option<Answer>>,
{
    let (requests, answers) = outgoing.split();
    let mut connection = Connection {
        input: Messages::new(input),
        output: Writer::new(Box::pin(output)),
        requests,
        answers,
        service,
        running: FuturesUnordered::new(),
        is_reading: true,
    };
    std::future::poll_fn(|context| connection.poll(context)).await;
}

struct Connection<R, W, Q, A, S: Service<Request>> {
    input: Messages<R>,
    output: Writer<W>,
    /// What the server asks and tells.
    requests: Q,
    /// Takes the client's answers.
    answers: A,
    service: S,
    /// What is worked on.
    running: FuturesUnordered<S::Future>,
    is_reading: bool,
}

impl<R, W, Q, A, S> Connection<R, W, Q, A, S>
where
    R: AsyncRead + Unpin,
    W: AsyncWrite + Unpin,
    Q: Stream<Item = Request> + Unpin,
    A: Sink<Response> + Unpin,
    S: Service<Request, Response = Option<Answer>>,
{
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<()> {
        loop {
            self.output.poll_write(context);
            let has_room = self.output.waiting() < MOST_WAITING;
            if has_room
                && (self.take_answer(context) || self.take_request(context) || self.read(context))
            {
                continue;
            }
            let is_done = !self.is_reading && self.running.is_empty();
            return match is_done && self.output.is_done() {
                true => Poll::Ready(()),
                false => Poll::Pending,
            };
        }
    }

    /// Writes the next answer; whether work has ended.
    fn take_answer(&mut self, context: &mut Context<'_>) -> bool {
        let next = Pin::new(&mut self.running).poll_next(context);
        let Poll::Ready(Some(answer)) = next else {
            return false;
        };
        match answer {
            Ok(Some(Answer::Made(response))) => self.output.add(&response),
            Ok(Some(Answer::Written { id, result })) => self.output.add_result(&id, &result),
            // Nothing to say, or nobody to tell it: the client has said `exit`.
            Ok(None) | Err(_) => {}
        }
        true
    }

    /// Writes what the server has to say next; whether there was anything.
    fn take_request(&mut self, context: &mut Context<'_>) -> bool {
        let next = Pin::new(&mut self.requests).poll_next(context);
        let Poll::Ready(Some(request)) = next else {
            return false;
        };
        self.output.add(&request);
        true
    }

    /// Reads the next message; whether there was one.
    fn read(&mut self, context: &mut Context<'_>) -> bool {
        if !self.is_reading || self.running.len() >= MOST_AT_A_TIME {
            return false;
        }
        let Poll::Ready(message) = self.input.poll_next(context) else {
            return false;
        };
        match message {
            Some(Message::Request(request)) => self.call(request, context),
            Some(Message::Response(response)) => self.answer(response, context),
            Some(Message::Refused { is_json }) => self.output.add(&refusal(is_json)),
            None => self.is_reading = false,
        }
        true
    }

    fn call(&mut self, request: Request, context: &mut Context<'_>) {
        // Some clients keep the input open behind this.
        self.is_reading = request.method() != "exit";
        match self.service.poll_ready(context) {
            Poll::Ready(Ok(())) => self.running.push(self.service.call(request)),
            Poll::Ready(Err(_)) | Poll::Pending => self.is_reading = false,
        }
    }

    fn answer(&mut self, response: Response, context: &mut Context<'_>) {
        // The framework takes answers at once, unless it has ended.
        let mut answers = Pin::new(&mut self.answers);
        if matches!(answers.as_mut().poll_ready(context), Poll::Ready(Ok(()))) {
            let _ = answers.start_send(response);
        }
    }
}

/// What a client is told that has sent what is no message.
fn refusal(is_json: bool) -> Response {
    let error = match is_json {
        true => Error::invalid_request(),
        false => Error::parse_error(),
    };
    Response::from_error(Id::Null, error)
}

/// Messages on their way out.
struct Writer<W> {
    inner: W,
    /// A message before it has headers.
    body: Vec<u8>,
    /// What is to be written, of which `written` bytes were.
    bytes: Vec<u8>,
    written: usize,
    is_flushed: bool,
    /// Nobody reads any more.
    is_broken: bool,
}

impl<W: AsyncWrite + Unpin> Writer<W> {
    fn new(inner: W) -> Self {
        Self {
            inner,
            body: Vec::new(),
            bytes: Vec::new(),
            written: 0,
            is_flushed: true,
            is_broken: false,
        }
    }

    /// Bytes that wait to be written.
    fn waiting(&self) -> usize {
        self.bytes.len().saturating_sub(self.written)
    }

    /// Whether all was written.
    fn is_done(&self) -> bool {
        self.waiting() == 0 && self.is_flushed
    }

    /// Adds a message.
    fn add(&mut self, message: &impl Serialize) {
        if serde_json::to_writer(&mut self.body, message).is_ok() {
            self.frame();
        }
        self.body.clear();
    }

    /// Adds an answer whose result is JSON already.
    fn add_result(&mut self, id: &Id, result: &str) {
        self.body
            .extend_from_slice(br#"{"jsonrpc":"2.0","result":"#);
        self.body.extend_from_slice(result.as_bytes());
        self.body.extend_from_slice(br#","id":"#);
        if serde_json::to_writer(&mut self.body, id).is_ok() {
            self.body.push(b'}');
            self.frame();
        }
        self.body.clear();
    }

    /// Adds what stands in the body.
    fn frame(&mut self) {
        if self.is_broken {
            return;
        }
        self.bytes.drain(..self.written.min(self.bytes.len()));
        self.written = 0;
        let length = self.body.len();
        // Writing into memory does not fail.
        let _ = write!(self.bytes, "Content-Length: {length}\r\n\r\n");
        self.bytes.extend_from_slice(&self.body);
    }

    /// Writes as much as is taken.
    fn poll_write(&mut self, context: &mut Context<'_>) {
        while self.waiting() > 0 {
            let rest = self.bytes.get(self.written..).unwrap_or_default();
            match Pin::new(&mut self.inner).poll_write(context, rest) {
                Poll::Pending => return,
                Poll::Ready(Ok(length)) if length > 0 => {
                    self.written = self.written.saturating_add(length);
                    self.is_flushed = false;
                }
                Poll::Ready(_) => return self.give_up(),
            }
        }
        if self.bytes.capacity().max(self.body.capacity()) > LARGEST_KEPT {
            (self.bytes, self.body) = (Vec::new(), Vec::new());
        }
        self.bytes.clear();
        self.written = 0;
        if !self.is_flushed {
            match Pin::new(&mut self.inner).poll_flush(context) {
                Poll::Pending => {}
                Poll::Ready(Ok(())) => self.is_flushed = true,
                Poll::Ready(Err(_)) => self.give_up(),
            }
        }
    }

    /// Writes nothing from now on. The client is gone, or soon will be: the end of the input tells.
    fn give_up(&mut self) {
        self.bytes = Vec::new();
        self.written = 0;
        self.is_flushed = true;
        self.is_broken = true;
    }
}

#[cfg(test)]
mod tests {
    use std::future::Ready;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    use futures::{sink, stream};
    use serde_json::{Value, json};
    use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};

    use super::*;

    /// Says again what it is told, and counts what it is asked.
    #[derive(Clone, Default)]
    struct Echo(Arc<AtomicUsize>);

    impl Service<Request> for Echo {
        type Response = Option<Answer>;
        type Error = ();
        type Future = Ready<Result<Option<Answer>, ()>>;

        fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), ()>> {
            Poll::Ready(Ok(()))
        }

        fn call(&mut self, request: Request) -> Self::Future {
            self.0.fetch_add(1, Ordering::Relaxed);
            let is_written = request.method() == "written";
            let (_, id, params) = request.into_parts();
            let params = params.unwrap_or_default();
            std::future::ready(Ok(id.map(|id| match is_written {
                true => Answer::Written {
                    id,
                    result: params.to_string(),
                },
                false => Answer::Made(Response::from_ok(id, params)),
            })))
        }
    }

    /// A server with one thing to say.
    struct Talkative;

    impl Loopback for Talkative {
        type RequestStream = stream::Iter<std::array::IntoIter<Request, 1>>;
        type ResponseSink = sink::Drain<Response>;

        fn split(self) -> (Self::RequestStream, Self::ResponseSink) {
            (
                stream::iter([Request::build("hello").finish()]),
                sink::drain(),
            )
        }
    }

    fn framed(message: &Value) -> Vec<u8> {
        let message = message.to_string();
        format!("Content-Length: {}\r\n\r\n{message}", message.len()).into_bytes()
    }

    fn asked(id: impl Into<Value>, method: &str, params: Value) -> Vec<u8> {
        let id: Value = id.into();
        framed(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }))
    }

    fn run<T>(work: impl Future<Output = T>) -> T {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .build()
            .unwrap();
        runtime.block_on(work)
    }

    /// What is written when this is read.
    fn answers(input: &[u8]) -> Vec<String> {
        let mut output = Vec::new();
        run(serve(input, &mut output, Talkative, Echo::default()));
        let output = String::from_utf8(output).unwrap();
        let messages = output.split("Content-Length: ").skip(1);
        let bodies = messages.map(|message| {
            let (length, body) = message.split_once("\r\n\r\n").unwrap();
            assert_eq!(body.len().to_string(), length);
            body.to_owned()
        });
        bodies.collect()
    }

    #[test]
    fn what_is_asked_is_answered_in_order() {
        let input = [
            asked(1, "made", json!({ "é": [1] })),
            asked("two", "written", json!({ "é": [1] })),
            b"Content-Length: 1\r\n\r\n{".to_vec(),
            framed(&json!({ "jsonrpc": "2.0", "method": "notified" })),
            framed(&json!({ "jsonrpc": "2.0", "id": 7, "result": null })),
            framed(&json!({ "jsonrpc": "2.0", "method": "exit" })),
            asked(3, "made", json!("too late")),
        ];
        assert_eq!(
            answers(&input.concat()),
            [
                r#"{"jsonrpc":"2.0","method":"hello"}"#,
                r#"{"jsonrpc":"2.0","result":{"é":[1]},"id":1}"#,
                r#"{"jsonrpc":"2.0","result":{"é":[1]},"id":"two"}"#,
                r#"{"jsonrpc":"2.0","error":{"code":-32700,"message":"Parse error"},"id":null}"#,
            ]
        );
    }

    #[test]
    fn nothing_is_read_while_nobody_takes_the_answers() {
        const QUESTIONS: usize = 2_000;
        let long = "x".repeat(1_000);
        let (mut near, far) = duplex(4 << 10);
        let (mut back, back_far) = duplex(4 << 10);
        let echo = Echo::default();
        let asked_so_far = Arc::clone(&echo.0);
        run(async move {
            let serving = tokio::spawn(serve(far, back_far, Talkative, echo));
            let writing = tokio::spawn(async move {
                for number in 0..QUESTIONS {
                    let question = asked(number, "written", json!(long));
                    near.write_all(&question).await.unwrap();
                }
            });
            tokio::time::sleep(Duration::from_millis(100)).await;
            let waiting = asked_so_far.load(Ordering::Relaxed);
            assert!((1..200).contains(&waiting), "{waiting}");
            let mut all = String::new();
            back.read_to_string(&mut all).await.unwrap();
            assert_eq!(all.matches(r#""result":"#).count(), QUESTIONS);
            writing.await.unwrap();
            serving.await.unwrap();
        });
    }

    #[test]
    fn a_client_that_reads_no_more_is_heard_to_the_end() {
        let echo = Echo::default();
        let asked_so_far = Arc::clone(&echo.0);
        let input = asked(1, "made", Value::Null).repeat(500);
        run(async move {
            let (back, back_far) = duplex(16);
            drop(back);
            serve(input.as_slice(), back_far, Talkative, echo).await;
        });
        assert_eq!(asked_so_far.load(Ordering::Relaxed), 500);
    }
}
