//! Runs: stretches of top-level items that are parsed together.
//!
//! A run keeps views of its items, packed, and no syntax tree; only those that were edited keep theirs,
//! so that the next edit parses less.
//!
//! A run is *settled* when its items would read the same whatever follows it. Runs that are not
//! settled are joined with the next one, so what the views show never depends on where the cuts are.

use std::cell::RefCell;
use std::num::NonZeroU64;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use ropey::Rope;
use tree_sitter::{InputEdit, Parser, Point, Tree};

use super::cut;
use super::top_level::{self, TopLine};
use crate::catalog::Place;
use crate::facts::{self, Contents, Facts};
use crate::meaning::Location;
use crate::names::Written;
use crate::outline::Line;
use crate::semantic_tokens::{self, Token};
use crate::syntax::plain::{self, PlainRun};
use crate::syntax::{self, ItemView, PackedView};
use crate::text::TextRange;

/// Runs longer than this are cut again when an edit touches them.
const LONGEST_RUN: usize = 4 * cut::SHORTEST_RUN;

/// A run of items.
#[derive(Clone, Debug)]
pub(super) struct Run {
    /// The syntax tree, if it was edited.
    tree: Option<Tree>,
    length: usize,
    /// Whether the items read the same whatever follows.
    is_settled: bool,
    items: Vec<Item>,
    /// Where the facts were worked out; none while some are missing.
    judged_in: Option<Vec<Place>>,
    contents: Contents,
    /// What the names in it hash to, sorted.
    name_hashes: Box<[u32]>,
    /// The semantic tokens, from the start of the run, once somebody asked for them.
    tokens: OnceLock<Vec<Token>>,
    /// What may stand only once in a file, of the items that hold such a thing.
    keys: Vec<NonZeroU64>,
    /// The lines at the top level. Known once there are facts.
    top_lines: Box<[TopLine]>,
}

/// An item of a run.
#[derive(Clone, Debug)]
struct Item {
    /// Its bytes, from the start of the run.
    range: TextRange,
    view: PackedView,
    facts: Option<Facts>,
}

impl Item {
    /// An item of the run with this text.
    fn new(range: TextRange, view: &ItemView, text: &str, places: &[Place]) -> Self {
        Self {
            range,
            view: PackedView::of(view),
            facts: Some(facts::facts(range.slice(text), view, places)),
        }
    }
}

/// Items that survived an edit, in order.
struct Kept(std::iter::Peekable<std::vec::IntoIter<Item>>);

impl Kept {
    fn new(items: Vec<Item>) -> Self {
        Self(items.into_iter().peekable())
    }

    /// The one at this range, if there is one. Ranges are asked for in order.
    fn take(&mut self, range: TextRange) -> Option<Item> {
        while self.0.next_if(|it| it.range.start < range.start).is_some() {}
        self.0.next_if(|it| it.range == range)
    }
}

impl Run {
    fn fresh(text: &str, places: &[Place]) -> Self {
        match plain::read(text) {
            Some(plain) => Self::of_plain(text, &plain, Vec::new(), places),
            None => Self::read(text, parse(text, None).as_ref(), Vec::new(), places),
        }
    }

    /// Reads the items of a tree, and works out their facts for these places of the file's top level.
    /// Those at the range of one that is `kept`, in order, are that one.
    fn read(text: &str, tree: Option<&Tree>, kept: Vec<Item>, places: &[Place]) -> Self {
        let mut items = Vec::new();
        if let Some(tree) = tree {
            let spans = syntax::item_spans(tree.root_node(), text);
            let mut kept = Kept::new(kept);
            let found: Vec<_> = spans.iter().map(|span| kept.take(span.range)).collect();
            let unread = spans.iter().zip(&found).filter(|(_, kept)| kept.is_none());
            let unread: Vec<_> = unread.map(|(span, _)| *span).collect();
            let mut read = Vec::with_capacity(unread.len());
            syntax::for_each_view(tree.root_node(), unread.into_iter(), text, |span, view| {
                read.push(Item::new(span.range, view, text, places));
            });
            let mut read = read.into_iter();
            items.extend(
                found
                    .into_iter()
                    .filter_map(|kept| kept.or_else(|| read.next())),
            );
        }
        let is_settled = tree.is_some_and(|tree| is_settled(text, tree));
        Self::of_items(text, items, is_settled)
    }

