//! Findings as they are reported: with lines and columns, in order, and without secrets.

use std::collections::HashMap;

use pmta_analysis::diagnostics::{Finding, Fix, Safety};
use pmta_analysis::document::Document;
use pmta_analysis::findings;
use pmta_analysis::secrets::Secrets;
use pmta_analysis::text::TextRange;
use pmta_analysis::workspace::FileId;

use super::selection::Selected;
use crate::mask::{hide_secrets, lines_around};
use crate::parallel;

/// A position as people count: lines and characters from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Position {
    /// The line.
    pub(crate) line: usize,
    /// The character of the line.
    pub(crate) column: usize,
}

impl Position {
    /// The position of a byte of the document.
    #[must_use]
    pub(crate) fn of(document: &Document, byte: u32) -> Self {
        let rope = document.rope();
        let byte = (byte as usize).min(rope.len_bytes());
        let line = rope.byte_to_line(byte);
        let column = rope
            .byte_to_char(byte)
            .saturating_sub(rope.line_to_char(line));
        Self {
            line: line.saturating_add(1),
            column: column.saturating_add(1),
        }
    }
}

/// A finding in its file.
#[derive(Clone, Debug)]
pub(crate) struct Reported<'a> {
    /// Name of the file.
    pub(crate) path: &'a str,
    /// The file.
    pub(crate) document: &'a Document,
    /// The file among those it stands among.
    pub(crate) selected: Selected<'a>,
    /// Where it starts.
    pub(crate) start: Position,
    /// Where it ends, exclusive.
    pub(crate) end: Position,
    /// The finding; no secret is left in its sentences.
    pub(crate) finding: Finding,
    /// The secrets in the lines of the finding.
    pub(crate) secrets: Vec<TextRange>,
    /// Other places that belong to it.
    pub(crate) related: Vec<RelatedPlace<'a>>,
}

/// Another place that belongs to a finding.
#[derive(Clone, Debug)]
pub(crate) struct RelatedPlace<'a> {
    /// Name of its file.
    pub(crate) path: String,
    /// The file.
    pub(crate) document: &'a Document,
    /// Where it is.
    pub(crate) range: TextRange,
    /// What is there.
    pub(crate) message: String,
    /// The secrets in its lines.
    pub(crate) secrets: Vec<TextRange>,
}

impl Reported<'_> {
    /// The fix that a program could apply: one that changes nothing else, or at least one that leaves
    /// no choice.
    #[must_use]
    pub(crate) fn fix(&self) -> Option<&Fix> {
        let fixes = &self.finding.fixes;
        self.finding
            .safe_fix()
            .or_else(|| fixes.iter().find(|fix| fix.safety == Safety::Unsafe))
    }
}

/// All findings of the files, sorted by path, line, column and code.
#[must_use]
pub(crate) fn report<'a>(files: impl Iterator<Item = Selected<'a>>) -> Vec<Reported<'a>> {
    let files: Vec<Selected<'a>> = files.collect();
    let mut reported: Vec<Reported<'a>> = parallel::each(&files, |file| report_file(*file))
        .into_iter()
        .flatten()
        .collect();
    reported.sort_by(|one, other| {
        let key = |it: &Reported<'a>| (it.path, it.start, it.finding.rule.code);
        key(one).cmp(&key(other))
    });
    reported
}

fn report_file(file: Selected<'_>) -> Vec<Reported<'_>> {
    let findings = findings::findings(file.workspace, file.file);
    if findings.is_empty() {
        return Vec::new();
    }
    let mut secrets = Secrets::new(file.document);
    let mut of_others: HashMap<FileId, Secrets<'_>> = HashMap::new();
    let reported = findings.into_iter().map(|mut finding| {
        let hidden = hide_secrets(file.document, &mut finding, &mut secrets);
        let related = std::mem::take(&mut finding.related).into_iter();
        let related = related.filter_map(|related| {
            let (document, secrets) = match related.file {
                Some(other) => {
                    let document = file.workspace.document(other)?;
                    let known = of_others.entry(other);
                    (document, known.or_insert_with(|| Secrets::new(document)))
                }
                None => (file.document, &mut secrets),
            };
            Some(RelatedPlace {
                path: related
                    .file
                    .map_or_else(|| file.name.to_owned(), |it| file.name_of(it)),
                document,
                range: related.range,
                secrets: secrets.within(lines_around(document, related.range)),
                message: related.message,
            })
        });
        let related = related.collect();
        Reported {
            path: file.name,
            document: file.document,
            selected: file,
            start: Position::of(file.document, finding.range.start),
            end: Position::of(file.document, finding.range.end),
            finding,
            secrets: hidden,
            related,
        }
    });
    reported.collect()
}
