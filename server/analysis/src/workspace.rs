//! The files of configurations: which file includes which, and where a fragment's lines end up.
//!
//! A *root* is a configuration no other file includes; a *fragment* is a file that one includes. The
//! workspace reads roots and what they include through [`Files`], which is all it knows of a disk.

mod find;
mod glob;
mod path;
mod pattern;
mod roots;
#[cfg(test)]
pub(crate) mod test_support;
mod written;

use std::collections::{BTreeSet, HashMap};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use crate::catalog::Place;
use crate::document::Document;
use crate::names::NameTable;
use crate::policy::Policy;
use crate::slip;
use crate::text::TextRange;

pub(crate) use find::MOST_FOLDERS;
pub(crate) use glob::{has_wildcard, matches};
pub use path::normalise;
pub(crate) use path::{WrittenPath, names};
pub use pattern::PathPattern;
pub use roots::{ROOT_NAMES, find_roots, is_root_name, roots_near};

/// Most files that one workspace reads.
pub const MOST_FILES: usize = 10_000;
/// Most includes from a root down to a file.
pub const MOST_LEVELS: usize = 32;

/// File that PowerMTA reads before the configuration beside it.
const DEFAULTS: &str = "config-defaults";

/// Why a file cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileError {
    /// There is no such file.
    Missing,
    /// It is something that must not be read, such as a device; half a sentence says what.
    Refused(String),
    /// Reading failed; half a sentence says why.
    Unreadable(String),
}

impl std::fmt::Display for FileError {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Missing => formatter.write_str("there is no such file"),
            Self::Refused(why) | Self::Unreadable(why) => formatter.write_str(why),
        }
    }
}

impl std::error::Error for FileError {}

/// What stands at a path, links followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FileKind {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// A device, pipe or socket.
    Other,
}

/// What a folder holds under one name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FolderEntry {
    /// The name in the folder.
    pub name: OsString,
    /// What it is; none: a symbolic link, to be looked at on its own.
    pub kind: Option<FileKind>,
}

/// The files that a workspace may read.
pub trait Files {
    /// The bytes of a file.
    ///
    /// # Errors
    /// If the file is not there, may not be read, or is no regular file of sensible size.
    fn read(&self, path: &Path) -> Result<Vec<u8>, FileError>;

    /// A file as a document. Whoever holds a newer text, or a document that was read before and is
    /// still true, gives that one.
    ///
    /// # Errors
    /// Those of [`Files::read`].
    fn document(&self, path: &Path) -> Result<Document, FileError> {
        self.read(path).map(|bytes| Document::from_bytes(&bytes))
    }

    /// Tells that these files will be asked for, to those who can read several at a time.
    fn expect(&self, paths: &[PathBuf]) {
        let _ = paths;
    }

    /// What a folder holds, in any order; nothing if it cannot be looked into.
    fn list(&self, folder: &Path) -> Vec<FolderEntry>;

    /// What stands at a path; none: nothing.
    fn kind(&self, path: &Path) -> Option<FileKind>;

    /// One path for all the ways that lead to the same file.
    fn identity(&self, path: &Path) -> PathBuf;

    /// Whether every user of the machine may read a file; none: not known.
    fn is_world_readable(&self, path: &Path) -> Option<bool> {
        let _ = path;
        None
    }
}

/// What `[paths]` of the project's configuration says: a folder on the server, and where its files
/// are here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathMapping {
    /// The folder as configurations write it.
    pub server: String,
    /// Where it is here.
    pub here: PathBuf,
}

/// A file of a workspace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(usize);

/// A place in the text of a file, such as that of a cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FilePosition {
    /// The file.
    pub file: FileId,
    /// Bytes from its start.
    pub offset: usize,
}

/// A stretch of the text of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileRange {
    /// The file.
    pub file: FileId,
    /// From its start.
    pub range: TextRange,
}

/// Why an included file was not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unread {
    /// It includes itself, over these files; the first is the last as well.
    Loop(Vec<FileId>),
    /// Too many levels of includes.
    TooDeep,
    /// The workspace is full.
    TooMany,
    /// Wildcards look for it in too many folders.
    TooManyFolders,
    /// Reading failed.
    Failed(FileError),
}

/// One file that an `include` line names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// Its path.
    pub path: PathBuf,
    /// The file, or why it was not read.
    pub file: Result<FileId, Unread>,
}

