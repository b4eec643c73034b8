//! Requests: how they are watched, cancelled, and computed where a panic hurts nobody else.
//!
//! The framework handles what arrives in turn, and may be busy when a request is cancelled. The
//! service here stands around it and sees every message first, in order of arrival.

use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Instant;

use serde::Serialize;
use serde_json::Value;
use tower_lsp::Client;
use tower_lsp::jsonrpc::{Error, Id, Request, Response, Result};
use tower_lsp::ls_types::notification::LogTrace;
use tower_lsp::ls_types::{LogTraceParams, ProgressToken, TraceValue};
use tower_service::Service;

use crate::connection::Answer;
use crate::exit::Lifetime;
use crate::pace::{Kind, Pace};
use crate::progress::Progress;
use crate::{fault, log};

/// What editors ask at each key or movement of the cursor, and what reads nothing but texts in memory:
/// answered at once where it is short.
const OFTEN_ASKED: [&str; 14] = [
    "completionItem/resolve",
    "textDocument/codeLens",
    "textDocument/completion",
    "textDocument/definition",
    "textDocument/diagnostic",
    "textDocument/documentHighlight",
    "textDocument/documentSymbol",
    "textDocument/foldingRange",
    "textDocument/hover",
    "textDocument/inlayHint",
    "textDocument/linkedEditingRange",
    "textDocument/semanticTokens/full",
    "textDocument/semanticTokens/full/delta",
    "textDocument/signatureHelp",
];

/// Whether anybody still waits for the answer. Long loops look at it.
#[derive(Clone, Debug, Default)]
pub struct Cancellation(Arc<AtomicBool>);

impl Cancellation {
    /// Whether nobody does.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// Lets whoever works know that nobody waits any more.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// The request that a task works for.
#[derive(Clone, Debug, Default)]
struct Current {
    method: String,
    cancellation: Cancellation,
    pace: Pace,
    /// What work it makes; none: it may take long.
    kind: Option<Kind>,
    /// The result, where it was written already.
    written: Arc<Mutex<Option<String>>>,
}

tokio::task_local! {
    static CURRENT: Current;
}

fn current() -> Current {
    CURRENT.try_with(Clone::clone).unwrap_or_default()
}

/// Computes the answer of the current request, apart from the reading and writing of messages unless it is
/// short. A panic becomes an error reply.
///
/// # Errors
/// If it was cancelled or panicked.
pub async fn compute<T: Send + 'static>(
    answer: impl FnOnce(&Cancellation) -> T + Send + 'static,
) -> Result<T> {
    let current = current();
    compute_as(current.kind, answer).await
}

/// As [`compute`], apart from the reading and writing of messages however short it is.
///
/// # Errors
/// If it was cancelled or panicked.
pub async fn compute_apart<T: Send + 'static>(
    answer: impl FnOnce(&Cancellation) -> T + Send + 'static,
) -> Result<T> {
    compute_as(None, answer).await
}

async fn compute_as<T: Send + 'static>(
    kind: Option<Kind>,
    answer: impl FnOnce(&Cancellation) -> T + Send + 'static,
) -> Result<T> {
    let current = current();
    let cancellation = current.cancellation.clone();
    let answered = current.pace.work(kind, move || {
        fault::at(&current.method);
        answer(&current.cancellation)
    });
    match answered.await {
        Some(_) if cancellation.is_cancelled() => Err(Error::request_cancelled()),
        Some(answer) => Ok(answer),
        None => Err(Error::internal_error()),
    }
}

/// A result that was written. The framework would make a value of each of its parts before, which takes
/// longer than to find them where there are hundreds.
#[derive(Clone, Debug)]
pub struct Written(Option<String>);

impl Written {
    /// Writes a result.
    pub fn of(result: &impl Serialize) -> Self {
        Self(serde_json::to_string(result).ok())
    }

    /// A result that was written elsewhere.
    #[must_use]
    pub fn json(result: serde_json::Result<String>) -> Self {
        Self(result.ok())
    }

    /// Answers the current request, whose handler then gives back nothing.
    pub fn answer(self) {
        *locked(&current().written) = self.0;
    }
}

/// Requests that were not answered yet.
#[derive(Clone, Debug, Default)]
struct Running(Arc<Mutex<HashMap<Id, Cancellation>>>);

impl Running {
    fn with<T>(&self, then: impl FnOnce(&mut HashMap<Id, Cancellation>) -> T) -> T {
        then(&mut locked(&self.0))
    }
}

/// Takes a request off the list when its answer is there or nobody waits for it any more.
struct Finished(Running, Option<Id>);

impl Drop for Finished {
    fn drop(&mut self) {
        if let Some(id) = &self.1 {
            let cancellation = self.0.with(|running| running.remove(id));
            // The future may have been dropped while its computation goes on.
            if let Some(cancellation) = cancellation {
                cancellation.cancel();
            }
        }
    }
}

/// A service that watches what another one is asked.
pub struct Watched<S> {
    inner: Arc<Mutex<S>>,
    client: Client,
    lifetime: Arc<Lifetime>,
    running: Running,
    progress: Progress,
    pace: Pace,
    trace: TraceValue,
}

impl<S> Watched<S> {
    /// Watches this service.
    pub fn new(
        inner: S,
        client: Client,
        lifetime: Arc<Lifetime>,
        progress: Progress,
        pace: Pace,
    ) -> Self {
        Self {
            pace,
            inner: Arc::new(Mutex::new(inner)),
            client,
            lifetime,
            running: Running::default(),
            progress,
            trace: TraceValue::Off,
        }
    }

