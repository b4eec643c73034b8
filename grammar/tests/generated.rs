//! `src/parser.c` and its companions are what the grammar gives.
//!
//! `PMTA_UPDATE=1 cargo test -p tree-sitter-pmta generated` writes them anew.

use std::path::{Path, PathBuf};
use std::process::Command;

use tree_sitter_generate::{OptLevel, generate_parser_in_directory};

/// The newest version that all supported editors load.
const ABI_VERSION: usize = 14;

const FILES: [&str; 5] = [
    "parser.c",
    "node-types.json",
    "tree_sitter/alloc.h",
    "tree_sitter/array.h",
    "tree_sitter/parser.h",
];

fn generate(grammar: &str, runtime: Option<&str>, name: &str) -> PathBuf {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR"));
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let mut diagnostics = Vec::new();
    generate_parser_in_directory(
        directory,
        Some(out.clone()),
        Some(directory.join(grammar)),
        ABI_VERSION,
        None,
        runtime,
        true,
        OptLevel::default(),
        &mut diagnostics,
    )
    .unwrap_or_else(|error| panic!("{error}"));
    let messages: Vec<String> = diagnostics.iter().map(ToString::to_string).collect();
    assert!(messages.is_empty(), "{messages:?}");
    out
}

fn compare(generated: &Path, files: &[&str]) {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for file in files {
        let new =
            std::fs::read_to_string(generated.join(file)).expect("the generator has written it");
        let path = source.join(file);
        if std::env::var_os("PMTA_UPDATE").is_some() {
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, &new).unwrap();
        }
        let committed = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            committed == new,
            "{file} is not what the grammar gives: run with PMTA_UPDATE=1"
        );
    }
}

#[test]
fn generated_from_grammar_js() {
    let node = Command::new("node").arg("--version").output();
    if node.is_ok_and(|output| output.status.success()) {
        let out = generate("grammar.js", Some("node"), "from-js");
        compare(&out, &["grammar.json"]);
        compare(&out, &FILES);
    } else {
        println!("grammar.json was not compared with grammar.js: there is no node");
    }
}

#[test]
fn generated_from_grammar_json() {
    if std::env::var_os("PMTA_UPDATE").is_some() {
        return;
    }
    compare(&generate("src/grammar.json", None, "from-json"), &FILES);
}
