//! Effective settings as text.

use std::fmt::Write as _;

use super::{Effective, Origin, Scope, Value};
use crate::catalog::{Directive, ValueKind, ValueSpec};
use crate::workspace::{FileId, FileRange, Workspace};

/// Heading of the settings of the VirtualMTA.
pub(super) const VIRTUAL_MTA: &str = "Virtual MTA Settings";
/// Heading of the settings of the queue.
pub(super) const QUEUE: &str = "Queue Settings";
/// Most notes that are printed.
pub(super) const MOST_NOTES: usize = 8;
/// Names and values longer than this do not push the rest of the table to the right.
pub(super) const WIDEST: usize = 34;

/// Says how files are called in the text.
pub type NameOf<'a> = &'a dyn Fn(FileId) -> String;

/// The settings as `name value` lines, as PowerMTA lists them itself: switches as `yes` and `no`, and
/// `""` for what is not set.
#[must_use]
pub fn plain(effective: &Effective) -> String {
    let mut text = String::new();
    for (heading, values) in blocks(effective) {
        if !text.is_empty() {
            text.push('\n');
        }
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{heading}\n{}", "-".repeat(heading.len()));
        for value in values.iter().filter(|value| !is_phrase(value)) {
            let _ = writeln!(text, "{} {}", value.directive.name, shown(value));
        }
    }
    text
}

/// The settings with where each comes from: those that lines set, or all.
#[must_use]
pub fn human(workspace: &Workspace, effective: &Effective, name: NameOf<'_>, all: bool) -> String {
    let at = |range: FileRange| place(workspace, range, name);
    let mut text = format!("{}\n", effective.asked);
    for note in effective.notes.iter().take(MOST_NOTES) {
        let place = note.at.map(|range| format!(" ({})", at(range)));
        let _ = writeln!(text, "  {}{}", note.text, place.unwrap_or_default());
    }
    let left = effective.notes.len().saturating_sub(MOST_NOTES);
    if left > 0 {
        let _ = writeln!(text, "  And {left} more like these.");
    }
    for (heading, values) in blocks(effective) {
        let _ = writeln!(text, "\n{heading}\n{}", "-".repeat(heading.len()));
        text += &table(values, &at, all);
    }
    text
}

/// A table of values and where they come from: of those that lines set, or of all.
#[must_use]
pub(crate) fn table(values: &[Value], at: &dyn Fn(FileRange) -> String, all: bool) -> String {
    let listed: Vec<&Value> = values
        .iter()
        .filter(|value| all || value.is_set() || matches!(value.origin, Origin::Other(_)))
        .filter(|value| all || value.is_set() || is_set_elsewhere(value, values))
        .collect();
    if listed.is_empty() {
        return "  everything as PowerMTA does it by default\n".to_owned();
    }
    let widest = |text: &dyn Fn(&Value) -> usize| {
        let widths = listed.iter().map(|value| text(value));
        widths.filter(|width| *width <= WIDEST).max().unwrap_or(0)
    };
    let names = widest(&|value| value.directive.name.chars().count());
    let texts = widest(&|value| shown(value).chars().count());
    let mut table = String::new();
    for value in listed {
        let origin = match &value.origin {
            Origin::Line {
                at: line, scope, ..
            } => format!("{}{}", at(*line), in_scope(*scope)),
            Origin::Other(other) => format!("as {other}"),
            Origin::Default => "default".to_owned(),
            Origin::Unset => "not set".to_owned(),
        };
        let (name, text) = (value.directive.name, shown(value));
        let _ = writeln!(table, "  {name:names$}  {text:texts$}  {origin}");
        for other in &value.overridden {
            let _ = writeln!(table, "      instead of {} ({})", other.text, at(other.at));
        }
        if let Some(doubt) = value.doubt {
            let _ = writeln!(table, "      not sure: {}", doubt.sentence());
        }
    }
    table
}

/// Whether it takes the value of a setting that a line sets.
pub(super) fn is_set_elsewhere(value: &Value, values: &[Value]) -> bool {
    match value.origin {
        Origin::Other(other) => values
            .iter()
            .any(|value| value.directive.name == other && value.is_set()),
        _ => false,
    }
}

pub(super) fn blocks(effective: &Effective) -> [(&'static str, &[Value]); 2] {
    [
        (VIRTUAL_MTA, &effective.virtual_mta),
        (QUEUE, &effective.settings),
    ]
}

/// What a value in this scope has behind its place.
fn in_scope(scope: Scope) -> &'static str {
    match scope {
        Scope::VirtualMta => ", in the VirtualMTA",
        Scope::Pool => ", in the pool",
        Scope::User => ", by the user",
        Scope::Listener => ", by the listener",
        Scope::Address | Scope::Global => "",
    }
}

/// The value as PowerMTA would print it.
pub(super) fn shown(value: &Value) -> String {
    let text = value.text.as_str();
    match text {
        "" => "\"\"".to_owned(),
        "true" if is_switch(value.directive) => "yes".to_owned(),
        "false" if is_switch(value.directive) => "no".to_owned(),
        _ => text.to_owned(),
    }
}

/// Whether the default is a phrase for people.
fn is_phrase(value: &Value) -> bool {
    value.origin == Origin::Default && value.text.contains(' ')
}

fn is_switch(directive: &Directive) -> bool {
    let takes_switch = |spec: &ValueSpec| {
        matches!(spec.kind, ValueKind::Bool) || spec.words.iter().any(|word| word.text == "yes")
    };
    takes_switch(&directive.value)
        || matches!(directive.value.kind, ValueKind::AnyOf(specs) if specs.iter().any(takes_switch))
}

/// `path:line`
#[must_use]
pub(crate) fn place(workspace: &Workspace, range: FileRange, name: NameOf<'_>) -> String {
    let line = workspace.document(range.file).map_or(0, |document| {
        let rope = document.rope();
        let start = (range.range.start as usize).min(rope.len_bytes());
        rope.byte_to_line(start)
    });
    format!("{}:{}", name(range.file), line.saturating_add(1))
}
