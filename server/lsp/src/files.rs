//! The disk as a workspace sees it: regular files of sensible size, and nothing else.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use pmta_analysis::document::Document;
use pmta_analysis::workspace::{FileError, FileKind, Files, FolderEntry, normalise};

use crate::parallel;

/// Most bytes of a file that are read.
pub const LARGEST_FILE: u64 = 64 << 20;

/// Files on disk, some of them replaced by texts that are newer. Each is analysed once: what changes on
/// the disk afterwards is not seen in its document.
#[derive(Debug, Default)]
pub struct DiskFiles {
    replaced: BTreeMap<PathBuf, Vec<u8>>,
    documents: Mutex<HashMap<PathBuf, Document>>,
    analysed: Arc<AtomicUsize>,
}

impl DiskFiles {
    /// The number of files that were analysed, as it grows.
    #[must_use]
    pub fn analysed(&self) -> Arc<AtomicUsize> {
        Arc::clone(&self.analysed)
    }

    /// Reads this text instead of what the disk holds at an absolute path.
    pub fn replace(&mut self, path: &Path, text: Vec<u8>) {
        let path = identity_on_disk(path);
        let documents = self.documents.get_mut();
        documents
            .unwrap_or_else(PoisonError::into_inner)
            .remove(&path);
        self.replaced.insert(path, text);
    }

    /// Reads what the disk holds at an absolute path again.
    pub fn forget(&mut self, path: &Path) {
        let path = identity_on_disk(path);
        self.documents().remove(&path);
        self.replaced.remove(&path);
    }

    fn documents(&self) -> MutexGuard<'_, HashMap<PathBuf, Document>> {
        self.documents
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl Files for DiskFiles {
    fn read(&self, path: &Path) -> Result<Vec<u8>, FileError> {
        if let Some(text) = self.replaced.get(&identity_on_disk(path)) {
            return Ok(text.clone());
        }
        // Looked at before it is opened: opening a pipe waits, opening a device may do something.
        check(&fs::metadata(path).map_err(|error| failure(&error))?)?;
        let file = File::open(path).map_err(|error| failure(&error))?;
        check(&file.metadata().map_err(|error| failure(&error))?)?;
        read_limited(file)
    }

    fn document(&self, path: &Path) -> Result<Document, FileError> {
        let identity = identity_on_disk(path);
        let known = |documents: &HashMap<PathBuf, Document>| documents.get(&identity).cloned();
        if let Some(document) = known(&self.documents()) {
            return Ok(document);
        }
        let document = Document::from_bytes(&self.read(path)?);
        self.documents().insert(identity, document.clone());
        self.analysed.fetch_add(1, Ordering::Relaxed);
        Ok(document)
    }

    fn expect(&self, paths: &[PathBuf]) {
        let mut seen = HashSet::new();
        let different = paths
            .iter()
            .filter(|path| seen.insert(identity_on_disk(path)));
        let different: Vec<&PathBuf> = different.collect();
        // Who asks for one that cannot be read is told why.
        parallel::each(&different, |path| self.document(path).is_ok());
    }

    fn list(&self, folder: &Path) -> Vec<FolderEntry> {
        let Ok(entries) = fs::read_dir(folder) else {
            return Vec::new();
        };
        entries
            .flatten()
            .filter_map(|entry| {
                let kind = entry.file_type().ok()?;
                let kind = (!kind.is_symlink()).then(|| kind_of(kind));
                Some(FolderEntry {
                    name: entry.file_name(),
                    kind,
                })
            })
            .collect()
    }

    fn kind(&self, path: &Path) -> Option<FileKind> {
        if self.replaced.contains_key(&identity_on_disk(path)) {
            return Some(FileKind::File);
        }
        fs::metadata(path)
            .ok()
            .map(|metadata| kind_of(metadata.file_type()))
    }

    fn identity(&self, path: &Path) -> PathBuf {
        identity_on_disk(path)
    }

    #[cfg(unix)]
    fn is_world_readable(&self, path: &Path) -> Option<bool> {
        use std::os::unix::fs::PermissionsExt as _;
        const READ_BY_OTHERS: u32 = 0o004;
        let metadata = fs::metadata(path).ok()?;
        Some(metadata.permissions().mode() & READ_BY_OTHERS != 0)
    }
}

/// The path with its links followed, as far as it leads to something.
fn identity_on_disk(path: &Path) -> PathBuf {
    if let Ok(identity) = fs::canonicalize(path) {
        return identity;
    }
    let of_folder = path
        .parent()
        .zip(path.file_name())
        .and_then(|(folder, name)| {
            fs::canonicalize(folder)
                .ok()
                .map(|folder| folder.join(name))
        });
    of_folder.unwrap_or_else(|| normalise(path))
}

fn kind_of(kind: fs::FileType) -> FileKind {
    if kind.is_file() {
        FileKind::File
    } else if kind.is_dir() {
        FileKind::Folder
    } else {
        FileKind::Other
    }
}

fn check(metadata: &fs::Metadata) -> Result<(), FileError> {
    let kind = metadata.file_type();
    if kind.is_dir() {
        return Err(FileError::Refused("it is a folder".to_owned()));
    }
    if !kind.is_file() {
        return Err(FileError::Refused(
            "it is a device or a pipe, not a file".to_owned(),
        ));
    }
    if metadata.len() > LARGEST_FILE {
        return Err(too_large());
    }
    Ok(())
}

/// Reads all there is, up to the limit; beyond it the file is refused.
///
/// # Errors
/// If reading fails or there is too much.
pub fn read_limited(source: impl Read) -> Result<Vec<u8>, FileError> {
    let mut bytes = Vec::new();
    source
        .take(LARGEST_FILE.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|error| failure(&error))?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length > LARGEST_FILE) {
        return Err(too_large());
    }
    Ok(bytes)
}

