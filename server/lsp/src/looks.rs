//! Looks through whole configurations: what the last ones have found, and which are to be made again
//! when nobody types.
//!
//! Some checks read through all of a configuration, which takes a while if it is long. So while a
//! person types, what they found before is moved with the text. A look that nothing has happened to
//! since is never made twice: clients ask for diagnostics, and for actions at each movement of the
//! cursor.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use pmta_analysis::diagnostics::Finding;
use pmta_analysis::findings::Overview;
use tower_lsp::ls_types::Uri;

use crate::publish;
use crate::state::Snapshot;

/// A configuration of less than this many bytes is looked through at every key.
const LONG: usize = 32 << 10;

/// How thorough a look at a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// What an earlier look has found is good enough if the text was changed since.
    Quick,
    /// What any earlier look has found is good enough: somebody types in another file.
    Passing,
    /// All is new.
    Full,
}

/// What a look has found.
#[derive(Clone, Debug)]
pub struct Looked {
    /// All that is wrong in the document. No sentence holds a secret.
    pub findings: Arc<Vec<Finding>>,
    /// Something has happened since a part of it was found, so the document is to be looked at again when
    /// nobody types.
    pub is_earlier: bool,
}

/// What was found and what is to be looked at again; all copies share it.
#[derive(Clone, Debug, Default)]
pub struct Looks(Arc<Mutex<Memory>>);

#[derive(Debug, Default)]
struct Memory {
    last: HashMap<Uri, Last>,
    /// What is wrong in the document that was looked at last.
    latest: Option<Latest>,
    postponed: HashSet<Uri>,
}

/// The last look at a document.
#[derive(Debug)]
struct Last {
    version: Option<i32>,
    generation: u64,
    overview: Arc<Overview>,
}

/// What was found in a document, and of what it was found.
#[derive(Debug)]
struct Latest {
    uri: Uri,
    generation: u64,
    looked: Looked,
}

/// What the whole configuration says of a document, and whether something has happened since.
type Surroundings = (Arc<Overview>, bool);

impl Looks {
    fn lock(&self) -> MutexGuard<'_, Memory> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is wrong in a document.
    #[must_use]
    pub fn look(&self, snapshot: &Snapshot, how: Look) -> Looked {
        if let Some(looked) = self.latest(snapshot, how) {
            return looked;
        }
        let (overview, is_earlier) = self.overview(snapshot, how);
        let looked = Looked {
            findings: Arc::new(publish::findings_beside(snapshot, &overview)),
            is_earlier,
        };
        self.lock().latest = Some(Latest {
            uri: snapshot.uri.clone(),
            generation: snapshot.generation,
            looked: looked.clone(),
        });
        looked
    }

    /// What was found last, if it was in the same document and nothing has happened since.
    fn latest(&self, snapshot: &Snapshot, how: Look) -> Option<Looked> {
        let memory = self.lock();
        let latest = memory.latest.as_ref()?;
        let is_same = latest.uri == snapshot.uri && latest.generation == snapshot.generation;
        let will_do = !latest.looked.is_earlier || how != Look::Full;
        (is_same && will_do).then(|| latest.looked.clone())
    }

    /// Looks through the configurations that a document is part of, unless an earlier look will do.
    fn overview(&self, snapshot: &Snapshot, how: Look) -> Surroundings {
        if let Some(earlier) = self.earlier(snapshot, how) {
            return earlier;
        }
        let overview = Arc::new(Overview::of(&snapshot.workspace, snapshot.file));
        if is_long(snapshot) {
            self.keep(snapshot, &overview);
        } else {
            self.forget(&snapshot.uri);
        }
        (overview, false)
    }

    /// The earlier look that will do.
    fn earlier(&self, snapshot: &Snapshot, how: Look) -> Option<Surroundings> {
        let memory = self.lock();
        let last = memory.last.get(&snapshot.uri)?;
        let is_same = last.generation == snapshot.generation;
        let will_do = match how {
            // At the same version the configuration around the document has changed: nobody types.
            Look::Quick => is_same || last.version != snapshot.version,
            Look::Passing => true,
            Look::Full => is_same,
        };
        will_do.then(|| (Arc::clone(&last.overview), !is_same))
    }

    fn keep(&self, snapshot: &Snapshot, overview: &Arc<Overview>) {
        let mut memory = self.lock();
        let last = memory.last.get(&snapshot.uri);
        if last.is_none_or(|last| last.generation <= snapshot.generation) {
            let last = Last {
                version: snapshot.version,
                generation: snapshot.generation,
                overview: Arc::clone(overview),
            };
            memory.last.insert(snapshot.uri.clone(), last);
        }
    }

    /// Forgets what was found of a document.
    pub fn forget(&self, uri: &Uri) {
        let mut memory = self.lock();
        memory.last.remove(uri);
        memory.postponed.remove(uri);
    }

    /// Remembers that a document is to be looked at again when nobody types.
    pub fn postpone(&self, uri: &Uri) {
        self.lock().postponed.insert(uri.clone());
    }

    /// Remembers that a document needs no other look.
    pub fn settle(&self, uri: &Uri) {
        self.lock().postponed.remove(uri);
    }

    /// Whether any document is to be looked at again.
    #[must_use]
    pub fn has_postponed(&self) -> bool {
        !self.lock().postponed.is_empty()
    }

    /// The documents that are to be looked at again. They count as looked at from now on.
    #[must_use]
    pub fn take_postponed(&self) -> Vec<Uri> {
        self.lock().postponed.drain().collect()
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
