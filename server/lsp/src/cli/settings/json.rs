//! Effective settings for programs.

use serde::Serialize;

use pmta_analysis::inheritance::{Effective, Origin, Queue, Scope, Value};
use pmta_analysis::workspace::FileRange;

use crate::cli::configuration::Configuration;

/// A line of a file, from 1.
#[derive(Serialize)]
pub(crate) struct Place {
    path: String,
    line: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Name<'a> {
    domain: &'a str,
    virtual_mta: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Setting<'a> {
    name: &'a str,
    value: &'a str,
    origin: &'static str,
    scope: Option<&'static str>,
    place: Option<Place>,
    taken_from: Option<&'static str>,
    instead_of: Vec<Replaced<'a>>,
    not_sure: Option<&'static str>,
}

#[derive(Serialize)]
struct Replaced<'a> {
    value: &'a str,
    place: Place,
}

#[derive(Serialize)]
struct Note<'a> {
    text: &'a str,
    place: Option<Place>,
}

/// The settings of a queue.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Answer<'a> {
    asked: Name<'a>,
    queue: Name<'a>,
    virtual_mta: Vec<Setting<'a>>,
    settings: Vec<Setting<'a>>,
    notes: Vec<Note<'a>>,
}

/// The settings of a queue as they are printed.
#[must_use]
pub(crate) fn effective<'a>(configuration: &Configuration, effective: &'a Effective) -> Answer<'a> {
    let all = |values: &'a [Value]| values.iter().map(|value| setting(configuration, value));
    let notes = effective.notes.iter().map(|note| Note {
        text: &note.text,
        place: note.at.map(|at| place(configuration, at)),
    });
    Answer {
        asked: name(&effective.asked),
        queue: name(&effective.queue),
        virtual_mta: all(&effective.virtual_mta).collect(),
        settings: all(&effective.settings).collect(),
        notes: notes.collect(),
    }
}

/// The line that a range begins in.
#[must_use]
pub(crate) fn place(configuration: &Configuration, at: FileRange) -> Place {
    let line = configuration.workspace.document(at.file).map(|document| {
        let rope = document.rope();
        rope.byte_to_line((at.range.start as usize).min(rope.len_bytes()))
    });
    Place {
        path: configuration.name(at.file),
        line: line.unwrap_or_default().saturating_add(1),
    }
}

/// One object, with a line break behind it.
#[must_use]
pub(crate) fn text(answer: &impl Serialize) -> String {
    let mut text = serde_json::to_string_pretty(answer).unwrap_or_default();
    text.push('\n');
    text
}

fn name(queue: &Queue) -> Name<'_> {
    Name {
        domain: &queue.domain,
        virtual_mta: &queue.virtual_mta,
    }
}

fn setting<'a>(configuration: &Configuration, value: &'a Value) -> Setting<'a> {
    let (origin, scope, at, taken_from) = match &value.origin {
        Origin::Line { at, scope, .. } => ("line", scope_name(*scope), Some(*at), None),
        Origin::Other(other) => ("other-setting", None, None, Some(*other)),
        Origin::Default => ("default", None, None, None),
        Origin::Unset => ("unset", None, None, None),
    };
    let instead_of = value.overridden.iter().map(|other| Replaced {
        value: &other.text,
        place: place(configuration, other.at),
    });
    Setting {
        name: value.directive.name,
        value: &value.text,
        origin,
        scope,
        place: at.map(|at| place(configuration, at)),
        taken_from,
        instead_of: instead_of.collect(),
        not_sure: value.doubt.map(|doubt| doubt.sentence()),
    }
}

fn scope_name(scope: Scope) -> Option<&'static str> {
    match scope {
        Scope::VirtualMta => Some("virtual-mta"),
        Scope::Pool => Some("virtual-mta-pool"),
        Scope::Global => Some("global"),
        Scope::User | Scope::Listener | Scope::Address => None,
    }
}
