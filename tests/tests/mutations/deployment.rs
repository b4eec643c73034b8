//! A deployment as the test holds it: its files, and what is found in them with one file changed.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use pmta_analysis::catalog::Place;
use pmta_analysis::document::Document;
use pmta_analysis::findings::findings;
use pmta_analysis::workspace::{FileError, FileKind, Files, FolderEntry, Workspace, is_root_name};
use pmta_ls_tests::{corpus, deployments, files_below, workspace_root};

use crate::lines::{self, Line};

/// A root with the files it may include.
pub(crate) struct Deployment {
    /// The root.
    pub(crate) root: PathBuf,
    /// The files that are read, the root among them.
    pub(crate) files: Vec<File>,
    /// Whether all of it is known, so that names can be called undefined.
    pub(crate) is_resolved: bool,
    /// What is found in it as it is.
    found: Vec<Found>,
}

/// A file of a deployment.
pub(crate) struct File {
    /// Its path.
    pub(crate) path: PathBuf,
    /// Its lines.
    pub(crate) lines: Vec<Line>,
    /// Lines that already have a finding.
    pub(crate) is_reported: Vec<bool>,
    /// The place of its top level, if it is one.
    pub(crate) top: Option<Place>,
    text: String,
    document: Document,
}

/// Something found: in which file, from which line to which, and what.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    /// The file's index in the deployment.
    pub(crate) file: usize,
    /// Its first and last line.
    pub(crate) lines: (usize, usize),
    /// The rule's code.
    pub(crate) code: &'static str,
    /// The message.
    pub(crate) message: String,
}

/// Documents by path; all there is of a disk.
struct Disk(HashMap<PathBuf, Document>);

impl Files for Disk {
    fn read(&self, path: &Path) -> Result<Vec<u8>, FileError> {
        self.document(path)
            .map(|document| document.rope().to_string().into_bytes())
    }

    fn document(&self, path: &Path) -> Result<Document, FileError> {
        self.0.get(path).cloned().ok_or(FileError::Missing)
    }

    fn list(&self, folder: &Path) -> Vec<FolderEntry> {
        let mut entries: Vec<FolderEntry> = Vec::new();
        for path in self.0.keys() {
            let Some(name) = path
                .strip_prefix(folder)
                .ok()
                .and_then(|below| below.components().next())
            else {
                continue;
            };
            let name = name.as_os_str().to_owned();
            let kind = self.kind(&folder.join(&name));
            entries.push(FolderEntry { name, kind });
        }
        entries.sort();
        entries.dedup();
        entries
    }

    fn kind(&self, path: &Path) -> Option<FileKind> {
        if self.0.contains_key(path) {
            return Some(FileKind::File);
        }
        let mut below = self.0.keys().filter(|file| file.starts_with(path));
        below.next().map(|_| FileKind::Folder)
    }

    fn identity(&self, path: &Path) -> PathBuf {
        path.to_path_buf()
    }
}

/// All deployments: ours, the examples of the manual, and each file of the corpora as one of its own.
pub(crate) fn all() -> Vec<Deployment> {
    let mut deployments_found = Vec::new();
    for folder in [deployments(), workspace_root().join("docs/examples")] {
        let files = files_below(&folder);
        let is_root = |path: &&PathBuf| path.file_name().is_some_and(is_root_name);
        for root in files.iter().filter(is_root) {
            let beside =
                |path: &&PathBuf| root.parent().is_some_and(|folder| path.starts_with(folder));
            let read = files.iter().filter(beside).cloned();
            deployments_found.extend(Deployment::read(root.clone(), read.collect()));
        }
    }
    for path in files_below(&workspace_root().join("tests/fixtures/folklore")) {
        deployments_found.extend(Deployment::read(path.clone(), vec![path]));
    }
    if let Some(corpus) = corpus() {
        for folder in ["genuine", "invented"] {
            let files = files_below(&corpus.join(folder));
            deployments_found.extend(files.iter().filter_map(|path| Deployment::alone(path)));
        }
    }
    deployments_found
}

impl Deployment {
    fn read(root: PathBuf, paths: Vec<PathBuf>) -> Option<Self> {
        let documents = paths.into_iter().filter_map(|path| {
            let bytes = std::fs::read(&path).ok()?;
            Some((path, Document::from_bytes(&bytes)))
        });
        Self::of(root, Disk(documents.collect()))
    }

