//! Folding: stretches of lines that editors can hide.

use smallvec::SmallVec;

use crate::document::Document;
use crate::syntax::{
    CommentForm, DirectiveForm, Entry, EntryKind, ItemView, SectionEnd, normalise,
};
use crate::text::{TextRange, line_around};

/// Bytes of a name, as a rule.
const NAME: usize = 32;

/// Fewest lines of the same directive that fold.
const FEWEST_ALIKE: usize = 3;

/// What is folded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FoldKind {
    /// A section; its end tag stays in sight.
    Section,
    /// Comments in neighbouring lines.
    Comments,
    /// Neighbouring lines with the same directive.
    Alike,
    /// What stands between `# region` and `# endregion`.
    Region,
}

/// A stretch that folds: from its first line, which stays in sight, to its last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fold {
    /// From within the first line to within the last; from the start of the file.
    pub range: TextRange,
    /// What it is.
    pub kind: FoldKind,
}

/// All folds of a document, in order of their first lines.
#[must_use]
pub fn folding(document: &Document) -> Vec<Fold> {
    let all = TextRange::of(0, document.rope().len_bytes());
    let mut folder = Folder::default();
    document.for_each_view(all, |start, text, view| folder.item(start, text, view));
    folder.end_run();
    folder
        .folds
        .sort_by_key(|fold| (fold.range.start, fold.range.end));
    folder.folds
}

/// Neighbouring lines of one kind.
#[derive(Debug)]
struct Run {
    /// What the lines have in common.
    key: Key,
    first: u32,
    last: u32,
    count: usize,
}

#[derive(Debug, PartialEq, Eq)]
enum Key {
    Comments,
    /// The directive's name, and the section around it.
    Directive(SmallVec<[u8; NAME]>, Option<u32>),
}

#[derive(Default)]
struct Folder {
    folds: Vec<Fold>,
    run: Option<Run>,
    /// Where the regions begin that are open.
    regions: Vec<u32>,
    /// Where the last line that was looked at ends.
    line_end: u32,
    /// Where the last item ends, if no blank line does that.
    item_end: Option<u32>,
}

impl Folder {
    fn item(&mut self, start: u32, text: &str, view: &ItemView) {
        let mut closing: Vec<u32> = Vec::new();
        for (index, entry) in view.indexed() {
            while closing.last().is_some_and(|last| *last <= index) {
                closing.pop();
                self.end_run();
            }
            let range = entry.range.shifted(start);
            match &entry.kind {
                EntryKind::Section(section) => {
                    self.end_run();
                    closing.push(section.last);
                    let end = match section.end {
                        SectionEnd::Closed(tag, _) => end_before_line(text, tag.start),
                        SectionEnd::Missing => content_end(text, entry.range),
                    };
                    let body = TextRange::new(entry.range.start, end);
                    if has_line_break(body.slice(text)) {
                        self.folds.push(Fold {
                            range: body.shifted(start),
                            kind: FoldKind::Section,
                        });
                    }
                }
                EntryKind::Comment(CommentForm::Hash) => self.comment(start, text, entry),
                EntryKind::Comment(_) => {
                    self.end_run();
                    if has_line_break(entry.range.slice(text)) {
                        self.folds.push(Fold {
                            range,
                            kind: FoldKind::Comments,
                        });
                    }
                }
                EntryKind::Directive(directive) => {
                    let key = match directive.form {
                        DirectiveForm::Plain => normalise(directive.name.slice(text)),
                        DirectiveForm::Pattern => "/".into(),
                        _ => {
                            self.end_run();
                            continue;
                        }
                    };
                    // A top-level directive is an item of its own.
                    let around = entry.parent.map(|parent| parent.saturating_add(start));
                    let key = Key::Directive(SmallVec::from_slice(key.as_bytes()), around);
                    self.line(start, text, entry, key);
                }
                _ => self.end_run(),
            }
        }
        if !closing.is_empty() {
            self.end_run();
        }
        let tail = text.get(text.trim_end().len()..).unwrap_or_default();
        let end = start.saturating_add(TextRange::of(0, text.len()).end);
        self.item_end = (line_breaks(tail) == 1).then_some(end);
    }

