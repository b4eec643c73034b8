//! What is wrong in a `pmta-ls.toml` that the editor has open.
//!
//! The file is read into the same type as ever, so that what it may hold is written down once. Reading
//! stops at the first mistake; the entry with the mistake is then taken out and the rest read again.

use std::ops::Range;
use std::path::Path;

use pmta_analysis::diagnostics::{self, RULES, Severity};
use pmta_analysis::workspace::{FileKind, Files};
use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeTable, DeValue, Error};

use crate::project::{Written, is_absolute};

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
    let (mut table, errors) = DeTable::parse_recoverable(text);
    let mut mistakes: Vec<Mistake> = errors
        .iter()
        .map(|error| mistake(error, &error.message().replace('\n', " ")))
        .collect();
    if mistakes.is_empty() {
        mistakes = wrong_entries(&mut table);
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

/// Reports entries that the reader does not take, and takes them out.
fn wrong_entries(table: &mut Spanned<DeTable<'_>>) -> Vec<Mistake> {
    let mut mistakes = Vec::new();
    while let Err(error) = Written::deserialize(toml::Deserializer::from(table.clone())) {
        mistakes.push(mistake(&error, &sentence(&error)));
        let is_out = error
            .span()
            .is_some_and(|at| take_out(table.get_mut(), &at));
        if !is_out || mistakes.len() >= MOST_MISTAKES {
            break;
        }
    }
    check_servers(table.get_ref(), &mut mistakes);
    check_rules(table.get_ref(), &mut mistakes);
    mistakes
}

fn mistake(error: &Error, message: &str) -> Mistake {
    let mut characters = message.chars();
    let first = characters.next().into_iter().flat_map(char::to_uppercase);
    let mut message: String = first.chain(characters).collect();
    if !message.ends_with(['.', '?']) {
        message.push('.');
    }
    Mistake {
        range: error.span().unwrap_or_default(),
        severity: Severity::Error,
        message,
    }
}

/// What is wrong, with the nearest known name for an unknown one.
fn sentence(error: &Error) -> String {
    let message = error.message().replace('\n', " ");
    let Some((unknown, known)) = unknown_name(&message) else {
        return message;
    };
    match nearest(unknown, known.iter().copied()) {
        Some(near) => format!("`{unknown}` is no key here. Did you mean `{near}`?"),
        None => {
            let known: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
            format!("`{unknown}` is no key here. There are {}", known.join(", "))
        }
    }
}

/// The name that a message of the reader calls unknown, and those it knows.
fn unknown_name(message: &str) -> Option<(&str, Vec<&str>)> {
    let (_, rest) = message.split_once("unknown field `")?;
    let (unknown, rest) = rest.split_once('`')?;
    let known = rest.split('`').skip(1).step_by(2).collect();
    Some((unknown, known))
}

/// The most similar of the names, if one is similar at all.
fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    known
        .map(|other| (strsim::damerau_levenshtein(name, other), other))
        .filter(|(distance, other)| *distance <= other.len().div_ceil(3))
        .min()
        .map(|(_, other)| other)
}

/// Takes the innermost entry at a place out of a table; whether there was one.
fn take_out(table: &mut DeTable<'_>, at: &Range<usize>) -> bool {
    for (_, value) in table.iter_mut() {
        if let DeValue::Table(inner) = value.get_mut()
            && take_out(inner, at)
        {
            return true;
        }
    }
    let holds = |span: Range<usize>| span.start <= at.start && at.end <= span.end;
    let entry = table
        .iter()
        .find(|(key, value)| holds(key.span()) || holds(value.span()))
        .map(|(key, _)| key.clone());
    entry.is_some_and(|key| table.remove(&key).is_some())
}

/// Reports roots that are not there, and mappings to folders that are not.
fn check_paths(table: &DeTable<'_>, folder: &Path, files: &dyn Files, mistakes: &mut Vec<Mistake>) {
    for root in strings(table.get("roots")) {
        if files.kind(&folder.join(root.get_ref())) != Some(FileKind::File) {
            mistakes.push(Mistake {
                range: root.span(),
                severity: Severity::Warning,
                message: format!("There is no file `{}` beside this one.", root.get_ref()),
            });
        }
    }
    for (_, here) in entries(table.get("paths")) {
        if let DeValue::String(path) = here.get_ref()
            && files.kind(&folder.join(path.as_ref())) != Some(FileKind::Folder)
        {
            mistakes.push(Mistake {
                range: here.span(),
                severity: Severity::Warning,
                message: format!("There is no folder `{path}` beside this file."),
            });
        }
    }
}

/// Reports mappings of what is no folder of the server.
fn check_servers(table: &DeTable<'_>, mistakes: &mut Vec<Mistake>) {
    for (server, _) in entries(table.get("paths")) {
        if !is_absolute(server.get_ref()) {
            mistakes.push(Mistake {
                range: server.span(),
                severity: Severity::Error,
                message: format!(
                    "`{}` is no folder of the server: it does not begin with `/`.",
                    server.get_ref()
                ),
            });
        }
    }
}

/// Reports codes in `[rules]` that no rule and no group of rules has.
fn check_rules(table: &DeTable<'_>, mistakes: &mut Vec<Mistake>) {
    let groups = || RULES.iter().map(|rule| rule.group.name());
    for (code, _) in entries(table.get("rules")) {
        let name = code.get_ref().as_ref();
        if diagnostics::rule(name).is_some() || groups().any(|group| group == name) {
            continue;
        }
        let known = RULES.iter().map(|rule| rule.code).chain(groups());
        let near = nearest(name, known)
            .map(|near| format!(" Did you mean `{near}`?"))
            .unwrap_or_default();
        mistakes.push(Mistake {
            range: code.span(),
            severity: Severity::Warning,
            message: format!("There is no rule `{name}`.{near}"),
        });
    }
}

/// The texts of an array.
fn strings<'a>(array: Option<&'a Spanned<DeValue<'_>>>) -> Vec<Spanned<&'a str>> {
    let Some(DeValue::Array(array)) = array.map(Spanned::get_ref) else {
        return Vec::new();
    };
    let strings = array.iter().filter_map(|value| match value.get_ref() {
        DeValue::String(text) => Some(Spanned::new(value.span(), text.as_ref())),
        _ => None,
    });
    strings.collect()
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
            "root" error: `root` is no key here. Did you mean `roots`?
            "\"none/config\"" warning: There is no file `none/config` beside this one.
            "nonsense-of-all-sorts" error: `nonsense-of-all-sorts` is no key here. There are `roots`, `paths`.
            "\"etc\"" error: `etc` is no folder of the server: it does not begin with `/`.
            "\"none\"" warning: There is no folder `none` beside this file.
            "1" error: Invalid type: integer `1`, expected a string.
        "#]]
        .assert_eq(&checked(
            "root = []\nroots = [\"etc/config\", \"none/config\"]\nnonsense-of-all-sorts = 1\n[paths]\n\"etc\" = \"none\"\n\"/opt\" = 1\n",
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
