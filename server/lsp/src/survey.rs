//! Looking at the disk: which roots include the open documents, and what else these include.
//!
//! A survey works on copies, may take its time, and makes a workspace from nothing. Documents of
//! files that have not changed are taken over from the survey before.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use pmta_analysis::document::Document;
use pmta_analysis::workspace::{
    FileError, FileId, FileKind, Files, FolderEntry, Workspace, find_roots, is_root_name,
    roots_near,
};
use tower_lsp::ls_types::Uri;

use crate::files::DiskFiles;
use crate::project::Project;
use crate::settings::{self, ProjectKey};

/// A document that the editor has open.
#[derive(Clone, Debug)]
pub struct OpenFile {
    /// Its name.
    pub uri: Uri,
    /// Its path.
    pub path: PathBuf,
    /// Its text.
    pub document: Document,
    /// Which of its states this is.
    pub revision: u64,
}

/// What is to be looked at.
#[derive(Debug)]
pub struct Survey {
    /// The project.
    pub key: ProjectKey,
    /// Its open documents.
    pub open: Vec<OpenFile>,
    /// What the survey before remembers.
    pub memory: Memory,
}

/// What was found.
#[derive(Debug)]
pub struct Surveyed {
    /// The roots that have to do with open documents, with all they include.
    pub workspace: Workspace,
    /// The open documents among the files.
    pub open: Vec<FoundOpen>,
    /// The other files.
    pub closed: HashMap<Uri, FileId>,
    /// The names of all files.
    pub uris: HashMap<FileId, Uri>,
    /// What is worth remembering.
    pub memory: Memory,
    /// What is wrong with the project's own settings, in a sentence.
    pub complaint: Option<String>,
}

/// An open document among the files of a workspace.
#[derive(Clone, Debug)]
pub struct FoundOpen {
    /// Its name.
    pub uri: Uri,
    /// The file.
    pub file: FileId,
    /// Which of its states was looked at.
    pub revision: u64,
    /// What it says that decides about other files.
    pub surroundings: u64,
}

/// What one survey knows for the next.
#[derive(Debug, Default)]
pub struct Memory {
    /// Those below the project's folder.
    roots: Option<Vec<PathBuf>>,
    /// Roots that a running survey finds are not to be trusted.
    distrusts_roots: bool,
    read: HashMap<PathBuf, (Stamp, Document)>,
}

impl Memory {
    /// Lets roots be looked for again: files may have come or gone.
    pub fn forget_roots(&mut self) {
        self.roots = None;
        self.distrusts_roots = true;
    }

    /// Takes over what a survey remembers, unless it was to be forgotten while that ran.
    pub fn recall(&mut self, memory: Self) {
        let is_trusted = !std::mem::take(&mut self.distrusts_roots);
        self.roots = memory.roots.filter(|_| is_trusted);
        self.read = memory.read;
    }
}

/// What tells a file from an older one of the same name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stamp {
    length: u64,
    modified: Option<SystemTime>,
}

impl Stamp {
    fn of(path: &Path) -> Option<Self> {
        let metadata = fs::metadata(path).ok()?;
        Some(Self {
            length: metadata.len(),
            modified: metadata.modified().ok(),
        })
    }
}

/// The disk with the texts that are open, and with what was read from it before.
struct Sources {
    disk: DiskFiles,
    open: HashMap<PathBuf, Document>,
    read: Mutex<HashMap<PathBuf, (Stamp, Document)>>,
}

impl Sources {
    fn new(open: &[OpenFile], read: HashMap<PathBuf, (Stamp, Document)>) -> Self {
        let disk = DiskFiles::default();
        let open = open
            .iter()
            .map(|file| (disk.identity(&file.path), file.document.clone()));
        Self {
            open: open.collect(),
            read: Mutex::new(read),
            disk,
        }
    }
}

impl Files for Sources {
    fn read(&self, path: &Path) -> Result<Vec<u8>, FileError> {
        match self.open.get(&self.identity(path)) {
            Some(document) => Ok(document.rope().to_string().into_bytes()),
            None => self.disk.read(path),
        }
    }

    fn document(&self, path: &Path) -> Result<Document, FileError> {
        let identity = self.identity(path);
        if let Some(document) = self.open.get(&identity) {
            return Ok(document.clone());
        }
        let stamp = Stamp::of(&identity);
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        if let (Some(stamp), Some((known, document))) = (stamp, read.get(&identity))
            && stamp == *known
        {
            return Ok(document.clone());
        }
        let document = Document::from_bytes(&self.disk.read(path)?);
        if let Some(stamp) = stamp {
            read.insert(identity, (stamp, document.clone()));
        }
        Ok(document)
    }

    fn list(&self, folder: &Path) -> Vec<FolderEntry> {
        self.disk.list(folder)
    }

    fn kind(&self, path: &Path) -> Option<FileKind> {
        if self.open.contains_key(&self.identity(path)) {
            return Some(FileKind::File);
        }
        self.disk.kind(path)
    }

