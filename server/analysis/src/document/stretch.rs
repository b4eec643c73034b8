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

/// Bytes of a run that were replaced.
#[derive(Clone, Copy, Debug)]
pub(super) struct Edit {
    pub(super) start: usize,
    pub(super) old_end: usize,
    pub(super) new_end: usize,
}

impl Edit {
    /// Where a byte behind the edit is now.
    pub(super) fn moved(self, byte: usize) -> usize {
        byte.saturating_sub(self.old_end)
            .saturating_add(self.new_end)
    }

    /// Where a range behind the edit is now.
    pub(super) fn moved_range(self, range: TextRange) -> TextRange {
        let moved = |byte: u32| self.moved(byte as usize);
        TextRange::of(moved(range.start), moved(range.end))
    }

    /// Where a range is now; none if bytes of it were replaced.
    pub(super) fn moved_around(self, range: TextRange) -> Option<TextRange> {
        if range.end as usize <= self.start {
            return Some(range);
        }
        (range.start as usize >= self.old_end).then(|| self.moved_range(range))
    }
}

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
    /// The tree after an edit inside its stretch, to parse that again with; none: the edit is elsewhere.
    /// `start`: where the text begins that the stretch is now said to be in.
    pub(super) fn edited(mut self, edit: Edit, start: usize) -> Option<Self> {
        let at = |byte: usize| byte.checked_sub(self.start);
        let edit = InputEdit {
            start_byte: at(edit.start)?,
            old_end_byte: at(edit.old_end).filter(|end| *end <= self.length)?,
            new_end_byte: at(edit.new_end)?,
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

/// What is known of a text from before it was edited, as it would be after that.
#[derive(Debug, Default)]
pub(super) struct Earlier<'a> {
    /// The tree of a stretch.
    pub(super) tree: Option<StretchTree>,
    /// Items whose bytes are the same, with their ranges, in order. They were judged in the same places.
    pub(super) items: Vec<(TextRange, &'a Item)>,
}

impl Earlier<'_> {
    /// The tree of the stretch from `start` on, if that has at least so many bytes.
    fn tree_from(&self, start: usize, least: usize) -> Option<&StretchTree> {
        let tree = self.tree.as_ref();
        tree.filter(|it| it.start == start && it.length >= least)
    }

    /// The facts of the item at a range, if it reads as it did.
    fn facts(&self, range: TextRange, view: &PackedView) -> Option<Facts> {
        let at = self.items.binary_search_by_key(&range, |(range, _)| *range);
        let (_, item) = self.items.get(at.ok()?)?;
        (item.view == *view).then(|| item.facts.clone())
    }
}

/// Where a stretch stands, and what is known of it.
#[derive(Clone, Copy)]
struct Stretch<'a> {
    start: usize,
    text: &'a str,
    places: &'a [Place],
    earlier: &'a Earlier<'a>,
}

impl Stretch<'_> {
    fn item(&self, range: TextRange, view: &ItemView) -> Item {
        let moved = range.shifted(TextRange::of(0, self.start).end);
        let packed = PackedView::of(view);
        let facts = self.earlier.facts(moved, &packed);
        Item {
            range: moved,
            facts: facts.unwrap_or_else(|| facts::facts(range.slice(self.text), view, self.places)),
            view: packed,
            is_settled: false,
        }
    }
}

/// Reads a text, and works out the facts of its items for these places of the file's top level.
pub(super) fn read(text: &str, places: &[Place], earlier: &Earlier<'_>) -> Reading {
    let mut reading = Reading {
        items: Vec::new(),
        is_settled: true,
        tree: None,
    };
    let mut start: usize = 0;
    // Where lines that are not plain stand close to each other, they are read together.
    let mut least: usize = 0;
    let last_xml_comment = plain::last_xml_comment(text);
    loop {
        let rest = text.get(start..).unwrap_or_default();
        let plain = plain::read(rest, last_xml_comment.is_some_and(|last| last >= start));
        let plain_end = plain.items.last().map_or(0, |it| it.range.end as usize);
        let odd_line_end = plain.odd_line_end;
        let stretch = |start, text| Stretch {
            start,
            text,
            places,
            earlier,
        };
        reading.add_plain(stretch(start, rest), plain);
        let Some(odd_line_end) = odd_line_end else {
            return reading;
        };
        if plain_end > least {
            least = 0;
        }
        start = start.saturating_add(plain_end);
        let rest = rest.get(plain_end..).unwrap_or_default();
        let first = odd_line_end.saturating_sub(plain_end).max(least);
        let length = reading.add_odd(stretch(start, rest), first);
        start = start.saturating_add(length);
        if start >= text.len() {
            return reading;
        }
        least = length.saturating_mul(2);
    }
}

impl Reading {
    /// Adds the plain lines that a stretch begins with.
    fn add_plain(&mut self, stretch: Stretch<'_>, plain: PlainLines) {
        self.is_settled = plain.is_settled;
        let items = plain.items.iter().map(|plain| Item {
            is_settled: plain.is_settled,
            ..stretch.item(plain.range, &plain.view)
        });
        self.items.extend(items);
    }

    /// Adds at least `first` bytes of a stretch, if there are as many, with a tree. Gives how many: they
    /// are settled, or all.
    fn add_odd(&mut self, stretch: Stretch<'_>, first: usize) -> usize {
        let earlier = stretch.earlier.tree_from(stretch.start, first);
        let mut length = earlier.map_or_else(|| cut::next(stretch.text, first), |it| it.length);
        loop {
            let part = stretch.text.get(..length).unwrap_or(stretch.text);
            let earlier = earlier.filter(|it| it.length == part.len());
            let tree = parse(part, earlier.map(|it| &it.tree));
            let is_settled = tree.as_ref().is_some_and(|tree| is_settled(part, tree));
            if !is_settled && part.len() < stretch.text.len() {
                // Doubling keeps the work linear when a section stays open for long.
                length = cut::next(stretch.text, part.len().saturating_mul(2));
                continue;
            }
            self.is_settled = is_settled;
            if let Some(tree) = tree {
                let text = part;
                self.add_tree(Stretch { text, ..stretch }, &tree);
                self.tree = Some(StretchTree {
                    start: stretch.start,
                    length: part.len(),
                    tree,
                });
            }
            return part.len();
        }
    }

    fn add_tree(&mut self, stretch: Stretch<'_>, tree: &Tree) {
        let (root, text) = (tree.root_node(), stretch.text);
        let spans = syntax::item_spans(root, text);
        syntax::for_each_view(root, spans.into_iter(), text, |span, view| {
            self.items.push(stretch.item(span.range, view));
        });
        if let Some(last) = self.items.last_mut() {
            last.range.end = TextRange::of(0, stretch.start.saturating_add(text.len())).end;
            last.is_settled = self.is_settled;
        }
    }
}

/// The view of the first item of a text.
pub(crate) fn first_view(text: &str) -> ItemView {
    let tree = parse(text, None);
    let mut first = ItemView::default();
    if let Some(tree) = &tree {
        let spans = syntax::item_spans(tree.root_node(), text).into_iter();
        syntax::for_each_view(tree.root_node(), spans.take(1), text, |_, view| {
            first = view.clone();
        });
    }
    first
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
#[expect(
    clippy::arithmetic_side_effects,
    reason = "a test that overflows should fail"
)]
mod tests;
