//! Everywhere a name stands, in all files of the configurations it belongs to.

use crate::occurrences::{occurrences, subject};
use crate::workspace::{FilePosition, FileRange, Workspace};

/// Every place where the name at a position is used, and, if wanted, where it is defined: file by
/// file in reading order.
#[must_use]
pub fn references(
    workspace: &Workspace,
    at: FilePosition,
    with_definitions: bool,
) -> Vec<FileRange> {
    let Some(subject) = subject(workspace, at) else {
        return Vec::new();
    };
    let found = occurrences(workspace, at.file, subject.kind, &subject.text);
    let wanted = found
        .iter()
        .filter(|it| with_definitions || !it.is_definition);
    wanted.map(|it| it.name).collect()
}

#[cfg(test)]
mod tests;
