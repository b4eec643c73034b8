//! Changes that keep what a configuration does and make it easier to read: offered where they apply,
//! one a file.

mod extract_macro;
mod inline_macro;
mod share_in_pool;
mod skeleton;
mod sort_members;
#[cfg(test)]
mod test_support;

use crate::diagnostics::Edit;
use crate::meaning::{self, Judged, Location};
use crate::syntax::ItemView;
use crate::text::TextRange;
use crate::workspace::{FileId, FilePosition, Workspace};

pub use skeleton::skeleton;

/// What a refactoring does, in the terms of editors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefactoringKind {
    /// Gives a name to what was written out.
    Extract,
    /// Writes out what had a name.
    Inline,
    /// Writes the same in another way.
    Rewrite,
}

/// A change of one or several files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refactoring {
    /// What it does, as an order: `Sort the members`.
    pub title: String,
    /// What it does, in the terms of editors.
    pub kind: RefactoringKind,
    /// The edits of each file, with ranges from its start, apart from each other.
    pub edits: Vec<(FileId, Edit)>,
}

/// All refactorings that apply at a place.
#[must_use]
pub fn refactorings(workspace: &Workspace, at: FilePosition) -> Vec<Refactoring> {
    let Some(spot) = Spot::at(workspace, at) else {
        return Vec::new();
    };
    [
        extract_macro::refactoring,
        inline_macro::refactoring,
        share_in_pool::refactoring,
        sort_members::refactoring,
    ]
    .into_iter()
    .filter_map(|refactoring| refactoring(workspace, &spot))
    .collect()
}

/// The item at a place, with all that is known of it.
struct Spot {
    file: FileId,
    /// Where the item starts in the file.
    start: u32,
    text: String,
    view: ItemView,
    judged: Vec<Judged>,
    /// The place asked about, relative to the item.
    offset: u32,
}

impl Spot {
    fn at(workspace: &Workspace, at: FilePosition) -> Option<Self> {
        let document = workspace.document(at.file)?;
        let (start, text, view) = document.item_at(at.offset)?;
        let place = document.places().first().copied();
        let judged = meaning::judge(&text, &view, place.map_or(Location::Unknown, Location::In));
        let start = TextRange::of(start, start).start;
        Some(Self {
            file: at.file,
            start,
            text,
            view,
            judged,
            offset: TextRange::of(at.offset, at.offset)
                .start
                .saturating_sub(start),
        })
    }

    /// An edit of the item as one of the file.
    fn edit(&self, range: TextRange, text: impl Into<String>) -> (FileId, Edit) {
        let edit = Edit {
            range: range.shifted(self.start),
            text: text.into(),
        };
        (self.file, edit)
    }

    /// The line break of the item.
    fn line_break(&self) -> &'static str {
        if self.text.contains("\r\n") {
            "\r\n"
        } else {
            "\n"
        }
    }
}
