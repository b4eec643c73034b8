//! Files that change outside of the editor.
//!
//! Where the client does not watch files, the server does: the folders of all files that belong to open
//! documents, those that wildcards look into, and those of `pmta-ls.toml`. The system tells of changes
//! there; where it cannot, the server looks once a second. Changes that come together are answered
//! once, by the same new look at the disk that a message of the client would cause.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use notify::event::ModifyKind;
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use tokio::sync::Notify;
use tower_lsp::Client;
use tower_lsp::ls_types::MessageType;

use crate::files::DiskFiles;
use crate::publish::Background;
use crate::settings::ProjectKey;
use crate::state::Shared;
use crate::survey::Stamp;
use crate::{fault, log};

/// Most folders that are watched. Systems allow each user a few thousand.
pub const MOST_FOLDERS: usize = 1_000;

/// Changes within this time count as one.
const TOGETHER: Duration = Duration::from_millis(100);

/// Time between two looks where the system does not tell of changes.
const LOOK_INTERVAL: Duration = Duration::from_secs(1);

/// What is to be watched.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Watched {
    /// Folders in which files may come and go.
    pub folders: BTreeSet<PathBuf>,
    /// Files whose text matters, by every name they have.
    pub files: BTreeSet<PathBuf>,
}

impl Watched {
    /// Adds a file with the folder it lies in.
    pub fn add_file(&mut self, path: &Path) {
        self.folders.extend(path.parent().map(Path::to_path_buf));
        self.files.insert(path.to_path_buf());
    }

    /// Adds all that another one holds.
    pub fn extend(&mut self, other: &Self) {
        self.folders.extend(other.folders.iter().cloned());
        self.files.extend(other.files.iter().cloned());
    }
}

/// Lets all open files find their projects anew, and looks at the disk again.
pub fn look_again(state: &Shared, background: &Background) {
    let (folders, files) = {
        let state = state.lock();
        let files = state
            .open_files()
            .map(|(uri, path)| (uri.clone(), path.to_path_buf()));
        (state.folders().to_vec(), files.collect::<Vec<_>>())
    };
    let disk = DiskFiles::default();
    let keys = files.into_iter().map(|(uri, path)| {
        let key = ProjectKey::of(&path, &folders, &disk);
        (uri, key)
    });
    let keys: Vec<_> = keys.collect();
    let mut state = state.lock();
    for (uri, key) in keys {
        state.relocate(&uri, key);
    }
    state.disk_changed();
    drop(state);
    background.look_around();
}

/// The tasks that watch.
#[derive(Clone)]
pub struct Watch {
    client: Client,
    state: Shared,
    background: Background,
    sight: Arc<Sight>,
}

/// What the thread that the system's events arrive on shares with the tasks.
#[derive(Default)]
struct Sight {
    wanted: Mutex<Wanted>,
    changed: Notify,
    is_polling: AtomicBool,
}

#[derive(Default)]
struct Wanted {
    watched: Watched,
    /// Watched folders that were moved or deleted: what has their name now is another one.
    lost: BTreeSet<PathBuf>,
}

impl Watch {
    /// Watches for this client, what the state says after each survey.
    #[must_use]
    pub fn new(client: Client, state: Shared, background: Background) -> Self {
        Self {
            client,
            state,
            background,
            sight: Arc::default(),
        }
    }

    /// Starts to watch.
    pub fn start(&self) {
        tokio::spawn(self.clone().follow_forever());
        tokio::spawn(self.clone().answer_forever());
    }

    /// Looks at the disk again after changes.
    async fn answer_forever(self) {
        loop {
            self.sight.changed.notified().await;
            tokio::time::sleep(TOGETHER).await;
            look_again(&self.state, &self.background);
        }
    }

