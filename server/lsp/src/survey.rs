//! Looking at the disk: which roots include the open documents, and what else these include.
//!
//! A survey works on copies, may take its time, and makes a workspace from nothing. Documents of
//! files that have not changed are taken over from the survey before.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use pmta_analysis::document::Document;
use pmta_analysis::workspace::{
    FileError, FileId, FileKind, Files, FolderEntry, Workspace, find_roots, is_root_name,
    roots_near,
};
use tower_lsp::ls_types::Uri;

use crate::fault;
use crate::files::DiskFiles;
use crate::options::Options;
use crate::project::Project;
use crate::requests::Cancellation;
use crate::settings::{self, ProjectKey};
use crate::watch::Watched;

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
    /// What the editor says of all projects.
    pub editor: Arc<Options>,
    /// Its open documents.
    pub open: Vec<OpenFile>,
    /// The open texts of projects' own settings.
    pub settings: Vec<(PathBuf, Document)>,
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
    /// What is wrong with the project's own settings, in a sentence; none if the editor has them open,
    /// for then it is told there.
    pub complaint: Option<String>,
    /// What is to be watched so that changes are seen.
    pub watched: Watched,
    /// Changes with everything about the files that are not open and about who includes whom.
    pub outline: u64,
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
    /// The last settings that could be read.
    project: Option<Arc<Project>>,
    read: HashMap<PathBuf, (Stamp, Document)>,
}

impl Memory {
    /// Lets roots be looked for again: files may have come or gone.
    pub fn forget_roots(&mut self) {
        self.roots = None;
        self.distrusts_roots = true;
    }

    /// Lets files be read again, even if they look as they did.
    pub fn forget_files(&mut self) {
        self.read.clear();
    }

    /// Takes over what a survey remembers, unless it was to be forgotten while that ran.
    pub fn recall(&mut self, memory: Self) {
        let is_trusted = !std::mem::take(&mut self.distrusts_roots);
        self.roots = memory.roots.filter(|_| is_trusted);
        self.project = memory.project;
        self.read = memory.read;
    }
}

/// What tells a file from an older one of the same name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Stamp {
    length: u64,
    modified: Option<SystemTime>,
}

impl Stamp {
    /// That of the file at a path now.
    #[must_use]
    pub fn of(path: &Path) -> Option<Self> {
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
    fn new(
        open: &[OpenFile],
        settings: &[(PathBuf, Document)],
        read: HashMap<PathBuf, (Stamp, Document)>,
    ) -> Self {
        let disk = DiskFiles::default();
        let open = open.iter().map(|file| (&file.path, &file.document));
        let settings = settings.iter().map(|(path, document)| (path, document));
        let open = open.chain(settings);
        Self {
            open: open
                .map(|(path, document)| (disk.identity(path), document.clone()))
                .collect(),
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

/// Files among which nothing new is found once nobody waits any more.
struct Until<'a> {
    sources: &'a Sources,
    cancellation: &'a Cancellation,
}

impl Files for Until<'_> {
    fn read(&self, path: &Path) -> Result<Vec<u8>, FileError> {
        self.sources.read(path)
    }

    fn document(&self, path: &Path) -> Result<Document, FileError> {
        self.sources.document(path)
    }

    fn list(&self, folder: &Path) -> Vec<FolderEntry> {
        fault::wait_for_cancellation(self.cancellation);
        if self.cancellation.is_cancelled() {
            return Vec::new();
        }
        self.sources.list(folder)
    }

    fn kind(&self, path: &Path) -> Option<FileKind> {
        self.sources.kind(path)
    }

    fn identity(&self, path: &Path) -> PathBuf {
        self.sources.identity(path)
    }

    fn is_world_readable(&self, path: &Path) -> Option<bool> {
        self.sources.is_world_readable(path)
    }
}

/// Does the survey. If that is cancelled, roots that have nothing to do with the folders of open
/// documents may be missed.
#[must_use]
pub fn survey(survey: Survey, cancellation: &Cancellation) -> Surveyed {
    let Survey {
        key,
        editor,
        open,
        settings,
        memory,
    } = survey;
    let sources = Sources::new(&open, &settings, memory.read);
    let (project, mut complaint) = settings::read(&key, &editor, &sources);
    let project = match memory.project {
        Some(before) if complaint.is_some() => before,
        _ => Arc::new(project),
    };
    if settings
        .iter()
        .any(|(path, _)| Some(path) == key.settings.as_ref())
    {
        complaint = None;
    }
    let below = match &key.base {
        _ if open.is_empty() || !project.roots.is_empty() => memory.roots,
        Some(base) => memory.roots.or_else(|| {
            let sources = Until {
                sources: &sources,
                cancellation,
            };
            Some(find_roots(base, &project.mappings, &sources))
        }),
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
        project.included(roots)
    };
    let workspace = read(&key, &project, &roots, &open, &sources);
    let watched = watched(&key, &project, &workspace, &open, &sources.disk);
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
    let mut stamps: HashMap<FileId, Stamp> = HashMap::new();
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
            stamps.insert(id, stamp);
            read.insert(identity, (stamp, document.clone()));
        }
    }
    workspace.prepare();
    let outline = outline(&workspace, &stamps);
    let memory = Memory {
        roots: below,
        read,
        project: Some(project),
        distrusts_roots: false,
    };
    Surveyed {
        workspace,
        open: found,
        closed,
        uris,
        memory,
        complaint,
        watched,
        outline,
    }
}