/// What came of looking for the files of an `include` line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// The files: one, or those that a wildcard matches in byte order of their paths.
    Files(Vec<Target>),
    /// One file that is not there.
    Missing,
    /// A wildcard without a file.
    NothingMatches,
    /// An absolute path with no counterpart here.
    NotMapped,
    /// A relative path that leads out of the folders that may be read.
    Outside,
    /// A URL, which is never fetched.
    Remote,
}

/// An `include` line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Include {
    /// The file it stands in.
    pub from: FileId,
    /// The path in it, from the start of the file.
    pub range: TextRange,
    /// The path as it is written.
    pub path: String,
    /// The places in which the included lines stand; empty: unknown.
    pub places: Vec<Place>,
    /// What it names.
    pub found: Found,
    /// Where a missing file would lie; none: not even its folder is there.
    pub expected: Option<PathBuf>,
    /// The folders that were searched, in which a new file may change what the line names. One that
    /// is not there stands for the nearest one above it.
    pub looked_in: Vec<PathBuf>,
}

impl Include {
    /// Whether its path holds a wildcard.
    #[must_use]
    pub fn is_wildcard(&self) -> bool {
        glob::has_wildcard(&self.path)
    }

    /// The files that were read for it.
    pub fn files(&self) -> impl Iterator<Item = FileId> + '_ {
        let targets: &[Target] = match &self.found {
            Found::Files(targets) => targets,
            _ => &[],
        };
        targets
            .iter()
            .filter_map(|target| target.file.as_ref().ok().copied())
    }
}

/// A root with all that it includes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Root {
    /// The root itself.
    pub file: FileId,
    /// The root and all files it includes, in the order in which they are first read.
    pub files: Vec<FileId>,
    /// The `include` lines of all its files.
    pub includes: Vec<Include>,
    /// Whether the project names it as a root.
    pub is_declared: bool,
}

impl Root {
    /// A key that sorts places of the root's files in the order in which they are read: an included
    /// file stands where its first `include` line does, `config-defaults` before all.
    #[must_use]
    pub fn reading_position(&self, at: FileRange) -> Vec<usize> {
        let mut position = vec![at.range.start as usize];
        let mut file = at.file;
        // No file is read inside itself, so the way up is shorter than the list of files.
        for _ in &self.files {
            if file == self.file {
                position.push(1);
                break;
            }
            let including = self.includes.iter().find_map(|include| {
                let index = include.files().position(|it| it == file)?;
                Some((include, index))
            });
            let Some((include, index)) = including else {
                position.push(0);
                break;
            };
            position.extend([index, include.range.start as usize]);
            file = include.from;
        }
        position.reverse();
        position
    }
}

#[derive(Clone, Debug)]
struct File {
    path: PathBuf,
    document: Document,
    included_in: Vec<Place>,
    is_world_readable: Option<bool>,
}

/// Files with the roots that include them. A clone is a snapshot and shares all that stays the same.
#[derive(Clone, Debug, Default)]
pub struct Workspace {
    base: Option<PathBuf>,
    mappings: Vec<PathMapping>,
    files: Vec<Arc<File>>,
    by_identity: Arc<HashMap<PathBuf, FileId>>,
    roots: Arc<Vec<Root>>,
    /// The names of each root; none while nobody has asked for them.
    names: Vec<Arc<OnceLock<NameTable>>>,
    /// Nothing is known of what surrounds the files.
    is_alone: bool,
    knows_roots: bool,
    folders: Arc<HashMap<PathBuf, Vec<PathBuf>>>,
    policy: Arc<Policy>,
}

impl Workspace {
    /// A workspace of the files below `base`; none: below the folder of each root.
    #[must_use]
    pub fn new(base: Option<PathBuf>, mappings: Vec<PathMapping>) -> Self {
        Self {
            base,
            mappings,
            ..Self::default()
        }
    }

    /// A workspace of one file about whose surroundings nothing is known.
    #[must_use]
    pub fn alone(path: PathBuf, document: Document) -> (Self, FileId) {
        let mut workspace = Self {
            is_alone: true,
            names: vec![Arc::default()],
            ..Self::default()
        };
        let file = FileId(0);
        workspace.files.push(Arc::new(File {
            path,
            document,
            included_in: Vec::new(),
            is_world_readable: None,
        }));
        workspace.roots = Arc::new(vec![Root {
            file,
            files: vec![file],
            includes: Vec::new(),
            is_declared: false,
        }]);
        (workspace, file)
    }

