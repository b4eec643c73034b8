//! Files that are made from the program: pages below `docs/`, which say what it does, and what
//! editors need to know of the language.
//!
//! `PMTA_UPDATE=1 cargo test -p pmta-ls-tests --test generated` writes them anew.

mod editors;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use pmta_analysis::diagnostics::{RULES, page};
use pmta_ls::options::schema;
use pmta_ls_tests::workspace_root;

/// Writes the file anew if that is asked for; what is wrong with it else.
fn compare(path: &Path, wanted: &str) -> Option<String> {
    if std::env::var_os("PMTA_UPDATE").is_some() {
        let folder = path.parent().expect("a folder around the file");
        std::fs::create_dir_all(folder).expect("a folder that can be made");
        std::fs::write(path, wanted).expect("a file that can be written");
        return None;
    }
    let is_current = std::fs::read_to_string(path).is_ok_and(|text| text == wanted);
    (!is_current).then(|| format!("{} is stale: run with PMTA_UPDATE=1", path.display()))
}

#[test]
fn pages_about_rules() {
    let folder = workspace_root().join("docs/rules");
    let mut pages: BTreeMap<PathBuf, String> = RULES
        .iter()
        .map(|rule| (folder.join(format!("{}.md", rule.code)), page::page(rule)))
        .collect();
    pages.insert(folder.join("README.md"), page::index());
    let there = std::fs::read_dir(&folder).expect("the folder of the pages");
    for path in there.flatten().map(|entry| entry.path()) {
        let is_stray = !pages.contains_key(&path);
        if is_stray && std::env::var_os("PMTA_UPDATE").is_some() {
            std::fs::remove_file(&path).expect("a file that can be removed");
        } else {
            assert!(!is_stray, "{} is about no rule", path.display());
        }
    }
    let wrong: Vec<String> = pages
        .iter()
        .filter_map(|(path, page)| compare(path, page))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn settings() {
    let docs = workspace_root().join("docs");
    assert_eq!(
        compare(&docs.join("pmta-ls.schema.json"), &schema::schema()),
        None
    );
    assert_eq!(compare(&docs.join("settings.md"), &schema::page()), None);
}
