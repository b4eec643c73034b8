//! Rename: a name changed everywhere it stands, or a sentence that says why not.
//!
//! A renaming is worked out on a copy first and read again there. It is only offered if the new name
//! then stands exactly where the old one stood, so what cannot be written at some place is refused
//! whatever the reason.

mod new_name;
mod renameable;

use crate::cursor::Cursor;
use crate::diagnostics::{Edit, Severity};
use crate::document::Document;
use crate::occurrences::{Occurrence, Subject, occurrences, subject_at};
use crate::text::TextRange;
use crate::workspace::{FileId, FilePosition, FileRange, Found, Target, Unread, Workspace};

/// Why a name is not renamed, in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal(pub String);

impl std::fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for Refusal {}

/// A name that can be renamed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renameable {
    /// Where it stands, without quotes.
    pub name: FileRange,
    /// The name.
    pub text: String,
}

/// The edits of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileEdits {
    /// The file.
    pub file: FileId,
    /// What is replaced, in order of position and apart from each other.
    pub edits: Vec<Edit>,
}

/// A name changed everywhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RenameEdit {
    /// The edits, file by file in reading order.
    pub files: Vec<FileEdits>,
    /// What else carries the old name and is not changed: a sentence.
    pub note: Option<&'static str>,
}

/// The name at a position, if it can be renamed; none where no name stands.
///
/// # Errors
/// A sentence that says why the name that stands there cannot be renamed.
pub fn prepare_rename(
    workspace: &Workspace,
    at: FilePosition,
) -> Result<Option<Renameable>, Refusal> {
    let subject = match renameable_subject(workspace, at)? {
        Some(subject) => subject,
        None => return Ok(None),
    };
    let found = occurrences(workspace, at.file, subject.kind, &subject.text);
    check_files(workspace, at.file, &found)?;
    Ok(Some(Renameable {
        name: subject.name,
        text: subject.text,
    }))
}

/// Renames what is named at a position; none where no name stands.
///
/// # Errors
/// A sentence that says why not.
pub fn rename(
    workspace: &Workspace,
    at: FilePosition,
    new_name: &str,
) -> Result<Option<RenameEdit>, Refusal> {
    let subject = match renameable_subject(workspace, at)? {
        Some(subject) => subject,
        None => return Ok(None),
    };
    let note = renameable::note(subject.kind);
    if new_name == subject.text {
        return Ok(Some(RenameEdit {
            files: Vec::new(),
            note: None,
        }));
    }
    let found = occurrences(workspace, at.file, subject.kind, &subject.text);
    check_files(workspace, at.file, &found)?;
    new_name::check(subject.kind, &subject.text, new_name)?;
    check_clash(workspace, &subject, new_name, &found)?;
    let files = edits(workspace, &found, new_name)?;
    check_outcome(workspace, &subject, new_name, &files)?;
    Ok(Some(RenameEdit { files, note }))
}

/// What is named at a position, if that kind of thing can be renamed.
fn renameable_subject(workspace: &Workspace, at: FilePosition) -> Result<Option<Subject>, Refusal> {
    let cursor = workspace
        .document(at.file)
        .and_then(|document| Cursor::at(document, at.offset));
    let Some(cursor) = cursor else {
        return Ok(None);
    };
    match subject_at(&cursor, at.file) {
        Some(subject) => {
            renameable::check(workspace, &subject)?;
            Ok(Some(subject))
        }
        None => renameable::check_word(&cursor).map(|()| None),
    }
}

/// Refuses if files that may hold the name were not read, or may not be written.
///
/// All `include` lines of all roots that share a file with the name must have been read; a root that
/// is no whole configuration is no hindrance, for nothing says that anything is missing from it.
fn check_files(workspace: &Workspace, at: FileId, found: &[Occurrence]) -> Result<(), Refusal> {
    let mut files: Vec<FileId> = found.iter().map(|it| it.name.file).collect();
    files.push(at);
    files.dedup();
    let is_touched = |files_of_root: &[FileId]| files.iter().any(|it| files_of_root.contains(it));
    let roots = workspace.roots().iter();
    for include in roots
        .filter(|root| is_touched(&root.files))
        .flat_map(|root| &root.includes)
    {
        let is_read = |target: &Target| matches!(target.file, Ok(_) | Err(Unread::Loop(_)));
        let all_read = match &include.found {
            Found::Files(targets) => targets.iter().all(is_read),
            // A wildcard that matches nothing leaves nothing out.
            Found::NothingMatches => true,
            Found::Missing | Found::NotMapped | Found::Outside | Found::Remote => false,
        };
        if !all_read {
            return Err(Refusal(format!(
                "`include {}` in {} could not be read, and the name may be used there. `[paths]` in `pmta-ls.toml` can say where such files are.",
                include.path,
                shown_path(workspace, include.from)
            )));
        }
    }
    let invalid = found.iter().map(|it| it.name.file).find(|file| {
        let document = workspace.document(*file);
        document.is_some_and(|document| document.encoding().first_invalid.is_some())
    });
    match invalid {
        Some(file) => Err(Refusal(format!(
            "{} is not valid UTF-8 and is therefore not changed. Save it as UTF-8 first.",
            shown_path(workspace, file)
        ))),
        None => Ok(()),
    }
}