    /// Watches other folders when others matter.
    async fn follow_forever(self) {
        let mut folders = Folders::new(Arc::clone(&self.sight));
        let mut has_complained = false;
        loop {
            self.background.surveyed().notified().await;
            let mut wanted = self.state.lock().watched();
            let is_too_much = wanted.folders.len() > MOST_FOLDERS;
            if is_too_much {
                wanted.folders = wanted.folders.into_iter().take(MOST_FOLDERS).collect();
            }
            if is_too_much && !has_complained {
                has_complained = true;
                let message = format!(
                    "The files of this configuration lie in more than {MOST_FOLDERS} folders: changes made outside of the editor are seen in {MOST_FOLDERS} of them only."
                );
                self.client
                    .show_message(MessageType::WARNING, message)
                    .await;
            }
            let following = tokio::task::spawn_blocking(move || {
                let is_news = folders.follow(wanted);
                (folders, is_news)
            });
            let Ok((followed, is_news)) = following.await else {
                log::error(format_args!("watching files has failed"));
                return;
            };
            folders = followed;
            if is_news {
                // Something may have changed between the survey and the watch.
                look_again(&self.state, &self.background);
            }
            if folders.needs_polling && !self.sight.is_polling.swap(true, Ordering::Relaxed) {
                tokio::spawn(self.clone().poll_forever());
            }
        }
    }

    /// Looks once a second, where the system does not tell of changes.
    async fn poll_forever(self) {
        let mut before = None;
        loop {
            let watched = self.sight.wanted().watched.clone();
            let look = tokio::task::spawn_blocking(move || (appearance(&watched), watched));
            let Ok(now) = look.await else { return };
            // Where something else is watched than before, nobody knows what changed meanwhile.
            let now = Some(now);
            if before != now {
                self.sight.changed.notify_one();
            }
            before = now;
            tokio::time::sleep(LOOK_INTERVAL).await;
        }
    }
}

/// The folders that the system tells of.
struct Folders {
    sight: Arc<Sight>,
    /// None before the first folder, and where the system does not help.
    watcher: Option<RecommendedWatcher>,
    told_of: BTreeSet<PathBuf>,
    needs_polling: bool,
}

impl Folders {
    fn new(sight: Arc<Sight>) -> Self {
        Self {
            sight,
            watcher: None,
            told_of: BTreeSet::new(),
            needs_polling: false,
        }
    }

    /// Watches these folders and no others; whether there are new ones.
    fn follow(&mut self, wanted: Watched) -> bool {
        let lost = {
            let mut shared = self.sight.wanted();
            shared.watched = wanted.clone();
            std::mem::take(&mut shared.lost)
        };
        if self.needs_polling {
            return false;
        }
        if self.watcher.is_none() {
            if wanted.folders.is_empty() {
                return false;
            }
            match native(Arc::clone(&self.sight)) {
                Ok(watcher) => self.watcher = Some(watcher),
                Err(error) => return self.give_up(&error),
            }
        }
        let Some(watcher) = &mut self.watcher else {
            return false;
        };
        let gone = self
            .told_of
            .iter()
            .filter(|folder| !wanted.folders.contains(*folder) || lost.contains(*folder));
        let gone: Vec<PathBuf> = gone.cloned().collect();
        for folder in gone {
            // A folder that was deleted is not watched any more, and that is fine.
            let _ = watcher.unwatch(&folder);
            self.told_of.remove(&folder);
        }
        let mut is_news = false;
        for folder in &wanted.folders {
            if self.told_of.contains(folder) {
                continue;
            }
            match watcher.watch(folder, RecursiveMode::NonRecursive) {
                Ok(()) => {
                    self.told_of.insert(folder.clone());
                    is_news = true;
                }
                // It was deleted meanwhile: the folder above it tells.
                Err(_) if !folder.is_dir() => {}
                Err(error) => return self.give_up(&error),
            }
        }
        is_news
    }

    fn give_up(&mut self, error: &notify::Error) -> bool {
        log::warn(format_args!(
            "the system does not tell of changed files, so they are looked at every second: {error}"
        ));
        self.watcher = None;
        self.told_of.clear();
        self.needs_polling = true;
        false
    }
}

