//! Texts that are made for reading, such as the effective settings of a queue, with the lines of files
//! that they name.

use crate::inheritance::{self, NameOf};
use crate::text::TextRange;
use crate::workspace::{FileRange, Workspace};

/// A text that is made for reading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct View {
    /// The text.
    pub text: String,
    /// The lines of files that it names, in order.
    pub links: Vec<ViewLink>,
}

/// A line of a file that a text names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ViewLink {
    /// Where the text names it, as `FILE:LINE`.
    pub range: TextRange,
    /// What it names.
    pub target: FileRange,
}

impl View {
    /// Adds a text.
    pub(crate) fn add(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Adds the name of a line.
    pub(crate) fn add_link(&mut self, workspace: &Workspace, target: FileRange, name: NameOf<'_>) {
        let start = self.text.len();
        self.add(&inheritance::place(workspace, target, name));
        let range = TextRange::of(start, self.text.len());
        self.links.push(ViewLink { range, target });
    }

    /// Adds all of another text.
    pub(crate) fn append(&mut self, other: Self) {
        let by = TextRange::of(0, self.text.len()).end;
        self.text.push_str(&other.text);
        let links = other.links.into_iter();
        self.links.extend(links.map(|link| ViewLink {
            range: link.range.shifted(by),
            ..link
        }));
    }

    /// Adds a comment over as many lines as it takes, each behind this beginning.
    pub(crate) fn add_comment(&mut self, begin: &str, text: &str) {
        let mut width = usize::MAX;
        for word in text.split_whitespace() {
            let length = word.chars().count();
            if width.saturating_add(length) >= WIDTH {
                if width != usize::MAX {
                    self.add("\n");
                }
                self.add(begin);
                width = begin.chars().count();
            } else {
                self.add(" ");
                width = width.saturating_add(1);
            }
            self.add(word);
            width = width.saturating_add(length);
        }
        self.add("\n");
    }
}

/// Columns that a comment takes at most.
const WIDTH: usize = 92;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_broken_between_words() {
        let mut view = View::default();
        view.add_comment("# ", &"word ".repeat(25));
        view.add_comment("#   ", "short");
        let lines: Vec<&str> = view.text.lines().collect();
        assert_eq!(lines.len(), 3);
        assert!(
            lines
                .iter()
                .all(|line| line.starts_with("# ") && line.len() <= WIDTH)
        );
        assert_eq!(lines[2], "#   short");
    }
}
