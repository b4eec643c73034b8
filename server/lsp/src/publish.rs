//! Diagnostics: worked out from snapshots, sent to clients, and handed to those that ask.
//!
//! One task sends all of them, so that they arrive in order. It works on what has changed since it
//! looked last, which is the newest state only: a hundred edits in a row are answered once.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use pmta_analysis::diagnostics::{Finding, too_many_findings};
use pmta_analysis::findings::Overview;
use pmta_analysis::secrets::Secrets;
use tokio::sync::Notify;
use tower_lsp::Client;
use tower_lsp::ls_types::{
    Diagnostic, DocumentDiagnosticReport, FullDocumentDiagnosticReport, MessageType, ProgressToken,
    RelatedFullDocumentDiagnosticReport, RelatedUnchangedDocumentDiagnosticReport,
    UnchangedDocumentDiagnosticReport, Uri, WorkspaceDiagnosticParams, WorkspaceDiagnosticReport,
    WorkspaceDocumentDiagnosticReport, WorkspaceFullDocumentDiagnosticReport,
    WorkspaceUnchangedDocumentDiagnosticReport,
};

use crate::exit::contained;
use crate::mask::hide_secrets;
use crate::progress::Progress;
use crate::requests::Cancellation;
use crate::state::{Shared, Snapshot};
use crate::{fault, log, project_file, survey, to_proto};

/// A text counts as at rest when it has not changed for this long.
const REST: Duration = Duration::from_millis(10);

/// Nobody types when nothing has changed for this long.
const PAUSE: Duration = Duration::from_millis(150);

/// A configuration of less than this many bytes is looked through at every key.
const LONG: usize = 32 << 10;

/// Longest wait for rest, in units of it.
const MOST_RESTS: usize = 25;

/// Files whose reports are sent at a time to a client that takes parts.
const FILES_OF_A_PART: usize = 8;

/// What is wrong in a document. No sentence holds a secret.
#[must_use]
pub fn findings(snapshot: &Snapshot) -> Vec<Finding> {
    findings_beside(snapshot, &Overview::of(&snapshot.workspace, snapshot.file))
}

/// The same, with what an earlier look through the configuration has found.
fn findings_beside(snapshot: &Snapshot, overview: &Overview) -> Vec<Finding> {
    let (workspace, file) = (&snapshot.workspace, snapshot.file);
    let path = workspace.path(file);
    if path.is_some_and(|path| workspace.policy().excludes(path)) {
        return Vec::new();
    }
    let mut findings = pmta_analysis::findings::findings_beside(workspace, file, overview);
    if !findings.is_empty() {
        let mut secrets = Secrets::new(&snapshot.document);
        for finding in &mut findings {
            hide_secrets(&snapshot.document, finding, &mut secrets);
        }
    }
    findings
}

/// What is wrong in a document, as the client can take it: no more than it can show.
#[must_use]
pub fn diagnostics(snapshot: &Snapshot) -> Vec<Diagnostic> {
    to_diagnostics(snapshot, findings(snapshot))
}

fn to_diagnostics(snapshot: &Snapshot, mut findings: Vec<Finding>) -> Vec<Diagnostic> {
    too_many_findings::limit(&mut findings, snapshot.workspace.policy());
    findings
        .iter()
        .map(|finding| to_proto::diagnostic(snapshot, finding))
        .collect()
}

/// What to do in the background, and the bells that call for it.
#[derive(Clone)]
pub struct Background {
    client: Client,
    state: Shared,
    progress: Progress,
    unsent: Arc<Notify>,
    unsurveyed: Arc<Notify>,
    surveyed: Arc<Notify>,
}

/// What a client was sent of a file: for which version, and a number for the diagnostics.
type Published = (Option<i32>, u64);

/// What is remembered from one time that diagnostics are sent to the next.
#[derive(Default)]
struct Memory {
    published: HashMap<Uri, Published>,
    /// What the last look through the configuration of a long open document has found, and at which
    /// version of it.
    overviews: HashMap<Uri, (i32, Arc<Overview>)>,
    /// Documents that were sent an earlier look, to be sent a new one when nobody types.
    postponed: HashSet<Uri>,
}

impl Memory {
    /// The earlier look that is good enough while a person types in a long document.
    fn earlier_look(&self, snapshot: &Snapshot) -> Option<Arc<Overview>> {
        let (version, overview) = self.overviews.get(&snapshot.uri)?;
        // At the same version the configuration around the document has changed: nobody types.
        (snapshot.version != Some(*version)).then(|| Arc::clone(overview))
    }
}

/// How thorough a look at a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Look {
    /// What holds settings of a whole configuration against each other may be from before.
    Quick,
    /// All is new.
    Full,
}

/// What came of an attempt to send diagnostics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sent {
    Done,
    /// The document had changed meanwhile.
    Outdated,
}

impl Background {
    /// Works for this client.
    #[must_use]
    pub fn new(client: Client, state: Shared, progress: Progress) -> Self {
        Self {
            client,
            state,
            progress,
            unsent: Arc::default(),
            unsurveyed: Arc::default(),
            surveyed: Arc::default(),
        }
    }

