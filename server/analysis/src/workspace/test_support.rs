//! A disk in memory.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::{FileError, FileKind, Files, FolderEntry, normalise};

/// Files by path. A text that begins with `-> ` makes a link to the path that follows.
#[derive(Debug, Default)]
pub(crate) struct Disk(BTreeMap<PathBuf, String>);

impl Disk {
    /// Files in the form `path` and text.
    pub(crate) fn of(files: &[(&str, &str)]) -> Self {
        Self(
            files
                .iter()
                .map(|(path, text)| (PathBuf::from(path), (*text).to_owned()))
                .collect(),
        )
    }

    fn is_folder(&self, path: &Path) -> bool {
        self.0
            .keys()
            .any(|file| file != path && file.starts_with(path))
    }
}

impl Files for Disk {
    fn read(&self, path: &Path) -> Result<Vec<u8>, FileError> {
        let path = self.identity(path);
        if self.is_folder(&path) {
            return Err(FileError::Refused("it is a folder".to_owned()));
        }
        self.0
            .get(&path)
            .map(|text| text.clone().into_bytes())
            .ok_or(FileError::Missing)
    }

    fn list(&self, folder: &Path) -> Vec<FolderEntry> {
        let names: BTreeSet<_> = self
            .0
            .keys()
            .filter_map(|file| {
                file.strip_prefix(folder)
                    .ok()?
                    .components()
                    .next()
                    .map(|it| it.as_os_str().to_owned())
            })
            .collect();
        names
            .into_iter()
            .map(|name| {
                let path = folder.join(&name);
                let is_link = self
                    .0
                    .get(&path)
                    .is_some_and(|text| text.starts_with("-> "));
                FolderEntry {
                    kind: if is_link { None } else { self.kind(&path) },
                    name,
                }
            })
            .collect()
    }

    fn kind(&self, path: &Path) -> Option<FileKind> {
        let path = self.identity(path);
        if self.is_folder(&path) {
            return Some(FileKind::Folder);
        }
        self.0.contains_key(&path).then_some(FileKind::File)
    }

    fn identity(&self, path: &Path) -> PathBuf {
        let path = normalise(path);
        match self.0.get(&path).and_then(|text| text.strip_prefix("-> ")) {
            Some(target) => PathBuf::from(target),
            None => path,
        }
    }
}
