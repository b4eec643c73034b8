//! Byte ranges: the only unit of position in this crate.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A half-open range of bytes.
///
/// What it is relative to depends on where it comes from and is said there: the start of a value,
/// of an item, or of the file.
///
/// Written and read as start and length: most are short.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(into = "(u32, u32)", from = "(u32, u32)")]
pub struct TextRange {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl From<TextRange> for (u32, u32) {
    fn from(range: TextRange) -> Self {
        (range.start, range.len())
    }
}

impl From<(u32, u32)> for TextRange {
    fn from((start, length): (u32, u32)) -> Self {
        Self::new(start, start.saturating_add(length))
    }
}

impl TextRange {
    /// The range from `start` to `end`; `end` before `start` gives the empty range at `start`.
    #[must_use]
    pub fn new(start: u32, end: u32) -> Self {
        Self {
            start,
            end: end.max(start),
        }
    }

    /// The empty range at `at`.
    #[must_use]
    pub fn empty(at: u32) -> Self {
        Self { start: at, end: at }
    }

    /// A range from positions in a `str`, which are `usize`; what lies beyond 4 GiB is cut off.
    #[must_use]
    pub fn of(start: usize, end: usize) -> Self {
        let narrow = |position: usize| u32::try_from(position).unwrap_or(u32::MAX);
        Self::new(narrow(start), narrow(end))
    }

    /// Length in bytes.
    #[must_use]
    pub fn len(self) -> u32 {
        self.end.saturating_sub(self.start)
    }

    /// Whether it holds no byte.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// Whether `other` lies inside.
    #[must_use]
    pub fn contains_range(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the byte offset lies inside or directly at the end.
    #[must_use]
    pub fn touches(self, offset: u32) -> bool {
        self.start <= offset && offset <= self.end
    }

    /// The same range, moved right by `by` bytes.
    #[must_use]
    pub fn shifted(self, by: u32) -> Self {
        Self {
            start: self.start.saturating_add(by),
            end: self.end.saturating_add(by),
        }
    }

    /// The smallest range that holds both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }

    /// The text it names in `text`, or `""` where it does not fit.
    #[must_use]
    pub fn slice(self, text: &str) -> &str {
        text.get(self.as_usize()).unwrap_or_default()
    }

    /// As a range for slicing.
    #[must_use]
    pub fn as_usize(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}
/// The line around a byte of a text, without its break. It is asked for often where thousands of things
/// stand on one line, so no characters are decoded for it.
pub(crate) fn line_around(text: &str, at: usize) -> TextRange {
    let at = at.min(text.len());
    let (before, after) = text.as_bytes().split_at(at);
    let start =
        memchr::memrchr2(b'\n', b'\r', before).map_or(0, |line_break| line_break.saturating_add(1));
    let length = memchr::memchr2(b'\n', b'\r', after).unwrap_or(after.len());
    TextRange::of(start, at.saturating_add(length))
}