    /// Tells that documents have changed.
    pub fn call(&self) {
        self.unsent.notify_one();
    }

    /// Tells that the disk has changed.
    pub fn look_around(&self) {
        self.unsurveyed.notify_one();
    }

    /// Rings when a survey is done.
    #[must_use]
    pub fn surveyed(&self) -> &Notify {
        &self.surveyed
    }

    /// Starts to work.
    pub fn start(&self) {
        tokio::spawn(self.clone().send_forever());
        tokio::spawn(self.clone().survey_forever());
    }

    async fn send_forever(self) {
        let mut memory = Memory::default();
        loop {
            self.unsent.notified().await;
            loop {
                let mut uris = self.next_unsent();
                let mut look = Look::Quick;
                if uris.is_empty() {
                    if memory.postponed.is_empty() {
                        break;
                    }
                    let change = tokio::time::timeout(PAUSE, self.unsent.notified());
                    if change.await.is_ok() {
                        continue;
                    }
                    uris = memory.postponed.drain().collect();
                    look = Look::Full;
                }
                let mut is_restless = false;
                for uri in uris {
                    is_restless |= self.send(uri, look, &mut memory).await == Sent::Outdated;
                }
                if is_restless {
                    self.wait_for_rest().await;
                }
            }
            if self.state.lock().take_outdated_pull() {
                self.ask_to_pull();
            }
            // What there is to say of the changed documents is on its way: there is time to look
            // around.
            self.unsurveyed.notify_one();
        }
    }

    /// What to send next, open documents first.
    fn next_unsent(&self) -> Vec<Uri> {
        let mut state = self.state.lock();
        let mut uris = state.take_unsent();
        uris.sort_by_key(|uri| !state.is_open(uri));
        uris
    }

    async fn wait_for_rest(&self) {
        for _ in 0..MOST_RESTS {
            let before = self.state.lock().revision();
            tokio::time::sleep(REST).await;
            if self.state.lock().revision() == before {
                return;
            }
        }
    }

    async fn send(&self, uri: Uri, look: Look, memory: &mut Memory) -> Sent {
        memory.postponed.remove(&uri);
        let (snapshot, pulls_workspace) = {
            let state = self.state.lock();
            (state.snapshot(&uri), state.pulls_workspace())
        };
        let Some(snapshot) = snapshot else {
            return self.send_project_file(uri, &mut memory.published).await;
        };
        let version = snapshot.version;
        let is_pulled = match version {
            Some(_) => snapshot.client.pulls_diagnostics,
            None => pulls_workspace,
        };
        let copy = snapshot.clone();
        let earlier = match look {
            Look::Quick => memory.earlier_look(&snapshot),
            Look::Full => None,
        };
        let is_postponed = earlier.is_some();
        let computed = tokio::task::spawn_blocking(move || {
            contained(|| {
                fault::at("background/findings");
                let (found, overview) = if is_pulled {
                    (Vec::new(), None)
                } else {
                    let (workspace, file) = (&copy.workspace, copy.file);
                    let overview =
                        earlier.unwrap_or_else(|| Arc::new(Overview::of(workspace, file)));
                    let found = findings_beside(&copy, &overview);
                    (to_diagnostics(&copy, found), Some(overview))
                };
                let fingerprint = to_proto::fingerprint(&found);
                let surroundings = survey::surroundings(&copy.document);
                (found, overview, fingerprint, surroundings)
            })
        });
        let Ok((found, overview, fingerprint, surroundings)) = computed.await else {
            return Sent::Done;
        };
        let was_opened = {
            let mut state = self.state.lock();
            if !state.is_current(&snapshot) {
                state.send_again(uri);
                return Sent::Outdated;
            }
            state.see_surroundings(&uri, surroundings);
            state.take_just_opened(&uri)
        };
        match (version, overview) {
            _ if is_postponed => {
                memory.postponed.insert(uri.clone());
            }
            (Some(version), Some(overview)) if is_long(&snapshot) => {
                memory.overviews.insert(uri.clone(), (version, overview));
            }
            _ => {
                memory.overviews.remove(&uri);
            }
        }
        let published = &mut memory.published;
        if is_pulled {
            self.clear(uri, published).await;
            return Sent::Done;
        }
        let now = (version, fingerprint);
        let is_news = match (published.get(&uri), version) {
            // A file that was just closed is the same until a survey says something else.
            (Some((_, before)), None) => *before != fingerprint,
            (Some(before), Some(_)) => *before != now,
            (None, _) => version.is_some() || !found.is_empty(),
        };
        if is_news || was_opened {
            published.insert(uri.clone(), now);
            self.client.publish_diagnostics(uri, found, version).await;
        }
        Sent::Done
    }

