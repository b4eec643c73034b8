//! Any bytes have a tree without errors over the whole text, and an edited tree is that of the new
//! text.

use tree_sitter::{InputEdit, Parser, Point, Tree};

use crate::input::Input;

/// Runs it.
pub(super) fn run(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let (from, length, added) = (input.below(4_096), input.below(64), input.byte());
    let added = input.text(usize::from(added) % 32);
    let text = input.bytes();
    let mut parser = Parser::new();
    parser
        .set_language(&tree_sitter_pmta::LANGUAGE.into())
        .expect("the runtime takes the grammar");
    let mut tree = parser.parse(text, None).expect("nothing stops it");
    check(&tree, text);

    let start = from % (text.len() + 1);
    let end = (start + length).min(text.len());
    let edited = [&text[..start], added.as_bytes(), &text[end..]].concat();
    let new_end = start + added.len();
    tree.edit(&InputEdit {
        start_byte: start,
        old_end_byte: end,
        new_end_byte: new_end,
        start_position: point(text, start),
        old_end_position: point(text, end),
        new_end_position: point(&edited, new_end),
    });
    let tree = parser
        .parse(&edited, Some(&tree))
        .expect("nothing stops it");
    check(&tree, &edited);
    let fresh = parser.parse(&edited, None).expect("nothing stops it");
    assert_eq!(
        shape(&tree),
        shape(&fresh),
        "the edited tree is another one"
    );
}

fn point(text: &[u8], offset: usize) -> Point {
    let before = &text[..offset];
    let row = before.iter().filter(|byte| **byte == b'\n').count();
    let line = before.iter().rposition(|byte| *byte == b'\n');
    Point::new(row, offset - line.map_or(0, |at| at + 1))
}

/// Kinds and bytes of all nodes.
fn shape(tree: &Tree) -> Vec<(u16, usize, usize)> {
    let mut shape = Vec::new();
    let mut cursor = tree.walk();
    loop {
        let node = cursor.node();
        shape.push((node.kind_id(), node.start_byte(), node.end_byte()));
        if cursor.goto_first_child() {
            continue;
        }
        while !cursor.goto_next_sibling() {
            if !cursor.goto_parent() {
                return shape;
            }
        }
    }
}

fn check(tree: &Tree, text: &[u8]) {
    let root = tree.root_node();
    assert!(!root.has_error(), "an error in {}", root.to_sexp());
    assert_eq!(root.kind(), "source_file");
    let mark = if text.starts_with(b"\xef\xbb\xbf") {
        3
    } else {
        0
    };
    if !text.is_empty() {
        assert!(root.start_byte() <= mark, "the start is left out");
        assert_eq!(root.end_byte(), text.len(), "the end is left out");
    }
    for (kind, start, end) in shape(tree) {
        assert!(start <= end && end <= text.len(), "{kind}: {start}..{end}");
    }
}
