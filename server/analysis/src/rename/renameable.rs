//! Which names can be renamed at all.

use super::Refusal;
use crate::catalog::{self, ArgumentForm, Place, ReferenceKind, ValueKind, ValueSpec};
use crate::cursor::{Cursor, Part};
use crate::diagnostics::has_template_marker;
use crate::meaning::Meaning;
use crate::names;
use crate::occurrences::{Subject, occurrences};
use crate::value;
use crate::workspace::Workspace;

/// Refuses names that are not this configuration's to choose.
pub(super) fn check(workspace: &Workspace, subject: &Subject) -> Result<(), Refusal> {
    let name = subject.text.as_str();
    if is_reserved(subject.kind, name) {
        return Err(reserved(name));
    }
    if has_template_marker(name) {
        return Err(Refusal(format!(
            "`{name}` is filled in by a template, so it has to be renamed where the template is."
        )));
    }
    match subject.kind {
        ReferenceKind::File | ReferenceKind::Directory => Err(Refusal(format!(
            "`{name}` is a path on the server: renaming it here would not move the file."
        ))),
        ReferenceKind::Queue => check_queue(workspace, subject),
        _ => Ok(()),
    }
}

/// A `<domain>` usually names domains of recipients; only one that lines send mail to by its name is
/// a name of this configuration.
fn check_queue(workspace: &Workspace, subject: &Subject) -> Result<(), Refusal> {
    let name = subject.text.as_str();
    if name.contains(['*', '[', '$']) {
        return Err(Refusal(format!(
            "`{name}` is a pattern of domains, not a name."
        )));
    }
    let found = occurrences(workspace, subject.name.file, subject.kind, name);
    if found.iter().all(|it| it.is_definition) {
        return Err(Refusal(format!(
            "`{name}` is a domain of recipients: no `queue-to` and no rollup refers to it, and with another name these settings would no longer apply to its mail."
        )));
    }
    Ok(())
}

/// Refuses a word that stands where names stand and has a meaning of its own.
pub(super) fn check_word(cursor: &Cursor) -> Result<(), Refusal> {
    let (Part::Value, Some(directive), Some(judged)) =
        (cursor.part, cursor.directive(), cursor.judged())
    else {
        return Ok(());
    };
    let spec = match judged.meaning {
        Meaning::Directive(found) => &found.value,
        _ => return Ok(()),
    };
    let text = directive.value.slice(&cursor.text);
    let context = value::Context {
        cut_by_comment: directive.cut_by_comment,
    };
    let parsed = value::parse(spec, text, context);
    let here = parsed.pieces.iter().find(|piece| {
        let range = piece.range.shifted(directive.value.start);
        range.touches(cursor.offset) && matches!(piece.spec.kind, ValueKind::Ref(_))
    });
    match here {
        Some(piece) if !piece.range.is_empty() => Err(reserved(piece.range.slice(text))),
        _ => Ok(()),
    }
}

fn reserved(name: &str) -> Refusal {
    Refusal(format!(
        "`{name}` has a fixed meaning in PowerMTA and cannot be renamed."
    ))
}

/// Whether a name means something that no configuration defines.
pub(super) fn is_reserved(kind: ReferenceKind, name: &str) -> bool {
    let is_in_braces = name.starts_with('{');
    match kind {
        ReferenceKind::Source => {
            let forms = catalog::section("source").map_or(&[][..], |found| found.argument_forms);
            is_in_braces && forms.iter().any(|form| is_literal(form, name))
        }
        ReferenceKind::VirtualMta | ReferenceKind::VirtualMtaOrPool => {
            is_in_braces || is_word_beside(kind, name)
        }
        ReferenceKind::Queue => {
            is_in_braces || Place::named("domain").is_some_and(|place| is_form_of(place, name))
        }
        _ => is_word_beside(kind, name),
    }
}

/// Whether the form stands for itself and not for others like it.
fn is_literal(form: &ArgumentForm, name: &str) -> bool {
    form.form == name && form.form != "{anything}"
}

/// Whether a name is itself one of the forms of a section's argument that mean something: `local`.
fn is_form_of(place: Place, name: &str) -> bool {
    let forms = place
        .section()
        .map_or(&[][..], |found| found.argument_forms);
    forms
        .iter()
        .any(|form| form.form == name && form.example == Some(&format!("<domain {name}>")))
}

/// Whether some directive that takes such names takes this word with a meaning of its own.
fn is_word_beside(kind: ReferenceKind, name: &str) -> bool {
    fn has_word(spec: &ValueSpec, kind: ReferenceKind, name: &str) -> bool {
        let is_word = || spec.words.iter().any(|word| word.text == name);
        match spec.kind {
            ValueKind::Ref(found) => names::is_same_name_space(found, kind) && is_word(),
            ValueKind::List { item, .. } => has_word(item, kind, name),
            ValueKind::Composite(parts) => {
                parts.iter().any(|part| has_word(&part.value, kind, name))
            }
            ValueKind::AnyOf(alternatives) => {
                alternatives.iter().any(|it| has_word(it, kind, name))
            }
            _ => false,
        }
    }
    catalog::DIRECTIVES
        .iter()
        .any(|directive| has_word(&directive.value, kind, name))
}

/// What carries such a name outside the files.
pub(super) fn note(kind: ReferenceKind) -> Option<&'static str> {
    match kind {
        ReferenceKind::VirtualMta | ReferenceKind::VirtualMtaOrPool => Some(
            "Message headers such as X-Virtual-MTA, programs that submit mail, and commands keep the old name.",
        ),
        ReferenceKind::Queue => Some(
            "Commands, programs and the patterns of `queue-filter` that name it keep the old name.",
        ),
        ReferenceKind::SmtpUser => {
            Some("Clients that log in with this name have to be told the new one.")
        }
        ReferenceKind::DomainKeyList => {
            Some("Message headers that name it, such as x-dkim-options, keep the old name.")
        }
        ReferenceKind::BounceCategory => Some(
            "Accounting files that were written before, and programs that read them, keep the old name.",
        ),
        _ => None,
    }
}
