//! Diagnostics: worked out from snapshots and sent to clients. [`crate::pull`] is about those that ask.
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
use tower_lsp::ls_types::{Diagnostic, MessageType, Uri};

use crate::exit::contained;
use crate::looks::{Look, Looks};
use crate::mask::hide_secrets;
use crate::pace::Pace;
use crate::progress::Progress;
use crate::pull::{Reports, Told};
use crate::requests::Cancellation;
use crate::state::{Shared, Snapshot};
use crate::{fault, log, project_file, survey, to_proto};

/// A text counts as at rest when it has not changed for this long.
const REST: Duration = Duration::from_millis(10);

/// Nobody types when nothing has changed for this long.
const PAUSE: Duration = Duration::from_millis(150);

/// Longest wait for rest, in units of it.
const MOST_RESTS: usize = 25;

/// What is wrong in a document, with what a look through its configuration has found. No sentence holds a
/// secret.
#[must_use]
pub fn findings_beside(snapshot: &Snapshot, overview: &Overview) -> Vec<Finding> {
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
pub fn diagnostics(snapshot: &Snapshot, findings: &[Finding]) -> Vec<Diagnostic> {
    let mut findings = findings.to_vec();
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
    pace: Pace,
    reports: Reports,
    unsent: Arc<Notify>,
    unsurveyed: Arc<Notify>,
    surveyed: Arc<Notify>,
}

/// What a client was sent of a file: for which version, and a number for the diagnostics.
type Published = (Option<i32>, u64);

/// What each file's diagnostics were that the client was sent.
type Publications = HashMap<Uri, Published>;

/// What came of an attempt to send diagnostics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sent {
    Done,
    /// The document had changed meanwhile.
    Outdated,
    /// The client has asked for the diagnostics, and there are others by now.
    OutdatedAnswer,
}

impl Background {
    /// Works for this client.
    #[must_use]
    pub fn new(client: Client, state: Shared, progress: Progress, pace: Pace) -> Self {
        Self {
            pace,
            client,
            state,
            progress,
            reports: Reports {
                looks: Looks::default(),
                told: Told::default(),
            },
            unsent: Arc::default(),
            unsurveyed: Arc::default(),
            surveyed: Arc::default(),
        }
    }

    /// Tells that documents have changed.
    pub fn call(&self) {
        self.unsent.notify_one();
    }

    /// Tells that a document was looked at in passing, if one was.
    pub fn call_if_postponed(&self) {
        if self.reports.looks.has_postponed() {
            self.call();
        }
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

    /// What clients that ask are told.
    #[must_use]
    pub fn reports(&self) -> &Reports {
        &self.reports
    }

    /// Starts to work.
    pub fn start(&self) {
        tokio::spawn(self.clone().send_forever());
        tokio::spawn(self.clone().survey_forever());
    }

    async fn send_forever(self) {
        let mut published = Publications::new();
        loop {
            self.unsent.notified().await;
            let mut is_pull_wanted = false;
            loop {
                let mut uris = self.next_unsent();
                let mut look = Look::Quick;
                if uris.is_empty() {
                    if !self.reports.looks.has_postponed() {
                        break;
                    }
                    let change = tokio::time::timeout(PAUSE, self.unsent.notified());
                    if change.await.is_ok() {
                        continue;
                    }
                    uris = self.reports.looks.take_postponed();
                    look = Look::Full;
                }
                let mut is_restless = false;
                for uri in uris {
                    let sent = self.send(uri, look, &mut published).await;
                    is_restless |= sent == Sent::Outdated;
                    is_pull_wanted |= sent == Sent::OutdatedAnswer;
                }
                if is_restless {
                    self.wait_for_rest().await;
                }
            }
            if self.state.lock().take_outdated_pull() || is_pull_wanted {
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
            let before = self.state.lock_unread().revision();
            tokio::time::sleep(REST).await;
            if self.state.lock_unread().revision() == before {
                return;
            }
        }
    }

    async fn send(&self, uri: Uri, look: Look, published: &mut Publications) -> Sent {
        let (snapshot, pulls_workspace) = {
            let state = self.state.lock();
            (state.snapshot(&uri), state.pulls_workspace())
        };
        let Some(snapshot) = snapshot else {
            self.reports.looks.settle(&uri);
            return self.send_project_file(uri, published).await;
        };
        let version = snapshot.version;
        let is_pulled = match version {
            Some(_) => snapshot.client.pulls_diagnostics,
            None => pulls_workspace,
        };
        let copy = snapshot.clone();
        let looks = self.reports.looks.clone();
        // Somebody types in it: it is looked at again and again.
        let is_often = version.is_some() && look == Look::Quick;
        let kind = is_often.then(|| self.pace.kind("findings", &uri));
        let computed = self.pace.work(kind, move || {
            fault::at("background/findings");
            let surroundings = survey::surroundings(&copy.document);
            // What is asked for at once is worked out then, what was left for later is here.
            if is_pulled && look != Look::Full {
                return (Vec::new(), surroundings);
            }
            let looked = looks.look(&copy, look);
            if looked.is_earlier {
                looks.postpone(&copy.uri);
            } else {
                looks.settle(&copy.uri);
            }
            (diagnostics(&copy, &looked.findings), surroundings)
        });
        let Some((found, surroundings)) = computed.await else {
            return Sent::Done;
        };
        let fingerprint = to_proto::fingerprint(&found);
        let was_opened = {
            let mut state = self.state.lock();
            if !state.is_current(&snapshot) {
                state.send_again(uri);
                return Sent::Outdated;
            }
            state.see_surroundings(&uri, surroundings);
            state.take_just_opened(&uri)
        };
        if is_pulled {
            let is_outdated =
                look == Look::Full && self.reports.told.is_outdated(&uri, fingerprint);
            self.clear(uri, published).await;
            return match is_outdated {
                true => Sent::OutdatedAnswer,
                false => Sent::Done,
            };
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
    async fn send_project_file(&self, uri: Uri, published: &mut Publications) -> Sent {
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
    async fn clear(&self, uri: Uri, published: &mut Publications) {
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