/// All configurations of a project, whether they have to do with open documents or not.
#[must_use]
pub fn whole(mut survey: Survey) -> Surveyed {
    let sources = Sources::new(&survey.open, &survey.settings, HashMap::new());
    let (project, _) = settings::read(&survey.key, &survey.editor, &sources);
    let roots = match &survey.key.base {
        _ if !project.roots.is_empty() => project.roots,
        Some(base) => find_roots(base, &project.mappings, &sources),
        None => Vec::new(),
    };
    // What is open decides what is looked at, so the roots count as open.
    for path in roots {
        let is_open = survey.open.iter().any(|file| file.path == path);
        if let (false, Ok(document), Some(uri)) =
            (is_open, sources.document(&path), Uri::from_file_path(&path))
        {
            survey.open.push(OpenFile {
                uri,
                path,
                document,
                revision: 0,
            });
        }
    }
    self::survey(survey, &Cancellation::default())
}

/// What has to be watched so that a change of these files, of what wildcards match and of the project's
/// settings is seen.
fn watched(
    key: &ProjectKey,
    project: &Project,
    workspace: &Workspace,
    open: &[OpenFile],
    disk: &DiskFiles,
) -> Watched {
    let mut watched = Watched::default();
    if open.is_empty() {
        return watched;
    }
    let files = workspace.files().filter_map(|file| workspace.path(file));
    let settings = key.settings.iter().map(PathBuf::as_path);
    let roots = project.roots.iter().map(PathBuf::as_path);
    for path in files.chain(settings).chain(roots) {
        watched.add_file(path);
        let identity = disk.identity(path);
        if identity != path {
            watched.add_file(&identity);
        }
    }
    for include in workspace.roots().iter().flat_map(|root| &root.includes) {
        watched.folders.extend(include.looked_in.iter().cloned());
        watched.files.extend(include.expected.clone());
    }
    if let Some(base) = &key.base {
        // Settings may appear in any folder between a file and the folder of the project.
        let parents = open.iter().filter_map(|file| file.path.parent());
        let between = parents.flat_map(Path::ancestors);
        let inside = between.filter(|folder| folder.starts_with(base));
        watched.folders.extend(inside.map(Path::to_path_buf));
        watched.folders.insert(base.clone());
    }
    watched
        .folders
        .retain(|folder| disk.kind(folder) == Some(FileKind::Folder));
    watched
}

/// A number that changes with the files that were read and with what became of `include` lines.
fn outline(workspace: &Workspace, stamps: &HashMap<FileId, Stamp>) -> u64 {
    let mut hasher = DefaultHasher::new();
    for file in workspace.files() {
        (workspace.path(file), stamps.get(&file)).hash(&mut hasher);
    }
    workspace.knows_roots().hash(&mut hasher);
    for root in workspace.roots() {
        (root.file, root.is_declared).hash(&mut hasher);
        for include in &root.includes {
            (include.from, &include.path, &include.expected).hash(&mut hasher);
            format!("{:?}", include.found).hash(&mut hasher);
        }
    }
    hasher.finish()
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
    let new = || {
        let mut workspace = Workspace::new(key.base.clone(), project.mappings.clone());
        workspace.set_policy(Arc::clone(&project.policy));
        workspace
    };
    let are_declared = !project.roots.is_empty();
    let mut knows_roots = are_declared;
    let mut all = new();
    for root in roots {
        // One that cannot be read includes nothing. Nobody asked for it.
        match all.add_root(root, sources) {
            Ok(file) if are_declared => all.declare_root(file),
            Ok(_) => {}
            Err(_) => knows_roots = false,
        }
    }
    knows_roots = knows_roots && all.roots().iter().all(|root| all.is_resolved(root));
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
            if let Some(path) = all.path(root.file)
                && let Ok(file) = needed.add_root(path, sources)
                && root.is_declared
            {
                needed.declare_root(file);
            }
        }
        needed
    };
    workspace.set_knows_roots(knows_roots);
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
