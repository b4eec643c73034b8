//! Runs: stretches of top-level items that are parsed together.
//!
//! A run keeps views of its items, packed, and no syntax tree; only a stretch that was edited keeps its
//! own, so that the next edit parses less.
//!
//! A run is *settled* when its items would read the same whatever follows it. Runs that are not
//! settled are joined with the next one, so what the views show never depends on where the cuts are.

use std::num::NonZeroU64;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use ropey::Rope;
use tree_sitter::Tree;

use super::change::{common_end, common_start};
use super::cut;
use super::stretch::{self, Earlier, Edit, Item, Reading, StretchTree};
use super::top_level::{self, TopLine, TopSections};
use crate::catalog::Place;
use crate::facts::{self, Contents, Facts};
use crate::meaning::Location;
use crate::names::Written;
use crate::outline::Line;
use crate::semantic_tokens::{self, Token};
use crate::syntax::{ItemView, begins_blank};
use crate::text::TextRange;

/// Runs longer than this are cut again when an edit touches them.
const LONGEST_RUN: usize = 4 * cut::SHORTEST_RUN;

/// A run of items.
#[derive(Clone, Debug)]
pub(super) struct Run {
    /// The syntax tree of the stretch that was edited last, if it was read with one.
    tree: Option<StretchTree>,
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
    /// The sections among them.
    top_sections: TopSections,
}

impl Run {
    /// The run with this text, as it was read.
    fn read(text: &str, reading: Reading) -> Self {
        Self::of(text, reading.items, reading.is_settled)
    }