    /// Sends what is wrong in a project's own settings; takes back what was sent if it is not open.
    async fn send_project_file(&self, uri: Uri, published: &mut HashMap<Uri, Published>) -> Sent {
        let (file, client) = {
            let state = self.state.lock();
            (state.project_file(&uri).cloned(), state.client().clone())
        };
        let Some(file) = file.filter(|_| !client.pulls_diagnostics) else {
            self.clear(uri, published).await;
            return Sent::Done;
        };
        let version = Some(file.version);
        let checked = tokio::task::spawn_blocking(move || {
            contained(|| {
                fault::at("background/project-file");
                project_file::diagnostics(&file, &client)
            })
        });
        let Ok(found) = checked.await else {
            return Sent::Done;
        };
        let was_opened = {
            let mut state = self.state.lock();
            if state.version(&uri) != version {
                state.send_again(uri);
                return Sent::Outdated;
            }
            state.take_just_opened(&uri)
        };
        let now = (version, to_proto::fingerprint(&found));
        if published.insert(uri.clone(), now) != Some(now) || was_opened {
            self.client.publish_diagnostics(uri, found, version).await;
        }
        Sent::Done
    }

    /// Takes back what was sent.
    async fn clear(&self, uri: Uri, published: &mut HashMap<Uri, Published>) {
        if published.remove(&uri).is_some() {
            self.client.publish_diagnostics(uri, Vec::new(), None).await;
        }
    }

    async fn survey_forever(self) {
        let mut complaints: HashMap<usize, String> = HashMap::new();
        let mut known = HashSet::new();
        loop {
            self.unsurveyed.notified().await;
            loop {
                let next = self.state.lock().next_survey();
                let Some((project, wanted)) = next else { break };
                let cancellation = Cancellation::default();
                let shows_progress = self.state.lock().client().shows_progress;
                let work = (known.insert(project) && shows_progress).then(|| {
                    let title = "Reading configurations";
                    self.progress
                        .announce(&self.client, title, cancellation.clone())
                });
                let done = tokio::task::spawn_blocking(move || {
                    contained(|| {
                        fault::at("background/survey");
                        survey::survey(wanted, &cancellation)
                    })
                });
                let done = done.await;
                drop(work);
                let Ok(mut surveyed) = done else {
                    log::error(format_args!("looking for included files has failed"));
                    continue;
                };
                let complaint = surveyed.complaint.take();
                let is_changed = self.state.lock().settle(project, surveyed);
                self.unsent.notify_one();
                self.surveyed.notify_one();
                if is_changed {
                    self.ask_to_pull();
                }
                if let Some(complaint) = complaint {
                    if complaints.get(&project) != Some(&complaint) {
                        self.client
                            .show_message(MessageType::WARNING, &complaint)
                            .await;
                    }
                    complaints.insert(project, complaint);
                } else {
                    complaints.remove(&project);
                }
            }
        }
    }

    /// Tells a client that pulls to do so again.
    fn ask_to_pull(&self) {
        if self.state.lock().client().pulls_diagnostics {
            let client = self.client.clone();
            // Its answer says nothing, so nobody waits for it.
            tokio::spawn(async move { client.workspace_diagnostic_refresh().await });
        }
    }
}

/// Whether to look through the configuration of a document at every key would take a while.
fn is_long(snapshot: &Snapshot) -> bool {
    let documents = snapshot
        .workspace
        .files()
        .filter_map(|file| snapshot.workspace.document(file));
    let bytes = documents.map(|document| document.rope().len_bytes());
    bytes.fold(0_usize, usize::saturating_add) >= LONG
}

/// What a client that pulls gets for one document.
#[must_use]
pub fn document_report(snapshot: &Snapshot, previous: Option<&str>) -> DocumentDiagnosticReport {
    report_of(diagnostics(snapshot), previous)
}

/// What a client that pulls gets for a document with these diagnostics.
#[must_use]
pub fn report_of(items: Vec<Diagnostic>, previous: Option<&str>) -> DocumentDiagnosticReport {
    let result_id = result_id(&items);
    if previous == Some(&result_id) {
        return DocumentDiagnosticReport::Unchanged(RelatedUnchangedDocumentDiagnosticReport {
            related_documents: None,
            unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport { result_id },
        });
    }
    DocumentDiagnosticReport::Full(RelatedFullDocumentDiagnosticReport {
        related_documents: None,
        full_document_diagnostic_report: FullDocumentDiagnosticReport {
            result_id: Some(result_id),
            items,
        },
    })
}

/// What a client that pulls gets for all files: open ones, those that belong together with them, and
/// nothing for those that no longer do.
#[must_use]
pub fn workspace_report(
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
        let items = diagnostics(snapshot);
        let result_id = result_id(&items);
        let uri = snapshot.uri.clone();
        let version = snapshot.version.map(i64::from);
        let known = previous.remove(&uri);
        reports.push(if known.as_ref() == Some(&result_id) {
            WorkspaceDocumentDiagnosticReport::Unchanged(
                WorkspaceUnchangedDocumentDiagnosticReport {
                    uri,
                    version,
                    unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport {
                        result_id,
                    },
                },
            )
        } else {
            full_report(uri, version, Some(result_id), items)
        });
    }
    let gone = previous.into_keys();
    reports.extend(gone.map(|uri| full_report(uri, None, None, Vec::new())));
    if let Some(part) = &part {
        send_part(progress, part, &mut reports);
    }
    reports
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

fn result_id(items: &[Diagnostic]) -> String {
    format!("{:016x}", to_proto::fingerprint(items))
}
