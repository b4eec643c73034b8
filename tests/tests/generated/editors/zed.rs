//! Zed: the language, whole. It knows files by their last names only.

use super::language::Language;
use super::pattern::Dialect;
use super::{NOTICE, Output};

pub fn outputs(language: &Language) -> Vec<Output> {
    let quoted = |words: &mut dyn Iterator<Item = &String>| {
        let words: Vec<String> = words.map(|word| format!("{word:?}")).collect();
        words.join(", ")
    };
    let mut names = language
        .anywhere
        .endings
        .iter()
        .chain(&language.anywhere.names);
    let pairs: Vec<String> = language
        .pairs
        .iter()
        .map(|pair| {
            let newline = pair.open == "{";
            let quotes = if pair.open == pair.close {
                ", not_in = [\"comment\"]"
            } else {
                ""
            };
            format!(
                "    {{ start = {:?}, end = {:?}, close = {}, newline = {newline}{quotes} }},\n",
                pair.open, pair.close, pair.closes
            )
        })
        .collect();
    let text = format!(
        "# {NOTICE}

name = {:?}
grammar = {:?}
path_suffixes = [{}]
first_line_pattern = '{}'
line_comments = [{:?}]
word_characters = [{}]
tab_size = {}
hard_tabs = false
brackets = [
{}]
",
        language.title,
        language.id,
        quoted(&mut names),
        language.first_line().write(Dialect::Perl),
        format!("{} ", language.comment),
        quoted(&mut language.word_signs.iter()),
        language.indent,
        pairs.concat(),
    );
    vec![Output::whole("zed/languages/pmta/config.toml", text)]
}