    /// A run whose lines are all plain. What is kept: as for `read`.
    fn of_plain(text: &str, plain: &PlainRun, kept: Vec<Item>, places: &[Place]) -> Self {
        let mut kept = Kept::new(kept);
        let items = plain.items.iter().map(|(range, view)| {
            kept.take(*range)
                .unwrap_or_else(|| Item::new(*range, view, text, places))
        });
        Self::of_items(text, items.collect(), plain.is_settled)
    }

    fn of_items(text: &str, items: Vec<Item>, is_settled: bool) -> Self {
        Self {
            tree: None,
            length: text.len(),
            is_settled,
            items,
            judged_in: None,
            contents: Contents::default(),
            name_hashes: Box::default(),
            tokens: OnceLock::new(),
            keys: Vec::new(),
            top_lines: Box::default(),
        }
    }

    /// Length in bytes.
    pub(super) fn length(&self) -> usize {
        self.length
    }

    /// What the items hold. Known once there are facts.
    pub(super) fn contents(&self) -> Contents {
        self.contents
    }

    /// The keys of what may stand only once in a file. Known once there are facts.
    pub(super) fn keys(&self) -> &[NonZeroU64] {
        &self.keys
    }

    /// The lines at the top level. Known once there are facts.
    pub(super) fn top_lines(&self) -> &[TopLine] {
        &self.top_lines
    }

    /// Where an item begins in the run, and its outline. Known once there are facts.
    pub(super) fn outline(&self, item: u32) -> Option<(usize, &[Line])> {
        let item = self.items.get(item as usize)?;
        let outline = &item.facts.as_ref()?.outline;
        Some((item.range.start as usize, outline))
    }

    /// Whether facts are missing or were worked out for other places.
    pub(super) fn needs_facts(&self, places: &[Place]) -> bool {
        self.judged_in.as_deref() != Some(places)
    }

    /// Works out the facts that are missing, or all if the places are others than before.
    pub(super) fn refresh_facts(&mut self, text: &str, places: &[Place]) {
        let keep = self
            .judged_in
            .as_deref()
            .is_none_or(|judged| judged == places);
        for item in &mut self.items {
            if !keep || item.facts.is_none() {
                let view = item.view.view();
                item.facts = Some(facts::facts(item.range.slice(text), &view, places));
            }
        }
        let mut contents = Contents::default();
        self.keys.clear();
        for facts in self.items.iter().filter_map(|item| item.facts.as_ref()) {
            contents.add(facts);
            self.keys.extend(facts.once.map(|once| once.key));
        }
        self.contents = contents;
        self.top_lines = top_level::top_lines(self.items.iter().map(|item| item.facts.as_ref()));
        self.judged_in = Some(places.to_vec());
        self.tokens = OnceLock::new();
        let mut hashes = Vec::new();
        self.each_name(text, &mut |written| hashes.push(written.hash()));
        hashes.sort_unstable();
        hashes.dedup();
        self.name_hashes = hashes.into_boxed_slice();
    }

    /// Whether one of its names may be one of these, which are sorted.
    pub(super) fn may_name(&self, hashes: &[u32]) -> bool {
        if hashes.len() < self.name_hashes.len() {
            hashes
                .iter()
                .any(|hash| self.name_hashes.binary_search(hash).is_ok())
        } else {
            self.name_hashes
                .iter()
                .any(|hash| hashes.binary_search(hash).is_ok())
        }
    }