/// A watcher of the system's own kind. Its thread ends with it.
fn native(sight: Arc<Sight>) -> notify::Result<RecommendedWatcher> {
    if fault::is_set("PMTA_LS_TEST_NO_WATCHER") {
        return Err(notify::Error::generic("a test wants it"));
    }
    let handler = move |event: notify::Result<Event>| {
        // An error means that something was missed.
        let is_change = event.map_or(true, |event| sight.wanted().see(&event));
        if is_change {
            sight.changed.notify_one();
        }
    };
    RecommendedWatcher::new(handler, notify::Config::default())
}

impl Sight {
    fn wanted(&self) -> MutexGuard<'_, Wanted> {
        self.wanted.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Wanted {
    /// Whether an event is about something that matters.
    fn see(&mut self, event: &Event) -> bool {
        let comes_or_goes = match event.kind {
            EventKind::Access(_) => return false,
            EventKind::Modify(ModifyKind::Name(_)) => true,
            EventKind::Modify(_) => false,
            EventKind::Create(_) | EventKind::Remove(_) | EventKind::Any | EventKind::Other => true,
        };
        if comes_or_goes {
            let folders = &self.watched.folders;
            let lost = event.paths.iter().filter(|path| folders.contains(*path));
            self.lost.extend(lost.cloned());
        }
        let matters = |path: &PathBuf| {
            self.watched.files.contains(path) || (comes_or_goes && !is_passing(path))
        };
        event.need_rescan() || event.paths.iter().any(matters)
    }
}

/// Whether a file has the name of those that editors write and delete again.
fn is_passing(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.starts_with('.') || name.ends_with('~')
}

/// A number that changes with the watched files and with what the folders hold.
fn appearance(watched: &Watched) -> u64 {
    let mut hasher = DefaultHasher::new();
    let stamps: HashMap<&Path, Stamp> = watched
        .files
        .iter()
        .filter_map(|path| Some((path.as_path(), Stamp::of(path)?)))
        .collect();
    for path in &watched.files {
        stamps.get(path.as_path()).hash(&mut hasher);
    }
    for folder in &watched.folders {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        let mut names: Vec<_> = entries.map(|entry| entry.file_name()).collect();
        names.sort();
        names.hash(&mut hasher);
    }
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use notify::event::{AccessKind, CreateKind, DataChange, RemoveKind, RenameMode};

    use super::*;

    #[test]
    fn only_what_matters_is_seen() {
        let mut wanted = Wanted::default();
        wanted.watched.add_file(Path::new("/pmta/config"));
        let mut see = |kind, path: &str| wanted.see(&Event::new(kind).add_path(path.into()));
        let written = EventKind::Modify(ModifyKind::Data(DataChange::Any));
        assert!(see(written, "/pmta/config"));
        assert!(!see(written, "/pmta/log"));
        assert!(see(EventKind::Create(CreateKind::File), "/pmta/new.conf"));
        assert!(!see(
            EventKind::Create(CreateKind::File),
            "/pmta/.config.swp"
        ));
        assert!(!see(EventKind::Access(AccessKind::Any), "/pmta/config"));
        let renamed = EventKind::Modify(ModifyKind::Name(RenameMode::To));
        assert!(see(renamed, "/pmta/config"));
        assert!(see(EventKind::Remove(RemoveKind::Folder), "/pmta"));
        assert_eq!(wanted.lost, BTreeSet::from([PathBuf::from("/pmta")]));
    }

    #[test]
    fn an_appearance_changes_with_texts_and_names() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("config");
        fs::write(&file, "a").unwrap();
        let mut watched = Watched::default();
        watched.add_file(&file);
        let first = appearance(&watched);
        assert_eq!(first, appearance(&watched));
        fs::write(&file, "longer").unwrap();
        let second = appearance(&watched);
        assert_ne!(first, second);
        fs::write(folder.path().join("other"), "").unwrap();
        assert_ne!(second, appearance(&watched));
    }
}