    /// Remembers what the project says about findings.
    pub fn set_policy(&mut self, policy: impl Into<Arc<Policy>>) {
        self.policy = policy.into();
    }

    /// What the project says about findings.
    #[must_use]
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// Reads a root, which has an absolute path, and all that it includes.
    ///
    /// # Errors
    /// If the root itself cannot be read.
    pub fn add_root(&mut self, path: &Path, files: &dyn Files) -> Result<FileId, FileError> {
        let path = normalise(path);
        let file = self.load(&path, files).map_err(|unread| match unread {
            Unread::Failed(error) => error,
            _ => FileError::Refused("too many files".to_owned()),
        })?;
        if self.roots.iter().any(|root| root.file == file) {
            return Ok(file);
        }
        self.include_in(file, &[]);
        let folder = path.parent().map(Path::to_path_buf).unwrap_or_default();
        let mut reading = Reading {
            base: self.base.clone().unwrap_or_else(|| folder.clone()),
            root: Root {
                file,
                files: Vec::new(),
                includes: Vec::new(),
                is_declared: false,
            },
            folder,
            chain: Vec::new(),
        };
        let defaults = reading.folder.join(DEFAULTS);
        if files.kind(&defaults) == Some(FileKind::File)
            && let Ok(defaults) = self.load(&defaults, files)
            && defaults != file
        {
            self.include_in(defaults, &[Place::GLOBAL]);
            self.follow(defaults, &mut reading, files);
        }
        self.follow(file, &mut reading, files);
        Arc::make_mut(&mut self.roots).push(reading.root);
        self.settle_places();
        self.forget_names();
        Ok(file)
    }

    /// Reads a file that stands alone, or takes the one that was read already.
    fn load(&mut self, path: &Path, files: &dyn Files) -> Result<FileId, Unread> {
        let identity = files.identity(path);
        if let Some(id) = self.by_identity.get(&identity) {
            return Ok(*id);
        }
        if self.files.len() >= MOST_FILES {
            return Err(Unread::TooMany);
        }
        let document = files.document(path).map_err(Unread::Failed)?;
        let id = FileId(self.files.len());
        let file = File {
            path: path.to_path_buf(),
            document,
            included_in: Vec::new(),
            is_world_readable: files.is_world_readable(path),
        };
        self.files.push(Arc::new(file));
        Arc::make_mut(&mut self.by_identity).insert(identity, id);
        Ok(id)
    }

    /// Follows the includes of a file that this root has not read before.
    fn follow(&mut self, file: FileId, reading: &mut Reading, files: &dyn Files) {
        if reading.root.files.contains(&file) {
            return;
        }
        reading.root.files.push(file);
        reading.chain.push(file);
        let lines = self.include_lines(file).into_iter();
        let lines: Vec<_> = lines
            .map(|(range, places)| {
                let mut looked_in = BTreeSet::new();
                let located = self.find(file, range, reading, files, &mut looked_in);
                (range, places, located, looked_in)
            })
            .collect();
        let most = if reading.chain.len() < MOST_LEVELS {
            MOST_FILES.saturating_sub(self.files.len())
        } else {
            0
        };
        let paths = lines.iter().flat_map(|(_, _, located, _)| located.paths());
        files.expect(&paths.take(most).cloned().collect::<Vec<_>>());
        for (range, places, located, looked_in) in lines {
            let mut expected = None;
            let found = match located {
                find::Located::Files(paths) => {
                    let targets = paths.into_iter().map(|path| Target {
                        file: self.read_target(&path, &places, reading, files),
                        path,
                    });
                    Found::Files(targets.collect())
                }
                find::Located::Missing(path) => {
                    expected = path;
                    Found::Missing
                }
                find::Located::NothingMatches => Found::NothingMatches,
                find::Located::NotMapped => Found::NotMapped,
                find::Located::Outside => Found::Outside,
                find::Located::Remote => Found::Remote,
                find::Located::TooManyFolders(path) => Found::Files(vec![Target {
                    path,
                    file: Err(Unread::TooManyFolders),
                }]),
            };
            let nearest = |folder: PathBuf| {
                let mut there = folder
                    .ancestors()
                    .filter(|it| files.kind(it) == Some(FileKind::Folder));
                there.next().map(Path::to_path_buf)
            };
            let looked_in: BTreeSet<_> = looked_in.into_iter().filter_map(nearest).collect();
            let path = self.document(file).map(|it| it.slice(range.as_usize()));
            reading.root.includes.push(Include {
                from: file,
                range,
                path: path.unwrap_or_default(),
                places,
                found,
                expected,
                looked_in: looked_in.into_iter().collect(),
            });
        }
        reading.chain.pop();
    }

