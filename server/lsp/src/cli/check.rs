//! `pmta-ls check`: what is wrong in configurations.

mod baseline;
mod diff;
mod excerpt;
mod fix;
mod github;
mod human;
mod json;
mod progress;
mod report;
mod sarif;
pub(super) mod selection;
mod statistics;

use std::io::{self, Write};
use std::path::Path;
use std::sync::atomic::Ordering;

use super::arguments::{Check, Format};
use super::output::{Output, Status, complain, tell};
use crate::files::DiskFiles;
use baseline::Baseline;
use fix::Changes;
use pmta_analysis::diagnostics::Severity;
use pmta_analysis::policy::Policy;
use pmta_analysis::workspace::Files;
use progress::Progress;
use report::Reported;
use selection::Selection;

/// Checks what the arguments ask for and prints what was found.
pub(crate) fn check(arguments: &Check) -> Status {
    if let Some(sentence) = arguments.contradiction() {
        complain(sentence);
        return Status::Trouble;
    }
    let baseline = match arguments.baseline.as_deref().map(Baseline::read) {
        None => None,
        Some(Ok(baseline)) => baseline,
        Some(Err(error)) => {
            let name = arguments.baseline.as_deref().unwrap_or(Path::new(""));
            complain(&format!("cannot read {}: {error}", name.display()));
            return Status::Trouble;
        }
    };
    let mut files = DiskFiles::default();
    let analysed = files.analysed();
    let progress = Progress::of(move || match analysed.load(Ordering::Relaxed) {
        1 => "Checking: 1 file read".to_owned(),
        count => format!("Checking: {count} files read"),
    });
    let mut selection = Selection::new(arguments, &mut files);
    let mut has_trouble = selection.has_trouble;
    let mut changes = Changes::default();
    if arguments.wants_fixes() {
        changes = fix::fix(arguments, &mut selection, &mut files, baseline.as_ref());
    }
    if arguments.diff {
        drop(progress);
        return show(arguments, &selection, &changes, has_trouble);
    }
    let standard_input = arguments
        .reads_standard_input()
        .then(|| selection::standard_input(arguments));
    has_trouble |= !changes.write(
        arguments,
        &mut selection,
        &mut files,
        standard_input.as_deref(),
    );
    let mut reported = report::report(selection.files());
    drop(progress);
    match (&baseline, &arguments.baseline) {
        (Some(baseline), _) => reported = baseline.unknown(reported),
        (None, Some(path)) => match Baseline::write(path, &reported) {
            Ok(()) => {
                let count = reported.len();
                tell(&format!("wrote {count} findings to {}", path.display()));
                reported.clear();
            }
            Err(error) => {
                complain(&format!("cannot write to {}: {error}", path.display()));
                has_trouble = true;
            }
        },
        (None, None) => {}
    }
    let status = status(arguments, &reported, has_trouble);
    let text = standard_input.filter(|_| arguments.wants_fixes());
    let has_text = text.is_some();
    if let Some(path) = text {
        let bytes = files.read(&path).unwrap_or_default();
        let printed = Output::standard().print(status, |out| out.write_all(&bytes));
        if printed == Status::Trouble {
            return printed;
        }
    }
    let status = print(arguments, &selection, &reported, status, has_text);
    let checked = selection.files().count();
    if checked > 0 {
        tell(&summary(checked, changes.count(), &reported));
    }
    status
}

/// How the program ends, by what was found.
fn status(arguments: &Check, reported: &[Reported<'_>], has_trouble: bool) -> Status {
    let mut severities = reported.iter().map(|it| it.finding.severity);
    if has_trouble {
        Status::Trouble
    } else if severities.any(|it| arguments.fail_on.includes(it)) {
        Status::Failure
    } else {
        Status::Success
    }
}

/// Prints the findings where they belong.
fn print(
    arguments: &Check,
    selection: &Selection,
    reported: &[Reported<'_>],
    status: Status,
    has_text: bool,
) -> Status {
    let Some(output) = output(arguments, has_text) else {
        return Status::Trouble;
    };
    let is_coloured = output.is_coloured(arguments.color);
    output.print(status, |out: &mut dyn Write| -> io::Result<()> {
        match arguments.format {
            Format::Json if arguments.statistics => statistics::print_json(reported, out),
            _ if arguments.statistics => statistics::print(reported, out),
            Format::Human => human::print(reported, is_coloured, out),
            Format::Json => json::print(reported, out),
            Format::Github => github::print(reported, out),
            Format::Sarif => {
                let first = selection.files().next();
                let policy = first.map(|file| file.workspace.policy());
                sarif::print(reported, policy.unwrap_or(&Policy::default()), out)
            }
        }
    })
}

/// Prints what fixing would change.
fn show(arguments: &Check, selection: &Selection, changes: &Changes, has_trouble: bool) -> Status {
    let status = match (has_trouble, changes.count()) {
        (true, _) => Status::Trouble,
        (false, 0) => Status::Success,
        (false, _) => Status::Failure,
    };
    let Some(output) = output(arguments, false) else {
        return Status::Trouble;
    };
    let status = output.print(status, |out| changes.print_diff(selection, out));
    let count = changes.count();
    tell(&format!("{} would change", files_in_words(count)));
    status
}

/// Where findings go; none: it cannot be written.
fn output(arguments: &Check, has_text: bool) -> Option<Output> {
    let Some(path) = &arguments.output_file else {
        return Some(if has_text {
            Output::error()
        } else {
            Output::standard()
        });
    };
    let output = Output::file(path);
    if let Err(error) = &output {
        complain(&format!("cannot write to {}: {error}", path.display()));
    }
    output.ok()
}

fn files_in_words(count: usize) -> String {
    format!("{count} file{}", if count == 1 { "" } else { "s" })
}

/// What was found, in a line.
fn summary(files: usize, changed: usize, reported: &[Reported<'_>]) -> String {
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
    let changed = match changed {
        0 => String::new(),
        count => format!(", changed {}", files_in_words(count)),
    };
    format!("checked {}{changed}: {found}{fixes}", files_in_words(files))
}
