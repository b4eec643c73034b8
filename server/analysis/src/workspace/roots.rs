//! Finding roots: configurations that no other file includes.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use super::find::folders_below;
use super::{FileId, FileKind, Files, PathMapping, Workspace};

/// Names under which PowerMTA and its packages keep a configuration.
pub const ROOT_NAMES: [&str; 3] = ["config", "config.dat", "pmta.conf"];

/// Ends of names under which other configurations are looked for.
const ENDINGS: [&str; 5] = ["conf", "cfg", "dat", "pmta", "txt"];

/// Folders above a fragment in which its root is looked for by name.
const FOLDERS_ABOVE: usize = 3;

/// Most files that are read to see whether they are roots, and most bytes of them: somebody may open a
/// folder full of other things whose names end alike.
const MOST_READ: usize = 10_000;
const MOST_BYTES: usize = 512 << 20;

/// What may still be read in a search for roots.
struct Allowance {
    files: usize,
    bytes: usize,
}

impl Allowance {
    fn new() -> Self {
        Self {
            files: MOST_READ,
            bytes: MOST_BYTES,
        }
    }

    /// The bytes of a file, if it may be read and can be.
    fn read(&mut self, path: &Path, files: &dyn Files) -> Option<Vec<u8>> {
        if self.bytes == 0 {
            return None;
        }
        self.files = self.files.checked_sub(1)?;
        let bytes = files.read(path).ok()?;
        self.bytes = self.bytes.saturating_sub(bytes.len());
        Some(bytes)
    }
}

/// Whether a file is a root by its name.
#[must_use]
pub fn is_root_name(name: &OsStr) -> bool {
    ROOT_NAMES.iter().any(|root| name == *root)
}

/// The roots below a folder: by name, and files that read like one and that none of the others
/// includes. Sorted.
#[must_use]
pub fn find_roots(folder: &Path, mappings: &[PathMapping], files: &dyn Files) -> Vec<PathBuf> {
    let mut named = Vec::new();
    let mut alike = Vec::new();
    let mut allowance = Allowance::new();
    for folder in folders_below(folder, files) {
        let alike = Some((&mut alike, &mut allowance));
        collect(&folder, files, &mut named, alike, |_| true);
    }
    if !alike.is_empty() {
        let base = Some(folder.to_path_buf());
        let alike = included_by_nobody(&named, &alike, base, mappings, files);
        named.extend(alike);
    }
    named.sort();
    named
}

/// Files near a folder that may include the files in it: roots by name there and a little above, and
/// files that read like a root and include something there and in the folder above.
#[must_use]
pub fn roots_near(folder: &Path, files: &dyn Files) -> Vec<PathBuf> {
    let mut roots = Vec::new();
    let mut alike = Vec::new();
    let mut allowance = Allowance::new();
    let may_include = |bytes: &[u8]| holds(bytes, b"include");
    let above = folder.ancestors().take(FOLDERS_ABOVE.saturating_add(1));
    for (steps, folder) in above.enumerate() {
        let alike = (steps <= 1).then_some((&mut alike, &mut allowance));
        collect(folder, files, &mut roots, alike, may_include);
    }
    roots.extend(alike);
    roots
}

/// Adds the roots that stand directly in a folder: by name, and those that read like one and may be
/// wanted by what they hold.
fn collect(
    folder: &Path,
    files: &dyn Files,
    named: &mut Vec<PathBuf>,
    mut alike: Option<(&mut Vec<PathBuf>, &mut Allowance)>,
    is_wanted: impl Fn(&[u8]) -> bool,
) {
    let mut entries = files.list(folder);
    entries.sort();
    for entry in entries {
        let path = folder.join(&entry.name);
        let is_named = is_root_name(&entry.name);
        let ending = path.extension().and_then(OsStr::to_str).unwrap_or_default();
        if !is_named && (alike.is_none() || !ENDINGS.contains(&ending)) {
            continue;
        }
        if entry.kind.or_else(|| files.kind(&path)) != Some(FileKind::File) {
            continue;
        }
        if is_named {
            named.push(path);
        } else if let Some((alike, allowance)) = alike.as_mut()
            && allowance
                .read(&path, files)
                .is_some_and(|bytes| is_wanted(&bytes) && holds(&bytes, b"<source"))
            && files
                .document(&path)
                .is_ok_and(|document| document.looks_like_root())
        {
            alike.push(path);
        }
    }
}

/// Whether bytes hold a word, without regard to case.
fn holds(bytes: &[u8], word: &[u8]) -> bool {
    bytes
        .windows(word.len())
        .any(|window| window.eq_ignore_ascii_case(word))
}

/// Those of the files that neither the roots nor the others include. Of files that include each other
/// the first counts.
fn included_by_nobody(
    roots: &[PathBuf],
    candidates: &[PathBuf],
    base: Option<PathBuf>,
    mappings: &[PathMapping],
    files: &dyn Files,
) -> Vec<PathBuf> {
    let mut workspace = Workspace::new(base, mappings.to_vec());
    let added: Vec<(FileId, Option<&PathBuf>)> = roots
        .iter()
        .map(|path| (path, None))
        .chain(candidates.iter().map(|path| (path, Some(path))))
        .filter_map(|(path, candidate)| Some((workspace.add_root(path, files).ok()?, candidate)))
        .collect();
    let members: Vec<(FileId, HashSet<FileId>)> = workspace
        .roots()
        .iter()
        .map(|root| (root.file, root.files.iter().copied().collect()))
        .collect();
    let includes = |one: FileId, other: FileId| {
        members
            .iter()
            .any(|(file, members)| *file == one && members.contains(&other))
    };
    let is_root = |file: FileId| {
        members.iter().all(|(other, _)| {
            *other == file || !includes(*other, file) || (includes(file, *other) && file < *other)
        })
    };
    added
        .into_iter()
        .filter(|(file, _)| is_root(*file))
        .filter_map(|(_, candidate)| candidate.cloned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::test_support::Disk;

    #[test]
    fn a_search_reads_so_much_and_no_more() {
        let disk = Disk::of(&[("/a", "12345"), ("/b", "12345"), ("/c", "12345")]);
        let mut few_files = Allowance {
            files: 2,
            bytes: 99,
        };
        let mut few_bytes = Allowance {
            files: 99,
            bytes: 6,
        };
        for path in ["/a", "/b"] {
            assert!(few_files.read(Path::new(path), &disk).is_some());
            assert!(few_bytes.read(Path::new(path), &disk).is_some());
        }
        assert!(few_files.read(Path::new("/c"), &disk).is_none());
        assert!(few_bytes.read(Path::new("/c"), &disk).is_none());
    }
}
