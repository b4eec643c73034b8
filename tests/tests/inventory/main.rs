//! What the code may do only with a reason, and where it does: `unsafe`, lints that are switched off,
//! and the oldest compiler that everything takes.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use pmta_ls_tests::workspace_root;
use serde_json::Value;

/// The places where `unsafe` is needed: the parser is written in C, and so is the allocator of musl.
const UNSAFE: [&str; 2] = [
    "grammar/bindings/rust/lib.rs",
    "server/lsp/src/allocator.rs",
];

/// The Rust files of the workspace, from its root.
fn sources() -> Vec<(PathBuf, String)> {
    let root = workspace_root();
    let mut folders: Vec<PathBuf> = ["grammar", "server", "tests"]
        .map(|it| root.join(it))
        .into();
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder").flatten() {
            let path = entry.path();
            let name = entry.file_name();
            if path.is_dir() && name != "target" && name != "node_modules" {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == "rs") {
                let text = fs::read_to_string(&path).expect("a text");
                let path = path.strip_prefix(&root).map(Path::to_path_buf);
                found.push((path.expect("below the root"), text));
            }
        }
    }
    found.sort();
    assert!(found.len() > 100, "{} files", found.len());
    found
}

/// Whether a line uses the keyword: not as part of a name, a text or a comment.
fn is_unsafe(line: &str) -> bool {
    let code = line.split("//").next().unwrap_or_default();
    let code = code.replace("extern \"C\"", "extern");
    [
        "unsafe {",
        "unsafe fn",
        "unsafe impl",
        "unsafe extern",
        "unsafe trait",
        "[unsafe(",
    ]
    .iter()
    .any(|form| code.contains(form) && !code.contains('"'))
}

#[test]
fn unsafe_code_stands_where_it_is_known_to() {
    let found: Vec<String> = sources()
        .into_iter()
        .filter(|(_, text)| text.lines().any(is_unsafe))
        .map(|(path, _)| path.display().to_string())
        .collect();
    assert_eq!(found, UNSAFE);
}

#[test]
fn every_lint_that_is_switched_off_has_a_reason() {
    let mut switched_off = 0;
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        for keyword in ["allow(", "expect("] {
            for start in ["#[", "#!["].map(|it| format!("{it}{keyword}")) {
                for (at, _) in text.match_indices(&start) {
                    // The attribute ends where a line begins with its bracket, or on its own line.
                    let rest = &text[at..];
                    let line = rest.lines().next().unwrap_or_default();
                    let attribute = match line.ends_with(")]") {
                        true => line,
                        false => &rest[..rest.find(")]").unwrap_or(rest.len())],
                    };
                    switched_off += 1;
                    if !attribute.contains("reason = \"") {
                        let line = text[..at].matches('\n').count() + 1;
                        wrong.push(format!("{}:{line}: {attribute}", path.display()));
                    }
                }
            }
        }
    }
    println!("inventory: {switched_off} lints are switched off");
    assert!(wrong.is_empty(), "without a reason:\n{}", wrong.join("\n"));
}

#[test]
fn the_lints_that_keep_panics_out_are_denied() {
    let manifest = fs::read_to_string(workspace_root().join("Cargo.toml")).expect("a manifest");
    for lint in [
        "unwrap_used",
        "expect_used",
        "indexing_slicing",
        "panic",
        "arithmetic_side_effects",
        "unsafe_code",
    ] {
        assert!(manifest.contains(&format!("{lint} = \"deny\"")), "{lint}");
    }
    for package in ["grammar", "server/analysis", "server/lsp"] {
        let path = workspace_root().join(package).join("Cargo.toml");
        let manifest = fs::read_to_string(path).expect("a manifest");
        assert!(manifest.contains("[lints]\nworkspace = true"), "{package}");
    }
}

/// A version as numbers.
fn numbers(version: &str) -> Vec<u32> {
    let mut numbers: Vec<u32> = version
        .split('.')
        .filter_map(|it| it.parse().ok())
        .collect();
    numbers.resize(3, 0);
    numbers
}

/// No dependency asks for a newer compiler than the project does. That our own code does not either is
/// told by clippy, which knows since when everything in the standard library is there.
#[test]
fn no_dependency_needs_a_newer_compiler() {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked"])
        .args(["--filter-platform", "x86_64-unknown-linux-gnu"])
        .current_dir(workspace_root())
        .output()
        .expect("cargo");
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let packages = metadata["packages"].as_array().expect("packages");
    let ours = packages
        .iter()
        .find(|it| it["name"] == "pmta-ls")
        .expect("ours");
    let ours = ours["rust_version"].as_str().expect("a version");
    let newer: Vec<String> = packages
        .iter()
        .filter_map(|package| {
            let needed = package["rust_version"].as_str()?;
            let is_newer = numbers(needed) > numbers(ours);
            is_newer.then(|| format!("{} needs {needed}", package["name"]))
        })
        .collect();
    println!(
        "inventory: {} packages, Rust {ours} or newer",
        packages.len()
    );
    assert!(packages.len() > 50);
    assert!(newer.is_empty(), "{newer:#?}");
}
