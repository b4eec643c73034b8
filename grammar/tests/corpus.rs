//! The cases of `test/corpus`: a name, a text and the tree it has.

use std::path::Path;

use crate::support::{assert_clean, files};

struct Case<'a> {
    name: &'a str,
    text: &'a str,
    tree: &'a str,
}

/// Reads `===`, name, `===`, text, `---`, tree.
fn cases(source: &str) -> Vec<Case<'_>> {
    let mut cases = Vec::new();
    let mut blocks = source.split("\n====").flat_map(|part| part.split("====\n"));
    let is_rule = |block: &&str| block.trim_matches('=').trim().is_empty();
    let mut name = None;
    for block in blocks.by_ref().filter(|block| !is_rule(block)) {
        let block = block.trim_start_matches('=');
        match name.take() {
            None => name = Some(block.trim()),
            Some(name) => {
                let (text, tree) = block
                    .split_once("\n---")
                    .expect("a line of dashes between text and tree");
                cases.push(Case {
                    name,
                    text: text
                        .strip_prefix('\n')
                        .unwrap_or(text)
                        .strip_suffix('\n')
                        .unwrap_or(text),
                    tree: tree.trim_start_matches('-').trim(),
                });
            }
        }
    }
    cases
}

/// One blank between all parts, as `Node::to_sexp` writes them.
fn on_one_line(tree: &str) -> String {
    tree.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .replace(" )", ")")
}

#[test]
fn corpus() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("test/corpus");
    let mut count = 0_usize;
    for path in files(&directory) {
        let source = std::fs::read_to_string(&path).expect("a corpus file is UTF-8");
        for case in cases(&source) {
            count = count.saturating_add(1);
            let tree = assert_clean(case.text.as_bytes()).root_node().to_sexp();
            assert_eq!(
                tree,
                on_one_line(case.tree),
                "{}: {}",
                path.display(),
                case.name
            );
        }
    }
    println!("{count} corpus cases");
    assert!(count > 0, "no corpus cases were found");
}
