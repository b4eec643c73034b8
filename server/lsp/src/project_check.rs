//! What is wrong in a `pmta-ls.toml` that the editor has open.
//!
//! What it may hold is written down once, in the list of keys that reads it.

use std::ops::Range;
use std::path::Path;

use pmta_analysis::diagnostics::Severity;
use pmta_analysis::workspace::{FileKind, Files};
use toml::Spanned;
use toml::de::{DeTable, DeValue, Error};

use crate::{options, reach};

/// Most mistakes that are told of one file.
const MOST_MISTAKES: usize = 100;

/// Something wrong in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// Where, in bytes.
    pub range: Range<usize>,
    /// How bad it is: an error keeps the file from being used.
    pub severity: Severity,
    /// A sentence.
    pub message: String,
}

/// All that is wrong in the text of a `pmta-ls.toml` at this path, in order of position.
#[must_use]
pub fn check(text: &str, path: &Path, files: &dyn Files) -> Vec<Mistake> {
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut mistakes: Vec<Mistake> = errors
        .iter()
        .map(|error| mistake(error, &error.message().replace('\n', " ")))
        .collect();
    if mistakes.is_empty() {
        mistakes = wrong_entries(text);
        check_paths(
            table.get_ref(),
            path.parent().unwrap_or(path),
            files,
            &mut mistakes,
        );
    }
    mistakes.sort_by_key(|mistake| (mistake.range.start, mistake.range.end));
    mistakes
}

/// Reports what the reader does not take.
fn wrong_entries(text: &str) -> Vec<Mistake> {
    let value: serde_json::Value = match toml::from_str(text) {
        Ok(value) => value,
        Err(error) => {
            return vec![mistake(&error, &error.message().replace('\n', " "))];
        }
    };
    let mistakes = options::check(&value).into_iter();
    let mistakes = mistakes.take(MOST_MISTAKES).map(|wrong| Mistake {
        range: options::span(text, &wrong.at).unwrap_or_default(),
        severity: Severity::Error,
        message: as_sentence(&wrong.sentence),
    });
    mistakes.collect()
}

fn mistake(error: &Error, message: &str) -> Mistake {
    Mistake {
        range: error.span().unwrap_or_default(),
        severity: Severity::Error,
        message: as_sentence(message),
    }
}

fn as_sentence(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().into_iter().flat_map(char::to_uppercase);
    let mut sentence: String = first.chain(characters).collect();
    if !sentence.ends_with(['.', '?']) {
        sentence.push('.');
    }
    sentence
}

/// Reports roots that are not there, mappings to folders that are not, and paths that lead elsewhere.
fn check_paths(table: &DeTable<'_>, folder: &Path, files: &dyn Files, mistakes: &mut Vec<Mistake>) {
    let mut is_outside = |written: &Spanned<&str>| {
        let leads_out = reach::leads_out(folder, written.get_ref(), files);
        if leads_out {
            mistakes.push(Mistake {
                range: written.span(),
                severity: Severity::Error,
                message: as_sentence(&reach::refusal(written.get_ref())),
            });
        }
        leads_out
    };
    let mut roots = strings(table.get("roots"));
    roots.retain(|root| !is_outside(root));
    let mut paths: Vec<Spanned<&str>> = entries(table.get("paths"))
        .into_iter()
        .filter_map(|(_, here)| text_of(here))
        .collect();
    paths.retain(|path| !is_outside(path));
    for root in roots {
        if files.kind(&folder.join(root.get_ref())) != Some(FileKind::File) {
            mistakes.push(Mistake {
                range: root.span(),
                severity: Severity::Warning,
                message: format!("There is no file `{}` beside this one.", root.get_ref()),
            });
        }
    }
    for path in paths {
        if files.kind(&folder.join(path.get_ref())) != Some(FileKind::Folder) {
            mistakes.push(Mistake {
                range: path.span(),
                severity: Severity::Warning,
                message: format!("There is no folder `{}` beside this file.", path.get_ref()),
            });
        }
    }
}

/// A text with its place; none: it is something else.
fn text_of<'a>(value: &'a Spanned<DeValue<'_>>) -> Option<Spanned<&'a str>> {
    match value.get_ref() {
        DeValue::String(text) => Some(Spanned::new(value.span(), text.as_ref())),
        _ => None,
    }
}

/// The texts of an array.
fn strings<'a>(array: Option<&'a Spanned<DeValue<'_>>>) -> Vec<Spanned<&'a str>> {
    let Some(DeValue::Array(array)) = array.map(Spanned::get_ref) else {
        return Vec::new();
    };
    array.iter().filter_map(text_of).collect()
}

type Entry<'a, 'i> = (
    &'a Spanned<std::borrow::Cow<'i, str>>,
    &'a Spanned<DeValue<'i>>,
);

/// The entries of a table.
fn entries<'a, 'i>(table: Option<&'a Spanned<DeValue<'i>>>) -> Vec<Entry<'a, 'i>> {
    match table.map(Spanned::get_ref) {
        Some(DeValue::Table(table)) => table.iter().collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use expect_test::expect;

    use super::*;
    use crate::files::DiskFiles;

    fn checked(text: &str) -> String {
        let mut files = DiskFiles::default();
        files.replace(Path::new("/nowhere/etc/config"), Vec::new());
        let mut shown = String::new();
        for mistake in check(text, Path::new("/nowhere/pmta-ls.toml"), &files) {
            let _ = writeln!(
                shown,
                "{:?} {}: {}",
                &text[mistake.range],
                mistake.severity.name(),
                mistake.message
            );
        }
        shown
    }

    #[test]
    fn what_is_right_is_left_alone() {
        assert_eq!(checked(""), "");
        assert_eq!(checked("roots = [\"etc/config\"]\n"), "");
    }

    #[test]
    fn every_mistake_is_told() {
        expect![[r#"
            "root" error: There is no setting `root`; did you mean `roots`?
            "\"none/config\"" warning: There is no file `none/config` beside this one.
            "nonsense-of-all-sorts" error: There is no setting `nonsense-of-all-sorts`.
            "\"etc\"" error: `paths` maps folders of the server, and `etc` does not begin with `/`.
            "\"none\"" warning: There is no folder `none` beside this file.
            "\"/opt\"" error: The folder here is a text.
        "#]]
        .assert_eq(&checked(
            "root = []\nroots = [\"etc/config\", \"none/config\"]\nnonsense-of-all-sorts = 1\n[paths]\n\"etc\" = \"none\"\n\"/opt\" = 1\n",
        ));
    }

    #[test]
    fn paths_that_lead_out_of_the_folder_are_told() {
        expect![[r#"
            "\"../config\"" error: `../config` leads out of the folder of `pmta-ls.toml`, so it is not read; name it in the settings of your editor, or the settings themselves with `--settings` on the command line.
            "\"/etc\"" error: `/etc` leads out of the folder of `pmta-ls.toml`, so it is not read; name it in the settings of your editor, or the settings themselves with `--settings` on the command line.
        "#]]
        .assert_eq(&checked(
            "roots = [\"../config\", \"etc/config\"]\n[paths]\n\"/etc/pmta\" = \"/etc\"\n",
        ));
    }

    #[test]
    fn a_broken_text_is_told_where_it_breaks() {
        expect![[r#"
            "" error: Missing comma between array elements, expected `,`.
            "paths" error: String values must be quoted, expected literal string.
            "" error: Unclosed array, expected `]`.
        "#]]
        .assert_eq(&checked("roots = [\"a\"\n[paths]\n"));
    }
}
