//! Signature help: which part of a value is being written, and what it means.

use std::fmt::Write as _;

use crate::catalog::{Directive, Part, ValueKind, ValueSpec};
use crate::completion::value_before_cursor;
use crate::text::TextRange;
use crate::value::{self, Context};
use crate::workspace::{FilePosition, Workspace};

/// The name of lines that begin with a pattern in the catalog.
const RULE: &str = "/REGEX/";

/// Most forms of a value that are shown.
const MOST_FORMS: usize = 8;

/// The forms that a value may have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SignatureHelp {
    /// The forms, at least one.
    pub signatures: Vec<Signature>,
    /// Which of them fits what is written.
    pub active: usize,
}

/// One form of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// The line as it may be written: `smtp-source-host ip host-name`.
    pub label: String,
    /// What the directive does.
    pub documentation: String,
    /// The parts, in order.
    pub parts: Vec<SignaturePart>,
    /// The part at the cursor; none: nothing more is expected.
    pub active: Option<usize>,
}

/// A part of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignaturePart {
    /// Where it stands in the label.
    pub range: TextRange,
    /// What it means and what it looks like.
    pub documentation: String,
}

/// Help for the value that is being written at a position; none if it has one part only, which hover
/// and completion explain as well.
#[must_use]
pub fn signature_help(workspace: &Workspace, at: FilePosition) -> Option<SignatureHelp> {
    let (directive, typed) = value_before_cursor(workspace, at)?;
    let mut forms = Vec::new();
    // A line that begins with a pattern has a part before its value.
    let fewest = if directive.name == RULE { 1 } else { 2 };
    collect_forms(&directive.value, fewest, &mut forms);
    forms.truncate(MOST_FORMS);
    if forms.is_empty() {
        return None;
    }
    let expected: Vec<&'static ValueSpec> = value::expectations(&directive.value, &typed)
        .into_iter()
        .map(|expectation| expectation.spec)
        .collect();
    let last = last_name(&directive.value, &typed);
    let signatures: Vec<Signature> = forms
        .iter()
        .map(|form| signature(directive, form, active_part(form, &expected, last)))
        .collect();
    let active = signatures
        .iter()
        .position(|signature| signature.active.is_some())
        .unwrap_or(0);
    Some(SignatureHelp { signatures, active })
}

/// The parts of one form of a value.
type Form = &'static [Part];

/// The forms of several parts that a value may have.
fn collect_forms(spec: &'static ValueSpec, fewest: usize, forms: &mut Vec<Form>) {
    match spec.kind {
        ValueKind::Composite(parts) if shown(parts).count() >= fewest => forms.push(parts),
        ValueKind::List { item, .. } => collect_forms(item, fewest, forms),
        ValueKind::AnyOf(alternatives) => {
            for alternative in alternatives {
                collect_forms(alternative, fewest, forms);
            }
        }
        _ => {}
    }
}

/// The parts that a person has to think about: signs between them are not.
fn shown(parts: Form) -> impl Iterator<Item = (usize, &'static Part)> {
    let is_sign = |part: &Part| {
        matches!(part.value.kind, ValueKind::Literal(text)
            if !text.starts_with(|first: char| first.is_alphanumeric()))
    };
    parts
        .iter()
        .enumerate()
        .filter(move |(_, part)| !is_sign(part))
}

fn signature(directive: &Directive, form: Form, active: Option<usize>) -> Signature {
    let mut label = match directive.name {
        RULE => "/pattern/ ".to_owned(),
        name => format!("{name} "),
    };
    let mut parts = Vec::new();
    let mut active_shown = None;
    for (index, part) in form.iter().enumerate() {
        if index > 0 {
            label.push_str(part.separator);
        }
        if let ValueKind::Literal(text) = part.value.kind
            && shown(form).all(|(shown, _)| shown != index)
        {
            label.push_str(text);
            continue;
        }
        if active == Some(index) {
            active_shown = Some(parts.len());
        }
        let start = label.len();
        // Writing to a string cannot fail.
        let _ = if part.optional {
            write!(label, "[{}]", part_label(part))
        } else {
            write!(label, "{}", part_label(part))
        };
        parts.push(SignaturePart {
            range: TextRange::of(start, label.len()),
            documentation: part_documentation(part),
        });
    }
    Signature {
        label,
        documentation: directive.summary.to_owned(),
        parts,
        active: active_shown,
    }
}

fn part_label(part: &Part) -> String {
    match part.value.kind {
        ValueKind::Literal(text) => text.to_owned(),
        ValueKind::InlineSection(tag) => format!("<{tag}>"),
        _ => format!("{}{}", part.value.prefix.unwrap_or_default(), part.name),
    }
}

fn part_documentation(part: &Part) -> String {
    let mut text = part.value.means.trim_end_matches('.').to_owned();
    if !text.is_empty() {
        text.push_str(". ");
    }
    // Writing to a string cannot fail.
    let _ = write!(
        text,
        "Expected: {}.",
        value::expected(&part.value).trim_end_matches(',')
    );
    if part.optional {
        text.push_str(" It may be left out.");
    }
    text
}

/// Name of the part to which the end of what is written belongs, as far as that can be read.
fn last_name(spec: &'static ValueSpec, typed: &str) -> Option<&'static str> {
    let length = TextRange::of(0, typed.len()).end;
    let parsed = value::parse(spec, typed, Context::default());
    let last = parsed.pieces.last()?;
    last.name.filter(|_| last.outer.touches(length))
}

/// The part of a form in which the cursor stands: the one that may be completed there; within an
/// expression, where nothing can be, the one that is written last.
fn active_part(
    form: Form,
    expected: &[&'static ValueSpec],
    last: Option<&'static str>,
) -> Option<usize> {
    let of_expected = expected
        .iter()
        .find_map(|spec| form.iter().position(|part| holds(&part.value, spec)));
    let is_pattern = |part: &Part| matches!(part.value.kind, ValueKind::Regex);
    of_expected
        .or_else(|| form.iter().position(|part| Some(part.name) == last))
        .or_else(|| {
            let is_unread = expected.is_empty() && last.is_none();
            form.iter().position(is_pattern).filter(|_| is_unread)
        })
}

/// Whether a shape is another one, or has it among its parts.
fn holds(spec: &'static ValueSpec, other: &'static ValueSpec) -> bool {
    std::ptr::eq(spec, other)
        || match spec.kind {
            ValueKind::List { item, .. } => holds(item, other),
            ValueKind::Composite(parts) => parts.iter().any(|part| holds(&part.value, other)),
            ValueKind::AnyOf(alternatives) => alternatives.iter().any(|spec| holds(spec, other)),
            _ => false,
        }
}

#[cfg(test)]
mod tests;