    /// What is known of a request before it is worked on.
    fn begin(&self, request: &Request) -> Current {
        let method = request.method();
        let kind = OFTEN_ASKED.contains(&method).then(|| {
            let document = request
                .params()
                .and_then(|it| it.pointer("/textDocument/uri")?.as_str());
            self.pace.kind(method, document)
        });
        Current {
            method: method.to_owned(),
            pace: self.pace.clone(),
            kind,
            ..Current::default()
        }
    }

    /// What a message says about the connection itself.
    fn see(&mut self, request: &Request) {
        let field = |name: &str| request.params().and_then(|params| params.get(name));
        match request.method() {
            "initialize" => self.set_trace(field("trace")),
            "$/setTrace" => self.set_trace(field("value")),
            "$/cancelRequest" => {
                let id = field("id").and_then(|id| serde_json::from_value(id.clone()).ok());
                if let Some(id) = id {
                    self.running
                        .with(|running: &mut HashMap<Id, Cancellation>| {
                            running
                                .get(&id)
                                .inspect(|cancellation| cancellation.cancel());
                        });
                }
            }
            "window/workDoneProgress/cancel" => {
                let token = field("token").and_then(|it| serde_json::from_value(it.clone()).ok());
                if let Some(token) = token {
                    self.progress.stop(&token);
                }
            }
            "shutdown" => self.lifetime.see_shutdown(),
            "exit" => self.lifetime.end_soon(),
            _ => {}
        }
        log::debug(format_args!("received {}", request.method()));
    }

    fn set_trace(&mut self, value: Option<&Value>) {
        let value = value.and_then(|value| serde_json::from_value(value.clone()).ok());
        self.trace = value.unwrap_or_default();
    }
}

impl<S> Service<Request> for Watched<S>
where
    S: Service<Request, Response = Option<Response>> + Send + 'static,
    S::Future: Send,
    S::Error: Send,
{
    type Response = Option<Answer>;
    type Error = S::Error;
    type Future =
        Pin<Box<dyn Future<Output = std::result::Result<Self::Response, Self::Error>> + Send>>;

    fn poll_ready(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<std::result::Result<(), Self::Error>> {
        locked(&self.inner).poll_ready(context)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        self.see(&request);
        let current = self.begin(&request);
        let written = Arc::clone(&current.written);
        if let Some(id) = request.id() {
            let cancellation = current.cancellation.clone();
            self.running
                .with(|running| running.insert(id.clone(), cancellation));
        }
        let finished = Finished(self.running.clone(), request.id().cloned());
        let progress = self.progress.clone();
        let work = work(&request).map(|(token, title)| {
            let cancellation = current.cancellation.clone();
            let progress = progress.clone();
            move || progress.begin(token, title, cancellation)
        });
        let parent = parent(&request).map(|parent| (Arc::clone(&self.lifetime), parent));
        let inner = Arc::clone(&self.inner);
        let client = (self.trace != TraceValue::Off).then(|| self.client.clone());
        Box::pin(CURRENT.scope(current, async move {
            let started = Instant::now();
            let what = client.as_ref().map(|_| describe(&request));
            // Not before it is the message's turn, so that what follows `initialize` at once finds an
            // initialized server.
            let work = work.map(|begin| begin());
            let answer = locked(&inner).call(request);
            let answer = answer.await;
            let is_refused = matches!(&answer, Ok(Some(answer)) if !answer.is_ok());
            let answer = answer.map(|answer| Some(written_or(answer?, &written)));
            drop(finished);
            drop(work);
            if let Some((lifetime, parent)) = parent.filter(|_| !is_refused) {
                // When the answer is on its way.
                tokio::spawn(async move { lifetime.end_with(parent) });
            }
            // Parts of an answer and the end of work come before the answer.
            progress.outbox().flush().await;
            if let (Some(client), Some(what)) = (client, what) {
                let message = format!("{what}: {} ms", started.elapsed().as_millis());
                tokio::spawn(async move {
                    let params = LogTraceParams {
                        message,
                        verbose: None,
                    };
                    client.send_notification::<LogTrace>(params).await;
                });
            }
            answer
        }))
    }
}

fn locked<T>(inner: &Mutex<T>) -> MutexGuard<'_, T> {
    inner.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The answer with the result that was written, if one was and no error stands in its place.
fn written_or(answer: Response, written: &Mutex<Option<String>>) -> Answer {
    match locked(written).take().filter(|_| answer.is_ok()) {
        Some(result) => Answer::Written {
            id: answer.id().clone(),
            result,
        },
        None => Answer::Made(answer),
    }
}

/// The process of the client, which it tells at the start.
fn parent(request: &Request) -> Option<u32> {
    if request.method() != "initialize" {
        return None;
    }
    let parent = request.params()?.get("processId")?.as_u64()?;
    u32::try_from(parent).ok()
}

/// The token by which the client wants to be told of the work that a request makes, and what that is
/// called.
fn work(request: &Request) -> Option<(ProgressToken, &'static str)> {
    let title = match request.method() {
        "textDocument/references" => "Looking for references",
        "workspace/diagnostic" => "Checking all files",
        "workspace/executeCommand" => "Running a command",
        "workspace/symbol" => "Looking for names",
        _ => return None,
    };
    let token = request.params()?.get("workDoneToken")?.clone();
    Some((serde_json::from_value(token).ok()?, title))
}

fn describe(request: &Request) -> String {
    match request.id() {
        Some(id) => format!("request {} ({id})", request.method()),
        None => format!("notification {}", request.method()),
    }
}