    fn identity(&self, path: &Path) -> PathBuf {
        self.disk.identity(path)
    }

    fn is_world_readable(&self, path: &Path) -> Option<bool> {
        self.disk.is_world_readable(path)
    }
}

/// Does the survey.
#[must_use]
pub fn survey(survey: Survey) -> Surveyed {
    let Survey { key, open, memory } = survey;
    let sources = Sources::new(&open, memory.read);
    let (project, complaint) = settings::read(&key, &sources);
    let below = match &key.base {
        _ if open.is_empty() || !project.roots.is_empty() => memory.roots,
        Some(base) => memory
            .roots
            .or_else(|| Some(find_roots(base, &project.mappings, &sources))),
        None => None,
    };
    let roots = if open.is_empty() {
        Vec::new()
    } else if !project.roots.is_empty() {
        project.roots.clone()
    } else {
        // The root of a fragment may lie above the folder that the client has open.
        let mut roots = near(&open, &sources);
        roots.extend(below.iter().flatten().cloned());
        roots.sort();
        roots.dedup();
        roots
    };
    let workspace = read(&key, &project, &roots, &open, &sources);
    let mut uris = HashMap::new();
    let mut found = Vec::new();
    for file in &open {
        if let Some(id) = workspace.file_at(&file.path, &sources) {
            uris.insert(id, file.uri.clone());
            found.push(FoundOpen {
                uri: file.uri.clone(),
                file: id,
                revision: file.revision,
                surroundings: workspace.document(id).map(surroundings).unwrap_or_default(),
            });
        }
    }
    let mut closed = HashMap::new();
    let mut read: HashMap<PathBuf, (Stamp, Document)> = HashMap::new();
    let mut read_before = sources
        .read
        .into_inner()
        .unwrap_or_else(PoisonError::into_inner);
    for id in workspace.files() {
        let Some(path) = workspace.path(id) else {
            continue;
        };
        if uris.contains_key(&id) {
            continue;
        }
        if let Some(uri) = Uri::from_file_path(path) {
            uris.insert(id, uri.clone());
            closed.insert(uri, id);
        }
        let identity = sources.disk.identity(path);
        // The workspace's own document is the one whose findings are worked out for its place.
        if let (Some((stamp, _)), Some(document)) =
            (read_before.remove(&identity), workspace.document(id))
        {
            read.insert(identity, (stamp, document.clone()));
        }
    }
    let memory = Memory {
        roots: below,
        read,
        distrusts_roots: false,
    };
    Surveyed {
        workspace,
        open: found,
        closed,
        uris,
        memory,
        complaint,
    }
}

/// The roots by the open files.
fn near(open: &[OpenFile], files: &dyn Files) -> Vec<PathBuf> {
    let folders: HashSet<&Path> = open.iter().filter_map(|file| file.path.parent()).collect();
    let roots = folders
        .into_iter()
        .flat_map(|folder| roots_near(folder, files));
    roots.collect()
}

/// A workspace of those roots that have to do with open files, and of the open files.
fn read(
    key: &ProjectKey,
    project: &Project,
    roots: &[PathBuf],
    open: &[OpenFile],
    sources: &Sources,
) -> Workspace {
    let new = || Workspace::new(key.base.clone(), project.mappings.clone());
    let mut all = new();
    for root in roots {
        // One that cannot be read includes nothing. Nobody asked for it.
        let _ = all.add_root(root, sources);
    }
    let opened: HashSet<FileId> = open
        .iter()
        .filter_map(|file| all.file_at(&file.path, sources))
        .collect();
    let has_open = |files: &[FileId]| files.iter().any(|file| opened.contains(file));
    let is_needed = |root: &pmta_analysis::workspace::Root| has_open(&root.files);
    let mut workspace = if all.roots().iter().all(is_needed) {
        all
    } else {
        let mut needed = new();
        for root in all.roots().iter().filter(|root| is_needed(root)) {
            if let Some(path) = all.path(root.file) {
                let _ = needed.add_root(path, sources);
            }
        }
        needed
    };
    let mut open: Vec<&OpenFile> = open.iter().collect();
    open.sort_by(|one, other| one.path.cmp(&other.path));
    for file in open {
        let is_included = workspace.file_at(&file.path, sources).is_some();
        if !is_included || file.path.file_name().is_some_and(is_root_name) {
            let _ = workspace.add_root(&file.path, sources);
        }
    }
    workspace
}

/// A number that changes with everything in a document that decides which other files belong to it
/// and in which places they stand.
#[must_use]
pub fn surroundings(document: &Document) -> u64 {
    let mut hasher = DefaultHasher::new();
    let mut has_includes = false;
    for (range, place) in document.includes() {
        has_includes = true;
        document.slice(range.as_usize()).hash(&mut hasher);
        place.hash(&mut hasher);
    }
    if has_includes {
        document.places().hash(&mut hasher);
    }
    hasher.finish()
}
