//! The lines of a region, and what each of them holds.

use std::ops::Range;

use super::FormatOptions;
use super::switch::switch;
use crate::catalog::{ReferenceKind, ValueKind};
use crate::document::Document;
use crate::meaning::{self, Judged, Location, Meaning};
use crate::syntax::{
    CommentForm, Directive, DirectiveForm, EntryKind, ItemView, Section, SectionEnd, SectionForm,
    Tag, looks_ahead,
};
use crate::text::TextRange;
use crate::value::{self, Context};

/// What becomes of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// It holds nothing.
    Blank,
    /// It stays as it is.
    Kept,
    /// Its indentation stays as it is.
    Floating,
    /// It is indented by so many levels.
    Indented(u32),
}

/// A line. Positions are from the start of the region.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) start: usize,
    /// Its first byte that is not blank.
    pub(super) text: usize,
    /// One past its last byte that is not blank.
    pub(super) content_end: usize,
    /// One past its last byte before the line break.
    pub(super) end: usize,
    /// Where the next line begins.
    pub(super) next: usize,
    pub(super) layout: Layout,
    /// Blanks between a name and its value.
    pub(super) value_gap: Option<Range<usize>>,
    /// Other blanks, and what they become, in order.
    other_gaps: Vec<(Range<usize>, &'static str)>,
    /// Where a comment behind something else begins.
    pub(super) comment: Option<usize>,
    /// Whether it holds items of a macro's list.
    pub(super) is_macro_list: bool,
    /// The section it stands in: lines of one section may be aligned.
    pub(super) section: usize,
    is_claimed: bool,
    is_shared: bool,
}

impl Line {
    /// The blanks between the parts of the line, in order, with what they become. `value_gap` is the
    /// number of blanks before the value.
    pub(super) fn gaps(&self, value_gap: Option<usize>) -> Vec<(usize, usize, String)> {
        if self.is_shared {
            return Vec::new();
        }
        let value = self.value_gap.iter().map(|gap| {
            let blanks = " ".repeat(value_gap.unwrap_or(1));
            (gap.start, gap.end, blanks)
        });
        let others = self
            .other_gaps
            .iter()
            .map(|(gap, text)| (gap.start, gap.end, (*text).to_owned()));
        let mut gaps: Vec<_> = value.chain(others).collect();
        gaps.sort_by_key(|(start, ..)| *start);
        gaps
    }

    /// Whether several things begin on it.
    pub(super) fn is_shared(&self) -> bool {
        self.is_shared
    }

    /// Whether its value can be aligned with those of its neighbours.
    pub(super) fn alignable(&self) -> Option<&Range<usize>> {
        let is_free = !self.is_shared && matches!(self.layout, Layout::Indented(_));
        self.value_gap.as_ref().filter(|_| is_free)
    }

    /// The blanks before its comment.
    pub(super) fn comment_gap(&self, lines: &Lines) -> Option<(usize, usize)> {
        let comment = self.comment?;
        let before = lines.slice(self.text, comment);
        let kept = before.trim_end_matches([' ', '\t']).len();
        let start = self.text.saturating_add(kept);
        (start < comment).then_some((start, comment))
    }

    /// Whether blanks at its end may belong to what it holds: behind a backslash, or in quotes that
    /// are not closed.
    pub(super) fn ends_openly(&self, lines: &Lines) -> bool {
        let text = lines.slice(self.text, self.content_end);
        let is_comment = self.comment.is_some() || text.starts_with('#');
        text.ends_with('\\') || (!is_comment && text.matches('"').count() % 2 == 1)
    }
}

/// The lines of a region.
#[derive(Debug)]
pub(super) struct Lines {
    /// The text of the region.
    pub(super) all: String,
    pub(super) lines: Vec<Line>,
}

impl Lines {
    /// Reads a region: whole items.
    pub(super) fn read(document: &Document, region: TextRange, options: &FormatOptions) -> Self {
        let all = document.slice(region.as_usize());
        let lines = split(&all);
        let mut reader = Reader {
            lines: Self { all, lines },
            options,
            top: document.top(),
            switches: Vec::new(),
            items: Vec::new(),
        };
        document.for_each_view(region, |start, text, view| {
            if start >= region.start && start < region.end {
                reader.item(start.saturating_sub(region.start), text, view);
            }
        });
        reader.finish(is_on_before(document, region.start))
    }

