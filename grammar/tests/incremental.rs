//! The tree after an edit is the tree of the new text.

use tree_sitter::{InputEdit, Parser, Point, Tree};

use crate::support::{check, configurations, dump, parser};
use crate::text::{Random, lines, snippet, snippets};

struct Edit {
    start: usize,
    end: usize,
    insert: Vec<u8>,
}

fn point(text: &[u8], offset: usize) -> Point {
    let before = &text[..offset];
    let row = before.iter().filter(|&&byte| byte == b'\n').count();
    let line_start = before
        .iter()
        .rposition(|&byte| byte == b'\n')
        .map_or(0, |at| at.saturating_add(1));
    Point::new(row, offset.saturating_sub(line_start))
}

fn apply(tree: &mut Tree, text: &[u8], edit: &Edit) -> Vec<u8> {
    let mut new = text[..edit.start].to_vec();
    new.extend_from_slice(&edit.insert);
    let new_end = new.len();
    new.extend_from_slice(&text[edit.end..]);
    tree.edit(&InputEdit {
        start_byte: edit.start,
        old_end_byte: edit.end,
        new_end_byte: new_end,
        start_position: point(text, edit.start),
        old_end_position: point(text, edit.end),
        new_end_position: point(&new, new_end),
    });
    new
}

/// Mostly typing: a small insertion, deletion or replacement; sometimes whole lines.
fn random_edit(random: &mut Random, text: &[u8]) -> Edit {
    let start = random.below(text.len().saturating_add(1));
    let rest = text.len().saturating_sub(start);
    let length = match random.below(10) {
        0..4 => 0,
        4..7 => 1,
        7 => random.below(8),
        8 => text[start..]
            .iter()
            .position(|&byte| byte == b'\n')
            .map_or(rest, |at| at.saturating_add(1)),
        _ => random.below(80),
    }
    .min(rest);
    let insert = match random.below(10) {
        0..3 if length > 0 => Vec::new(),
        9 => lines(random, 4),
        _ => snippet(random),
    };
    Edit {
        start,
        end: start.saturating_add(length),
        insert,
    }
}

/// A failing sequence of edits, from the text they began with.
fn edit_and_compare(parser: &mut Parser, original: &[u8], edits: usize, random: &mut Random) {
    let mut text = original.to_vec();
    let mut tree = parser.parse(&text, None).expect("no limit was set");
    for _ in 0..edits {
        let edit = random_edit(random, &text);
        let before = text.clone();
        text = apply(&mut tree, &text, &edit);
        tree = parser.parse(&text, Some(&tree)).expect("no limit was set");
        let fresh = parser.parse(&text, None).expect("no limit was set");
        let (incremental, fresh) = (dump(&tree), dump(&fresh));
        assert!(
            incremental == fresh,
            "{}..{} replaced by {:?}\nbefore: {:?}\nafter: {:?}\nincremental: {incremental}\nfresh: {fresh}",
            edit.start,
            edit.end,
            String::from_utf8_lossy(&edit.insert),
            String::from_utf8_lossy(&before),
            String::from_utf8_lossy(&text),
        );
        if let Err(problem) = check(&tree, &text) {
            panic!(
                "{problem}\ntext: {:?}\ntree: {incremental}",
                String::from_utf8_lossy(&text)
            );
        }
    }
}

fn wanted_edits() -> usize {
    std::env::var("PMTA_EDITS")
        .ok()
        .and_then(|edits| edits.parse().ok())
        .unwrap_or(20_000)
}

fn seed() -> u64 {
    std::env::var("PMTA_SEED")
        .ok()
        .and_then(|seed| seed.parse().ok())
        .unwrap_or(7)
}

#[test]
fn random_edits() {
    const SEQUENCE: usize = 25;
    let mut random = Random::new(seed());
    let mut parser = parser();
    let sequences = wanted_edits().div_ceil(SEQUENCE);
    for sequence in 0..sequences {
        let text = match sequence % 4 {
            0 => snippets(&mut random, 60),
            _ => lines(&mut random, 60),
        };
        edit_and_compare(&mut parser, &text, SEQUENCE, &mut random);
    }
    println!("{} edits", sequences.saturating_mul(SEQUENCE));
}

#[test]
fn edits_of_configurations() {
    let mut random = Random::new(seed());
    let mut parser = parser();
    let configurations = configurations();
    for (_, text) in &configurations {
        // A window of some lines keeps the trees small.
        for _ in 0..wanted_edits() / 1_000 {
            let start = random.below(text.len());
            let end = start.saturating_add(2_000).min(text.len());
            edit_and_compare(&mut parser, &text[start..end], 4, &mut random);
        }
    }
    println!("{} configurations edited", configurations.len());
}
