//! Vim: which files, and the names that it colours.

use super::Output;
use super::language::Language;
use super::pattern::{Dialect, Pattern};
use super::words;

pub fn outputs(language: &Language) -> Vec<Output> {
    vec![
        Output::part("vim/autoload/pmta.vim", patterns(language)),
        Output::part("vim/syntax/pmta.vim", names()),
    ]
}

fn patterns(language: &Language) -> String {
    let named = [
        ("path", language.path()),
        ("none_path", language.none_path()),
        ("content_path", language.content_path()),
        ("first_line", language.first_line()),
        ("none_line", language.none_line()),
    ];
    let line = |(name, pattern): (&str, Pattern)| {
        format!("let s:{name} = '{}'", pattern.write(Dialect::Vim))
    };
    named.map(line).join("\n")
}

fn names() -> String {
    let keywords = |group: &str, names: &[&str]| {
        let lines = words::wrapped(names, "      \\ ");
        format!("syntax keyword {group} contained\n{lines}")
    };
    let (includes, directives): (Vec<&str>, Vec<&str>) = words::directives()
        .into_iter()
        .partition(|name| *name == "include");
    [
        keywords("pmtaInclude", &includes),
        keywords("pmtaDirective", &directives),
        keywords("pmtaSection", &words::sections()),
    ]
    .join("\n")
}