    /// A file as the whole configuration of a server, under the name that such a one has.
    fn alone(path: &Path) -> Option<Self> {
        let bytes = std::fs::read(path).ok()?;
        let root = path.join("config");
        let document = Document::from_bytes(&bytes);
        Self::of(root.clone(), Disk(HashMap::from([(root, document)])))
    }

    fn of(root: PathBuf, disk: Disk) -> Option<Self> {
        let workspace = workspace(&root, &disk)?;
        let found = all_findings(&workspace);
        let mut files = Vec::new();
        for (index, id) in workspace.files().enumerate() {
            let document = workspace.document(id)?.clone();
            let text = document.rope().to_string();
            let lines = lines::read(&text);
            let mut is_reported = vec![false; lines.len()];
            for found in found.iter().filter(|found| found.file == index) {
                let (first, last) = found.lines;
                for line in is_reported.iter_mut().take(last + 1).skip(first) {
                    *line = true;
                }
            }
            files.push(File {
                path: workspace.path(id)?.to_path_buf(),
                lines,
                is_reported,
                top: match document.places() {
                    [place] => Some(*place),
                    _ => None,
                },
                text,
                document,
            });
        }
        let is_resolved = workspace
            .roots()
            .iter()
            .all(|root| workspace.is_resolved(root));
        Some(Self {
            root,
            files,
            is_resolved,
            found,
        })
    }

    /// What is found in it as it is.
    pub(crate) fn found(&self) -> &[Found] {
        &self.found
    }

    /// What is found in it if a file has another text.
    pub(crate) fn with(&self, file: usize, text: &str) -> Vec<Found> {
        let documents = self
            .files
            .iter()
            .map(|file| (file.path.clone(), file.document.clone()));
        let mut disk = Disk(documents.collect());
        let changed = &self.files[file];
        let mut document = changed.document.clone();
        let (range, replacement) = difference(&changed.text, text);
        document.edit(range, replacement);
        disk.0.insert(changed.path.clone(), document);
        let found = workspace(&self.root, &disk).map(|workspace| {
            let index_of: Vec<Option<usize>> = workspace
                .files()
                .map(|id| {
                    let path = workspace.path(id)?;
                    self.files.iter().position(|file| file.path == path)
                })
                .collect();
            let mut found = all_findings(&workspace);
            for found in &mut found {
                found.file = index_of[found.file].unwrap_or(usize::MAX);
            }
            found
        });
        found.unwrap_or_default()
    }
}

fn workspace(root: &Path, disk: &Disk) -> Option<Workspace> {
    let mut workspace = Workspace::new(root.parent().map(Path::to_path_buf), Vec::new());
    workspace.add_root(root, disk).ok()?;
    Some(workspace)
}

fn all_findings(workspace: &Workspace) -> Vec<Found> {
    let mut all = Vec::new();
    for (index, id) in workspace.files().enumerate() {
        let Some(document) = workspace.document(id) else {
            continue;
        };
        let rope = document.rope();
        for finding in findings(workspace, id) {
            let range = finding.range.as_usize();
            let last = range.end.saturating_sub(1).max(range.start);
            all.push(Found {
                file: index,
                lines: (rope.byte_to_line(range.start), rope.byte_to_line(last)),
                code: finding.rule.code,
                message: finding.message,
            });
        }
    }
    all
}

/// The part of a text in which another differs, and what stands there in the other.
fn difference<'t>(old: &str, new: &'t str) -> (std::ops::Range<usize>, &'t str) {
    let same = |(one, other): &(u8, u8)| one == other;
    let mut start = old.bytes().zip(new.bytes()).take_while(same).count();
    while !old.is_char_boundary(start) || !new.is_char_boundary(start) {
        start -= 1;
    }
    let rest = (old.len() - start).min(new.len() - start);
    let backwards = old.bytes().rev().zip(new.bytes().rev());
    let mut end = backwards.take(rest).take_while(same).count();
    while !old.is_char_boundary(old.len() - end) || !new.is_char_boundary(new.len() - end) {
        end -= 1;
    }
    (start..old.len() - end, &new[start..new.len() - end])
}
