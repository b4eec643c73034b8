//! Shows findings as text, for tests.

#![allow(
    clippy::arithmetic_side_effects,
    reason = "a test that overflows should fail"
)]

use std::fmt::Write as _;
use std::path::Path;

use super::{FileSite, Finding};
use crate::catalog::Version;
use crate::document::Document;
use crate::findings;
use crate::fixture::root_of;
use crate::workspace::test_support::Disk;
use crate::workspace::{PathMapping, Workspace};

/// Line and column of a byte, both from 1, columns in characters.
pub(super) fn position(text: &str, byte: u32) -> (usize, usize) {
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

/// The same with what is told by the file as a root of its own.
pub(crate) fn file_findings(text: &str) -> String {
    shown(text, &of_file(text))
}

fn of_file(text: &str) -> Vec<Finding> {
    let (workspace, file) = Workspace::alone("/etc/pmta/config".into(), Document::new(text));
    crate::findings::findings(&workspace, file)
}

/// Findings in a text, one a line.
pub(crate) fn shown(text: &str, findings: &[Finding]) -> String {
    let mut shown = String::new();
    for finding in findings {
        show(text, finding, &mut shown);
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

/// The same with what is told by the file as a root of its own.
pub(crate) fn file_fixed(text: &str, code: &str) -> String {
    apply(text, &of_file(text), code)
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
