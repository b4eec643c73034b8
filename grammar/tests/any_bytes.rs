//! Every byte string has a tree without error or missing nodes.

use crate::support::{assert_clean, configurations};
use crate::text::{Random, bytes, lines, snippets};

#[test]
fn random_bytes() {
    let mut random = Random::new(1);
    for _ in 0..3_000 {
        assert_clean(&bytes(&mut random, 300));
    }
}

#[test]
fn random_snippets() {
    let mut random = Random::new(2);
    for _ in 0..20_000 {
        assert_clean(&snippets(&mut random, 40));
    }
}

#[test]
fn random_lines() {
    let mut random = Random::new(3);
    for _ in 0..5_000 {
        assert_clean(&lines(&mut random, 40));
    }
}

#[test]
fn every_prefix_of_random_lines() {
    let mut random = Random::new(4);
    for _ in 0..150 {
        let text = lines(&mut random, 12);
        for end in 0..text.len() {
            assert_clean(&text[..end]);
        }
    }
}

#[test]
fn small_strings_of_punctuation() {
    const PIECES: &[&str] = &[
        "<", ">", "/", "\"", "#", "{", "}", "=", " ", "\n", "a", "$", "&lt;", "[", "]", ",", ";",
        "\\", "!--",
    ];
    let mut texts = vec![String::new()];
    for _ in 0..4 {
        texts = texts
            .iter()
            .flat_map(|text| PIECES.iter().map(move |piece| format!("{text}{piece}")))
            .collect();
        for text in &texts {
            assert_clean(text.as_bytes());
        }
    }
}

#[test]
fn long_lines_and_deep_nesting() {
    for piece in [
        "a ", "\"", "<x>", "<x", "{ ", "a {\n", "/", "\\", "\0", "\u{feff}", "<y$\n", "</x>", "=",
        "[", "$a", "a,",
    ] {
        assert_clean(piece.repeat(3_000).as_bytes());
    }
    let mut deep = String::new();
    for level in 0..60 {
        deep.push_str(&format!("<level-{level}> a b {{\n"));
    }
    for level in (0..60).rev() {
        deep.push_str(&format!("</level-{level}> }}\n"));
    }
    assert_clean(deep.as_bytes());
}

#[test]
fn configurations_and_their_halves() {
    let configurations = configurations();
    for (_, text) in &configurations {
        assert_clean(text);
        assert_clean(&text[..text.len() / 2]);
        assert_clean(&text[text.len() / 2..]);
    }
    println!("{} configurations parsed", configurations.len());
}
