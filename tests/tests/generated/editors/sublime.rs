//! Sublime Text: which files, and the names that it colours. It knows files by their last names only.

use super::Output;
use super::language::Language;
use super::pattern::Dialect;
use super::words;

pub fn outputs(language: &Language) -> Vec<Output> {
    let names = language
        .anywhere
        .endings
        .iter()
        .chain(&language.anywhere.names);
    let names: Vec<String> = names.map(|name| format!("  - {name}\n")).collect();
    let text = format!(
        "file_extensions:\n{}first_line_match: '{}'\n\nvariables:\n  name: '[A-Za-z][\\w-]*'\n  directives: '(?:{})'",
        names.concat(),
        language.first_line().write(Dialect::Perl),
        words::directives().join("|"),
    );
    vec![Output::part("sublime/PowerMTA.sublime-syntax", text)]
}
