//! Diagnostics for clients that ask for them: reports of documents and of all files.
//!
//! A file that is open is asked for, or reported beside another one that was edited; a file that is not
//! open is reported when all files are asked for, and sent otherwise. So nothing is told twice. What a
//! client was told last is remembered, so that only what has changed is reported beside.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tower_lsp::ls_types::{
    Diagnostic, DocumentDiagnosticReport, DocumentDiagnosticReportKind,
    FullDocumentDiagnosticReport, ProgressToken, RelatedFullDocumentDiagnosticReport,
    RelatedUnchangedDocumentDiagnosticReport, UnchangedDocumentDiagnosticReport, Uri,
    WorkspaceDiagnosticParams, WorkspaceDiagnosticReport, WorkspaceDocumentDiagnosticReport,
    WorkspaceFullDocumentDiagnosticReport, WorkspaceUnchangedDocumentDiagnosticReport,
};

use crate::looks::{Look, Looks};
use crate::progress::Progress;
use crate::requests::Cancellation;
use crate::state::Snapshot;
use crate::{fault, publish, to_proto};

/// Files whose reports are sent at a time to a client that takes parts.
const FILES_OF_A_PART: usize = 8;

/// What a client that pulls was told last of each open document, as a fingerprint.
#[derive(Clone, Debug, Default)]
pub struct Told(Arc<Mutex<HashMap<Uri, u64>>>);