    /// A comment: part of a run if it has its line for itself, maybe the border of a region.
    fn comment(&mut self, start: u32, text: &str, entry: &Entry) {
        let before = text.get(..entry.range.start as usize).unwrap_or_default();
        let line = before.rsplit(['\n', '\r']).next().unwrap_or_default();
        if !line.trim().is_empty() {
            self.line_end = self.line_end.max(entry.range.shifted(start).end);
            if let Some(run) = &mut self.run {
                run.last = run.last.max(self.line_end);
            }
            return;
        }
        let said = entry.range.slice(text).trim_start_matches('#').trim_start();
        let word = said.split([' ', '\t']).next().unwrap_or_default();
        match word {
            "region" => {
                self.end_run();
                self.regions.push(entry.range.shifted(start).start);
            }
            "endregion" => {
                self.end_run();
                if let Some(first) = self.regions.pop() {
                    self.folds.push(Fold {
                        range: TextRange::new(first, entry.range.shifted(start).end),
                        kind: FoldKind::Region,
                    });
                }
            }
            _ => self.line(start, text, entry, Key::Comments),
        }
    }

    /// A line that may go on a run.
    fn line(&mut self, start: u32, text: &str, entry: &Entry, key: Key) {
        let range = entry.range.shifted(start);
        let is_next = self.run.as_ref().is_some_and(|run| {
            run.key == key && self.is_next_line(run.last, range.start, start, text)
        });
        match &mut self.run {
            Some(run) if is_next => {
                run.last = range.end;
                run.count = run.count.saturating_add(1);
            }
            _ => {
                self.end_run();
                self.run = Some(Run {
                    key,
                    first: range.start,
                    last: range.end,
                    count: 1,
                });
            }
        }
        self.line_end = range.end;
    }

    /// Whether what begins at `next` stands on the line behind the one that ends at `last`. `text` is
    /// that of the item, which begins at `start`.
    fn is_next_line(&self, last: u32, next: u32, start: u32, text: &str) -> bool {
        let from = last.max(start).saturating_sub(start);
        let between = TextRange::new(from, next.saturating_sub(start)).slice(text);
        let breaks = line_breaks(between);
        if last >= start {
            breaks == 1
        } else {
            breaks == 0 && self.item_end == Some(start)
        }
    }

    fn end_run(&mut self) {
        let Some(run) = self.run.take() else { return };
        let (fewest, kind) = match run.key {
            Key::Comments => (2, FoldKind::Comments),
            Key::Directive(..) => (FEWEST_ALIKE, FoldKind::Alike),
        };
        if run.count >= fewest {
            self.folds.push(Fold {
                range: TextRange::new(run.first, run.last),
                kind,
            });
        }
    }
}

fn line_breaks(text: &str) -> usize {
    let breaks = text.matches('\n').count();
    breaks.saturating_add(
        text.match_indices('\r')
            .filter(|(at, _)| text.as_bytes().get(at.saturating_add(1)) != Some(&b'\n'))
            .count(),
    )
}

fn has_line_break(text: &str) -> bool {
    text.contains(['\n', '\r'])
}

/// The end of what stands before the line of a position.
fn end_before_line(text: &str, position: u32) -> u32 {
    let line = line_around(text, position as usize).start.saturating_sub(1);
    let before = text.get(..line as usize).unwrap_or_default();
    TextRange::of(0, before.trim_end().len()).end
}

/// The end of a range without blank lines behind it.
fn content_end(text: &str, range: TextRange) -> u32 {
    let kept = range.slice(text).trim_end().len();
    range.start.saturating_add(TextRange::of(0, kept).end)
}

#[cfg(test)]
#[expect(
    clippy::arithmetic_side_effects,
    reason = "a test that overflows should fail"
)]
mod tests;
