//! Finding the files that an `include` line names.
//!
//! A configuration is written for one server and read on any machine. A relative path is looked for
//! in the including file's folder, then in the root's. An absolute path goes through the mapping of
//! the project's configuration; else the workspace is searched for a file whose path ends alike; else
//! it is taken as it stands, provided the root lies in the same corner of the disk.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::glob::{has_wildcard, matches};
use super::path::{WrittenPath, names, normalise};
use super::{FileKind, Files, MOST_LEVELS, PathMapping};

/// Most folders that are searched for the counterpart of an absolute path, and most that the wildcards of
/// one line lead into: links may make any number of them.
pub(crate) const MOST_FOLDERS: usize = 5_000;

/// Folders that hold no configuration and may be large.
const LEFT_OUT: [&str; 2] = ["node_modules", "target"];

/// Where an `include` line stands.
pub(super) struct Surroundings<'a> {
    /// Folder of the including file.
    pub(super) from: &'a Path,
    /// Folder of the root.
    pub(super) root: &'a Path,
    /// Folder of the workspace.
    pub(super) base: &'a Path,
    /// The project's mapping of paths.
    pub(super) mappings: &'a [PathMapping],
    /// The disk.
    pub(super) files: &'a dyn Files,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Located {
    /// These paths.
    Files(Vec<PathBuf>),
    /// Nothing, although the place is known: where the file would lie; none: its folder is not there.
    Missing(Option<PathBuf>),
    /// Nothing that the wildcard matches.
    NothingMatches,
    /// No place for an absolute path.
    NotMapped,
    /// A relative path that leads out of the folders that may be read.
    Outside,
    /// A URL.
    Remote,
    /// Files that wildcards look for in too many folders: this path.
    TooManyFolders(PathBuf),
}

impl Located {
    /// The files.
    pub(super) fn paths(&self) -> &[PathBuf] {
        match self {
            Self::Files(paths) => paths,
            _ => &[],
        }
    }
}

/// Looks for the files that a written path names. `folders` lists those of the workspace; it is asked
/// only if it is needed. Adds to `looked_in` the folders that were searched, there or not.
pub(super) fn find<'a>(
    written: &str,
    surroundings: &Surroundings<'_>,
    looked_in: &mut BTreeSet<PathBuf>,
    folders: impl FnOnce() -> &'a mut Vec<PathBuf>,
) -> Located {
    let found = try_find(written, surroundings, looked_in, folders);
    found.unwrap_or_else(|TooManyFolders| Located::TooManyFolders(surroundings.from.join(written)))
}

/// Wildcards lead into more folders than are searched.
struct TooManyFolders;

fn try_find<'a>(
    written: &str,
    surroundings: &Surroundings<'_>,
    looked_in: &mut BTreeSet<PathBuf>,
    folders: impl FnOnce() -> &'a mut Vec<PathBuf>,
) -> Result<Located, TooManyFolders> {
    if is_url(written) {
        return Ok(Located::Remote);
    }
    let path = WrittenPath::new(written);
    let Some((file, parents)) = path.names.split_last() else {
        return Ok(Located::Missing(None));
    };
    let files = surroundings.files;
    if !path.is_absolute {
        return find_relative(&path.names, surroundings, looked_in);
    }
    if let Some((here, rest)) = mapped(&path.names, surroundings.mappings) {
        let found = expand(here, rest, files, looked_in)?;
        return Ok(located(found, &[(here.to_path_buf(), rest)], files));
    }
    if parents.is_empty() {
        let found = expand(surroundings.root, &path.names, files, looked_in)?;
        if !found.is_empty() {
            return Ok(Located::Files(found));
        }
    } else {
        let found = by_suffix(file, parents, surroundings, folders(), looked_in)?;
        if !found.is_empty() {
            return Ok(Located::Files(found));
        }
    }
    if !lies_with(&path.names, surroundings.root) {
        return Ok(Located::NotMapped);
    }
    let top = PathBuf::from("/");
    let found = expand(&top, &path.names, files, looked_in)?;
    Ok(located(found, &[(top, &path.names)], files))
}

