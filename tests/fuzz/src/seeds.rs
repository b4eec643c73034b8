//! Where inputs come from: the corpora, and what once failed.

use std::path::PathBuf;

use pmta_ls_tests::{all_files, workspace_root};

/// Most bytes of a seed: more is cut.
const LONGEST: usize = 1_500;

/// Configurations to begin with: pieces of the files of all corpora.
#[must_use]
pub fn corpora() -> Vec<Vec<u8>> {
    let mut seeds = Vec::new();
    for path in all_files() {
        // A file that went away meanwhile is missed by nobody.
        let bytes = std::fs::read(path).unwrap_or_default();
        seeds.extend(bytes.chunks(LONGEST).map(<[u8]>::to_vec));
    }
    seeds.retain(|seed| !seed.is_empty());
    seeds
}

/// The inputs for which a target once did not hold, with their files.
#[must_use]
pub fn findings(target: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let folder = workspace_root().join("tests/fuzz/findings").join(target);
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    let read = |path: PathBuf| {
        let bytes = std::fs::read(&path).ok()?;
        Some((path, bytes))
    };
    paths.into_iter().filter_map(read).collect()
}
