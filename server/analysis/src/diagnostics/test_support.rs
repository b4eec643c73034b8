//! Shows findings as text, for tests.

#![allow(
    clippy::arithmetic_side_effects,
    reason = "a test that overflows should fail"
)]

use std::fmt::Write as _;

use crate::diagnostics::Finding;
use crate::document::Document;

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