impl Told {
    fn with<T>(&self, then: impl FnOnce(&mut HashMap<Uri, u64>) -> T) -> T {
        then(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Remembers what is told of a document; whether it is news.
    pub fn tell(&self, uri: &Uri, fingerprint: u64) -> bool {
        self.with(|told| told.insert(uri.clone(), fingerprint)) != Some(fingerprint)
    }

    /// Whether a client was told something else of a document than this.
    #[must_use]
    pub fn is_outdated(&self, uri: &Uri, fingerprint: u64) -> bool {
        self.with(|told| told.get(uri).is_some_and(|told| *told != fingerprint))
    }

    fn forget(&self, uri: &Uri) {
        self.with(|told| told.remove(uri));
    }
}

/// What a client is told at once, and what is remembered of it.
#[derive(Clone, Debug)]
pub struct Reports {
    /// Looks that answers are taken from.
    pub looks: Looks,
    /// What the client was told.
    pub told: Told,
}

impl Reports {
    /// Forgets a document that is closed.
    pub fn forget(&self, uri: &Uri) {
        self.looks.forget(uri);
        self.told.forget(uri);
    }

    /// What the client gets for one document, with what an edit of it has changed in `others`.
    #[must_use]
    pub fn document(
        &self,
        snapshot: &Snapshot,
        others: &[Snapshot],
        previous: Option<&str>,
    ) -> DocumentDiagnosticReport {
        let items = self.diagnostics(snapshot, Look::Quick);
        self.told.tell(&snapshot.uri, to_proto::fingerprint(&items));
        let related: HashMap<_, _> = others
            .iter()
            .filter_map(|other| Some((other.uri.clone(), self.related(other)?)))
            .collect();
        let related = (!related.is_empty()).then_some(related);
        report(items, previous, related)
    }

    /// What the client gets for another document than the one it asks for; none if it knows that. It is
    /// never told that something is unchanged, for nobody knows whether it took the answer before.
    fn related(&self, snapshot: &Snapshot) -> Option<DocumentDiagnosticReportKind> {
        let items = self.diagnostics(snapshot, Look::Passing);
        let is_news = self.told.tell(&snapshot.uri, to_proto::fingerprint(&items));
        is_news.then(|| {
            DocumentDiagnosticReportKind::Full(FullDocumentDiagnosticReport {
                result_id: Some(result_id(&items)),
                items,
            })
        })
    }

    /// What is wrong in a document. What could be found in the time is told again when nobody types.
    fn diagnostics(&self, snapshot: &Snapshot, look: Look) -> Vec<Diagnostic> {
        let looked = self.looks.look(snapshot, look);
        if looked.is_earlier {
            self.looks.postpone(&snapshot.uri);
        }
        publish::diagnostics(snapshot, &looked.findings)
    }

    /// What the client gets for all files: open ones, those that belong together with them, and nothing
    /// for those that no longer do.
    #[must_use]
    pub fn workspace(
        &self,
        snapshots: &[Snapshot],
        params: WorkspaceDiagnosticParams,
        cancellation: &Cancellation,
        progress: &Progress,
    ) -> Vec<WorkspaceDocumentDiagnosticReport> {
        let previous = params.previous_result_ids.into_iter();
        let mut previous: HashMap<Uri, String> = previous.map(|it| (it.uri, it.value)).collect();
        let part = params.partial_result_params.partial_result_token;
        let work = params.work_done_progress_params.work_done_token;
        let mut reports = Vec::new();
        let mut told = None;
        for (done, snapshot) in snapshots.iter().enumerate() {
            fault::wait_for_cancellation(cancellation);
            if cancellation.is_cancelled() {
                return Vec::new();
            }
            let now = percent(done, snapshots.len());
            if let Some(work) = &work
                && told.replace(now) != Some(now)
            {
                progress.report(work, now);
            }
            if let Some(part) = part.as_ref().filter(|_| reports.len() >= FILES_OF_A_PART) {
                send_part(progress, part, &mut reports);
            }
            let items = self.diagnostics(snapshot, Look::Quick);
            if snapshot.version.is_some() {
                self.told.tell(&snapshot.uri, to_proto::fingerprint(&items));
            }
            let known = previous.remove(&snapshot.uri);
            reports.push(workspace_report(snapshot, items, known.as_deref()));
        }
        let gone = previous.into_keys();
        reports.extend(gone.map(|uri| full_report(uri, None, None, Vec::new())));
        if let Some(part) = &part {
            send_part(progress, part, &mut reports);
        }
        reports
    }
}

/// What a client that pulls gets for a document with these diagnostics, and for others.
#[must_use]
pub fn report(
    items: Vec<Diagnostic>,
    previous: Option<&str>,
    related: Option<HashMap<Uri, DocumentDiagnosticReportKind>>,
) -> DocumentDiagnosticReport {
    let result_id = result_id(&items);
    if previous == Some(&result_id) {
        return DocumentDiagnosticReport::Unchanged(RelatedUnchangedDocumentDiagnosticReport {
            related_documents: related,
            unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport { result_id },
        });
    }
    DocumentDiagnosticReport::Full(RelatedFullDocumentDiagnosticReport {
        related_documents: related,
        full_document_diagnostic_report: FullDocumentDiagnosticReport {
            result_id: Some(result_id),
            items,
        },
    })
}

fn workspace_report(
    snapshot: &Snapshot,
    items: Vec<Diagnostic>,
    known: Option<&str>,
) -> WorkspaceDocumentDiagnosticReport {
    let result_id = result_id(&items);
    let uri = snapshot.uri.clone();
    let version = snapshot.version.map(i64::from);
    if known != Some(&result_id) {
        return full_report(uri, version, Some(result_id), items);
    }
    WorkspaceDocumentDiagnosticReport::Unchanged(WorkspaceUnchangedDocumentDiagnosticReport {
        uri,
        version,
        unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport { result_id },
    })
}

fn full_report(
    uri: Uri,
    version: Option<i64>,
    result_id: Option<String>,
    items: Vec<Diagnostic>,
) -> WorkspaceDocumentDiagnosticReport {
    WorkspaceDocumentDiagnosticReport::Full(WorkspaceFullDocumentDiagnosticReport {
        uri,
        version,
        full_document_diagnostic_report: FullDocumentDiagnosticReport { result_id, items },
    })
}

/// Sends reports before the answer, which is then left without them.
fn send_part(
    progress: &Progress,
    token: &ProgressToken,
    reports: &mut Vec<WorkspaceDocumentDiagnosticReport>,
) {
    let items = std::mem::take(reports);
    progress
        .outbox()
        .progress(token, WorkspaceDiagnosticReport { items });
}

/// How much of a whole is done, in percent.
fn percent(done: usize, all: usize) -> u32 {
    let percent = done.saturating_mul(100).checked_div(all);
    percent.and_then(|it| u32::try_from(it).ok()).unwrap_or(100)
}

fn result_id(items: &[Diagnostic]) -> String {
    format!("{:016x}", to_proto::fingerprint(items))
}