    /// Every name in it. `text` is the text of the run.
    pub(super) fn each_name<'t>(&self, text: &'t str, visit: &mut dyn FnMut(Written<'_, 't>)) {
        for (item, facts) in self.items() {
            let definitions = facts.definitions.iter().map(|name| (name, true));
            let references = facts.references.iter().map(|name| (name, false));
            for (name, is_definition) in definitions.chain(references) {
                let range = name.range.shifted(item.start);
                visit(Written {
                    name,
                    is_definition,
                    item: item.start,
                    range,
                    text: range.slice(text),
                });
            }
        }
    }

    /// The syntax tree; none: parsing has failed. `text` is the text of the run.
    pub(super) fn tree(&self, text: &str) -> Option<Tree> {
        self.tree.clone().or_else(|| parse(text, None))
    }

    /// The items' ranges in the run and their facts.
    pub(super) fn items(&self) -> impl Iterator<Item = (TextRange, &Facts)> {
        self.items
            .iter()
            .filter_map(|item| Some((item.range, item.facts.as_ref()?)))
    }

    /// The range and view of the item at a byte of the run.
    pub(super) fn view_at(&self, byte: usize) -> Option<(TextRange, ItemView)> {
        let item = self.item_at(byte)?;
        Some((item.range, item.view.view()))
    }

    /// The range and facts of the item at a byte of the run.
    pub(super) fn facts_at(&self, byte: usize) -> Option<(TextRange, &Facts)> {
        let item = self.item_at(byte)?;
        Some((item.range, item.facts.as_ref()?))
    }

    fn item_at(&self, byte: usize) -> Option<&Item> {
        let byte = TextRange::of(0, byte).end;
        let after = self.items.partition_point(|item| item.range.start <= byte);
        self.items.get(after.saturating_sub(1))
    }

    /// The semantic tokens, from the start of the run. `text` gives the text of the run.
    pub(super) fn tokens(&self, text: impl FnOnce() -> String) -> &[Token] {
        self.tokens.get_or_init(|| {
            let text = text();
            let place = self.judged_in.as_ref().and_then(|places| places.first());
            let top = place.map_or(Location::Unknown, |place| Location::In(*place));
            let mut tokens = Vec::new();
            let all = TextRange::of(0, text.len());
            self.for_each_view(all, &text, |item, inside, view| {
                let of_item = semantic_tokens::of_item(inside, &view, top);
                tokens.extend(of_item.into_iter().map(|token| token.shifted(item.start)));
            });
            tokens.shrink_to_fit();
            tokens
        })
    }

    /// Shows `look` the range in the run, the text and the view of each item that touches `wanted`.
    /// `text` is the text of the run.
    pub(super) fn for_each_view(
        &self,
        wanted: TextRange,
        text: &str,
        mut look: impl FnMut(TextRange, &str, ItemView),
    ) {
        let touched = self
            .items
            .iter()
            .filter(|item| item.range.end >= wanted.start && item.range.start <= wanted.end);
        for item in touched {
            look(item.range, item.range.slice(text), item.view.view());
        }
    }

    /// The items that survive an edit, with their ranges after it.
    fn kept(&self, changed: &[Range<usize>], edit: &InputEdit) -> Vec<Item> {
        let kept = self.items.iter().filter_map(|item| {
            let old = item.range.as_usize();
            let range = if old.end <= edit.start_byte {
                old
            } else if old.start >= edit.old_end_byte {
                let moved = |byte: usize| {
                    byte.saturating_sub(edit.old_end_byte)
                        .saturating_add(edit.new_end_byte)
                };
                moved(old.start)..moved(old.end)
            } else {
                return None;
            };
            let is_changed = changed
                .iter()
                .any(|other| other.start < range.end && range.start < other.end);
            (!is_changed).then(|| Item {
                range: TextRange::of(range.start, range.end),
                ..item.clone()
            })
        });
        kept.collect()
    }
}

/// Whether the items of a tree read the same whatever follows.
fn is_settled(text: &str, tree: &Tree) -> bool {
    text.ends_with(['\n', '\r']) && syntax::is_settled(tree.root_node(), text)
}

