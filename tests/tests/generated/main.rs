//! Files that are made from the program: pages below `docs/` and `packages/`, which say what it does,
//! and what editors need to know of the language.
//!
//! `PMTA_UPDATE=1 cargo test -p pmta-ls-tests --test generated` writes them anew.

mod command_line;
mod editors;
mod folklore;
mod kinds;
mod names;
mod reference;
mod text;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use pmta_analysis::diagnostics::{RULES, page};
use pmta_ls::options::schema;
use pmta_ls_tests::workspace_root;

/// Whether files are to be written anew.
fn is_update() -> bool {
    std::env::var_os("PMTA_UPDATE").is_some()
}

/// Writes the file anew if that is asked for; what is wrong with it else.
fn compare(path: &Path, wanted: &str) -> Option<String> {
    if is_update() {
        let folder = path.parent().expect("a folder around the file");
        std::fs::create_dir_all(folder).expect("a folder that can be made");
        std::fs::write(path, wanted).expect("a file that can be written");
        return None;
    }
    let is_current = std::fs::read_to_string(path).is_ok_and(|text| text == wanted);
    (!is_current).then(|| format!("{} is stale: run with PMTA_UPDATE=1", path.display()))
}

/// Compares a folder, relative to the root of the repository, with all the files it should hold.
fn compare_folder(folder: &str, files: &BTreeMap<String, String>) {
    let folder = workspace_root().join(folder);
    if is_update() {
        std::fs::create_dir_all(&folder).expect("a folder that can be made");
    }
    let pages: BTreeMap<PathBuf, &String> = files
        .iter()
        .map(|(name, text)| (folder.join(name), text))
        .collect();
    let there = std::fs::read_dir(&folder).expect("the folder of the pages");
    for path in there.flatten().map(|entry| entry.path()) {
        let is_stray = !pages.contains_key(&path);
        if is_stray && is_update() {
            std::fs::remove_file(&path).expect("a file that can be removed");
        } else {
            assert!(!is_stray, "{} is about nothing", path.display());
        }
    }
    let wrong: Vec<String> = pages
        .iter()
        .filter_map(|(path, page)| compare(path, page))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn pages_about_rules() {
    let mut pages: BTreeMap<String, String> = RULES
        .iter()
        .map(|rule| (format!("{}.md", rule.code), page::page(rule)))
        .collect();
    pages.insert("README.md".to_owned(), page::index());
    compare_folder("docs/rules", &pages);
}

#[test]
fn pages_about_directives() {
    compare_folder("docs/directives", &reference::directives());
}

#[test]
fn pages_about_sections() {
    compare_folder("docs/sections", &reference::sections());
}

#[test]
fn pages_about_folklore() {
    compare_folder("docs/folklore", &folklore::pages());
}

#[test]
fn page_about_kinds_of_values() {
    let path = workspace_root().join("docs/kinds.md");
    assert_eq!(compare(&path, &kinds::page()), None);
}

#[test]
fn page_about_the_command_line() {
    let path = workspace_root().join("docs/command-line.md");
    assert_eq!(compare(&path, &command_line::page()), None);
}

#[test]
fn manual_pages() {
    compare_folder("packages/man", &command_line::manual());
}

#[test]
fn settings() {
    let docs = workspace_root().join("docs");
    let path = docs.join("pmta-ls.schema.json");
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    // The order of keys depends on what else is built.
    let parsed = |text: &str| serde_json::from_str::<serde_json::Value>(text).ok();
    if parsed(&written) != parsed(&schema::schema()) {
        assert_eq!(compare(&path, &schema::schema()), None);
    }
    assert_eq!(compare(&docs.join("settings.md"), &schema::page()), None);
}