    fn find(
        &mut self,
        from: FileId,
        range: TextRange,
        reading: &Reading,
        files: &dyn Files,
        looked_in: &mut BTreeSet<PathBuf>,
    ) -> find::Located {
        let Some(file) = self.files.get(from.0) else {
            return find::Located::Missing(None);
        };
        let written = file.document.slice(range.as_usize());
        let plain = slip::plain(&written);
        let from_folder = file
            .path
            .parent()
            .map(Path::to_path_buf)
            .unwrap_or_default();
        let surroundings = find::Surroundings {
            from: &from_folder,
            root: &reading.folder,
            base: &reading.base,
            mappings: &self.mappings,
            files,
        };
        let (base, folders) = (&reading.base, Arc::make_mut(&mut self.folders));
        let mut located = |written: &str| {
            find::find(written, &surroundings, looked_in, || {
                folders
                    .entry(base.clone())
                    .or_insert_with(|| find::folders_below(base, files))
            })
        };
        let found = located(&written);
        // Look-alikes have a finding of their own: what was meant is read all the same.
        if plain != written && !matches!(found, find::Located::Files(_)) {
            return located(&plain);
        }
        found
    }

    fn read_target(
        &mut self,
        path: &Path,
        places: &[Place],
        reading: &mut Reading,
        files: &dyn Files,
    ) -> Result<FileId, Unread> {
        if reading.chain.len() >= MOST_LEVELS {
            return Err(Unread::TooDeep);
        }
        let file = self.load(path, files)?;
        if let Some(at) = reading.chain.iter().position(|link| *link == file) {
            let mut chain = reading.chain.get(at..).unwrap_or_default().to_vec();
            chain.push(file);
            return Err(Unread::Loop(chain));
        }
        self.include_in(file, places);
        self.follow(file, reading, files);
        Ok(file)
    }

    /// The `include` lines of a file with the places of what they include.
    fn include_lines(&self, file: FileId) -> Vec<(TextRange, Vec<Place>)> {
        let Some(document) = self.document(file) else {
            return Vec::new();
        };
        let mut lines = Vec::new();
        for item in document.items_where(|contents| contents.has_includes) {
            let start = TextRange::of(item.start, item.start).start;
            let is_top_level = item.facts.first_tag.is_none();
            for (range, place) in &item.facts.rare().includes {
                let places = match place {
                    _ if is_top_level => document.places().to_vec(),
                    Some(place) => vec![*place],
                    None => Vec::new(),
                };
                lines.push((range.shifted(start), places));
            }
        }
        lines
    }

    /// Tells a file that it is included in these places as well; whether that is news.
    fn include_in(&mut self, file: FileId, places: &[Place]) -> bool {
        let Some(file) = self.files.get_mut(file.0).map(Arc::make_mut) else {
            return false;
        };
        let before = file.included_in.len();
        for place in places {
            if !file.included_in.contains(place) {
                file.included_in.push(*place);
            }
        }
        let is_news = file.included_in.len() > before;
        // A document that was read before may remember other places.
        if is_news || before == 0 {
            file.included_in.sort_unstable();
            file.document.set_included_in(file.included_in.clone());
        }
        is_news
    }

    /// Passes places on through nested includes until nothing changes. A file may have been followed
    /// before it was known in how many places it stands.
    fn settle_places(&mut self) {
        let mut is_settled = false;
        while !is_settled {
            is_settled = true;
            let mut roots = std::mem::take(Arc::make_mut(&mut self.roots));
            let mut lines: HashMap<(FileId, TextRange), Vec<Place>> = HashMap::new();
            for file in roots.iter().flat_map(|root| &root.files) {
                let own = self.include_lines(*file).into_iter();
                lines.extend(own.map(|(range, places)| ((*file, range), places)));
            }
            for include in roots.iter_mut().flat_map(|root| &mut root.includes) {
                if let Some(places) = lines.get(&(include.from, include.range)) {
                    include.places.clone_from(places);
                }
                let targets: Vec<FileId> = include.files().collect();
                for target in targets {
                    is_settled &= !self.include_in(target, &include.places);
                }
            }
            self.roots = Arc::new(roots);
        }
    }