    /// A stretch of the text.
    pub(super) fn slice(&self, start: usize, end: usize) -> &str {
        self.all.get(start..end).unwrap_or_default()
    }

    fn index_at(&self, byte: usize) -> usize {
        self.lines
            .partition_point(|line| line.start <= byte)
            .saturating_sub(1)
    }
}

/// Whether formatting is on where a region begins.
fn is_on_before(document: &Document, start: u32) -> bool {
    let switching = document.items_where(|contents| contents.switches_format);
    switching
        .take_while(|item| item.start < start as usize)
        .filter_map(|item| item.facts.rare().format_switch)
        .last()
        .unwrap_or(true)
}

/// Cuts a text into lines.
fn split(text: &str) -> Vec<Line> {
    let bytes = text.as_bytes();
    let is_blank = |at: usize| matches!(bytes.get(at), Some(b' ' | b'\t'));
    let mut lines = Vec::new();
    let mut start = 0;
    while start < bytes.len() {
        let rest = bytes.get(start..).unwrap_or_default();
        let length = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
        let end = start.saturating_add(length.unwrap_or(rest.len()));
        let next = match (bytes.get(end), bytes.get(end.saturating_add(1))) {
            (None, _) => end,
            (Some(b'\r'), Some(b'\n')) => end.saturating_add(2),
            _ => end.saturating_add(1),
        };
        let first = (start..end).find(|at| !is_blank(*at)).unwrap_or(end);
        let last = (first..end).rev().find(|at| !is_blank(*at));
        lines.push(Line {
            start,
            text: first,
            content_end: last.map_or(first, |last| last.saturating_add(1)),
            end,
            next,
            layout: if first == end {
                Layout::Blank
            } else {
                Layout::Kept
            },
            value_gap: None,
            other_gaps: Vec::new(),
            comment: None,
            is_macro_list: false,
            section: 0,
            is_claimed: false,
            is_shared: false,
        });
        start = next;
    }
    lines
}

/// An item as far as the items around it are concerned.
struct ItemLines {
    first: usize,
    last: usize,
    /// Whether an end stands in it that closes nothing.
    has_stray_end: bool,
}

struct Reader<'a> {
    lines: Lines,
    options: &'a FormatOptions,
    top: Location,
    /// Lines that turn formatting on or off.
    switches: Vec<(usize, bool)>,
    items: Vec<ItemLines>,
}

/// An item that is being read.
struct Item<'a> {
    /// Where it begins in the region.
    start: usize,
    text: &'a str,
    view: &'a ItemView,
    /// What its constructs are, once that was asked for.
    judged: Option<Vec<Judged>>,
}

impl Item<'_> {
    fn at(&self, position: u32) -> usize {
        self.start.saturating_add(position as usize)
    }
}

