//! Requests: how they are watched, cancelled, and computed where a panic hurts nobody else.
//!
//! The framework handles what arrives in turn, and may be busy when a request is cancelled. The
//! service here stands around it and sees every message first, in order of arrival.

use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Instant;

use serde_json::Value;
use tokio::sync::oneshot;
use tower_lsp::Client;
use tower_lsp::jsonrpc::{Error, Id, Request, Response, Result};
use tower_lsp::ls_types::notification::LogTrace;
use tower_lsp::ls_types::{LogTraceParams, ProgressToken, TraceValue};
use tower_service::Service;

use crate::exit::{Lifetime, contained};
use crate::progress::Progress;
use crate::{completion, fault, log};

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
}

tokio::task_local! {
    static CURRENT: Current;
}

/// Computes the answer of the current request apart from the reading and writing of messages. A panic
/// becomes an error reply.
///
/// # Errors
/// If it was cancelled or panicked.
pub async fn compute<T: Send + 'static>(
    answer: impl FnOnce(&Cancellation) -> T + Send + 'static,
) -> Result<T> {
    let current = CURRENT.try_with(Clone::clone).unwrap_or_default();
    let cancellation = current.cancellation.clone();
    let (sender, answered) = oneshot::channel();
    // One type for the work of all requests keeps the program small.
    let work: Box<dyn FnOnce() + Send> = Box::new(move || {
        let answer = contained(|| {
            fault::at(&current.method);
            answer(&current.cancellation)
        });
        // If nobody waits any more, nobody misses it.
        let _ = sender.send(answer);
    });
    tokio::task::spawn_blocking(work);
    // A panic takes the sender with it.
    match answered.await {
        Ok(_) if cancellation.is_cancelled() => Err(Error::request_cancelled()),
        Ok(answer) => Ok(answer),
        Err(_) => Err(Error::internal_error()),
    }
}

/// Requests that were not answered yet.
#[derive(Clone, Debug, Default)]
struct Running(Arc<Mutex<HashMap<Id, Cancellation>>>);

impl Running {
    fn with<T>(&self, then: impl FnOnce(&mut HashMap<Id, Cancellation>) -> T) -> T {
        then(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
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
    trace: TraceValue,
}

impl<S> Watched<S> {
    /// Watches this service.
    pub fn new(inner: S, client: Client, lifetime: Arc<Lifetime>, progress: Progress) -> Self {
        Self {
            inner: Arc::new(Mutex::new(inner)),
            client,
            lifetime,
            running: Running::default(),
            progress,
            trace: TraceValue::Off,
        }
    }

    /// What a message says about the connection itself.
    fn see(&mut self, request: &Request) {
        let field = |name: &str| request.params().and_then(|params| params.get(name));
        match request.method() {
            "initialize" => {
                let parent = field("processId").and_then(Value::as_u64);
                if let Some(parent) = parent.and_then(|parent| u32::try_from(parent).ok()) {
                    self.lifetime.end_with(parent);
                }
                self.set_trace(field("trace"));
            }
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
    type Response = S::Response;
    type Error = S::Error;
    type Future =
        Pin<Box<dyn Future<Output = std::result::Result<Self::Response, Self::Error>> + Send>>;

    fn poll_ready(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<std::result::Result<(), Self::Error>> {
        lock(&self.inner).poll_ready(context)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        self.see(&request);
        let current = Current {
            method: request.method().to_owned(),
            cancellation: Cancellation::default(),
        };
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
        let inner = Arc::clone(&self.inner);
        let client = (self.trace != TraceValue::Off).then(|| self.client.clone());
        Box::pin(CURRENT.scope(current, async move {
            let started = Instant::now();
            let what = client.as_ref().map(|_| describe(&request));
            // Not before it is the message's turn, so that what follows `initialize` at once finds an
            // initialized server.
            let work = work.map(|begin| begin());
            let answer = lock(&inner).call(as_answered(request));
            let answer = answer.await;
            drop(finished);
            drop(work);
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

fn lock<S>(inner: &Mutex<S>) -> std::sync::MutexGuard<'_, S> {
    inner.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The request under the name by which it is answered here: the framework's own answers lack some of
/// what the protocol has.
fn as_answered(request: Request) -> Request {
    if request.method() != "textDocument/completion" {
        return request;
    }
    let (_, id, params) = request.into_parts();
    let mut own = Request::build(completion::METHOD);
    if let Some(id) = id {
        own = own.id(id);
    }
    if let Some(params) = params {
        own = own.params(params);
    }
    own.finish()
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