    fn of(text: &str, items: Vec<Item>, is_settled: bool) -> Self {
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
            top_sections: TopSections::default(),
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

    /// The sections at the top level. Known once there are facts.
    pub(super) fn top_sections(&self) -> &TopSections {
        &self.top_sections
    }

    /// Where an item begins in the run, and its outline. Known once there are facts.
    pub(super) fn outline(&self, item: u32) -> Option<(usize, &[Line])> {
        let item = self.items.get(item as usize)?;
        Some((item.range.start as usize, &item.facts.outline))
    }

    /// Whether facts are missing or were worked out for other places.
    pub(super) fn needs_facts(&self, places: &[Place]) -> bool {
        self.judged_in.as_deref() != Some(places)
    }

    /// Works out what follows from the facts, and the facts again if the places are others than before.
    pub(super) fn refresh_facts(&mut self, text: &str, places: &[Place]) {
        let keep = self
            .judged_in
            .as_deref()
            .is_none_or(|judged| judged == places);
        if !keep {
            for item in &mut self.items {
                let view = item.view.view();
                item.facts = facts::facts(item.range.slice(text), &view, places);
            }
        }
        let mut contents = Contents::default();
        self.keys.clear();
        for item in &self.items {
            contents.add(&item.facts);
            self.keys.extend(item.facts.once.map(|once| once.key));
        }
        self.contents = contents;
        self.top_lines = top_level::top_lines(self.items.iter().map(|item| &item.facts));
        self.top_sections = TopSections::of(&self.top_lines);
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
        self.each_name_of(0..self.items.len(), text, visit);
    }

    /// The items that are not the same in another run: those at the start and at the end that both share
    /// are left out. With the texts of both.
    pub(super) fn items_unlike(&self, text: &str, other: &Self, other_text: &str) -> Range<usize> {
        let (bytes, other_bytes) = (text.as_bytes(), other_text.as_bytes());
        let has_same_names = |one: &Item, two: &Item| {
            one.facts.definitions == two.facts.definitions
                && one.facts.references == two.facts.references
        };
        let start = common_start(bytes, other_bytes);
        let pairs = self.items.iter().zip(&other.items);
        let pairs = pairs.take_while(|(one, two)| {
            one.range == two.range && one.range.end as usize <= start && has_same_names(one, two)
        });
        let first = pairs.count();
        let end = common_end(bytes, other_bytes);
        let rest = self
            .items
            .len()
            .min(other.items.len())
            .saturating_sub(first);
        let pairs = self.items.iter().rev().zip(other.items.iter().rev());
        let pairs = pairs.take(rest).take_while(|(one, two)| {
            let from_end =
                |item: &Item, text: &str| text.len().saturating_sub(item.range.start as usize);
            from_end(one, text) == from_end(two, other_text)
                && from_end(one, text) <= end
                && has_same_names(one, two)
        });
        let last = pairs.count();
        first..self.items.len().saturating_sub(last)
    }

    /// Every name in some of its items. `text` is the text of the run.
    pub(super) fn each_name_of<'t>(
        &self,
        items: Range<usize>,
        text: &'t str,
        visit: &mut dyn FnMut(Written<'_, 't>),
    ) {
        let items = self.items.get(items).unwrap_or_default();
        for (item, facts) in items.iter().map(|item| (item.range, &item.facts)) {
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
        stretch::parse(text, None)
    }

    /// The items' ranges in the run and their facts.
    pub(super) fn items(&self) -> impl Iterator<Item = (TextRange, &Facts)> {
        self.items.iter().map(|item| (item.range, &item.facts))
    }

    /// The range and view of the item at a byte of the run.
    pub(super) fn view_at(&self, byte: usize) -> Option<(TextRange, ItemView)> {
        let item = self.item_at(byte)?;
        Some((item.range, item.view.view()))
    }

    /// The range and facts of the item at a byte of the run.
    pub(super) fn facts_at(&self, byte: usize) -> Option<(TextRange, &Facts)> {
        let item = self.item_at(byte)?;
        Some((item.range, &item.facts))
    }

    /// The ranges of the items that touch a range; all in the run.
    pub(super) fn items_touching(&self, wanted: TextRange) -> impl Iterator<Item = TextRange> {
        let first = self
            .items
            .partition_point(|item| item.range.end <= wanted.start);
        let items = self.items.iter().skip(first).map(|item| item.range);
        items.take_while(move |range| range.start < wanted.end)
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
    let guess = cut::next(text, cut::SHORTEST_RUN);
    let mut end = guess;
    loop {
        let part = text.get(..end).unwrap_or(text);
        let mut reading = stretch::read(part, places, &Earlier::default());
        if part.len() == text.len() || reading.is_settled {
            let is_joined = end != guess;
            let part = match reading
                .items
                .iter()
                .position(|it| is_joined && ends_run(it, guess))
            {
                Some(last) => cut_behind(&mut reading, last, part),
                None => part,
            };
            return Run::read(part, reading);
        }
        // Doubling keeps the work linear when a section stays open for long.
        end = cut::next(text, end.saturating_mul(2));
    }
}

/// Whether a run that has at least so many bytes may end behind this item.
fn ends_run(item: &Item, least: usize) -> bool {
    item.is_settled && item.range.end as usize >= least
}

/// Leaves out what stands behind an item that may end a run; the text that is left.
fn cut_behind<'t>(reading: &mut Reading, last: usize, text: &'t str) -> &'t str {
    reading.items.truncate(last.saturating_add(1));
    reading.is_settled = true;
    let end = reading.items.last().map(|item| item.range.end as usize);
    end.and_then(|end| text.get(..end)).unwrap_or(text)
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
            let edit = Edit {
                start: at(old.start),
                old_end: at(old.end),
                new_end: at(old.start).saturating_add(new_length),
            };
            edited_run(run, &text, edit, places)
        }
        _ => Run::read(&text, stretch::read(&text, places, &Earlier::default())),
    };
    if (is_last_run(last) || edited.is_settled) && !is_cut_anew(&edited, &text) {
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

/// Whether a run has become so long that it is cut, and can be.
fn is_cut_anew(run: &Run, text: &str) -> bool {
    if run.length <= LONGEST_RUN {
        return false;
    }
    let guess = cut::next(text, cut::SHORTEST_RUN);
    let mut inner = run.items.iter().rev().skip(1);
    inner.any(|item| ends_run(item, guess))
}

/// A run after an edit. What lies between two borders around the edit at which the run is settled is read
/// again. `text` is the text of the run after the edit.
fn edited_run(run: &Run, text: &str, edit: Edit, places: &[Place]) -> Run {
    let (first, start) = settled_before(run, text, edit.start);
    let tree = run.tree.clone();
    let by = TextRange::of(0, start).end;
    let in_window = |range: TextRange| {
        TextRange::new(range.start.saturating_sub(by), range.end.saturating_sub(by))
    };
    let same = run.items.iter().skip(first);
    let same = same.filter_map(|item| Some((in_window(edit.moved_around(item.range)?), item)));
    let earlier = Earlier {
        tree: tree.and_then(|tree| tree.edited(edit, start)),
        items: same.collect(),
    };
    let is_border =
        |item: &Item| item.is_settled && item.range.end as usize >= edit.old_end.max(start);
    let ends = (1..).zip(run.items.iter()).skip(first);
    let mut borders = ends.filter(|(_, item)| is_border(item));
    let mut skipped: usize = 0;
    let (reading, behind) = loop {
        let border = borders.nth(skipped);
        let end = border.map_or(text.len(), |(_, item)| edit.moved(item.range.end as usize));
        let window = text.get(start..end).unwrap_or_default();
        let reading = stretch::read(window, places, &earlier);
        if end >= text.len() {
            break (reading, None);
        }
        // Blank lines belong to the item behind them at the start, and elsewhere to the one before.
        if reading.is_settled && !reading.items.is_empty() {
            break (reading, border.map(|(behind, _)| behind));
        }
        // Doubling keeps the work linear when a section stays open for long.
        skipped = skipped.saturating_mul(2).saturating_add(1);
    };
    let is_settled = match behind {
        Some(_) => run.is_settled,
        None => reading.is_settled,
    };
    let before = run.items.iter().take(first).cloned();
    let read = reading.items.into_iter().map(|item| item.shifted(by));
    let behind = run.items.iter().skip(behind.unwrap_or(run.items.len()));
    let behind = behind.map(|item| Item {
        range: edit.moved_range(item.range),
        ..item.clone()
    });
    let tree = reading.tree.map(|tree| tree.shifted(start));
    let items = before.chain(read).chain(behind).collect();
    Run {
        tree,
        ..Run::of(text, items, is_settled)
    }
}

/// The last border up to a byte at which a run is settled, and behind which a line is not blank: how many
/// items stand before it, and its byte.
fn settled_before(run: &Run, text: &str, byte: usize) -> (usize, usize) {
    let is_border = |item: &Item| {
        let end = item.range.end as usize;
        let behind = text.get(end..).unwrap_or_default();
        item.is_settled && end <= byte && !begins_blank(behind)
    };
    let last = run.items.iter().rposition(is_border);
    let end = last.and_then(|last| Some((last.saturating_add(1), run.items.get(last)?)));
    end.map_or((0, 0), |(count, item)| (count, item.range.end as usize))
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
