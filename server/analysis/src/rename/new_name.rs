//! Which names may be given.

use super::Refusal;
use super::renameable::is_reserved;
use crate::catalog::{ReferenceKind, ValueKind, ValueSpec};
use crate::diagnostics::has_template_marker;
use crate::value;

/// What a queue that mail is rolled up into must end in.
const ROLLUP: &str = ".rollup";

/// Refuses a new name that cannot name such a thing.
pub(super) fn check(kind: ReferenceKind, old: &str, new: &str) -> Result<(), Refusal> {
    let refuse = |why: String| Err(Refusal(why));
    if new.trim().is_empty() {
        return refuse("The new name is empty.".to_owned());
    }
    if new.trim() != new {
        return refuse("A name cannot begin or end with a blank.".to_owned());
    }
    if let Some(why) = new.chars().find_map(|sign| wrong_sign(kind, sign)) {
        return refuse(why);
    }
    if is_reserved(kind, new) {
        return refuse(format!("`{new}` has a fixed meaning in PowerMTA."));
    }
    if has_template_marker(new) {
        return refuse(format!("`{new}` reads like a marker of a template."));
    }
    match kind {
        ReferenceKind::Source if value::is_address_like(new) => refuse(format!(
            "`{new}` is an address range: as a source it would apply to clients by their address."
        )),
        ReferenceKind::DomainMacro => fits(&MACRO, kind, new),
        ReferenceKind::Queue => {
            let was_rollup = old.to_ascii_lowercase().ends_with(ROLLUP);
            let is_rollup = new
                .strip_suffix(ROLLUP)
                .is_some_and(|name| !name.is_empty());
            if was_rollup && !is_rollup {
                return refuse(format!(
                    "The name of a rollup queue ends in `{ROLLUP}`, such as `{new}{ROLLUP}`."
                ));
            }
            fits(&DOMAIN, kind, new)
        }
        ReferenceKind::BounceCategory => fits(&CATEGORY, kind, new),
        _ => Ok(()),
    }
}

static MACRO: ValueSpec = ValueSpec::of(ValueKind::MacroName);
static DOMAIN: ValueSpec = ValueSpec::of(ValueKind::DomainName);
static CATEGORY: ValueSpec = ValueSpec::of(ValueKind::Category);

/// Refuses a name that is no value of this kind.
fn fits(spec: &'static ValueSpec, kind: ReferenceKind, new: &str) -> Result<(), Refusal> {
    let parsed = value::parse(spec, new, value::Context::default());
    match parsed.problems.first() {
        Some(problem) => Err(Refusal(problem.message.clone())),
        None if !parsed.rest.is_empty() => Err(Refusal(format!(
            "`{new}` cannot be the name of a {}.",
            kind.noun()
        ))),
        None => Ok(()),
    }
}

/// Why a sign cannot stand in a name.
fn wrong_sign(kind: ReferenceKind, sign: char) -> Option<String> {
    let is_vmta = matches!(
        kind,
        ReferenceKind::VirtualMta | ReferenceKind::VirtualMtaOrPool
    );
    match sign {
        '#' => Some("A name cannot hold `#`, which begins a comment.".to_owned()),
        ',' => Some("A name cannot hold a comma, which stands between names.".to_owned()),
        '"' | '\\' | '<' | '>' | '$' => Some(format!(
            "A name cannot hold `{sign}`, which means something else to PowerMTA."
        )),
        '/' if is_vmta => Some(
            "The name of a VirtualMTA cannot hold `/`: a queue is written as its domain, `/` and the VirtualMTA."
                .to_owned(),
        ),
        sign if sign.is_control() => {
            Some("A name cannot hold line breaks or other control characters.".to_owned())
        }
        _ => None,
    }
}