impl Reader<'_> {
    fn item(&mut self, start: u32, text: &str, view: &ItemView) {
        let mut item = Item {
            start: start as usize,
            text,
            view,
            judged: None,
        };
        let mut depths: Vec<Option<u32>> = Vec::with_capacity(view.entries.len());
        let mut kept_until = 0;
        let mut has_stray_end = false;
        for (index, entry) in view.indexed() {
            let depth = match entry.parent {
                None => Some(0),
                Some(parent) => inner_depth(view, &depths, parent),
            };
            depths.push(depth);
            if index < kept_until {
                continue;
            }
            let section = entry.parent.map_or(usize::MAX, |parent| {
                item.start.saturating_add(parent as usize)
            });
            match &entry.kind {
                EntryKind::Section(found) if found.form == SectionForm::Indentation => {
                    self.keep(&item, entry.range);
                    kept_until = found.last;
                    let mut inside = view.children(Some(index));
                    if inside.all(|(_, inner)| matches!(inner.kind, EntryKind::Comment(_))) {
                        self.keep_line_behind(&item, entry.range);
                    }
                }
                EntryKind::Section(found) => self.section(&item, found, depth, section),
                EntryKind::Directive(directive) => {
                    self.directive(&mut item, index, directive, depth, section);
                }
                EntryKind::Comment(CommentForm::Hash) => {
                    self.comment(&item, entry.range, depth, section);
                }
                EntryKind::Comment(_) => {
                    self.claim(&item, entry.range.start, depth, section);
                    if self.lines_of(&item, entry.range).len() > 1 {
                        self.keep(&item, entry.range);
                    }
                }
                EntryKind::StrayEnd(_) => {
                    has_stray_end |= entry.parent.is_none();
                    self.keep(&item, entry.range);
                }
                EntryKind::EmptyTag(_)
                | EntryKind::TemplateMarker
                | EntryKind::Debris
                | EntryKind::Opaque => self.keep(&item, entry.range),
            }
        }
        let end = item.start.saturating_add(text.len());
        self.items.push(ItemLines {
            first: self.lines.index_at(item.start),
            last: self.lines.index_at(end.saturating_sub(1)),
            has_stray_end,
        });
    }

    /// Indexes of the lines that a range touches.
    fn lines_of(&self, item: &Item<'_>, range: TextRange) -> Range<usize> {
        let last = range.end.saturating_sub(1).max(range.start);
        let first = self.lines.index_at(item.at(range.start));
        first..self.lines.index_at(item.at(last)).saturating_add(1)
    }

    /// Leaves all lines of a range as they are.
    fn keep(&mut self, item: &Item<'_>, range: TextRange) {
        let touched = self.lines_of(item, range);
        for line in self.lines.lines.get_mut(touched).unwrap_or_default() {
            line.layout = Layout::Kept;
            line.is_claimed = true;
        }
    }

    /// Leaves the next line behind a range that holds something as it is: that it stands deeper makes
    /// the line above a section.
    fn keep_line_behind(&mut self, item: &Item<'_>, range: TextRange) {
        let behind = self.lines_of(item, range).end;
        let lines = self.lines.lines.get(behind..).unwrap_or_default();
        let next = lines.iter().position(|line| {
            let is_comment = self.lines.slice(line.text, line.end).starts_with('#');
            line.layout != Layout::Blank && !is_comment
        });
        let next = next.and_then(|next| self.lines.lines.get_mut(behind.saturating_add(next)));
        if let Some(line) = next {
            line.layout = Layout::Kept;
            line.is_claimed = true;
        }
    }

    /// Notes that something begins at a position: if it is the first on its line, the line is
    /// indented for it. Gives the line if the thing may have it for itself.
    fn claim(
        &mut self,
        item: &Item<'_>,
        position: u32,
        depth: Option<u32>,
        section: usize,
    ) -> Option<usize> {
        let at = item.at(position);
        let index = self.lines.index_at(at);
        let line = self.lines.lines.get_mut(index)?;
        if line.is_claimed || line.text != at {
            line.is_shared = true;
            return None;
        }
        line.is_claimed = true;
        line.layout = depth.map_or(Layout::Floating, Layout::Indented);
        line.section = section;
        Some(index)
    }

    fn comment(&mut self, item: &Item<'_>, range: TextRange, depth: Option<u32>, section: usize) {
        let at = item.at(range.start);
        let index = self.lines.index_at(at);
        if let Some(on) = switch(range.slice(item.text)) {
            self.switches.push((index, on));
        }
        let Some(line) = self.lines.lines.get_mut(index) else {
            return;
        };
        if line.text == at {
            self.claim(item, range.start, depth, section);
        } else {
            line.comment = Some(at);
        }
    }

    fn section(&mut self, item: &Item<'_>, section: &Section, depth: Option<u32>, around: usize) {
        let open = &section.open;
        if self.lines_of(item, open.range).len() > 1 {
            self.keep(item, open.range);
        } else if let Some(line) = self.claim(item, open.range.start, depth, around) {
            for (gap, text) in tag_gaps(item.text, open) {
                self.gap(item, line, gap, text);
            }
        }
        let SectionEnd::Closed(range, name) = section.end else {
            return;
        };
        if self.lines_of(item, range).len() > 1 {
            self.keep(item, range);
        } else if let Some(line) = self.claim(item, range.start, depth, around)
            && section.form == SectionForm::Tag
            && range.slice(item.text).ends_with('>')
        {
            let gap = TextRange::new(name.end, range.end.saturating_sub(1));
            self.gap(item, line, gap, "");
        }
    }

    fn directive(
        &mut self,
        item: &mut Item<'_>,
        index: u32,
        directive: &Directive,
        depth: Option<u32>,
        section: usize,
    ) {
        let range = directive.range();
        let touched = self.lines_of(item, range);
        let line = self.claim(item, range.start, depth, section);
        self.continuation(item, directive, touched.clone(), depth);
        let Some(line) = line else { return };
        let is_genuine = matches!(
            directive.form,
            DirectiveForm::Plain | DirectiveForm::Pattern
        );
        if !is_genuine {
            return;
        }
        let gap = TextRange::new(directive.name.end, directive.value.start);
        if directive.form == DirectiveForm::Pattern {
            self.gap(item, line, gap, " ");
        } else if is_blanks(gap.slice(item.text))
            && let Some(line) = self.lines.lines.get_mut(line)
        {
            line.value_gap = Some(item.at(gap.start)..item.at(gap.end));
        }
        self.value(item, index, directive, line);
        let is_macro = self.options.wrap_macros && defines_macro(item, self.top, index);
        for line in self.lines.lines.get_mut(touched).unwrap_or_default() {
            line.is_macro_list = is_macro;
        }
    }

    /// The lines in which a value goes on.
    fn continuation(
        &mut self,
        item: &Item<'_>,
        directive: &Directive,
        touched: Range<usize>,
        depth: Option<u32>,
    ) {
        if touched.len() < 2 {
            return;
        }
        let is_undocumented = directive
            .continued_at
            .iter()
            .any(|at| at.slice(item.text).starts_with('\\'));
        let rest = touched.start.saturating_add(1)..touched.end;
        for line in self.lines.lines.get_mut(rest).unwrap_or_default() {
            let is_open = line.layout != Layout::Blank && !is_undocumented;
            line.layout = match depth.filter(|_| is_open) {
                Some(depth) => Layout::Indented(depth.saturating_add(1)),
                None => Layout::Kept,
            };
            line.is_claimed = true;
        }
    }

    /// The blanks between the parts of a value that is understood.
    fn value(&mut self, item: &mut Item<'_>, index: u32, directive: &Directive, line: usize) {
        let text = directive.value.slice(item.text);
        let has_gaps = text.contains("  ") || text.contains('\t');
        if self.options.align_values || !has_gaps || text.contains(['\n', '\r']) {
            return;
        }
        let Some(Meaning::Directive(entry)) = judged(item, self.top, index) else {
            return;
        };
        let context = Context {
            cut_by_comment: directive.cut_by_comment,
        };
        let parsed = value::parse(&entry.value, text, context);
        if !parsed.problems.is_empty() || !parsed.rest.is_empty() {
            return;
        }
        for pair in parsed.pieces.windows(2) {
            let [one, other] = pair else { continue };
            let between = TextRange::new(one.outer.end, other.outer.start);
            let is_part = one.outer.end <= other.outer.start;
            let separator = between.slice(text);
            let signs = separator.trim_end_matches([' ', '\t']).len();
            let is_list = matches!(separator.get(..signs), Some("," | ";"));
            if is_part && (signs == 0 || is_list) {
                let start = between.start.saturating_add(TextRange::of(0, signs).end);
                let gap = TextRange::new(start, between.end).shifted(directive.value.start);
                self.gap(item, line, gap, " ");
            }
        }
    }

    /// Notes that blanks become something else.
    fn gap(&mut self, item: &Item<'_>, line: usize, gap: TextRange, text: &'static str) {
        if !is_blanks(gap.slice(item.text)) {
            return;
        }
        let range = item.at(gap.start)..item.at(gap.end);
        if let Some(line) = self.lines.lines.get_mut(line) {
            line.other_gaps.push((range, text));
        }
    }

    fn finish(mut self, is_on: bool) -> Lines {
        self.float_before_stray_ends();
        self.keep_switched_off(is_on);
        self.keep_behind_backslashes();
        self.keep_before_kept();
        self.lines
    }

    /// Where an end closes nothing, the start of a section was lost: the indented lines before it
    /// stood in that section.
    fn float_before_stray_ends(&mut self) {
        let mut is_doubtful = false;
        for item in self.items.iter().rev() {
            is_doubtful |= item.has_stray_end;
            if !is_doubtful {
                continue;
            }
            let lines = self.lines.lines.get_mut(item.first..=item.last);
            let lines = lines.unwrap_or_default();
            let first = lines.iter().find(|line| line.layout != Layout::Blank);
            let is_indented = first.is_some_and(|line| line.text > line.start);
            if !is_indented && !item.has_stray_end {
                is_doubtful = false;
                continue;
            }
            for line in lines {
                if let Layout::Indented(_) = line.layout {
                    line.layout = Layout::Floating;
                }
            }
        }
    }

    /// Keeps the lines between `format off` and `format on`.
    fn keep_switched_off(&mut self, is_on: bool) {
        let mut is_on = is_on;
        let mut from = 0;
        let end = self.lines.lines.len();
        let switches = std::mem::take(&mut self.switches);
        for (index, on) in switches.into_iter().chain([(end, true)]) {
            if !is_on {
                let off = self.lines.lines.get_mut(from..index);
                for line in off.unwrap_or_default() {
                    line.layout = Layout::Kept;
                }
            }
            is_on = on;
            from = index.saturating_add(1);
        }
    }

    /// Keeps lines behind a backslash that is to join them with the line before: whether they begin with a
    /// directive of their own may be told by their indentation only.
    fn keep_behind_backslashes(&mut self) {
        let mut is_joined = false;
        for index in 0..self.lines.lines.len() {
            let Some(line) = self.lines.lines.get(index) else {
                continue;
            };
            let text = self.lines.slice(line.text, line.content_end);
            let joins_next = text.ends_with('\\') && !text.starts_with('#');
            if is_joined
                && let Some(line) = self.lines.lines.get_mut(index)
                && line.layout != Layout::Blank
            {
                line.layout = Layout::Kept;
            }
            is_joined = joins_next;
        }
    }

    /// A line that reads as a block if the next one is indented deeper is not moved if that one is
    /// not.
    fn keep_before_kept(&mut self) {
        let mut is_next_kept = false;
        for index in (0..self.lines.lines.len()).rev() {
            let Some(line) = self.lines.lines.get(index) else {
                continue;
            };
            let text = self.lines.slice(line.text, line.content_end);
            if line.layout == Layout::Blank || text.starts_with('#') {
                continue;
            }
            let name = text.split([' ', '\t']).next().unwrap_or_default();
            let is_doubtful = is_next_kept && looks_ahead(name);
            is_next_kept = !matches!(line.layout, Layout::Indented(_));
            if let Some(line) = self.lines.lines.get_mut(index).filter(|_| is_doubtful)
                && line.layout == Layout::Indented(0)
            {
                line.layout = Layout::Floating;
                is_next_kept = true;
            }
        }
    }
}

