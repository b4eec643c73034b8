//! Shows findings as text, for tests.

#![allow(
    clippy::arithmetic_side_effects,
    reason = "a test that overflows should fail"
)]

use std::fmt::Write as _;

use crate::diagnostics::Finding;
use crate::document::Document;
use crate::findings;
use crate::fixture::root_of;

/// Line and column of a byte, both from 1, columns in characters.
fn position(text: &str, byte: u32) -> (usize, usize) {
    let before = &text[..byte as usize];
    let line = before.matches('\n').count() + 1;
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    (line, text[start..byte as usize].chars().count() + 1)
}

/// All findings of a text, one a line: `LINE:COLUMN-COLUMN severity code: message`.
pub(crate) fn findings(text: &str) -> String {
    let mut shown = String::new();
    for finding in Document::new(text).findings() {
        show(text, &finding, &mut shown);
    }
    shown
}

fn show(text: &str, finding: &Finding, shown: &mut String) {
    let (line, start) = position(text, finding.range.start);
    let (last, end) = position(text, finding.range.end);
    let last = if last == line {
        String::new()
    } else {
        format!("{last}:")
    };
    let severity = finding.severity.name();
    let _ = writeln!(
        shown,
        "{line}:{start}-{last}{end} {severity} {}: {}",
        finding.rule.code, finding.message
    );
}

/// The findings of a configuration of one file or, with lines `#- /path`, of several, in which
/// everything is known. Other files' names come before their findings; what is related comes indented
/// behind.
pub(crate) fn root_findings(text: &str) -> String {
    let workspace = root_of(text);
    let name = |file| {
        let path = workspace.path(file).expect("a path");
        path.file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned()
    };
    let text_of = |file| {
        workspace
            .document(file)
            .expect("a document")
            .rope()
            .to_string()
    };
    let mut shown = String::new();
    for file in workspace.files() {
        for finding in findings::findings(&workspace, file) {
            if file != workspace.roots()[0].file {
                let _ = write!(shown, "{}:", name(file));
            }
            show(&text_of(file), &finding, &mut shown);
            for related in &finding.related {
                let other = related.file.unwrap_or(file);
                let (line, column) = position(&text_of(other), related.range.start);
                let other = if other == file {
                    String::new()
                } else {
                    format!("{}:", name(other))
                };
                let _ = writeln!(shown, "  {other}{line}:{column} {}", related.message);
            }
        }
    }
    shown
}

/// The text of the root after the first fix of the first finding with this code in it.
pub(crate) fn root_fixed(text: &str, code: &str) -> String {
    let workspace = root_of(text);
    let root = workspace.roots()[0].file;
    let text = workspace
        .document(root)
        .expect("a document")
        .rope()
        .to_string();
    apply(&text, &findings::findings(&workspace, root), code)
}

/// The text after the first fix of the first finding with this code.
pub(crate) fn fixed(text: &str, code: &str) -> String {
    apply(text, &Document::new(text).findings(), code)
}

fn apply(text: &str, findings: &[Finding], code: &str) -> String {
    let finding = findings
        .iter()
        .find(|finding| finding.rule.code == code)
        .expect("a finding with this code");
    let fix = finding.fixes.first().expect("a fix");
    let mut edits = fix.edits.clone();
    edits.sort_by_key(|edit| edit.range);
    let mut text = text.to_owned();
    for edit in edits.iter().rev() {
        text.replace_range(edit.range.as_usize(), &edit.text);
    }
    text
}
