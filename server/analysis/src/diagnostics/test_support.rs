//! Shows findings as text, for tests.

#![allow(
    clippy::arithmetic_side_effects,
    reason = "a test that overflows should fail"
)]

use std::fmt::Write as _;
use std::path::Path;

use crate::diagnostics::Finding;
use crate::document::Document;
use crate::workspace::test_support::Disk;
use crate::workspace::{PathMapping, Workspace};

/// Line and column of a byte, both from 1, columns in characters.
fn position(text: &str, byte: u32) -> (usize, usize) {
    let before = &text[..byte as usize];
    let line = before.matches('\n').count() + 1;
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    (line, text[start..byte as usize].chars().count() + 1)
}

/// All findings of a text, one a line: `LINE:COLUMN-COLUMN severity code: message`.
pub(crate) fn findings(text: &str) -> String {
    listed(&Document::new(text))
}

/// All that is wrong in a document as far as it alone can tell, one finding a line.
pub(crate) fn listed(document: &Document) -> String {
    shown(&document.rope().to_string(), &document.findings())
}

/// Findings in a text, one a line.
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
        let severity = finding.severity.name();
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
    let findings = Document::new(text).findings();
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

/// All findings of some files, file by file, each with its related places. The roots are those
/// given, or the first file.
pub(crate) fn reported(files: &[(&str, &str)], roots: &[&str]) -> String {
    let disk = Disk::of(files);
    let mut workspace = Workspace::new(None, Vec::new());
    add_roots(&mut workspace, &disk, files, roots);
    report(&workspace)
}

/// The same with mappings of paths.
pub(crate) fn reported_with(
    files: &[(&str, &str)],
    base: &str,
    mappings: &[(&str, &str)],
) -> String {
    let disk = Disk::of(files);
    let mappings = mappings.iter().map(|(server, here)| PathMapping {
        server: (*server).to_owned(),
        here: here.into(),
    });
    let mut workspace = Workspace::new(Some(base.into()), mappings.collect());
    add_roots(&mut workspace, &disk, files, &[]);
    report(&workspace)
}

fn add_roots(workspace: &mut Workspace, disk: &Disk, files: &[(&str, &str)], roots: &[&str]) {
    let first = [files[0].0];
    for root in if roots.is_empty() { &first } else { roots } {
        workspace.add_root(Path::new(root), disk).unwrap();
    }
}

/// All findings in a workspace.
pub(crate) fn report(workspace: &Workspace) -> String {
    let mut report = String::new();
    for file in workspace.files() {
        let text = |file| workspace.document(file).unwrap().rope().to_string();
        for finding in crate::findings::findings(workspace, file) {
            let line = shown(&text(file), std::slice::from_ref(&finding));
            let _ = write!(report, "{}:{line}", workspace.shown_name(file));
            for related in &finding.related {
                let file = related.file.unwrap_or(file);
                let text = text(file);
                let before = &text[..related.range.start as usize];
                let _ = writeln!(
                    report,
                    "    {}:{}: {}",
                    workspace.shown_name(file),
                    before.matches('\n').count() + 1,
                    related.message
                );
            }
        }
    }
    report
}
