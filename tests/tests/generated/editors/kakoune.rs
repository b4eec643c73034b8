//! Kakoune: which files, and the names that it colours and completes.

use super::Output;
use super::language::Language;
use super::pattern::{Dialect, Pattern};
use super::words;

pub fn outputs(language: &Language) -> Vec<Output> {
    let option = |name: &str, pattern: Pattern| {
        let pattern = pattern.write(Dialect::Grep);
        format!("declare-option -hidden str pmta_{name} %§{pattern}§")
    };
    let directives = words::directives();
    let names: Vec<&str> = directives
        .iter()
        .copied()
        .chain(words::sections())
        .collect();
    let lines = [
        option("path", language.path()),
        option("none_path", language.none_path()),
        option("content_path", language.content_path()),
        option("first_line", language.first_line()),
        option("none_line", language.none_line()),
        format!(
            "declare-option -hidden str pmta_directives '{}'",
            directives.join("|")
        ),
        format!(
            "declare-option -hidden str-list pmta_static_words {}",
            words::wrapped(&names, "").replace('\n', " ")
        ),
    ];
    vec![Output::part("kakoune/pmta.kak", lines.join("\n"))]
}
