//! A text with its syntax trees and the facts of its items, kept up to date edit by edit.
//!
//! The text is cut into *runs*, each with a tree of its own; a run begins where no section is open,
//! so an edit parses its run again and no other. A run's items keep their facts while they only
//! move. Cloning a document is taking a snapshot: the text is a rope and runs are shared.

mod change;
mod cut;
mod decode;
mod run;
mod shared_work;
mod stretch;
mod syntax_tree;
mod tally;
mod top_level;
mod views;

use std::num::NonZeroU64;
use std::ops::Range;
use std::sync::Arc;

use ropey::Rope;

use crate::catalog::{DirectiveSet, Place, ReferenceKind};
use crate::diagnostics::{self, Finding};
use crate::facts::{Contents, Facts};
use crate::gaps::Gaps;
use crate::names::Written;
use crate::remarks::Remark;
use crate::syntax::ItemView;
use crate::text::TextRange;

pub use decode::Encoding;
use run::Run;
pub(crate) use stretch::first_view;
use tally::Tally;
pub(crate) use top_level::{RunRef, TopLevel, TopLine};

/// Fewer runs than this are not worth a thread.
const LEAST_RUNS_PER_THREAD: usize = 64;

/// A configuration file's text and what is known of it.
#[derive(Clone, Debug)]
pub struct Document {
    rope: Rope,
    runs: Vec<Arc<Run>>,
    encoding: Encoding,
    included_in: Vec<Place>,
    places: Vec<Place>,
    /// What may stand only once in a file, counted.
    tally: Tally,
}

/// An item with its place in the file.
#[derive(Clone, Copy, Debug)]
pub struct ItemRef<'a> {
    /// Its bytes from the start of the file.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
    /// What is known of it, relative to its start.
    pub facts: &'a Facts,
}