fn parse(text: &str, old: Option<&Tree>) -> Option<Tree> {
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

/// Parses a text.
pub(super) fn parse_all(text: &str, places: &[Place]) -> Vec<Arc<Run>> {
    parse_from(text, 0, text.len(), places)
}

/// The runs from byte `start` of a text on, as long as they begin before `end`.
pub(super) fn parse_from(
    text: &str,
    mut start: usize,
    end: usize,
    places: &[Place],
) -> Vec<Arc<Run>> {
    let mut runs = Vec::new();
    while start < end {
        let run = next_run(text.get(start..).unwrap_or_default(), places);
        start = start.saturating_add(run.length.max(1));
        runs.push(Arc::new(run));
    }
    runs
}

/// The first run of `text`: as short as it can be settled.
fn next_run(text: &str, places: &[Place]) -> Run {
    let guess = cut::next(text, 0);
    let mut end = guess;
    loop {
        let part = text.get(..end).unwrap_or(text);
        if end == guess
            && let Some(plain) = plain::read(part)
            && (plain.is_settled || part.len() == text.len())
        {
            return Run::of_plain(part, &plain, Vec::new(), places);
        }
        let tree = parse(part, None);
        if part.len() == text.len() || tree.as_ref().is_some_and(|tree| is_settled(part, tree)) {
            let is_joined = end != guess;
            let shorter = tree.as_ref().filter(|_| is_joined);
            let shorter = shorter.and_then(|tree| shortened(part, tree, guess, places));
            return shorter.unwrap_or_else(|| Run::read(part, tree.as_ref(), Vec::new(), places));
        }
        // Doubling keeps the work linear when a section stays open for long.
        end = cut::next(text, end.saturating_mul(2).saturating_sub(guess.min(end)));
    }
}

/// Of a text that had to be joined, the part up to the first item border at which it is settled.
fn shortened(text: &str, tree: &Tree, guess: usize, places: &[Place]) -> Option<Run> {
    let spans = syntax::item_spans(tree.root_node(), text);
    let borders = spans.iter().map(|span| span.range.end as usize);
    let mut borders = borders
        .filter(|end| *end > guess && *end < text.len())
        .take(3);
    borders.find_map(|border| {
        let part = text.get(..border)?;
        let tree = parse(part, None)?;
        is_settled(part, &tree).then(|| Run::read(part, Some(&tree), Vec::new(), places))
    })
}

/// Brings the runs up to date after `old` was replaced by `new_length` bytes. `rope` is the text after.
/// Gives the runs that are no more.
pub(super) fn edit(
    runs: &mut Vec<Arc<Run>>,
    rope: &Rope,
    old: Range<usize>,
    new_length: usize,
    places: &[Place],
) -> Vec<Arc<Run>> {
    let (first, first_start) = run_of(runs, old.start);
    let (last, last_start) = run_of(runs, old.end);
    let last_length = runs.get(last).map_or(0, |run| run.length);
    let removed = old.end.saturating_sub(old.start);
    let end_after = last_start
        .saturating_add(last_length)
        .saturating_sub(removed)
        .saturating_add(new_length);
    let text_until = |end: usize| -> String {
        rope.get_byte_slice(first_start..end.min(rope.len_bytes()))
            .map(String::from)
            .unwrap_or_default()
    };
    let mut text = text_until(end_after);
    let is_last_run = |index: usize| index.saturating_add(1) >= runs.len();
    let edited = match runs.get(first) {
        Some(run) if first == last => {
            let at = |byte: usize| byte.saturating_sub(first_start);
            let input = InputEdit {
                start_byte: at(old.start),
                old_end_byte: at(old.end),
                new_end_byte: at(old.start).saturating_add(new_length),
                start_position: Point::default(),
                old_end_position: Point::default(),
                new_end_position: Point::default(),
            };
            edited_run(run, &text, &input, places)
        }
        _ => Run::fresh(&text, places),
    };
    if (is_last_run(last) || edited.is_settled) && edited.length <= LONGEST_RUN {
        let replacement = (edited.length > 0).then(|| Arc::new(edited));
        let replaced = first..last.saturating_add(1).min(runs.len());
        return runs.splice(replaced, replacement).collect();
    }
    let mut last = last;
    let mut end = end_after;
    let mut step: usize = 1;
    loop {
        let parsed = parse_all(&text, places);
        let is_settled = parsed.last().is_none_or(|run| run.is_settled);
        if is_settled || last.saturating_add(1) >= runs.len() {
            let replaced = first..last.saturating_add(1).min(runs.len());
            return runs.splice(replaced, parsed).collect();
        }
        for _ in 0..step {
            let Some(next) = runs.get(last.saturating_add(1)) else {
                break;
            };
            last = last.saturating_add(1);
            end = end.saturating_add(next.length);
        }
        step = step.saturating_mul(2);
        text = text_until(end);
    }
}

/// A run after an edit, with its tree.
fn edited_run(run: &Run, text: &str, input: &InputEdit, places: &[Place]) -> Run {
    let edited = input.start_byte..input.new_end_byte.max(input.start_byte.saturating_add(1));
    if let Some(plain) = plain::read(text) {
        // The same plain text reads the same wherever it stands.
        let kept = run.kept(std::slice::from_ref(&edited), input);
        return Run::of_plain(text, &plain, kept, places);
    }
    let old = run.tree.clone().map(|mut old| {
        old.edit(input);
        old
    });
    let tree = parse(text, old.as_ref());
    let kept = match (&old, &tree) {
        (Some(old), Some(tree)) => {
            let reread = old.changed_ranges(tree);
            let reread = reread.map(|range| range.start_byte..range.end_byte);
            let changed: Vec<Range<usize>> =
                std::iter::once(edited.clone()).chain(reread).collect();
            run.kept(&changed, input)
        }
        _ => Vec::new(),
    };
    let read = Run::read(text, tree.as_ref(), kept, places);
    Run { tree, ..read }
}

/// Index and start of the run that holds a byte; the last one at the end of the text.
fn run_of(runs: &[Arc<Run>], byte: usize) -> (usize, usize) {
    let mut start: usize = 0;
    for (index, run) in runs.iter().enumerate() {
        let end = start.saturating_add(run.length);
        if byte < end || index.saturating_add(1) == runs.len() {
            return (index, start);
        }
        start = end;
    }
    (0, 0)
}
