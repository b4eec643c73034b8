//! A disk in memory, with links, folders and things that are no files.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use pmta_analysis::workspace::{FileError, FileKind, Files, FolderEntry, normalise};

/// Most links that are followed one after the other.
const MOST_LINKS: usize = 8;

/// What stands at a path.
#[derive(Clone, Debug)]
pub enum Thing {
    /// A file of these bytes.
    File(Vec<u8>),
    /// A link to another path.
    Link(PathBuf),
    /// Something that must not be read.
    Device,
}

/// A disk in memory.
#[derive(Clone, Debug, Default)]
pub struct Disk(BTreeMap<PathBuf, Thing>);

impl Disk {
    /// Puts something at an absolute path.
    pub fn put(&mut self, path: impl Into<PathBuf>, thing: Thing) {
        self.0.insert(path.into(), thing);
    }

    fn is_folder(&self, path: &Path) -> bool {
        let mut below = self.0.keys();
        below.any(|file| file != path && file.starts_with(path))
    }
}

impl Files for Disk {
    fn read(&self, path: &Path) -> Result<Vec<u8>, FileError> {
        match self.0.get(&self.identity(path)) {
            Some(Thing::File(bytes)) => Ok(bytes.clone()),
            Some(_) => Err(FileError::Refused("it is no file".to_owned())),
            None => Err(FileError::Missing),
        }
    }

    fn list(&self, folder: &Path) -> Vec<FolderEntry> {
        let folder = self.identity(folder);
        let first = |path: &Path| {
            let below = path.strip_prefix(&folder).ok()?;
            Some(below.components().next()?.as_os_str().to_owned())
        };
        let names: BTreeSet<_> = self.0.keys().filter_map(|path| first(path)).collect();
        let entry = |name: std::ffi::OsString| {
            let path = folder.join(&name);
            let is_link = matches!(self.0.get(&path), Some(Thing::Link(_)));
            let kind = if is_link { None } else { self.kind(&path) };
            FolderEntry { name, kind }
        };
        names.into_iter().map(entry).collect()
    }

    fn kind(&self, path: &Path) -> Option<FileKind> {
        let path = self.identity(path);
        if self.is_folder(&path) {
            return Some(FileKind::Folder);
        }
        match self.0.get(&path)? {
            Thing::File(_) => Some(FileKind::File),
            Thing::Device => Some(FileKind::Other),
            // It leads in a circle.
            Thing::Link(_) => None,
        }
    }

    fn identity(&self, path: &Path) -> PathBuf {
        let mut path = normalise(path);
        for _ in 0..MOST_LINKS {
            match self.0.get(&path) {
                Some(Thing::Link(target)) => path = normalise(target),
                _ => break,
            }
        }
        path
    }
}
