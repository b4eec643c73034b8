//! The queries of Neovim, Helix and Zed, from those of the grammar.
//!
//! Neovim reads the grammar's queries as they are. Helix and Zed have other names for the same things:
//! their highlights and injections are those of the grammar in their names. What differs in kind is
//! written by hand.

use std::fs;
use std::path::Path;

use pmta_ls_tests::workspace_root;

use super::Output;

const NEOVIM: [&str; 6] = [
    "folds",
    "highlights",
    "indents",
    "injections",
    "locals",
    "textobjects",
];

/// Folders with queries, and what in them is written by hand.
const BY_HAND: [(&str, &[&str]); 3] = [
    ("neovim/queries/pmta", &[]),
    ("helix/queries/pmta", &["indents.scm", "textobjects.scm"]),
    (
        "zed/languages/pmta",
        &[
            "brackets.scm",
            "indents.scm",
            "outline.scm",
            "textobjects.scm",
            "config.toml",
        ],
    ),
];

/// What Helix calls the captures of highlights.scm; none: the same.
const HELIX: &[(&str, &str)] = &[
    ("boolean", "constant.builtin.boolean"),
    ("character.special", "string.special"),
    ("comment", ""),
    ("constant", ""),
    ("keyword", ""),
    ("keyword.directive", ""),
    ("keyword.import", "keyword.control.import"),
    ("number", "constant.numeric"),
    ("operator", ""),
    ("property", "variable.other.member"),
    ("punctuation.bracket", ""),
    ("punctuation.delimiter", ""),
    ("punctuation.special", ""),
    ("string", ""),
    ("string.regexp", ""),
    ("string.special", ""),
    ("tag", ""),
    ("tag.attribute", "attribute"),
    ("tag.delimiter", "punctuation.bracket"),
    ("variable", ""),
    ("variable.parameter", ""),
];

/// What Zed calls them.
const ZED: &[(&str, &str)] = &[
    ("boolean", ""),
    ("character.special", "string.special"),
    ("comment", ""),
    ("constant", ""),
    ("keyword", ""),
    ("keyword.directive", "keyword"),
    ("keyword.import", "keyword"),
    ("number", ""),
    ("operator", ""),
    ("property", ""),
    ("punctuation.bracket", ""),
    ("punctuation.delimiter", ""),
    ("punctuation.special", ""),
    ("string", ""),
    ("string.regexp", "string.regex"),
    ("string.special", ""),
    ("tag", ""),
    ("tag.attribute", "attribute"),
    ("tag.delimiter", "punctuation.bracket"),
    ("variable", ""),
    ("variable.parameter", "variable.special"),
];

pub fn outputs() -> Vec<Output> {
    let mut outputs: Vec<Output> = NEOVIM
        .iter()
        .map(|name| Output::whole(&format!("neovim/queries/pmta/{name}.scm"), original(name)))
        .collect();
    for (folder, names) in [("helix/queries/pmta", HELIX), ("zed/languages/pmta", ZED)] {
        let highlights = renamed(&original("highlights"), names);
        outputs.push(made(folder, "highlights", &highlights));
    }
    // Neither has `#offset!`: the slashes of a regex are part of what is injected.
    let injections = without_offsets(&original("injections"));
    outputs.push(made("helix/queries/pmta", "injections", &injections));
    let injections = injections
        .replace("injection.language", "language")
        .replace("@injection.content", "@content");
    outputs.push(made("zed/languages/pmta", "injections", &injections));
    outputs
}

/// Files with queries that nobody makes and nobody has named as his own.
pub fn strays(editors: &Path) -> Vec<String> {
    let made: Vec<String> = outputs().into_iter().map(|output| output.path).collect();
    let mut strays = Vec::new();
    for (folder, by_hand) in BY_HAND {
        for entry in fs::read_dir(editors.join(folder)).expect("a folder of queries") {
            let name = entry
                .expect("a file")
                .file_name()
                .into_string()
                .expect("a name");
            let path = format!("{folder}/{name}");
            if !made.contains(&path) && !by_hand.contains(&name.as_str()) {
                strays.push(path);
            }
        }
    }
    strays
}

fn original(name: &str) -> String {
    let path = workspace_root().join(format!("grammar/queries/{name}.scm"));
    fs::read_to_string(path).expect("a query of the grammar")
}

fn made(folder: &str, name: &str, text: &str) -> Output {
    let notice = format!("; Written from grammar/queries/{name}.scm: change it there.\n\n");
    Output::whole(&format!("{folder}/{name}.scm"), notice + text)
}

/// The text with other names of captures.
fn renamed(text: &str, names: &[(&str, &str)]) -> String {
    let mut parts = text.split('@');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part
            .find(|sign: char| !sign.is_ascii_lowercase() && sign != '.')
            .unwrap_or(part.len());
        let (name, rest) = part.split_at(end);
        let found = names.iter().find(|(here, _)| *here == name);
        let (_, there) = found.unwrap_or_else(|| panic!("what does the editor call @{name}?"));
        let there = if there.is_empty() { name } else { there };
        out += &format!("@{there}{rest}");
    }
    out
}

fn without_offsets(text: &str) -> String {
    let lines = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("(#offset!"));
    lines.flat_map(|line| [line, "\n"]).collect()
}
