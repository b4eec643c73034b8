//! VS Code: which files, signs and settings there are, colours, snippets.

mod alternation;
mod colours;
mod settings;
mod snippets;

use std::fs;

use pmta_ls_tests::workspace_root;
use serde_json::{Value, json};

use super::language::Language;
use super::pattern::{Dialect, Pattern};
use super::{NOTICE, Output};

pub fn outputs(language: &Language) -> Vec<Output> {
    vec![
        Output::whole("vscode/package.json", package(language)),
        Output::whole("vscode/language-configuration.json", signs(language)),
        Output::whole("vscode/src/language.ts", content(language)),
        Output::whole(
            "vscode/syntaxes/pmta.tmLanguage.json",
            colours::grammar(&read("syntaxes/source.json")),
        ),
        Output::whole("vscode/snippets/pmta.json", pretty(&snippets::snippets())),
    ]
}

fn read(path: &str) -> String {
    let path = workspace_root().join("editors/vscode").join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn read_json(path: &str) -> Value {
    serde_json::from_str(&read(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).expect("a value that can be written") + "\n"
}

/// The manifest with files and settings as they are now; the rest of it is written by hand.
fn package(language: &Language) -> String {
    let mut package = read_json("package.json");
    let contributes = &mut package["contributes"];
    contributes["languages"] = languages(language);
    let declared = contributes["configuration"]["properties"].take();
    contributes["configuration"]["properties"] = settings::properties(declared);
    pretty(&package)
}

/// Which files are configuration by their names. The longest pattern decides.
fn languages(language: &Language) -> Value {
    let (below, none) = (&language.below, &language.none);
    let within = |rest: &str| format!("**/{}/**/{rest}", below.folder);
    let names = below.names.iter().map(|name| within(name));
    let endings = below
        .endings
        .iter()
        .map(|ending| within(&format!("*.{ending}")));
    let dotted = |endings: &[String]| {
        endings
            .iter()
            .map(|ending| format!(".{ending}"))
            .collect::<Vec<_>>()
    };
    let beginnings = none.beginnings.iter().flat_map(|beginning| {
        let anywhere = language
            .anywhere
            .endings
            .iter()
            .map(move |ending| format!("{beginning}*.{ending}"));
        let below = within(&format!("{beginning}*.{{{}}}", below.endings.join(",")));
        anywhere.chain(std::iter::once(below))
    });
    let folders = within(&format!(
        "{{{}}}/**/*.{}",
        none.folders.join(","),
        none.ending
    ));
    let around = none.around.iter().flat_map(|folder| {
        below
            .names
            .iter()
            .map(move |name| within(&format!("{folder}/**/{name}")))
    });
    json!([
        {
            "id": language.id,
            "aliases": [language.title, language.id],
            "extensions": dotted(&language.anywhere.endings),
            "filenames": language.anywhere.names,
            "filenamePatterns": names.chain(endings).collect::<Vec<_>>(),
            "firstLine": javascript(language.first_line()),
            "configuration": "./language-configuration.json",
        },
        {
            "id": "plaintext",
            "filenamePatterns": beginnings.chain(std::iter::once(folders)).collect::<Vec<_>>(),
        },
        { "id": "properties", "filenamePatterns": around.collect::<Vec<_>>() },
    ])
}

/// What stands around texts; how Enter behaves is written by hand.
fn signs(language: &Language) -> String {
    let mut signs = read_json("language-configuration.json");
    let pairs = || {
        language
            .pairs
            .iter()
            .map(|pair| (pair, json!([pair.open, pair.close])))
    };
    let is_bracket = |open: &str| "{[(".contains(open);
    let brackets: Vec<Value> = pairs()
        .filter(|(pair, _)| is_bracket(&pair.open))
        .map(|it| it.1)
        .collect();
    let closing: Vec<Value> = pairs()
        .filter(|(pair, _)| pair.closes)
        .map(|(pair, _)| json!({ "open": pair.open, "close": pair.close, "notIn": ["comment", "string"] }))
        .collect();
    // Slashes stand around expressions.
    let surrounding: Vec<Value> = pairs().map(|it| it.1).chain([json!(["/", "/"])]).collect();
    signs["comments"] = json!({ "lineComment": language.comment });
    signs["brackets"] = json!(brackets);
    signs["autoClosingPairs"] = json!(closing);
    signs["surroundingPairs"] = json!(surrounding);
    pretty(&signs)
}

/// Which files are configuration by what they hold, for the extension itself.
fn content(language: &Language) -> String {
    let regex = |pattern: Pattern| format!("new RegExp(String.raw`{}`, 'i')", javascript(pattern));
    format!(
        "// {NOTICE}

/** Paths of files that may be configuration by what they hold. */
export const CONTENT_PATH = {};

/** Paths of files that are none, whatever they hold. */
export const NONE_PATH = {};

/** The first line that holds something, in a file that is configuration. */
export const FIRST_LINE = {};

/** The first line of a file that is none, whatever its name is. */
export const NONE_LINE = {};
",
        regex(language.content_path()),
        regex(language.none_path()),
        regex(language.first_line()),
        regex(language.none_line()),
    )
}

/// A pattern as JavaScript reads it, which says elsewhere whether case counts.
fn javascript(pattern: Pattern) -> String {
    let written = pattern.write(Dialect::Perl);
    written.trim_start_matches("(?i)").to_owned()
}
