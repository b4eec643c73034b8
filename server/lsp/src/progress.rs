//! What clients are told of work that takes long, and how they stop it.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use tower_lsp::Client;
use tower_lsp::ls_types::{
    NumberOrString, ProgressToken, WorkDoneProgress, WorkDoneProgressBegin, WorkDoneProgressEnd,
    WorkDoneProgressReport,
};

use crate::log;
use crate::outbox::Outbox;
use crate::requests::Cancellation;

/// Work that clients are told of, by its token.
#[derive(Clone, Debug, Default)]
pub struct Progress {
    outbox: Outbox,
    running: Arc<Mutex<HashMap<ProgressToken, Cancellation>>>,
    announced: Arc<AtomicU64>,
}

impl Progress {
    /// Tells by this queue.
    #[must_use]
    pub fn new(outbox: Outbox) -> Self {
        Self {
            outbox,
            ..Self::default()
        }
    }

    /// The queue of messages to the client.
    #[must_use]
    pub fn outbox(&self) -> &Outbox {
        &self.outbox
    }

    fn with_running<T>(
        &self,
        then: impl FnOnce(&mut HashMap<ProgressToken, Cancellation>) -> T,
    ) -> T {
        then(&mut self.running.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Stops the work with this token.
    pub fn stop(&self, token: &ProgressToken) {
        self.with_running(|running| {
            running.get(token).inspect(|it| it.cancel());
        });
    }

    /// Tells that work with the client's own token begins. It ends when what comes back is dropped.
    #[must_use]
    pub fn begin(&self, token: ProgressToken, title: &str, cancellation: Cancellation) -> Work {
        let work = self.work(token, cancellation);
        work.begin(title);
        work
    }

    /// Asks the client to show work of the server's own, and tells that it begins when the client says
    /// yes while it goes on. It ends when what comes back is dropped.
    #[must_use]
    pub fn announce(&self, client: &Client, title: &str, cancellation: Cancellation) -> Work {
        let number = self.announced.fetch_add(1, Ordering::Relaxed);
        let token = NumberOrString::String(format!("pmta-ls/{number}"));
        let work = self.work(token.clone(), cancellation);
        let (client, title, stage) = (client.clone(), title.to_owned(), Arc::clone(&work.stage));
        let outbox = self.outbox.clone();
        tokio::spawn(async move {
            match client.create_work_done_progress(token.clone()).await {
                Ok(()) => begin(&outbox, &token, &title, &stage),
                Err(error) => log::debug(format_args!("the client shows no progress: {error}")),
            }
        });
        work
    }

    /// Tells how far work with this token is, in percent.
    pub fn report(&self, token: &ProgressToken, percentage: u32) {
        let report = WorkDoneProgress::Report(WorkDoneProgressReport {
            percentage: Some(percentage),
            ..WorkDoneProgressReport::default()
        });
        self.outbox.progress(token, report);
    }

    fn work(&self, token: ProgressToken, cancellation: Cancellation) -> Work {
        self.with_running(|running| running.insert(token.clone(), cancellation));
        Work {
            progress: self.clone(),
            token,
            stage: Arc::default(),
        }
    }
}

/// How far work is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Stage {
    /// The client does not know of it yet.
    #[default]
    Unknown,
    Begun,
    Ended,
}

/// Work that goes on.
#[derive(Debug)]
pub struct Work {
    progress: Progress,
    token: ProgressToken,
    stage: Arc<Mutex<Stage>>,
}

impl Work {
    fn begin(&self, title: &str) {
        begin(&self.progress.outbox, &self.token, title, &self.stage);
    }
}

fn begin(outbox: &Outbox, token: &ProgressToken, title: &str, stage: &Mutex<Stage>) {
    let mut stage = stage.lock().unwrap_or_else(PoisonError::into_inner);
    if *stage == Stage::Unknown {
        *stage = Stage::Begun;
        let begin = WorkDoneProgress::Begin(WorkDoneProgressBegin {
            title: title.to_owned(),
            cancellable: Some(true),
            ..WorkDoneProgressBegin::default()
        });
        outbox.progress(token, begin);
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        self.progress
            .with_running(|running| running.remove(&self.token));
        let mut stage = self.stage.lock().unwrap_or_else(PoisonError::into_inner);
        if std::mem::replace(&mut *stage, Stage::Ended) == Stage::Begun {
            let end = WorkDoneProgress::End(WorkDoneProgressEnd::default());
            self.progress.outbox.progress(&self.token, end);
        }
    }
}
