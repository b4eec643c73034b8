//! Findings for programs.

use std::io::{self, Write};

use pmta_analysis::diagnostics::{Edit, Safety};
use serde::Serialize;

use super::report::{Position, Reported};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct FindingObject<'a> {
    path: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    severity: &'static str,
    code: &'static str,
    message: &'a str,
    fix: Option<FixObject<'a>>,
    related: Vec<RelatedObject<'a>>,
    url: Option<String>,
}

#[derive(Serialize)]
struct FixObject<'a> {
    title: &'a str,
    safe: bool,
    edits: Vec<EditObject<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct EditObject<'a> {
    path: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    text: &'a str,
}

#[derive(Serialize)]
struct RelatedObject<'a> {
    path: &'a str,
    line: usize,
    column: usize,
    message: &'a str,
}

/// Prints one array, an object to a line.
///
/// # Errors
/// If writing fails.
pub(crate) fn print(reported: &[Reported<'_>], out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"[")?;
    for (index, finding) in reported.iter().enumerate() {
        out.write_all(if index == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut *out, &object(finding))?;
    }
    out.write_all(if reported.is_empty() {
        b"]\n"
    } else {
        b"\n]\n"
    })
}

fn object<'a>(reported: &'a Reported<'_>) -> FindingObject<'a> {
    let finding = &reported.finding;
    FindingObject {
        path: reported.path,
        line: reported.start.line,
        column: reported.start.column,
        end_line: reported.end.line,
        end_column: reported.end.column,
        severity: finding.severity.name(),
        code: finding.rule.code,
        message: &finding.message,
        fix: reported.fix().map(|fix| FixObject {
            title: &fix.title,
            safe: fix.safety == Safety::Safe,
            edits: fix
                .edits
                .iter()
                .map(|edit| edit_object(reported, edit))
                .collect(),
        }),
        related: reported
            .related
            .iter()
            .map(|related| {
                let at = Position::of(related.document, related.range.start);
                RelatedObject {
                    path: &related.path,
                    line: at.line,
                    column: at.column,
                    message: &related.message,
                }
            })
            .collect(),
        url: reported.selected.workspace.policy().page_of(finding.rule),
    }
}

fn edit_object<'a>(reported: &'a Reported<'_>, edit: &'a Edit) -> EditObject<'a> {
    let start = Position::of(reported.document, edit.range.start);
    let end = Position::of(reported.document, edit.range.end);
    EditObject {
        path: reported.path,
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        text: &edit.text,
    }
}
