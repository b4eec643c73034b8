//! Messages to the client whose order counts: what is queued before a request is answered arrives
//! before the answer.
//!
//! The framework writes answers and messages of its own in any order. The queue here stands before
//! its messages, and can tell when everything in it was written.

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Waker};

use futures_core::Stream;
use serde::Serialize;
use serde_json::{Value, json};
use tower_lsp::jsonrpc::Request;
use tower_lsp::ls_types::{PartialResultParams, ProgressToken};
use tower_lsp::{ClientSocket, Loopback};

/// Results that are sent at a time to a client that takes them in parts.
const PART: usize = 256;

/// The queue.
#[derive(Clone, Debug, Default)]
pub struct Outbox(Arc<Mutex<Queue>>);

#[derive(Debug, Default)]
struct Queue {
    messages: VecDeque<Request>,
    /// Who takes messages, while there are none.
    taker: Option<Waker>,
    /// Those that wait until all are taken.
    waiting: Vec<Waker>,
}

impl Outbox {
    fn with<T>(&self, then: impl FnOnce(&mut Queue) -> T) -> T {
        then(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Queues a notification.
    pub fn notify(&self, method: &'static str, params: Value) {
        let message = Request::build(method).params(params).finish();
        let taker = self.with(|queue| {
            queue.messages.push_back(message);
            queue.taker.take()
        });
        if let Some(taker) = taker {
            taker.wake();
        }
    }

    /// Queues what is new about the thing with this token.
    pub fn progress(&self, token: &ProgressToken, value: impl Serialize) {
        self.notify("$/progress", json!({ "token": token, "value": value }));
    }

    /// Gives results back to be sent as an answer, or queues them where the client takes parts: then
    /// nothing is left to answer.
    #[must_use]
    pub fn in_parts<T: Serialize>(&self, wanted: &PartialResultParams, all: Vec<T>) -> Vec<T> {
        let Some(token) = &wanted.partial_result_token else {
            return all;
        };
        for part in all.chunks(PART) {
            self.progress(token, part);
        }
        Vec::new()
    }

    /// Waits until all that is queued was taken.
    pub async fn flush(&self) {
        std::future::poll_fn(|context| {
            self.with(|queue| {
                if queue.messages.is_empty() {
                    return Poll::Ready(());
                }
                queue.waiting.push(context.waker().clone());
                Poll::Pending
            })
        })
        .await;
    }

    /// The framework's messages with those of this queue before them.
    #[must_use]
    pub fn before(&self, socket: ClientSocket) -> Outgoing {
        Outgoing {
            outbox: self.clone(),
            socket,
        }
    }
}

/// What goes to the client and is no answer.
#[derive(Debug)]
pub struct Outgoing {
    outbox: Outbox,
    socket: ClientSocket,
}

impl Loopback for Outgoing {
    type RequestStream = Messages<<ClientSocket as Loopback>::RequestStream>;
    type ResponseSink = <ClientSocket as Loopback>::ResponseSink;

    fn split(self) -> (Self::RequestStream, Self::ResponseSink) {
        let (messages, answers) = self.socket.split();
        let outbox = self.outbox;
        (Messages { outbox, messages }, answers)
    }
}

/// The messages, in their order.
#[derive(Debug)]
pub struct Messages<S> {
    outbox: Outbox,
    messages: S,
}

impl<S: Stream<Item = Request> + Unpin> Stream for Messages<S> {
    type Item = Request;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Request>> {
        let (message, waiting) = self.outbox.with(|queue| {
            let message = queue.messages.pop_front();
            if message.is_none() {
                queue.taker = Some(context.waker().clone());
            }
            let is_empty = queue.messages.is_empty();
            let waiting = if is_empty {
                std::mem::take(&mut queue.waiting)
            } else {
                Vec::new()
            };
            (message, waiting)
        });
        waiting.into_iter().for_each(Waker::wake);
        match message {
            Some(message) => Poll::Ready(Some(message)),
            None => Pin::new(&mut self.messages).poll_next(context),
        }
    }
}