/// How deep the body of a section is; none: nobody knows where it ends.
fn inner_depth(view: &ItemView, depths: &[Option<u32>], section: u32) -> Option<u32> {
    let depth = depths.get(section as usize).copied().flatten()?;
    match &view.entry(section)?.kind {
        EntryKind::Section(section) if section.end != SectionEnd::Missing => {
            Some(depth.saturating_add(1))
        }
        _ => None,
    }
}

fn is_blanks(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| matches!(byte, b' ' | b'\t'))
}

/// The blanks in an opening tag, and what they become.
fn tag_gaps(text: &str, tag: &Tag) -> Vec<(TextRange, &'static str)> {
    let is_plain = tag.is_closed
        && !tag.is_entity
        && !tag.argument_behind
        && tag.attributes.is_empty()
        && tag.range.slice(text).ends_with('>');
    if !is_plain {
        return Vec::new();
    }
    let end = tag.range.end.saturating_sub(1);
    match tag.argument {
        Some(argument) => vec![
            (TextRange::new(tag.name.end, argument.start), " "),
            (TextRange::new(argument.end, end), ""),
        ],
        None => vec![(TextRange::new(tag.name.end, end), "")],
    }
}

/// What a construct of an item is.
fn judged(item: &mut Item<'_>, top: Location, index: u32) -> Option<Meaning> {
    let judged = item
        .judged
        .get_or_insert_with(|| meaning::judge(item.text, item.view, top));
    judged.get(index as usize).map(|judged| judged.meaning)
}

/// Whether a directive defines a macro by a list.
fn defines_macro(item: &mut Item<'_>, top: Location, index: u32) -> bool {
    let Some(Meaning::Directive(entry)) = judged(item, top, index) else {
        return false;
    };
    let ends_in_list = match entry.value.kind {
        ValueKind::Composite(parts) => parts
            .last()
            .is_some_and(|part| matches!(part.value.kind, ValueKind::List { .. })),
        _ => false,
    };
    ends_in_list && entry.defines == Some(ReferenceKind::DomainMacro)
}
