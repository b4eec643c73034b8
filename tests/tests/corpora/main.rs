//! Tests that read every file of the corpora: our own deployments always, the corpus beside the
//! workspace where it is.

mod clean;
mod edits;
mod fixes;
mod format;
mod genuine;
mod nesting;
mod quick;
mod renames;

use std::path::PathBuf;

use pmta_ls_tests::all_files;

/// All files with their bytes; prints how many, and fails if there are none.
fn read_all(test: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let files: Vec<_> = all_files()
        .into_iter()
        .map(|path| {
            let bytes = std::fs::read(&path).expect("a readable file");
            (path, bytes)
        })
        .collect();
    println!("{test}: {} files", files.len());
    assert!(!files.is_empty(), "no file to read");
    files
}