/// Refuses a name that stands for something already.
fn check_clash(
    workspace: &Workspace,
    subject: &Subject,
    new_name: &str,
    own: &[Occurrence],
) -> Result<(), Refusal> {
    let mut files: Vec<FileId> = vec![subject.name.file];
    files.extend(own.iter().map(|it| it.name.file));
    files.dedup();
    // Queues are named without regard to case, so the old name may be what the new one finds.
    let clash = files.iter().find_map(|file| {
        let mut others = occurrences(workspace, *file, subject.kind, new_name);
        others.retain(|other| !own.contains(other));
        let defined = others.iter().find(|other| other.is_definition);
        defined.or(others.first()).copied()
    });
    let Some(clash) = clash else { return Ok(()) };
    let place = shown_place(workspace, clash.name);
    let noun = subject.kind.noun();
    Err(Refusal(if clash.is_definition {
        format!("There is already a {noun} `{new_name}`, in {place}.")
    } else {
        format!("The name `{new_name}` is already used for a {noun}, in {place}.")
    }))
}

/// The edits that write the new name over the old one. Quotes stay, and are added where the new name
/// needs them.
fn edits(
    workspace: &Workspace,
    found: &[Occurrence],
    new_name: &str,
) -> Result<Vec<FileEdits>, Refusal> {
    let needs_quotes = new_name.contains([' ', '\t']);
    let mut files: Vec<FileEdits> = Vec::new();
    for one in found {
        let Some(document) = workspace.document(one.name.file) else {
            continue;
        };
        let text = if needs_quotes && !is_quoted(document, one.name.range) {
            if !begins_word(document, one.name.range) {
                return Err(Refusal(format!(
                    "`{new_name}` needs quotes, and they cannot stand inside of a word as in {}.",
                    shown_place(workspace, one.name)
                )));
            }
            format!("\"{new_name}\"")
        } else {
            new_name.to_owned()
        };
        let edit = Edit {
            range: one.name.range,
            text,
        };
        match files.iter_mut().find(|it| it.file == one.name.file) {
            Some(file) => file.edits.push(edit),
            None => files.push(FileEdits {
                file: one.name.file,
                edits: vec![edit],
            }),
        }
    }
    for file in &mut files {
        file.edits.sort_by_key(|edit| edit.range);
        file.edits.dedup();
    }
    Ok(files)
}

/// Whether a name stands where a value, an item of a list or what an action takes begins.
fn begins_word(document: &Document, range: TextRange) -> bool {
    let before = TextRange::new(range.start.saturating_sub(1), range.start);
    let before = document.slice(before.as_usize());
    before.is_empty() || before.ends_with([' ', '\t', ',', '='])
}

fn is_quoted(document: &Document, range: TextRange) -> bool {
    let around = TextRange::new(range.start.saturating_sub(1), range.end.saturating_add(1));
    let around = document.slice(around.as_usize());
    around.len() > 2 && around.starts_with('"') && around.ends_with('"')
}

/// Reads a copy with the edits and refuses if the new name does not stand there as the old one did.
fn check_outcome(
    workspace: &Workspace,
    subject: &Subject,
    new_name: &str,
    files: &[FileEdits],
) -> Result<(), Refusal> {
    let mut edited = workspace.clone();
    let mut expected: Vec<(FileRange, FileRange)> = Vec::new();
    let mut worse = None;
    for file in files {
        let Some(before) = workspace.document(file.file) else {
            continue;
        };
        let mut document = before.clone();
        for edit in file.edits.iter().rev() {
            document.edit(edit.range.as_usize(), &edit.text);
        }
        if serious(&document) > serious(before) {
            worse = file.edits.first().map(|edit| FileRange {
                file: file.file,
                range: edit.range,
            });
        }
        expected.extend(moved(file, new_name));
        edited.set_document(file.file, document);
    }
    let found = occurrences(&edited, subject.name.file, subject.kind, new_name);
    let lost = expected
        .iter()
        .find(|(_, after)| !found.iter().any(|it| it.name == *after))
        .map(|(before, _)| *before);
    match lost.or(worse) {
        Some(at) => Err(Refusal(format!(
            "`{new_name}` would not be read as one name in {}.",
            shown_place(workspace, at)
        ))),
        None => Ok(()),
    }
}

/// Where the name stands before the edits of a file, and where after them.
fn moved<'a>(
    file: &'a FileEdits,
    new_name: &'a str,
) -> impl Iterator<Item = (FileRange, FileRange)> + 'a {
    let mut grown: i64 = 0;
    let length = TextRange::of(0, new_name.len()).end;
    file.edits.iter().map(move |edit| {
        let quote = u32::from(edit.text.len() > new_name.len());
        let start = i64::from(edit.range.start)
            .saturating_add(grown)
            .saturating_add(i64::from(quote));
        let start = u32::try_from(start).unwrap_or_default();
        grown = grown
            .saturating_add(i64::from(TextRange::of(0, edit.text.len()).end))
            .saturating_sub(i64::from(edit.range.len()));
        let at = |range: TextRange| FileRange {
            file: file.file,
            range,
        };
        let after = TextRange::new(start, start.saturating_add(length));
        (at(edit.range), at(after))
    })
}

/// How many findings of a document are warnings or worse.
fn serious(document: &Document) -> usize {
    let findings = document.findings().into_iter();
    findings
        .filter(|finding| finding.severity >= Severity::Warning)
        .count()
}

/// A file as people know it.
fn shown_path(workspace: &Workspace, file: FileId) -> String {
    workspace.path(file).map_or_else(
        || "this file".to_owned(),
        |path| format!("`{}`", path.display()),
    )
}

/// A line of a file as people know it.
fn shown_place(workspace: &Workspace, at: FileRange) -> String {
    let line = workspace.document(at.file).map(|document| {
        let byte = (at.range.start as usize).min(document.rope().len_bytes());
        document.rope().byte_to_line(byte).saturating_add(1)
    });
    format!(
        "line {} of {}",
        line.unwrap_or_default(),
        shown_path(workspace, at.file)
    )
}

#[cfg(test)]
mod tests;
