//! Names that the catalog has, for editors that colour by lists.

use pmta_analysis::catalog;

/// All directives with all their names, sorted.
pub fn directives() -> Vec<&'static str> {
    let names = catalog::DIRECTIVES
        .iter()
        .flat_map(|directive| std::iter::once(&directive.name).chain(directive.aliases));
    let is_word = |name: &&str| name.starts_with(|first: char| first.is_ascii_alphabetic());
    let mut names: Vec<&str> = names.copied().filter(is_word).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// All sections, sorted.
pub fn sections() -> Vec<&'static str> {
    let mut names: Vec<&str> = catalog::SECTIONS
        .iter()
        .map(|section| section.name)
        .collect();
    names.sort_unstable();
    names
}

/// Words in lines of up to 100 signs, each line behind an indentation.
pub fn wrapped(words: &[&str], indent: &str) -> String {
    let mut lines = Vec::new();
    let mut line = indent.to_owned();
    for word in words {
        if line.trim().is_empty() {
            line.push_str(word);
        } else if line.len() + word.len() < 100 {
            line = format!("{line} {word}");
        } else {
            lines.push(std::mem::replace(&mut line, format!("{indent}{word}")));
        }
    }
    lines.push(line);
    lines.join("\n")
}
