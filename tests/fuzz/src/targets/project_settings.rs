//! Any `pmta-ls.toml` and any settings of an editor are read, and what is wrong with them is told.

use std::hint::black_box;
use std::path::Path;

use pmta_ls::options::Options;
use pmta_ls::project::Project;
use pmta_ls::project_check;
use serde_json::Value;

use crate::memory::Disk;

/// Runs it.
pub(super) fn run(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let path = Path::new("/etc/pmta/pmta-ls.toml");
    let mistakes = project_check::check(&text, path, &Disk::default());
    for mistake in &mistakes {
        assert!(text.get(mistake.range.clone()).is_some(), "{mistake:?}");
    }
    match Options::from_toml(&text) {
        Ok(options) => {
            black_box(Project::new(&options, Path::new("/etc/pmta")));
        }
        Err(told) => assert!(!told.is_empty() && !mistakes.is_empty(), "{told:?}"),
    }
    if let Ok(settings) = serde_json::from_slice::<Value>(bytes) {
        let (options, _) = Options::from_editor(&settings);
        black_box(Project::new(&options, Path::new("/etc/pmta")));
    }
}
