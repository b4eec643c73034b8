//! Findings as they are reported: with lines and columns, in order, and without secrets.

use pmta_analysis::diagnostics::{Finding, Fix, Safety};
use pmta_analysis::document::Document;
use pmta_analysis::secrets::Secrets;
use pmta_analysis::text::TextRange;

use super::mask;
use super::selection::Selected;

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
    /// Where it starts.
    pub(crate) start: Position,
    /// Where it ends, exclusive.
    pub(crate) end: Position,
    /// The finding; no secret is left in its sentences.
    pub(crate) finding: Finding,
    /// The secrets in the lines of the finding and of what is related to it.
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
    let mut reported = Vec::new();
    for file in files {
        let findings = file.document.findings();
        if findings.is_empty() {
            continue;
        }
        let mut secrets = Secrets::new(file.document);
        for mut finding in findings {
            let secrets = hide_secrets(file.document, &mut finding, &mut secrets);
            reported.push(Reported {
                path: file.name,
                document: file.document,
                start: Position::of(file.document, finding.range.start),
                end: Position::of(file.document, finding.range.end),
                finding,
                secrets,
            });
        }
    }
    reported.sort_by(|one, other| {
        let key = |it: &Reported<'a>| (it.path, it.start, it.finding.rule.code);
        key(one).cmp(&key(other))
    });
    reported
}

/// Takes the secrets out of the finding's sentences. The secrets of its lines.
pub(crate) fn hide_secrets(
    document: &Document,
    finding: &mut Finding,
    secrets: &mut Secrets<'_>,
) -> Vec<TextRange> {
    let mut found = secrets.within(lines_around(document, finding.range));
    for related in &finding.related {
        found.extend(secrets.within(lines_around(document, related.range)));
    }
    found.sort_unstable();
    found.dedup();
    if found.is_empty() {
        return found;
    }
    let texts: Vec<String> = found
        .iter()
        .map(|secret| document.slice(secret.as_usize()))
        .collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    finding.message = mask::sentence(&finding.message, &texts);
    for fix in &mut finding.fixes {
        fix.title = mask::sentence(&fix.title, &texts);
    }
    for related in &mut finding.related {
        related.message = mask::sentence(&related.message, &texts);
    }
    found
}

/// The range, made longer to whole lines.
fn lines_around(document: &Document, range: TextRange) -> TextRange {
    let rope = document.rope();
    let line_of = |byte: u32| rope.byte_to_line((byte as usize).min(rope.len_bytes()));
    let start = rope.line_to_byte(line_of(range.start));
    let end = rope.line_to_byte(line_of(range.end).saturating_add(1).min(rope.len_lines()));
    TextRange::of(start, end)
}
