//! `editors/language.toml`, read.

use std::fs;

use pmta_analysis::catalog;
use pmta_ls_tests::workspace_root;
use serde::Deserialize;

use super::pattern::Pattern;

/// What every editor has to know of the language.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Language {
    pub id: String,
    pub title: String,
    pub scope: String,
    pub aliases: Vec<String>,
    pub comment: String,
    pub word_signs: Vec<String>,
    pub indent: usize,
    pub server: Vec<String>,
    pub roots: Vec<String>,
    pub pairs: Vec<Pair>,
    pub anywhere: Files,
    pub below: Below,
    pub none: NoConfiguration,
    pub content: Content,
}

/// Two signs that belong together.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pair {
    pub open: String,
    pub close: String,
    /// Whether the second is written when the first is typed.
    pub closes: bool,
}

/// Files by their whole names, and by what is behind the last dot.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Files {
    pub names: Vec<String>,
    pub endings: Vec<String>,
}

/// Files below a folder.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Below {
    pub folder: String,
    pub names: Vec<String>,
    pub endings: Vec<String>,
}

/// Files that are no configuration although they are named like one.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct NoConfiguration {
    pub beginnings: Vec<String>,
    pub folders: Vec<String>,
    pub ending: String,
    pub around: Vec<String>,
    pub first_line: String,
}

/// Files that are configuration by what they hold.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Content {
    pub endings: Vec<String>,
    pub comment: String,
    pub directives: Vec<String>,
}

impl Language {
    /// Reads the table and holds it against the catalog.
    pub fn read() -> Self {
        let path = workspace_root().join("editors/language.toml");
        let text = fs::read_to_string(path).expect("the table of the language");
        let language: Self = toml::from_str(&text).expect("a table as it is declared here");
        for name in &language.content.directives {
            let is_known = !catalog::directives_named(name).is_empty();
            assert!(is_known, "the catalog has no directive `{name}`");
        }
        language
    }

    /// The path of a file that is configuration by its name, unless [`Self::none_path`] says otherwise.
    pub fn path(&self) -> Pattern {
        let below = &self.below;
        Pattern::any([
            Pattern::all([
                Pattern::text("/"),
                Pattern::words(&self.anywhere.names),
                Pattern::End,
            ]),
            ending(&self.anywhere.endings),
            Pattern::all([
                self.below_folder(),
                Pattern::any([
                    Pattern::all([Pattern::words(&below.names), Pattern::End]),
                    Pattern::all([Pattern::InName, ending(&below.endings)]),
                ]),
            ]),
        ])
    }

    /// The path of a file that is none whatever else holds.
    pub fn none_path(&self) -> Pattern {
        let none = &self.none;
        Pattern::any([
            Pattern::all([
                Pattern::text("/"),
                Pattern::words(&none.beginnings),
                Pattern::InName,
                Pattern::End,
            ]),
            Pattern::all([
                Pattern::text("/"),
                Pattern::words(&none.around),
                Pattern::text("/"),
            ]),
            Pattern::all([
                self.below_folder(),
                Pattern::words(&none.folders),
                Pattern::text("/"),
                Pattern::Anything,
                ending(std::slice::from_ref(&none.ending)),
            ]),
        ])
    }

    /// The path of a file that is configuration if [`Self::first_line`] fits.
    pub fn content_path(&self) -> Pattern {
        Pattern::any([
            ending(&self.content.endings),
            Pattern::all([Pattern::text("/"), Pattern::InStem, Pattern::End]),
        ])
    }

    /// The first line of a file that is configuration.
    pub fn first_line(&self) -> Pattern {
        let sections = catalog::SECTIONS.iter().map(|section| section.name);
        let sections: Vec<&str> = sections.filter(|name| name.contains('-')).collect();
        Pattern::all([
            Pattern::Begin,
            Pattern::Blanks,
            Pattern::any([
                Pattern::all([
                    Pattern::text(&self.comment),
                    Pattern::Blanks,
                    Pattern::text(&self.content.comment),
                ]),
                Pattern::all([
                    Pattern::text("<"),
                    Pattern::words(&sections),
                    Pattern::BlankOrClose,
                ]),
                Pattern::all([Pattern::words(&self.content.directives), Pattern::Blank]),
            ]),
        ])
    }

    /// The first line of a file that is none.
    pub fn none_line(&self) -> Pattern {
        Pattern::all([Pattern::Begin, Pattern::text(&self.none.first_line)])
    }

    /// Up to and with the slash before a name in the folder or below it.
    fn below_folder(&self) -> Pattern {
        Pattern::all([
            Pattern::text(&format!("/{}/", self.below.folder)),
            Pattern::Folders,
        ])
    }
}

/// A dot and one of these behind it, at the end.
fn ending(endings: &[String]) -> Pattern {
    Pattern::all([Pattern::text("."), Pattern::words(endings), Pattern::End])
}
