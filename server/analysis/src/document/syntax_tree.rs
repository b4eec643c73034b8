//! The syntax trees of a document as text, for people who work on the grammar.

use std::fmt::Write as _;

use ropey::Rope;
use tree_sitter::Node;

use super::Document;

/// Most nodes that are written.
const MOST_NODES: usize = 50_000;

impl Document {
    /// The named nodes of the syntax trees, a line each: indented by depth, with the lines and columns
    /// (bytes, both counted from 1) that they take. What the text says is not told.
    #[must_use]
    pub fn syntax_tree(&self) -> String {
        let mut text = String::new();
        let mut start: usize = 0;
        let mut left = MOST_NODES;
        for run in &self.runs {
            let end = start.saturating_add(run.length());
            if left > 0
                && let Some(tree) = run.tree(&self.slice(start..end))
            {
                let root = tree.root_node();
                let mut children = root.walk();
                for child in root.named_children(&mut children) {
                    write_node(&self.rope, start, child, 0, &mut left, &mut text);
                }
            }
            start = end;
        }
        if left == 0 {
            let _ = writeln!(text, "… and more than {MOST_NODES} nodes");
        }
        text
    }
}

/// Writes a node and what is in it. Sections nest only as deep as the scanner keeps them open.
fn write_node(
    rope: &Rope,
    start: usize,
    node: Node<'_>,
    depth: usize,
    left: &mut usize,
    text: &mut String,
) {
    if *left == 0 {
        return;
    }
    *left = left.saturating_sub(1);
    let place = |byte: usize| {
        let byte = start.saturating_add(byte).min(rope.len_bytes());
        let line = rope.byte_to_line(byte);
        let column = byte.saturating_sub(rope.line_to_byte(line));
        format!("{}:{}", line.saturating_add(1), column.saturating_add(1))
    };
    let _ = writeln!(
        text,
        "{:indent$}{} {}-{}",
        "",
        node.kind(),
        place(node.start_byte()),
        place(node.end_byte()),
        indent = depth.saturating_mul(2)
    );
    let mut children = node.walk();
    for child in node.named_children(&mut children) {
        write_node(rope, start, child, depth.saturating_add(1), left, text);
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;

    #[test]
    fn nodes_are_written_with_their_places_and_without_text() {
        let document =
            Document::new("api-key hunter2\n<domain é>\n    max-smtp-out 20 # x\n</domain>\n");
        expect![[r#"
            directive 1:1-1:16
              name 1:1-1:8
              value 1:9-1:16
                word 1:9-1:16
            section 2:1-4:10
              start_tag 2:1-2:12
                tag_name 2:2-2:8
                argument 2:9-2:11
                  text 2:9-2:11
              directive 3:5-3:20
                name 3:5-3:17
                value 3:18-3:20
                  number 3:18-3:20
              comment 3:21-3:24
              end_tag 4:1-4:10
                tag_name 4:3-4:9
        "#]]
        .assert_eq(&document.syntax_tree());
    }

    #[test]
    fn the_tree_of_a_large_file_is_cut() {
        let document = Document::new(&"max-smtp-out 20\n".repeat(MOST_NODES));
        let text = document.syntax_tree();
        assert_eq!(text.lines().count(), MOST_NODES + 1);
    }
}