fn too_large() -> FileError {
    FileError::Refused(format!("it is larger than {} MiB", LARGEST_FILE >> 20))
}

fn failure(error: &io::Error) -> FileError {
    match error.kind() {
        io::ErrorKind::NotFound => FileError::Missing,
        io::ErrorKind::PermissionDenied => FileError::Unreadable("it may not be read".to_owned()),
        _ => FileError::Unreadable(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_regular_files_are_read() {
        let folder = tempfile::tempdir().unwrap();
        let disk = DiskFiles::default();
        assert_eq!(
            disk.read(folder.path()),
            Err(FileError::Refused("it is a folder".to_owned()))
        );
        assert_eq!(
            disk.read(&folder.path().join("none")),
            Err(FileError::Missing)
        );
        #[cfg(unix)]
        assert!(matches!(
            disk.read(Path::new("/dev/zero")),
            Err(FileError::Refused(_))
        ));
        let file = folder.path().join("config");
        fs::write(&file, "a").unwrap();
        assert_eq!(disk.read(&file), Ok(b"a".to_vec()));
        File::create(folder.path().join("large"))
            .unwrap()
            .set_len(LARGEST_FILE + 1)
            .unwrap();
        assert!(matches!(
            disk.read(&folder.path().join("large")),
            Err(FileError::Refused(_))
        ));
        assert!(matches!(
            read_limited(io::repeat(0)),
            Err(FileError::Refused(_))
        ));
    }

    #[test]
    fn a_newer_text_takes_the_place_of_the_disk() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("part.conf");
        let mut disk = DiskFiles::default();
        disk.replace(&path, b"newer".to_vec());
        assert_eq!(disk.kind(&path), Some(FileKind::File));
        assert_eq!(
            disk.read(&folder.path().join("./part.conf")),
            Ok(b"newer".to_vec())
        );
    }

    #[test]
    fn a_document_is_kept_until_a_newer_text_comes() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config");
        fs::write(&path, "first").unwrap();
        let mut disk = DiskFiles::default();
        let text = |disk: &DiskFiles| disk.document(&path).unwrap().rope().to_string();
        assert_eq!(text(&disk), "first");
        fs::write(&path, "second").unwrap();
        assert_eq!(text(&disk), "first");
        disk.replace(&path, b"third".to_vec());
        assert_eq!(text(&disk), "third");
    }
}
