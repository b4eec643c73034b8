//! Findings as commands of GitHub Actions, which shows them beside the lines of a change.

use std::io::{self, Write};

use pmta_analysis::diagnostics::Severity;

use super::report::Reported;

/// Prints a command a line.
///
/// # Errors
/// If writing fails.
pub(crate) fn print(reported: &[Reported<'_>], out: &mut dyn Write) -> io::Result<()> {
    for it in reported {
        let command = match it.finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Information | Severity::Hint => "notice",
        };
        let code = it.finding.rule.code;
        writeln!(
            out,
            "::{command} file={},line={},col={},endLine={},endColumn={},title={}::{}",
            property(it.path),
            it.start.line,
            it.start.column,
            it.end.line,
            it.end.column,
            property(code),
            message(&format!("{code}: {}", it.finding.message))
        )?;
    }
    Ok(())
}

/// What may stand behind the second `::`.
fn message(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// What may stand behind a `=`.
fn property(text: &str) -> String {
    message(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_the_command_are_escaped() {
        assert_eq!(property("a,b:c%\n"), "a%2Cb%3Ac%25%0A");
        assert_eq!(message("a,b:c%\r\n"), "a,b:c%25%0D%0A");
    }
}
