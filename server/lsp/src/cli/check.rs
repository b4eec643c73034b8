//! `pmta-ls check`: what is wrong in configurations.

mod excerpt;
mod human;
mod json;
mod report;
pub(super) mod selection;

use super::arguments::{Check, Format};
use super::output::{Output, Status, complain, tell};
use pmta_analysis::diagnostics::Severity;
use report::Reported;
use selection::Selection;

/// Checks what the arguments ask for and prints what was found.
pub(crate) fn check(arguments: &Check) -> Status {
    let selection = Selection::new(arguments);
    let reported = report::report(selection.files());
    let is_failure = reported
        .iter()
        .any(|finding| arguments.fail_on.includes(finding.finding.severity));
    let status = match (selection.has_trouble, is_failure) {
        (true, _) => Status::Trouble,
        (false, true) => Status::Failure,
        (false, false) => Status::Success,
    };
    let output = match &arguments.output_file {
        None => Output::standard(),
        Some(path) => match Output::file(path) {
            Ok(output) => output,
            Err(error) => {
                complain(&format!("cannot write to {}: {error}", path.display()));
                return Status::Trouble;
            }
        },
    };
    let is_coloured = output.is_coloured(arguments.color);
    let status = output.print(status, |out| match arguments.format {
        Format::Human => human::print(&reported, is_coloured, out),
        Format::Json => json::print(&reported, out),
    });
    let checked = selection.files().count();
    if checked > 0 {
        tell(&summary(checked, &reported));
    }
    status
}

/// What was found, in a line.
fn summary(files: usize, reported: &[Reported<'_>]) -> String {
    let count = |severity| {
        reported
            .iter()
            .filter(|it| it.finding.severity == severity)
            .count()
    };
    let counts: Vec<String> = [
        (count(Severity::Error), "error", "errors"),
        (count(Severity::Warning), "warning", "warnings"),
        (count(Severity::Information), "information", "information"),
        (count(Severity::Hint), "hint", "hints"),
    ]
    .into_iter()
    .filter(|(count, ..)| *count > 0)
    .map(|(count, one, many)| format!("{count} {}", if count == 1 { one } else { many }))
    .collect();
    let found = if counts.is_empty() {
        "no findings".to_owned()
    } else {
        counts.join(", ")
    };
    let fixable = reported
        .iter()
        .filter(|it| it.finding.safe_fix().is_some())
        .count();
    let fixes = match fixable {
        0 => String::new(),
        1 => "; 1 has a fix".to_owned(),
        many => format!("; {many} have a fix"),
    };
    format!(
        "checked {files} file{}: {found}{fixes}",
        if files == 1 { "" } else { "s" }
    )
}
