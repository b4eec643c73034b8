//! Names that PowerMTA defines itself.

use crate::catalog::ReferenceKind;

/// What a name means that nobody has to define; none: PowerMTA defines no such name.
#[must_use]
pub fn meaning_of_built_in(kind: ReferenceKind, name: &str) -> Option<&'static str> {
    match (kind, name) {
        (ReferenceKind::VirtualMta | ReferenceKind::VirtualMtaOrPool, "{default}") => {
            Some("the VirtualMTA of all mail that none was selected for; it always exists")
        }
        (ReferenceKind::Source, "{auth}") => Some("the source of clients that have authenticated"),
        (ReferenceKind::Source, "{pickup}") => Some("the source of mail from the pickup directory"),
        (ReferenceKind::Source, "{transmissions-api}") => {
            Some("the source of mail from the Transmissions API")
        }
        (ReferenceKind::Queue, "{sparkpost}") => Some("the queue of mail that SparkPost delivers"),
        _ => None,
    }
}

/// Whether a name exists that nobody has to define.
#[must_use]
pub fn is_built_in(kind: ReferenceKind, name: &str) -> bool {
    meaning_of_built_in(kind, name).is_some()
}
