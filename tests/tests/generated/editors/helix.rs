//! Helix: `languages.toml`, whole.

use super::language::Language;
use super::{NOTICE, Output};

pub fn outputs(language: &Language) -> Vec<Output> {
    vec![Output::whole("helix/languages.toml", languages(language))]
}

fn languages(language: &Language) -> String {
    let Language { id, scope, .. } = language;
    let quoted = |words: &[String]| {
        let words: Vec<String> = words.iter().map(|word| format!("{word:?}")).collect();
        words.join(", ")
    };
    let names: Vec<&str> = std::iter::once(id.as_str())
        .chain(language.aliases.iter().map(String::as_str))
        .collect();
    let (program, arguments) = language.server.split_first().expect("a server");
    let pairs: Vec<String> = language
        .pairs
        .iter()
        .filter(|pair| pair.closes)
        .map(|pair| format!("'{}' = '{}'", pair.open, pair.close))
        .collect();
    format!(
        "# {NOTICE}
# `install.sh` puts it into your own languages.toml.

[language-server.{program}]
command = {program:?}
args = [{}]

[[language]]
name = {id:?}
scope = {scope:?}
injection-regex = \"^({})$\"
file-types = [
{}]
roots = [{}]
comment-token = {:?}
indent = {{ tab-width = {}, unit = {:?} }}
auto-pairs = {{ {} }}
language-servers = [{program:?}]

# What is below such a folder and no configuration: the longest glob decides.
[[language]]
name = \"{id}-other\"
scope = \"text.plain\"
file-types = [
{}]

[[grammar]]
name = {id:?}
source = {{ git = \"https://github.com/pmta-ls/pmta-ls\", rev = \"main\", subpath = \"grammar\" }}
",
        quoted(arguments),
        names.join("|"),
        file_types(language),
        quoted(&language.roots),
        language.comment,
        language.indent,
        " ".repeat(language.indent),
        pairs.join(", "),
        other_files(language),
    )
}

/// A name in the cases in which people write it.
fn cases(name: &str) -> [String; 3] {
    let capital = name[..1].to_uppercase() + &name[1..];
    [name.to_owned(), capital, name.to_uppercase()]
}

/// The folder of the configuration, and all that is below it.
fn below(language: &Language) -> String {
    let [lower, _, upper] = cases(&language.below.folder);
    format!("{{{lower},{upper}}}/**/")
}

fn glob(glob: &str) -> String {
    format!("    {{ glob = {glob:?} }},\n")
}

fn file_types(language: &Language) -> String {
    let below = below(language);
    let anywhere = &language.anywhere;
    let mut lines: String = anywhere
        .endings
        .iter()
        .map(|ending| format!("    {ending:?},\n"))
        .collect();
    lines.extend(anywhere.names.iter().map(|name| glob(name)));
    lines.extend(
        language
            .below
            .names
            .iter()
            .map(|name| glob(&format!("{below}{name}"))),
    );
    let endings = language.below.endings.iter();
    lines.extend(endings.map(|ending| glob(&format!("{below}*.{ending}"))));
    lines
}

fn other_files(language: &Language) -> String {
    let below = below(language);
    let none = &language.none;
    let beginnings: Vec<String> = none
        .beginnings
        .iter()
        .flat_map(|name| cases(name))
        .collect();
    let begins = format!("{{{}}}*", beginnings.join(","));
    let mut lines = String::new();
    for ending in &language.anywhere.endings {
        lines += &glob(&format!("{begins}.{ending}"));
    }
    lines += &glob(&format!(
        "{below}{begins}.{{{}}}",
        language.below.endings.join(",")
    ));
    let folders = none.folders.join(",");
    lines += &glob(&format!("{below}{{{folders}}}/**/*.{}", none.ending));
    for folder in &none.around {
        for name in &language.below.names {
            lines += &glob(&format!("{below}{folder}/**/{name}"));
        }
    }
    lines
}
