//! What the tests share: the corpora, a generator of large configurations, and what is measured on them.

pub mod callgrind;
pub mod generator;
pub mod operations;
pub mod session;

use std::path::{Path, PathBuf};

/// The root of the workspace.
#[must_use]
pub fn workspace_root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .map(Path::to_path_buf)
        .unwrap_or_default()
}

/// Our own deployments: always there.
#[must_use]
pub fn deployments() -> PathBuf {
    workspace_root().join("tests/fixtures/deployments")
}

/// The corpus of configurations that nobody here wrote, beside the workspace; not there on every
/// machine.
#[must_use]
pub fn corpus() -> Option<PathBuf> {
    let corpus = workspace_root().parent()?.join("shared/corpus");
    corpus.is_dir().then_some(corpus)
}

/// All configuration files below a folder, sorted, read me files left out.
#[must_use]
pub fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else {
            continue;
        };
        for path in entries.flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path
                .extension()
                .is_none_or(|extension| extension != "md" && extension != "tsv")
            {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

/// The files of every corpus: our deployments and, where it is, the corpus beside the workspace.
#[must_use]
pub fn all_files() -> Vec<PathBuf> {
    let mut files = files_below(&deployments());
    if let Some(corpus) = corpus() {
        files.extend(files_below(&corpus));
    }
    files
}
