//! Shows findings as text, for tests.

#![allow(
    clippy::arithmetic_side_effects,
    reason = "a test that overflows should fail"
)]

use std::fmt::Write as _;

use super::{FileSite, Finding};
use crate::catalog::Version;
use crate::document::Document;
use crate::workspace::Workspace;

/// Line and column of a byte, both from 1, columns in characters.
fn position(text: &str, byte: u32) -> (usize, usize) {
    let before = &text[..byte as usize];
    let line = before.matches('\n').count() + 1;
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    (line, text[start..byte as usize].chars().count() + 1)
}

/// All findings of a text, one a line: `LINE:COLUMN-COLUMN severity code: message`.
pub(crate) fn findings(text: &str) -> String {
    shown(text, &Document::new(text).findings())
}

/// The same with what is told by the file as a root of its own.
pub(crate) fn file_findings(text: &str) -> String {
    shown(text, &of_file(text))
}

fn of_file(text: &str) -> Vec<Finding> {
    let (workspace, file) = Workspace::alone("/etc/pmta/config".into(), Document::new(text));
    crate::findings::findings(&workspace, file)
}

/// Findings of a text, one a line.
pub(crate) fn shown(text: &str, findings: &[Finding]) -> String {
    let mut shown = String::new();
    for finding in findings {
        let (line, start) = position(text, finding.range.start);
        let (last, end) = position(text, finding.range.end);
        let last = if last == line {
            String::new()
        } else {
            format!("{last}:")
        };
        let severity = finding.rule.severity.name();
        let _ = writeln!(
            shown,
            "{line}:{start}-{last}{end} {severity} {}: {}",
            finding.rule.code, finding.message
        );
    }
    shown
}

/// The text after the first fix of the first finding with this code.
pub(crate) fn fixed(text: &str, code: &str) -> String {
    fixed_of(text, &Document::new(text).findings(), code)
}

/// The same with what is told by the file as a root of its own.
pub(crate) fn file_fixed(text: &str, code: &str) -> String {
    fixed_of(text, &of_file(text), code)
}

fn fixed_of(text: &str, findings: &[Finding], code: &str) -> String {
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

/// What a check of files reports for one version of PowerMTA.
pub(crate) fn for_version(
    text: &str,
    version: Version,
    check: fn(&FileSite<'_>, Version, &mut Vec<Finding>),
) -> String {
    let (workspace, file) = Workspace::alone("/etc/pmta/config".into(), Document::new(text));
    let root = &workspace.roots()[0];
    let site = FileSite {
        workspace: &workspace,
        root,
        is_resolved: workspace.is_resolved(root),
        file,
        document: workspace.document(file).expect("a document"),
    };
    let mut findings = Vec::new();
    check(&site, version, &mut findings);
    shown(text, &findings)
}
