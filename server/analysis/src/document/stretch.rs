//! Texts read stretch by stretch: plain lines without a tree, others with one.
//!
//! What is *settled* reads the same whatever follows it. A stretch ends where all before it is settled, so
//! the next one is read as if it stood alone. Such borders are remembered: an edit reads what lies between
//! two of them again, and nothing else.

use std::cell::RefCell;

use tree_sitter::{InputEdit, Parser, Point, Tree};

use super::cut;
use crate::catalog::Place;
use crate::facts::{self, Facts};
use crate::syntax::plain::{self, PlainLines};
use crate::syntax::{self, ItemView, PackedView};
use crate::text::TextRange;

/// An item of a run.
#[derive(Clone, Debug)]
pub(super) struct Item {
    /// Its bytes, from the start of the run.
    pub(super) range: TextRange,
    pub(super) view: PackedView,
    pub(super) facts: Facts,
    /// Whether the run up to its end is settled. Where that is not known: no.
    pub(super) is_settled: bool,
}

impl Item {
    /// An item of the run with this text.
    fn new(range: TextRange, view: &ItemView, text: &str, places: &[Place]) -> Self {
        Self {
            range,
            view: PackedView::of(view),
            facts: facts::facts(range.slice(text), view, places),
            is_settled: false,
        }
    }

    /// The item as one of a text that begins earlier by so many bytes.
    pub(super) fn shifted(mut self, by: u32) -> Self {
        self.range = self.range.shifted(by);
        self
    }
}

/// What was read of a text.
#[derive(Debug)]
pub(super) struct Reading {
    /// The items, which tile the text.
    pub(super) items: Vec<Item>,
    /// Whether all of the text is settled.
    pub(super) is_settled: bool,
    /// The last stretch that was read with a tree.
    pub(super) tree: Option<StretchTree>,
}

/// The syntax tree of a stretch.
#[derive(Clone, Debug)]
pub(super) struct StretchTree {
    /// Where the stretch begins.
    start: usize,
    length: usize,
    tree: Tree,
}

impl StretchTree {
    /// The tree after bytes of its stretch were replaced, to parse that again with; none: other bytes were.
    /// The stretch begins now `start` bytes further in front.
    pub(super) fn edited(
        mut self,
        start_byte: usize,
        old_end_byte: usize,
        new_end_byte: usize,
        start: usize,
    ) -> Option<Self> {
        let at = |byte: usize| byte.checked_sub(self.start);
        let edit = InputEdit {
            start_byte: at(start_byte)?,
            old_end_byte: at(old_end_byte).filter(|end| *end <= self.length)?,
            new_end_byte: at(new_end_byte)?,
            start_position: Point::default(),
            old_end_position: Point::default(),
            new_end_position: Point::default(),
        };
        self.tree.edit(&edit);
        self.length = self
            .length
            .saturating_sub(edit.old_end_byte)
            .saturating_add(edit.new_end_byte);
        self.start = self.start.checked_sub(start)?;
        Some(self)
    }

    /// The same in a text that begins earlier by so many bytes.
    pub(super) fn shifted(mut self, by: usize) -> Self {
        self.start = self.start.saturating_add(by);
        self
    }
}

/// Reads a text, and works out the facts of its items for these places of the file's top level.
/// `earlier`: the tree of a stretch in it, brought up to where bytes moved.
pub(super) fn read(text: &str, places: &[Place], earlier: Option<&StretchTree>) -> Reading {
    let mut reading = Reading {
        items: Vec::new(),
        is_settled: true,
        tree: None,
    };
    let mut start: usize = 0;
    // Where lines that are not plain stand close to each other, they are read together.
    let mut least: usize = 0;
    loop {
        let rest = text.get(start..).unwrap_or_default();
        let plain = plain::read(rest);
        let plain_end = plain.items.last().map_or(0, |it| it.range.end as usize);
        let odd_line_end = plain.odd_line_end;
        reading.is_settled = plain.is_settled;
        reading.add_plain(start, rest, plain, places);
        let Some(odd_line_end) = odd_line_end else {
            return reading;
        };
        if plain_end > least {
            least = 0;
        }
        start = start.saturating_add(plain_end);
        let rest = rest.get(plain_end..).unwrap_or_default();
        let first = odd_line_end.saturating_sub(plain_end).max(least);
        let earlier = earlier.filter(|it| it.start == start && it.length >= first);
        let length = reading.add_odd(start, rest, first, places, earlier);
        start = start.saturating_add(length);
        if start >= text.len() {
            return reading;
        }
        least = length.saturating_mul(2);
    }
}