/// Whether something written is a URL and no path.
fn is_url(written: &str) -> bool {
    ["http://", "https://"].iter().any(|scheme| {
        let start = written.get(..scheme.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    })
}

/// The files that were found, or what it means that there are none below these folders.
fn located(found: Vec<PathBuf>, sought: &[(PathBuf, &[String])], files: &dyn Files) -> Located {
    if !found.is_empty() {
        return Located::Files(found);
    }
    let mut wanted = sought.iter().flat_map(|(_, wanted)| wanted.iter());
    if wanted.any(|name| has_wildcard(name)) {
        return Located::NothingMatches;
    }
    let mut candidates = sought
        .iter()
        .map(|(folder, wanted)| normalise(&folder.join(wanted.iter().collect::<PathBuf>())));
    Located::Missing(candidates.find(|path| {
        path.parent()
            .is_some_and(|folder| files.kind(folder) == Some(FileKind::Folder))
    }))
}

fn find_relative(
    wanted: &[String],
    surroundings: &Surroundings<'_>,
    looked_in: &mut BTreeSet<PathBuf>,
) -> Result<Located, TooManyFolders> {
    let mut is_outside = false;
    let mut sought = Vec::new();
    for folder in [surroundings.from, surroundings.root] {
        let (mut folder, mut wanted) = (folder.to_path_buf(), wanted);
        while let Some((first, rest)) = wanted.split_first()
            && first == ".."
        {
            folder.pop();
            wanted = rest;
        }
        let target = names(&folder.join(wanted.iter().collect::<PathBuf>()));
        if !folder.starts_with(surroundings.base) && !lies_with(&target, surroundings.root) {
            is_outside = true;
            continue;
        }
        let found = expand(&folder, wanted, surroundings.files, looked_in)?;
        if !found.is_empty() {
            return Ok(Located::Files(found));
        }
        sought.push((folder, wanted));
    }
    if is_outside {
        return Ok(Located::Outside);
    }
    Ok(located(Vec::new(), &sought, surroundings.files))
}

/// Whether a path has its first two names in common with a folder.
fn lies_with(path: &[String], folder: &Path) -> bool {
    let folder = names(folder);
    matches!((path, folder.as_slice()), ([a, b, ..], [c, d, ..]) if a == c && b == d)
}

/// The folder here and the rest of the path by the longest mapping that holds it.
fn mapped<'a>(path: &'a [String], mappings: &'a [PathMapping]) -> Option<(&'a Path, &'a [String])> {
    mappings
        .iter()
        .filter_map(|mapping| {
            let server = WrittenPath::new(&mapping.server).names;
            let rest = path.strip_prefix(server.as_slice())?;
            (!rest.is_empty()).then_some((server.len(), mapping.here.as_path(), rest))
        })
        .max_by_key(|(length, ..)| *length)
        .map(|(_, here, rest)| (here, rest))
}

/// The files below the workspace whose path ends as the wanted one does: the longest agreement first,
/// at least the name and one folder; then the nearest to the root.
fn by_suffix(
    file: &str,
    parents: &[String],
    surroundings: &Surroundings<'_>,
    folders: &[PathBuf],
    looked_in: &mut BTreeSet<PathBuf>,
) -> Result<Vec<PathBuf>, TooManyFolders> {
    let mut candidates: Vec<(usize, usize, PathBuf, &Path)> = Vec::new();
    for folder in folders {
        let pairs = folder.iter().rev().zip(parents.iter().rev());
        let agreement = pairs
            .take_while(|(own, wanted)| agree(wanted, &own.to_string_lossy()))
            .count();
        if agreement > 0 {
            let anchor: PathBuf = folder
                .ancestors()
                .nth(agreement)
                .map(Path::to_path_buf)
                .unwrap_or_default();
            candidates.push((
                agreement,
                distance(folder, surroundings.root),
                anchor,
                folder,
            ));
        }
    }
    candidates.sort_by(|one, other| {
        other
            .0
            .cmp(&one.0)
            .then(one.1.cmp(&other.1))
            .then_with(|| one.3.cmp(other.3))
    });
    let wanted = [file.to_owned()];
    let mut best: Option<(usize, &PathBuf)> = None;
    let mut found = Vec::new();
    for (agreement, _, anchor, folder) in &candidates {
        // Several folders count only where a wildcard stands for their names.
        if best.is_some_and(|best| best != (*agreement, anchor)) {
            continue;
        }
        let here = expand(folder, &wanted, surroundings.files, looked_in)?;
        if !here.is_empty() {
            best = Some((*agreement, anchor));
            found.extend(here);
        }
    }
    found.sort();
    Ok(found)
}

