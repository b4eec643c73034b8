//! What editors need to know of the language, written from `editors/language.toml`, the catalog and
//! the queries of the grammar.
//!
//! One module for each editor. Each lists the files it makes, whole or a marked part of one that is
//! written by hand.

mod emacs;
mod helix;
mod kakoune;
mod language;
mod neovim;
mod pattern;
mod queries;
mod sublime;
mod vim;
mod vscode;
mod words;
mod zed;

use std::fs;

use language::Language;
use pmta_ls_tests::workspace_root;

use crate::compare;

/// What stands at the top of a file that is made whole, behind the comment sign of its format.
const NOTICE: &str = "Written from editors/language.toml by `PMTA_UPDATE=1 cargo test -p pmta-ls-tests \
                      --test generated`: change it there.";
/// What stands in the line before a part that is made, and in the line behind it.
const BEGIN: &str = "BEGIN of what is written from editors/language.toml";
const END: &str = "END of what is written";

/// A file that is made, or a part of one.
struct Output {
    /// Below `editors`.
    path: String,
    text: Text,
}

enum Text {
    Whole(String),
    /// What stands between the marks.
    Part(String),
}

impl Output {
    fn whole(path: &str, text: String) -> Self {
        let text = Text::Whole(text);
        Self {
            path: path.to_owned(),
            text,
        }
    }

    fn part(path: &str, text: String) -> Self {
        let text = Text::Part(text);
        Self {
            path: path.to_owned(),
            text,
        }
    }
}

/// All that is made.
fn outputs(language: &Language) -> Vec<Output> {
    let mut outputs = Vec::new();
    outputs.extend(neovim::outputs(language));
    outputs.extend(helix::outputs(language));
    outputs.extend(vscode::outputs(language));
    outputs.extend(vim::outputs(language));
    outputs.extend(emacs::outputs(language));
    outputs.extend(kakoune::outputs(language));
    outputs.extend(sublime::outputs(language));
    outputs.extend(zed::outputs(language));
    outputs.extend(queries::outputs());
    outputs
}

/// A file with another text between its marks.
fn with_part(path: &str, file: &str, part: &str) -> String {
    let lines: Vec<&str> = file.lines().collect();
    let line_of = |mark: &str| {
        let mut found = lines
            .iter()
            .enumerate()
            .filter(|(_, line)| line.contains(mark));
        match (found.next(), found.next()) {
            (Some((line, _)), None) => line,
            _ => panic!("{path} has not one line that says `{mark}`"),
        }
    };
    let before = lines[..=line_of(BEGIN)].join("\n");
    let after = lines[line_of(END)..].join("\n");
    format!("{before}\n{}\n{after}\n", part.trim_end())
}

#[test]
fn files_of_editors() {
    let language = Language::read();
    let folder = workspace_root().join("editors");
    let wrong: Vec<String> = outputs(&language)
        .into_iter()
        .filter_map(|output| {
            let path = folder.join(&output.path);
            let wanted = match output.text {
                Text::Whole(text) => text,
                Text::Part(part) => {
                    let file = fs::read_to_string(&path)
                        .unwrap_or_else(|error| panic!("{}: {error}", output.path));
                    with_part(&output.path, &file, &part)
                }
            };
            compare(&path, &wanted)
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn queries_of_editors_are_all_made_or_named() {
    let strays = queries::strays(&workspace_root().join("editors"));
    assert!(strays.is_empty(), "made from nothing: {strays:?}");
}