impl Document {
    /// A document of this text.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self::with_encoding(text, Encoding::default())
    }

    /// A document of these bytes from disk. Bytes that are not UTF-8 count as one character each and
    /// are reported.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Self {
        let (text, encoding) = decode::decode(bytes);
        Self::with_encoding(&text, encoding)
    }

    fn with_encoding(text: &str, encoding: Encoding) -> Self {
        let rope = Rope::from_str(text);
        let places = vec![Place::GLOBAL];
        let runs = shared_work::parse(text, &places);
        let mut document = Self {
            rope,
            runs,
            encoding,
            included_in: Vec::new(),
            places,
            tally: Tally::default(),
        };
        document.refresh();
        document
    }

    /// The text.
    #[must_use]
    pub fn rope(&self) -> &Rope {
        &self.rope
    }

    /// How the text was encoded on disk.
    #[must_use]
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// The text of a range of bytes; what lies outside the document or cuts a character is left out.
    #[must_use]
    pub fn slice(&self, range: Range<usize>) -> String {
        self.rope
            .get_byte_slice(range)
            .map(String::from)
            .unwrap_or_default()
    }

    /// Replaces a range of bytes by a text. A range outside the document or inside a character is
    /// moved to the nearest border before it.
    pub fn edit(&mut self, range: Range<usize>, replacement: &str) {
        let start = self.character_border(range.start);
        let end = self.character_border(range.end.max(range.start)).max(start);
        let (first, last) = (self.rope.byte_to_char(start), self.rope.byte_to_char(end));
        if first < last {
            self.rope.remove(first..last);
        }
        self.rope.insert(first, replacement);
        self.encoding.first_invalid = match self.encoding.first_invalid {
            Some(at) if at >= end => Some(
                at.saturating_sub(end.saturating_sub(start))
                    .saturating_add(replacement.len()),
            ),
            Some(at) if at >= start => None,
            unmoved => unmoved,
        };
        let gone = run::edit(
            &mut self.runs,
            &self.rope,
            start..end,
            replacement.len(),
            &self.places,
        );
        let gone = gone.iter().flat_map(|run| run.keys()).copied().collect();
        self.refresh_after(gone);
    }

    fn character_border(&self, byte: usize) -> usize {
        let byte = byte.min(self.rope.len_bytes());
        self.rope.char_to_byte(self.rope.byte_to_char(byte))
    }

    /// Tells where the files that include this one put its top level; none: included by no file.
    pub fn set_included_in(&mut self, places: Vec<Place>) {
        self.included_in = places;
        self.refresh();
    }

    /// The places in which the top level of the file stands; empty if that is not known.
    #[must_use]
    pub fn places(&self) -> &[Place] {
        &self.places
    }

    /// Works out where the file stands and the facts that are missing. What the items tell is part of
    /// the answer, so facts come first, for the place it was in before or most likely is.
    fn refresh(&mut self) {
        self.refresh_after(Vec::new());
    }

    /// As [`Self::refresh`], after runs with these keys have gone.
    fn refresh_after(&mut self, mut gone: Vec<NonZeroU64>) {
        for _ in 0..2 {
            self.refresh_facts(std::mem::take(&mut gone));
            let places = if let Some(told) = self.told_places() {
                told
            } else if !self.included_in.is_empty() {
                self.included_in.clone()
            } else if self
                .runs
                .iter()
                .any(|run| run.contents().evidence.is_global_only)
            {
                vec![Place::GLOBAL]
            } else {
                Vec::new()
            };
            if places == self.places {
                return;
            }
            self.places = places;
        }
        self.refresh_facts(Vec::new());
    }

    /// Works out the facts that are missing. Where many are, as in a file that was just read, several
    /// threads share the work. `gone`: the keys of runs that are no more.
    fn refresh_facts(&mut self, mut gone: Vec<NonZeroU64>) {
        let (rope, places) = (&self.rope, &self.places);
        let mut start: usize = 0;
        let mut stale: Vec<(usize, &mut Arc<Run>)> = Vec::new();
        for run in &mut self.runs {
            let length = run.length();
            if run.needs_facts(places) {
                gone.extend(run.keys());
                stale.push((start, run));
            }
            start = start.saturating_add(length);
        }
        let refresh = |stale: &mut [(usize, &mut Arc<Run>)]| {
            for (start, run) in stale {
                let range = *start..start.saturating_add(run.length());
                let text = rope.get_byte_slice(range).map(String::from);
                Arc::make_mut(run).refresh_facts(&text.unwrap_or_default(), places);
            }
        };
        let most = stale.len().div_ceil(LEAST_RUNS_PER_THREAD);
        shared_work::each_share(&mut stale, most, refresh);
        let come = stale.iter().flat_map(|(_, run)| run.keys());
        let come: Vec<NonZeroU64> = come.copied().collect();
        self.tally.replace(&gone, &come);
    }

    /// The places that a comment `# pmta-ls: place=…` before the first directive tells.
    fn told_places(&self) -> Option<Vec<Place>> {
        for line in self.rope.lines() {
            let line = String::from(line);
            let line = line.trim();
            if line.is_empty() {
                continue;
            }
            let comment = line.strip_prefix('#')?.trim_start();
            let Some(told) = comment.strip_prefix("pmta-ls:") else {
                continue;
            };
            let Some(list) = told.trim_start().strip_prefix("place=") else {
                continue;
            };
            let places: Vec<Place> = list
                .split(',')
                .filter_map(|name| Place::named(name.trim()))
                .collect();
            if !places.is_empty() {
                return Some(places);
            }
        }
        None
    }

    /// Whether the file reads like the root of a configuration: it holds a `<source>` and one of
    /// `smtp-listener`, `log-file` and `spool`.
    #[must_use]
    pub fn looks_like_root(&self) -> bool {
        let all = |pick: fn(&crate::facts::Evidence) -> bool| {
            self.runs.iter().any(|run| pick(&run.contents().evidence))
        };
        all(|evidence| evidence.has_source) && all(|evidence| evidence.has_server_setting)
    }

    /// The items that share what may stand only once in a file with others, in order.
    pub(crate) fn items_repeated(&self) -> impl Iterator<Item = ItemRef<'_>> {
        let repeated = self.tally.repeated();
        let is_repeated = |key: &NonZeroU64| repeated.contains(key);
        let with_repeated =
            move |run: &Run| !repeated.is_empty() && run.keys().iter().any(is_repeated);
        self.items_of_runs(with_repeated)
            .filter(move |item| item.facts.once.is_some_and(|once| is_repeated(&once.key)))
    }

    /// The items in order.
    pub fn items(&self) -> impl Iterator<Item = ItemRef<'_>> {
        self.items_where(|_| true)
    }

    /// The items of the runs whose contents are wanted, in order.
    pub(crate) fn items_where(
        &self,
        is_wanted: impl Fn(&Contents) -> bool,
    ) -> impl Iterator<Item = ItemRef<'_>> {
        self.items_of_runs(move |run| is_wanted(&run.contents()))
    }

    fn items_of_runs(&self, is_wanted: impl Fn(&Run) -> bool) -> impl Iterator<Item = ItemRef<'_>> {
        let mut run_start: usize = 0;
        self.runs
            .iter()
            .map(move |run| {
                let start = run_start;
                run_start = run_start.saturating_add(run.length());
                (start, run)
            })
            .filter(move |(_, run)| is_wanted(run))
            .flat_map(|(start, run)| {
                run.items().map(move |(range, facts)| ItemRef {
                    start: start.saturating_add(range.start as usize),
                    end: start.saturating_add(range.end as usize),
                    facts,
                })
            })
    }

    /// Every name in the runs that may hold one with one of these hashes, which are sorted. Ranges are
    /// from the start of the file.
    pub(crate) fn each_name_like(&self, hashes: &[u32], visit: &mut dyn FnMut(Written<'_, '_>)) {
        self.each_name_in(|run| run.may_name(hashes), visit);
    }

    /// Every name in the runs whose contents are wanted. Ranges are from the start of the file.
    pub(crate) fn each_name_where(
        &self,
        is_wanted: impl Fn(&Contents) -> bool,
        visit: &mut dyn FnMut(Written<'_, '_>),
    ) {
        self.each_name_in(|run| is_wanted(&run.contents()), visit);
    }

    fn each_name_in(
        &self,
        is_wanted: impl Fn(&Run) -> bool,
        visit: &mut dyn FnMut(Written<'_, '_>),
    ) {
        let mut start: usize = 0;
        for run in &self.runs {
            let end = start.saturating_add(run.length());
            if is_wanted(run) {
                let text = self.slice(start..end);
                let by = TextRange::of(start, start).start;
                run.each_name(&text, &mut |written| {
                    visit(Written {
                        item: written.item.saturating_add(by),
                        range: written.range.shifted(by),
                        ..written
                    });
                });
            }
            start = end;
        }
    }

    /// Every name in the items that are not the same in `other`. Those at the start and at the end that
    /// both share are left out.
    pub(crate) fn each_name_unlike(&self, other: &Self, visit: &mut dyn FnMut(Written<'_, '_>)) {
        let pairs = |(one, other): &(&Arc<Run>, &Arc<Run>)| Arc::ptr_eq(one, other);
        let same = self.runs.iter().zip(&other.runs).take_while(pairs).count();
        let rest = |runs: usize| runs.saturating_sub(same);
        let at_end = self.runs.iter().rev().zip(other.runs.iter().rev());
        let at_end = at_end
            .take(rest(self.runs.len().min(other.runs.len())))
            .take_while(pairs)
            .count();
        let unlike = |document: &Self| same..document.runs.len().saturating_sub(at_end);
        let own = unlike(self);
        if own.len() == 1
            && unlike(other).len() == 1
            && let (Some((run, text)), Some((other_run, other_text))) =
                (self.run_with_text(same), other.run_with_text(same))
        {
            let items = run.items_unlike(&text, other_run, &other_text);
            return run.each_name_of(items, &text, visit);
        }
        for index in own {
            if let Some((run, text)) = self.run_with_text(index) {
                run.each_name(&text, visit);
            }
        }
    }

    fn run_with_text(&self, index: usize) -> Option<(&Run, String)> {
        let before = self.runs.iter().take(index);
        let start = before.fold(0, |start: usize, run| start.saturating_add(run.length()));
        let run = self.runs.get(index)?;
        Some((run, self.slice(start..start.saturating_add(run.length()))))
    }

    /// Whether a template engine fills in whole lines of the file.
    #[must_use]
    pub fn has_template_markers(&self) -> bool {
        let mut runs = self.runs.iter();
        runs.any(|run| run.contents().has_template_markers)
    }

    /// Whether an item defines something of this kind.
    pub(crate) fn defines(&self, kind: ReferenceKind) -> bool {
        let mut runs = self.runs.iter();
        runs.any(|run| run.contents().defines.contains(kind))
    }

    /// What its lines that cannot be read may have been meant to say.
    pub(crate) fn gaps(&self) -> Gaps {
        let mut gaps = Gaps::default();
        for item in self.items_where(|contents| contents.has_gaps) {
            if let Some(own) = item.facts.rare().gaps.as_ref() {
                gaps.extend(own);
            }
        }
        gaps
    }

    /// The directives that stand in it.
    pub(crate) fn directives(&self) -> DirectiveSet {
        let mut directives = DirectiveSet::default();
        for run in &self.runs {
            directives.extend(&run.contents().directives);
        }
        directives
    }

    /// The item at a byte offset: where it starts, its text and its view.
    #[must_use]
    pub fn item_at(&self, offset: usize) -> Option<(usize, String, ItemView)> {
        let mut run_start: usize = 0;
        for run in &self.runs {
            let run_end = run_start.saturating_add(run.length());
            if offset < run_end || (offset == run_end && run_end == self.rope.len_bytes()) {
                let (range, view) = run.view_at(offset.saturating_sub(run_start))?;
                let start = run_start.saturating_add(range.start as usize);
                let end = run_start.saturating_add(range.end as usize);
                return Some((start, self.slice(start..end), view));
            }
            run_start = run_end;
        }
        None
    }

    /// Where the runs begin, in order.
    pub(crate) fn run_starts(&self) -> Vec<u32> {
        let starts = self.runs.iter().scan(0_usize, |start, run| {
            let begins = *start;
            *start = start.saturating_add(run.length());
            Some(TextRange::of(begins, begins).start)
        });
        starts.collect()
    }

    /// The ranges of the items that touch a range, given where the runs begin.
    pub(crate) fn items_touching(
        &self,
        wanted: TextRange,
        run_starts: &[u32],
    ) -> impl Iterator<Item = TextRange> {
        let first = run_starts.partition_point(|start| *start <= wanted.start);
        let runs = self.runs.iter().zip(run_starts.iter().copied());
        let runs = runs.skip(first.saturating_sub(1));
        let touched = runs.take_while(move |(_, start)| *start < wanted.end);
        touched.flat_map(move |(run, start)| {
            let inside = TextRange::new(
                wanted.start.saturating_sub(start),
                wanted.end.saturating_sub(start),
            );
            let items = run.items_touching(inside);
            items.map(move |item| item.shifted(start))
        })
    }

    /// All that is wrong in this file as far as it alone can tell, in order of position. Ranges are
    /// from the start of the file.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        let mut findings = diagnostics::settle(self);
        findings.extend(diagnostics::repetition::across_items(self));
        if let Some(at) = self.encoding.first_invalid {
            findings.push(diagnostics::invalid_encoding::finding(TextRange::of(
                at,
                self.next_character(at),
            )));
        }
        findings.sort_by_key(|finding| (finding.range, finding.rule.code));
        findings
    }

    fn next_character(&self, byte: usize) -> usize {
        let byte = byte.min(self.rope.len_bytes());
        let next = self
            .rope
            .byte_to_char(byte)
            .saturating_add(1)
            .min(self.rope.len_chars());
        self.rope.char_to_byte(next)
    }

    /// What `include` lines name: the range of the path in the file and the place of the line.
    pub fn includes(&self) -> impl Iterator<Item = (TextRange, Option<Place>)> + '_ {
        let with_includes = self.items_where(|contents| contents.has_includes);
        with_includes.flat_map(|item| {
            let by = TextRange::of(0, item.start).end;
            item.facts
                .rare()
                .includes
                .iter()
                .map(move |(range, place)| (range.shifted(by), *place))
        })
    }

    /// The comments that speak to this program, in order. Ranges are from the start of the file.
    pub fn remarks(&self) -> impl Iterator<Item = Remark> + '_ {
        let with_remarks = self.items_where(|contents| contents.has_remarks);
        with_remarks.flat_map(|item| {
            let by = TextRange::of(0, item.start).end;
            let remarks = item.facts.rare().remarks.iter();
            remarks.map(move |remark| remark.clone().shifted(by))
        })
    }

    /// A description of the runs' trees and items for tests that compare edited with fresh documents.
    #[must_use]
    pub fn shape(&self) -> String {
        use std::fmt::Write as _;
        let mut shape = String::new();
        for item in self.items() {
            if let Some((_, _, view)) = self.item_at(item.start) {
                let _ = writeln!(
                    shape,
                    "{}..{} {:?}\n  {:?}",
                    item.start, item.end, view, item.facts
                );
            }
        }
        shape
    }
}
