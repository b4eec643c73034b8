//! Links from written paths to the files that are there.

use std::collections::{HashMap, HashSet};
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use pmta_analysis::links::{self, LinkTarget};
use pmta_analysis::workspace::{FileId, FileKind, Files};
use tower_lsp::ls_types::{DocumentLink, Uri};

use crate::files::DiskFiles;
use crate::requests::Cancellation;
use crate::state::Snapshot;
use crate::to_proto;

/// The links of a document. A wildcard leads to the first file that it matches: going to its
/// definition shows them all.
#[must_use]
pub fn links(snapshot: &Snapshot, cancellation: &Cancellation) -> Vec<DocumentLink> {
    let mut disk = Folders {
        snapshot,
        files: DiskFiles::default(),
        known: HashMap::new(),
    };
    let found = links::links(&snapshot.workspace, snapshot.file).into_iter();
    let found = found.take_while(|_| !cancellation.is_cancelled());
    let links = found.filter_map(|link| {
        let (target, tooltip) = match link.target {
            LinkTarget::Read(files) => read(snapshot, &files)?,
            LinkTarget::Written(path) => (Uri::from_file_path(disk.find(&path)?)?, None),
        };
        Some(DocumentLink {
            range: to_proto::range(snapshot, link.range),
            target: Some(target),
            tooltip: tooltip.filter(|_| snapshot.client.navigation.link_tooltips),
            data: None,
        })
    });
    links.collect()
}

fn read(snapshot: &Snapshot, files: &[FileId]) -> Option<(Uri, Option<String>)> {
    let first = files.first()?;
    let tooltip = (files.len() > 1).then(|| format!("Open the first of {} files", files.len()));
    Some((snapshot.uris.get(first)?.clone(), tooltip))
}

/// Folders that paths lead to, each looked into once.
struct Folders<'a> {
    snapshot: &'a Snapshot,
    files: DiskFiles,
    known: HashMap<String, Vec<(PathBuf, HashSet<OsString>)>>,
}

impl Folders<'_> {
    /// The file that a written path leads to, if it is there.
    fn find(&mut self, written: &str) -> Option<PathBuf> {
        let cut = written
            .rfind(['/', '\\'])
            .map_or(0, |at| at.saturating_add(1));
        let (folder, name) = (written.get(..cut)?, written.get(cut..)?);
        let (snapshot, files) = (self.snapshot, &self.files);
        let folders = self.known.entry(folder.to_owned()).or_insert_with(|| {
            let folders = snapshot
                .workspace
                .folders_written(snapshot.file, folder, files);
            folders
                .into_iter()
                .map(|folder| (names_of_files(&folder, files), folder))
                .map(|(names, folder)| (folder, names))
                .collect()
        });
        let holds = |names: &HashSet<OsString>| names.contains(Path::new(name).as_os_str());
        let (folder, _) = folders.iter().find(|(_, names)| holds(names))?;
        Some(folder.join(name))
    }
}

fn names_of_files(folder: &Path, files: &DiskFiles) -> HashSet<OsString> {
    let entries = files.list(folder).into_iter();
    let is_file = |entry: &pmta_analysis::workspace::FolderEntry| {
        let kind = entry.kind.or_else(|| files.kind(&folder.join(&entry.name)));
        kind == Some(FileKind::File)
    };
    entries.filter(is_file).map(|entry| entry.name).collect()
}
