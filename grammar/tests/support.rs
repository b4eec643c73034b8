//! Parsing, and what every tree has to satisfy.

use std::path::{Path, PathBuf};

use tree_sitter::{Node, Parser, Tree};

pub(crate) fn parser() -> Parser {
    let mut parser = Parser::new();
    parser
        .set_language(&tree_sitter_pmta::LANGUAGE.into())
        .expect("the runtime accepts the grammar");
    parser
}

pub(crate) fn parse(text: &[u8]) -> Tree {
    parser().parse(text, None).expect("no limit was set")
}

/// The tree as an S-expression in which each node has its bytes.
pub(crate) fn dump(tree: &Tree) -> String {
    let mut out = String::new();
    let mut cursor = tree.walk();
    loop {
        let node = cursor.node();
        out.push('(');
        if let Some(field) = cursor.field_name() {
            out.push_str(field);
            out.push_str(": ");
        }
        out.push_str(node.kind());
        out.push_str(&format!(" {}..{}", node.start_byte(), node.end_byte()));
        out.push_str(&format!(
            " {}:{}-{}:{}",
            node.start_position().row,
            node.start_position().column,
            node.end_position().row,
            node.end_position().column
        ));
        if cursor.goto_first_child() {
            continue;
        }
        out.push(')');
        while !cursor.goto_next_sibling() {
            if !cursor.goto_parent() {
                return out;
            }
            out.push(')');
        }
    }
}

/// No error, nothing missing, children in order and within their parent, and the
/// root over the whole text.
pub(crate) fn check(tree: &Tree, text: &[u8]) -> Result<(), String> {
    let root = tree.root_node();
    let start = if text.starts_with(b"\xef\xbb\xbf") {
        3
    } else {
        0
    };
    if root.kind() != "source_file" {
        return Err(format!("the root is {}", root.kind()));
    }
    if !text.is_empty() && (root.start_byte() > start || root.end_byte() != text.len()) {
        return Err(format!("the root spans {:?}", root.byte_range()));
    }
    check_node(root)
}

fn check_node(root: Node<'_>) -> Result<(), String> {
    let mut stack = vec![root];
    while let Some(node) = stack.pop() {
        if node.is_error() || node.is_missing() {
            return Err(format!("{} at {:?}", node.to_sexp(), node.byte_range()));
        }
        let mut end = node.start_byte();
        let mut cursor = node.walk();
        for child in node.children(&mut cursor) {
            if child.start_byte() < end || child.end_byte() > node.end_byte() {
                return Err(format!("{child:?} in {node:?}"));
            }
            end = child.end_byte();
            stack.push(child);
        }
    }
    Ok(())
}

pub(crate) fn assert_clean(text: &[u8]) -> Tree {
    let tree = parse(text);
    if let Err(problem) = check(&tree, text) {
        panic!(
            "{problem}\ntext: {:?}\ntree: {}",
            String::from_utf8_lossy(text),
            dump(&tree)
        );
    }
    tree
}

/// The files below a directory, if it is there.
pub(crate) fn files(directory: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut pending = vec![directory.to_path_buf()];
    while let Some(directory) = pending.pop() {
        let Ok(entries) = std::fs::read_dir(directory) else {
            continue;
        };
        for entry in entries.flatten() {
            let path = entry.path();
            if path.is_dir() {
                pending.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// Configurations to parse: the project's fixtures, and a collection of public
/// files where there is one beside the project.
pub(crate) fn configurations() -> Vec<(PathBuf, Vec<u8>)> {
    let grammar = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = files(&grammar.join("../tests/fixtures"));
    paths.extend(files(&grammar.join("../../shared/corpus/genuine")));
    paths.extend(files(&grammar.join("../../shared/corpus/invented")));
    paths
        .into_iter()
        .filter_map(|path| Some((path.clone(), std::fs::read(path).ok()?)))
        .collect()
}