impl Reading {
    /// Adds the plain lines that `text` begins with, which begins at `start`.
    fn add_plain(&mut self, start: usize, text: &str, plain: PlainLines, places: &[Place]) {
        let by = TextRange::of(0, start).end;
        let items = plain.items.into_iter().map(|plain| Item {
            is_settled: plain.is_settled,
            ..Item::new(plain.range, &plain.view, text, places).shifted(by)
        });
        self.items.extend(items);
    }

    /// Adds a stretch of at least `first` bytes, if there are as many, with a tree. Gives its length: it
    /// is settled, or all of the text.
    fn add_odd(
        &mut self,
        start: usize,
        text: &str,
        first: usize,
        places: &[Place],
        earlier: Option<&StretchTree>,
    ) -> usize {
        let mut length = earlier.map_or_else(|| cut::next(text, first), |it| it.length);
        loop {
            let part = text.get(..length).unwrap_or(text);
            let earlier = earlier.filter(|it| it.length == part.len());
            let tree = parse(part, earlier.map(|it| &it.tree));
            let is_settled = tree.as_ref().is_some_and(|tree| is_settled(part, tree));
            if !is_settled && part.len() < text.len() {
                // Doubling keeps the work linear when a section stays open for long.
                length = cut::next(text, part.len().saturating_mul(2));
                continue;
            }
            self.is_settled = is_settled;
            if let Some(tree) = tree {
                self.add_tree(start, part, &tree, places);
                self.tree = Some(StretchTree {
                    start,
                    length: part.len(),
                    tree,
                });
            }
            return part.len();
        }
    }

    fn add_tree(&mut self, start: usize, text: &str, tree: &Tree, places: &[Place]) {
        let by = TextRange::of(0, start).end;
        let spans = syntax::item_spans(tree.root_node(), text);
        syntax::for_each_view(tree.root_node(), spans.into_iter(), text, |span, view| {
            let item = Item::new(span.range, view, text, places);
            self.items.push(item.shifted(by));
        });
        if let Some(last) = self.items.last_mut() {
            last.range.end = by.saturating_add(TextRange::of(0, text.len()).end);
            last.is_settled = self.is_settled;
        }
    }
}

/// Whether the items of a tree, which are there, read the same whatever follows. Blank lines alone would
/// belong to the item that follows.
fn is_settled(text: &str, tree: &Tree) -> bool {
    let root = tree.root_node();
    let is_blank = root.named_child_count() == 0;
    !is_blank && text.ends_with(['\n', '\r']) && syntax::is_settled(root, text)
}

/// Parses a text; none: that has failed.
pub(super) fn parse(text: &str, old: Option<&Tree>) -> Option<Tree> {
    thread_local! {
        static PARSER: RefCell<Option<Parser>> = const { RefCell::new(None) };
    }
    PARSER.with(|parser| {
        let mut parser = parser.borrow_mut();
        let parser = parser.get_or_insert_with(|| {
            let mut parser = Parser::new();
            let language = tree_sitter::Language::new(tree_sitter_pmta::LANGUAGE);
            // Both the grammar's ABI and the library's are fixed at build time and tested together.
            let _ = parser.set_language(&language);
            parser
        });
        parser.parse(text, old)
    })
}

#[cfg(test)]
mod tests;