fn agree(wanted: &str, name: &str) -> bool {
    wanted == name || (has_wildcard(wanted) && matches(wanted, name))
}

/// How many steps lead from one folder to the other.
fn distance(one: &Path, other: &Path) -> usize {
    let shared = one
        .components()
        .zip(other.components())
        .take_while(|(a, b)| a == b)
        .count();
    let steps = |path: &Path| path.components().count().saturating_sub(shared);
    steps(one).saturating_add(steps(other))
}

/// The files below a folder that a path with wildcards names, in byte order.
fn expand(
    folder: &Path,
    wanted: &[String],
    files: &dyn Files,
    looked_in: &mut BTreeSet<PathBuf>,
) -> Result<Vec<PathBuf>, TooManyFolders> {
    let mut paths = vec![folder.to_path_buf()];
    let Some((last, parents)) = wanted.split_last() else {
        return Ok(Vec::new());
    };
    for name in parents {
        if has_wildcard(name) {
            looked_in.extend(paths.iter().cloned());
        }
        let (there, elsewhere): (Vec<_>, Vec<_>) = paths
            .iter()
            .flat_map(|path| step(path, name, files))
            .partition(|path| files.kind(path) == Some(FileKind::Folder));
        if !has_wildcard(name) {
            looked_in.extend(elsewhere);
        }
        if there.len() > MOST_FOLDERS {
            return Err(TooManyFolders);
        }
        paths = there;
    }
    looked_in.extend(paths.iter().cloned());
    let is_pattern = has_wildcard(last);
    let found = paths
        .iter()
        .flat_map(|path| step(path, last, files))
        .filter(|path| match files.kind(path) {
            Some(FileKind::File) => true,
            // A wildcard passes over folders; a name that is one is worth a word.
            Some(_) => !is_pattern,
            None => false,
        })
        .map(|path| normalise(&path));
    Ok(found.collect())
}

fn step(folder: &Path, name: &str, files: &dyn Files) -> Vec<PathBuf> {
    if !has_wildcard(name) {
        return vec![folder.join(name)];
    }
    let mut entries = files.list(folder);
    entries.sort();
    entries
        .into_iter()
        .filter(|entry| matches(name, &entry.name.to_string_lossy()))
        .map(|entry| folder.join(entry.name))
        .collect()
}

/// The folder and those below it, nearest first. Links, hidden folders and such as hold no
/// configuration are left out.
pub(super) fn folders_below(base: &Path, files: &dyn Files) -> Vec<PathBuf> {
    let mut folders = vec![base.to_path_buf()];
    let mut level = folders.clone();
    for _ in 0..MOST_LEVELS {
        let mut next = Vec::new();
        for folder in &level {
            let mut entries = files.list(folder);
            entries.sort();
            for entry in entries {
                let name = entry.name.to_string_lossy();
                let is_hidden = name.starts_with('.') || LEFT_OUT.contains(&name.as_ref());
                if entry.kind == Some(FileKind::Folder) && !is_hidden {
                    next.push(folder.join(&entry.name));
                }
            }
            if folders.len().saturating_add(next.len()) >= MOST_FOLDERS {
                break;
            }
        }
        if next.is_empty() {
            break;
        }
        folders.extend(next.iter().cloned());
        folders.truncate(MOST_FOLDERS);
        if folders.len() >= MOST_FOLDERS {
            break;
        }
        level = next;
    }
    folders
}