    /// The `include` lines of a file that name this path. What is known of them stays true while an
    /// edit moves them.
    pub fn includes_of<'a>(
        &'a self,
        file: FileId,
        path: &'a str,
    ) -> impl Iterator<Item = &'a Include> {
        let includes = self.roots.iter().flat_map(|root| &root.includes);
        includes.filter(move |include| include.from == file && include.path == path)
    }

    /// Where the path in an `include` line stands now: an edit may have moved it since its files were
    /// looked for. Empty if the line is gone.
    #[must_use]
    pub fn place_of(&self, include: &Include) -> FileRange {
        let range = self.document(include.from).and_then(|document| {
            let is_it = |range: &TextRange| document.slice(range.as_usize()) == include.path;
            if is_it(&include.range) {
                return Some(include.range);
            }
            document.includes().map(|(range, _)| range).find(is_it)
        });
        FileRange {
            file: include.from,
            range: range.unwrap_or_default(),
        }
    }

    /// Whether the project has more folders than are searched for included files.
    pub(crate) fn has_more_folders(&self) -> bool {
        let mut searched = self.folders.values();
        searched.any(|folders| folders.len() >= MOST_FOLDERS)
    }

    /// What the project says about folders of the server.
    pub(crate) fn mappings(&self) -> &[PathMapping] {
        &self.mappings
    }

    /// The roots, in the order in which they were added.
    #[must_use]
    pub fn roots(&self) -> &[Root] {
        self.roots.as_slice()
    }

    /// The roots that a file is part of.
    pub fn roots_with(&self, file: FileId) -> impl Iterator<Item = &Root> {
        let roots = self.roots.iter();
        roots.filter(move |root| root.files.contains(&file))
    }

    /// Remembers that the project names a file as a root.
    pub fn declare_root(&mut self, file: FileId) {
        let roots = Arc::make_mut(&mut self.roots).iter_mut();
        for root in roots.filter(|root| root.file == file) {
            root.is_declared = true;
        }
    }

    /// Whether the project names its roots and all that they include was read, so that a file which
    /// is in none of them is used by nobody.
    #[must_use]
    pub fn knows_roots(&self) -> bool {
        self.knows_roots
    }

    /// Tells whether the project names its roots and all that they include was read.
    pub fn set_knows_roots(&mut self, knows_roots: bool) {
        self.knows_roots = knows_roots;
    }

    /// Whether a root is a whole configuration: the project names it, its name says so, or it reads
    /// like one and no other root includes it.
    #[must_use]
    pub fn is_complete(&self, root: &Root) -> bool {
        let has_root_name = || {
            let name = self.path(root.file).and_then(Path::file_name);
            name.is_some_and(is_root_name)
        };
        let is_included = || {
            let others = self.roots.iter().filter(|other| other.file != root.file);
            others
                .into_iter()
                .any(|other| other.files.contains(&root.file))
        };
        let reads_like_root = || {
            self.document(root.file)
                .is_some_and(Document::looks_like_root)
        };
        root.is_declared || has_root_name() || (reads_like_root() && !is_included())
    }

    /// Whether all that a root holds is known: it is complete, and all that it includes was read.
    #[must_use]
    pub fn is_resolved(&self, root: &Root) -> bool {
        let is_read = |target: &Target| matches!(target.file, Ok(_) | Err(Unread::Loop(_)));
        let all_read = root.includes.iter().all(|include| match &include.found {
            Found::Files(targets) => targets.iter().all(is_read),
            Found::Missing
            | Found::NothingMatches
            | Found::NotMapped
            | Found::Outside
            | Found::Remote => false,
        });
        let is_generated = || {
            let documents = root.files.iter().filter_map(|file| self.document(*file));
            documents.into_iter().any(Document::has_template_markers)
        };
        let has_broken_include = || {
            let documents = root.files.iter().filter_map(|file| self.document(*file));
            documents
                .into_iter()
                .any(|document| document.gaps().directives.has("include"))
        };
        all_read
            && !has_broken_include()
            && !self.is_alone
            && self.is_complete(root)
            && !is_generated()
    }

    /// Whether the settings that PowerMTA brings along were read with a root.
    #[must_use]
    pub fn has_defaults(&self, root: &Root) -> bool {
        let mut paths = root.files.iter().filter_map(|file| self.path(*file));
        paths.any(|path| path.file_name().is_some_and(|name| name == DEFAULTS))
    }

    /// All files, in the order in which they were first read.
    pub fn files(&self) -> impl Iterator<Item = FileId> + '_ {
        (0..self.files.len()).map(FileId)
    }

    /// A file's text and what is known of it.
    #[must_use]
    pub fn document(&self, file: FileId) -> Option<&Document> {
        self.files.get(file.0).map(|file| &file.document)
    }

    /// Puts another document in the place of a file's: one whose text an editor holds. It has to be
    /// told itself in which places the file stands. Whether names are defined or used that were not
    /// before, or no more.
    pub fn set_document(&mut self, file: FileId, document: Document) -> bool {
        let Some(slot) = self.files.get_mut(file.0) else {
            return false;
        };
        let mut is_changed = false;
        for (root, names) in self.roots.iter().zip(&mut self.names) {
            if !root.files.contains(&file) {
                continue;
            }
            let Some(table) = names.get() else {
                is_changed = true;
                continue;
            };
            let mut table = table.clone();
            if table.update(file, &slot.document, &document) {
                *names = Arc::new(OnceLock::from(table));
                is_changed = true;
            }
        }
        *slot = Arc::new(File {
            path: slot.path.clone(),
            document,
            included_in: slot.included_in.clone(),
            is_world_readable: slot.is_world_readable,
        });
        is_changed
    }

    /// The names that the files of a root define and use.
    pub(crate) fn names(&self, root: &Root) -> Option<&NameTable> {
        let index = self.roots.iter().position(|it| it.file == root.file)?;
        let names = self.names.get(index)?;
        Some(names.get_or_init(|| {
            let files = root.files.iter();
            NameTable::new(files.filter_map(|file| Some((*file, self.document(*file)?))))
        }))
    }

    /// Counts the names of all roots, so that no request has to wait for it.
    pub fn prepare(&self) {
        for root in self.roots.iter() {
            let _ = self.names(root);
        }
    }

    /// Lets the names be counted again: the place of a file decides what its lines mean.
    fn forget_names(&mut self) {
        self.names = self.roots.iter().map(|_| Arc::default()).collect();
    }

    /// Tells whether every user of the machine may read a file; none: not known.
    pub fn set_world_readable(&mut self, file: FileId, is_world_readable: Option<bool>) {
        if let Some(file) = self.files.get_mut(file.0) {
            Arc::make_mut(file).is_world_readable = is_world_readable;
        }
    }

    /// Whether every user of the machine may read a file; none: not known.
    #[must_use]
    pub fn is_world_readable(&self, file: FileId) -> Option<bool> {
        self.files.get(file.0)?.is_world_readable
    }

    /// The places in which `include` lines put the top level of a file.
    #[must_use]
    pub fn included_in(&self, file: FileId) -> &[Place] {
        self.files
            .get(file.0)
            .map(|file| file.included_in.as_slice())
            .unwrap_or_default()
    }

    /// The path by which a file was first reached.
    #[must_use]
    pub fn path(&self, file: FileId) -> Option<&Path> {
        self.files.get(file.0).map(|file| file.path.as_path())
    }

    /// A path as people know it: from the folder of the workspace, or from the one that all its roots
    /// lie in.
    #[must_use]
    pub fn shown_path(&self, path: &Path) -> String {
        let folders = || {
            let roots = self.roots.iter().filter_map(|root| self.path(root.file));
            roots.filter_map(Path::parent)
        };
        let above = match &self.base {
            Some(base) => Some(base.as_path()),
            None => folders().next().and_then(|first| {
                let mut above = first.ancestors();
                above.find(|above| folders().all(|folder| folder.starts_with(above)))
            }),
        };
        let shown = above.and_then(|above| path.strip_prefix(above).ok());
        shown.unwrap_or(path).display().to_string()
    }

    /// A file's path as people know it.
    #[must_use]
    pub fn shown_name(&self, file: FileId) -> String {
        self.path(file)
            .map(|path| self.shown_path(path))
            .unwrap_or_default()
    }

    /// The file at a path, if it was read.
    #[must_use]
    pub fn file_at(&self, path: &Path, files: &dyn Files) -> Option<FileId> {
        self.by_identity
            .get(&files.identity(&normalise(path)))
            .copied()
    }

    /// Tells in which places the top level of a file stands, as far as the file does not say so
    /// itself.
    pub fn set_places(&mut self, file: FileId, places: &[Place]) {
        if self.include_in(file, places) {
            self.settle_places();
            self.forget_names();
        }
    }
}

/// What is needed while the includes of one root are followed.
struct Reading {
    root: Root,
    folder: PathBuf,
    base: PathBuf,
    chain: Vec<FileId>,
}

#[cfg(test)]
mod tests;
