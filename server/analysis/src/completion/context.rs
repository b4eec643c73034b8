//! Where the cursor stands: in a name, a tag, a value, a comment; in which section, and what is set
//! there already.

use rustc_hash::FxHashSet;

use super::Config;
use crate::catalog::{self, Place};
use crate::document::{Document, TopLevel, first_view};
use crate::meaning::{self, Judged, Location, Meaning, catalog_name};
use crate::outline;
use crate::syntax::{
    CommentForm, Directive, DirectiveForm, Entry, EntryKind, ItemView, Section, SectionEnd,
    SectionForm, normalise,
};
use crate::text::TextRange;
use crate::workspace::{FilePosition, Workspace};

/// Most lines at the top level in which settings are looked for: those of the server stand there at the
/// beginning.
const MOST_LINES: usize = 4_000;

/// What is put behind a blank at the cursor: only a name with something behind it is a directive on a
/// line that lost its line breaks.
const MARK: &str = "0";

/// A list that this directive holds goes on in the next line after a comma.
const CONTINUED: &str = "domain-macro";

/// What the cursor stands in. Positions are from the start of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Context {
    /// Nothing that can be completed.
    Nothing,
    /// A comment; behind its sign.
    Comment { start: usize },
    /// The first word of a line.
    Name { start: usize },
    /// The name in an opening tag; at its bracket.
    TagName { start: usize },
    /// What follows the name in an opening tag.
    Argument {
        tag: String,
        bracket: usize,
        start: usize,
    },
    /// Directly behind an opening tag.
    BehindTag { name: String },
    /// An end tag; at its bracket.
    EndTag { start: usize },
    /// The value of a directive.
    Value { directive: Valued, start: usize },
}

impl Context {
    /// The bracket of a tag that is not complete.
    fn bracket(&self) -> Option<usize> {
        match self {
            Self::TagName { start } | Self::EndTag { start } => Some(*start),
            Self::Argument { bracket, .. } => Some(*bracket),
            _ => None,
        }
    }
}

/// A directive that has a value.
#[derive(Clone, Copy, Debug)]
pub(super) enum Valued {
    /// It is known.
    Known(&'static catalog::Directive),
    /// The web invented it.
    Folklore(&'static catalog::FolkloreDirective),
}

impl PartialEq for Valued {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Known(one), Self::Known(other)) => std::ptr::eq(*one, *other),
            (Self::Folklore(one), Self::Folklore(other)) => std::ptr::eq(*one, *other),
            _ => false,
        }
    }
}

impl Eq for Valued {}

/// The cursor with its surroundings.
pub(super) struct Site<'a> {
    pub(super) workspace: &'a Workspace,
    pub(super) at: FilePosition,
    pub(super) config: Config<'a>,
    /// The cursor, at the border of a character and not inside a line break.
    pub(super) cursor: usize,
    /// What stands before it, from `start` on: its line, and lines that it continues.
    pub(super) before: String,
    pub(super) start: usize,
    /// Where its line begins.
    pub(super) line_start: usize,
    /// What follows it on its line.
    pub(super) after: String,
    pub(super) context: Context,
    /// The places in which the line stands; empty: not known.
    pub(super) places: Vec<Place>,
    /// Name of the innermost open section.
    pub(super) section: Option<String>,
    /// The directives and `<sections>` that stand beside the cursor, in lower case.
    pub(super) set: FxHashSet<String>,
    /// Whether other things stand before the cursor's construct on its line.
    is_flat: bool,
    /// Whether the opening tag on the cursor's line has its end tag.
    pub(super) is_ended: bool,
}

impl<'a> Site<'a> {
    pub(super) fn at(
        workspace: &'a Workspace,
        at: FilePosition,
        config: Config<'a>,
    ) -> Option<Self> {
        let document = workspace.document(at.file)?;
        let line = Line::around(document, at.offset);
        let surroundings = Surroundings::of(document, &line);
        let start = surroundings.line_start(&line);
        let before = document.slice(start..line.cursor);
        let local = Local::read(&surroundings, &before, document.places());
        let (context, is_flat) = if surroundings.is_comment {
            (Context::Nothing, false)
        } else {
            local.context(start)
        };
        // A tag that is not complete may seem to end what is around it.
        let local = match context.bracket() {
            Some(bracket) => {
                let before = before
                    .get(..bracket.saturating_sub(start))
                    .unwrap_or_default();
                Local::read(&surroundings, before, document.places())
            }
            None => local,
        };
        let mut site = Self {
            workspace,
            at,
            config,
            cursor: line.cursor,
            before,
            start,
            line_start: line.start,
            after: line.after,
            context,
            places: local.places(document.places()),
            section: local.innermost().map(|(_, section)| local.name(section)),
            set: FxHashSet::default(),
            is_flat,
            is_ended: surroundings.has_end(line.start, line.cursor),
        };
        let wants_set = matches!(
            site.context,
            Context::Name { .. } | Context::TagName { .. } | Context::Value { .. }
        );
        if wants_set {
            site.set = local.names_set(&surroundings, document, site.cursor);
        }
        Some(site)
    }

    /// What is written from a position up to the cursor.
    pub(super) fn typed(&self, from: usize) -> &str {
        self.before
            .get(from.saturating_sub(self.start)..)
            .unwrap_or_default()
    }

    /// What follows the cursor up to one of these signs, a blank or the end of the line.
    pub(super) fn word_behind(&self, signs: &[char]) -> usize {
        let length = self
            .after
            .find(|sign: char| sign.is_whitespace() || signs.contains(&sign));
        self.cursor
            .saturating_add(length.unwrap_or(self.after.len()))
    }

    /// Where a name may begin behind a value that is complete, on a line that lost its line breaks.
    pub(super) fn next_name(&self, value: usize) -> Option<usize> {
        let typed = self.typed(value);
        let word = typed.rsplit([' ', '\t']).next().unwrap_or_default();
        let is_behind = typed.len() > word.len();
        (self.is_flat && is_behind).then(|| self.cursor.saturating_sub(word.len()))
    }
}

/// The line of the cursor.
struct Line {
    start: usize,
    cursor: usize,
    after: String,
}

impl Line {
    fn around(document: &Document, offset: usize) -> Self {
        let rope = document.rope();
        let offset = rope.char_to_byte(rope.byte_to_char(offset.min(rope.len_bytes())));
        let line = rope.byte_to_line(offset);
        let start = rope.line_to_byte(line);
        let text = rope.get_line(line).map(String::from).unwrap_or_default();
        let length = text.trim_end_matches(['\r', '\n']).len();
        let cursor = offset.min(start.saturating_add(length));
        let after = text
            .get(cursor.saturating_sub(start)..length)
            .unwrap_or_default()
            .to_owned();
        Self {
            start,
            cursor,
            after,
        }
    }
}

/// The item around the cursor's line, and which of its sections are open where that begins.
struct Surroundings {
    item_start: usize,
    text: String,
    view: ItemView,
    open: Vec<u32>,
    /// The cursor stands in a comment of several lines.
    is_comment: bool,
    /// The end of the view of the item in which the cursor's line stands, if that is another one.
    own: Option<(usize, ItemView)>,
}

impl Surroundings {
    fn of(document: &Document, line: &Line) -> Self {
        let before = last_sign_before(document, line.start);
        let item = before.and_then(|at| document.item_at(at));
        let own = document.item_at(line.cursor);
        let own = own.filter(|(start, ..)| item.as_ref().is_none_or(|(other, ..)| other != start));
        let (item_start, text, view) = item.unwrap_or_default();
        let own = own.map(|(start, _, view)| (start, view));
        let at = TextRange::of(line.start.saturating_sub(item_start), 0).start;
        let column = |offset: u32| {
            let before = text.get(..offset as usize).unwrap_or_default();
            let line = before.rsplit(['\n', '\r']).next().unwrap_or_default();
            line.len()
        };
        let slice = document.slice(line.start..line.cursor);
        let indent = slice.len().saturating_sub(slice.trim_start().len());
        let mut open: Vec<u32> = Vec::new();
        for (index, entry) in view.indexed() {
            let EntryKind::Section(section) = &entry.kind else {
                continue;
            };
            if section.open.range.end > at || !open_around(&view, &open, entry) {
                continue;
            }
            let is_open = match section.end {
                SectionEnd::Closed(end, _) => at <= end.start,
                SectionEnd::Missing if section.form == SectionForm::Indentation => {
                    at < entry.range.end || indent > column(section.open.range.start)
                }
                SectionEnd::Missing => view
                    .entry(section.last)
                    .is_none_or(|next| at <= next.range.start),
            };
            if is_open && before.is_some() {
                open.push(index);
            }
        }
        let is_comment = [
            Some((item_start, &view)),
            own.as_ref().map(|(start, view)| (*start, view)),
        ]
        .into_iter()
        .flatten()
        .any(|(start, view)| is_in_long_comment(view, start, line));
        Self {
            item_start,
            text,
            view,
            open,
            is_comment,
            own,
        }
    }

    /// Where what stands on the line begins: the line, or the directive that it continues.
    fn line_start(&self, line: &Line) -> usize {
        let at = TextRange::of(line.start.saturating_sub(self.item_start), 0).start;
        let directives = self
            .view
            .entries
            .iter()
            .rev()
            .filter_map(|entry| match &entry.kind {
                EntryKind::Directive(directive) => Some(directive),
                _ => None,
            });
        let before = directives
            .into_iter()
            .find(|directive| directive.name.start < at);
        let Some(directive) = before else {
            return line.start;
        };
        let goes_on = directive.value.end >= at && !directive.value.is_empty();
        let goes_on = goes_on || self.list_goes_on(directive, at);
        if goes_on {
            self.item_start
                .saturating_add(directive.name.start as usize)
        } else {
            line.start
        }
    }

    /// Whether a list of macros goes on in a line on which nothing stands yet.
    fn list_goes_on(&self, directive: &Directive, at: u32) -> bool {
        let value = directive.value.slice(&self.text);
        let between = TextRange::new(directive.value.end, at).slice(&self.text);
        let is_next = between.matches('\n').count() == 1 && between.trim().is_empty();
        let is_open = value.ends_with(',') || !value.contains([' ', '\t']);
        normalise(directive.name.slice(&self.text)) == CONTINUED && is_next && is_open
    }

    /// Whether the section whose opening tag touches the cursor has an end.
    fn has_end(&self, line_start: usize, cursor: usize) -> bool {
        let views = [
            Some((self.item_start, &self.view)),
            self.own.as_ref().map(|(start, view)| (*start, view)),
        ];
        views.into_iter().flatten().any(|(start, view)| {
            let by = TextRange::of(start, start).start;
            let at = TextRange::of(cursor, cursor).start;
            view.entries.iter().any(|entry| match &entry.kind {
                EntryKind::Section(section) => {
                    let tag = section.open.range.shifted(by);
                    tag.touches(at)
                        && tag.start as usize >= line_start
                        && section.end != SectionEnd::Missing
                }
                _ => false,
            })
        })
    }
}

fn open_around(view: &ItemView, open: &[u32], entry: &Entry) -> bool {
    view.ancestors(entry)
        .all(|(index, _)| open.contains(&index))
}

fn is_in_long_comment(view: &ItemView, start: usize, line: &Line) -> bool {
    let by = TextRange::of(start, start).start;
    view.entries.iter().any(|entry| {
        let range = entry.range.shifted(by).as_usize();
        entry.kind == EntryKind::Comment(CommentForm::Xml)
            && range.start < line.start
            && line.cursor < range.end
    })
}

/// The last sign before a position that is no blank.
fn last_sign_before(document: &Document, at: usize) -> Option<usize> {
    let rope = document.rope();
    let mut position = rope.byte_to_char(at);
    let mut signs = rope.chars_at(position);
    while let Some(sign) = signs.prev() {
        position = position.saturating_sub(1);
        if !sign.is_whitespace() {
            return Some(rope.char_to_byte(position));
        }
    }
    None
}

/// The line up to the cursor, read inside the names of the sections around it.
struct Local {
    text: String,
    view: ItemView,
    judged: Vec<Judged>,
    /// Where the line begins in `text`.
    floor: u32,
    /// Where the cursor is in `text`.
    end: u32,
}

impl Local {
    fn read(surroundings: &Surroundings, before: &str, places: &[Place]) -> Self {
        let mut text = String::new();
        for index in &surroundings.open {
            if let Some(Entry {
                kind: EntryKind::Section(section),
                ..
            }) = surroundings.view.entry(*index)
            {
                text.push_str(&format!(
                    "<{}>\n",
                    section.open.name.slice(&surroundings.text)
                ));
            }
        }
        let floor = TextRange::of(text.len(), 0).start;
        text.push_str(before);
        let end = TextRange::of(text.len(), 0).start;
        if before.ends_with([' ', '\t']) {
            text.push_str(MARK);
        }
        let view = first_view(&text);
        let top = places
            .first()
            .map_or(Location::Unknown, |place| Location::In(*place));
        let judged = meaning::judge(&text, &view, top);
        Self {
            text,
            view,
            judged,
            floor,
            end,
        }
    }

    /// The innermost section that is open at the cursor, with its depth.
    fn innermost(&self) -> Option<(u32, &Section)> {
        let is_open = |section: &Section| {
            section.end == SectionEnd::Missing
                && section.open.is_closed
                && section.last as usize >= self.view.entries.len()
        };
        let open = self
            .view
            .indexed()
            .filter_map(|(index, entry)| match &entry.kind {
                EntryKind::Section(section) if is_open(section) => {
                    let mut around = self.view.ancestors(entry);
                    around
                        .all(|(_, outer)| is_open(outer))
                        .then_some((index, section))
                }
                _ => None,
            });
        open.last()
    }

    fn name(&self, section: &Section) -> String {
        normalise(section.open.name.slice(&self.text)).into_owned()
    }

    /// The places of what stands at the cursor.
    fn places(&self, top: &[Place]) -> Vec<Place> {
        let Some((index, section)) = self.innermost() else {
            return top.to_vec();
        };
        let judged = self.judged.get(index as usize);
        match judged {
            Some(Judged {
                meaning: Meaning::Wrapper,
                ..
            }) if self
                .view
                .entry(index)
                .is_some_and(|entry| entry.parent.is_none()) =>
            {
                top.to_vec()
            }
            // A rule's own list has no name: the tag alone tells what it is.
            Some(judged) => judged.inside.place().into_iter().collect(),
            None => Place::named(&self.name(section)).into_iter().collect(),
        }
    }

    /// What the cursor stands in, and whether something else stands before that on the line.
    fn context(&self, start: usize) -> (Context, bool) {
        let own = |entry: &&Entry| (self.floor..self.end).contains(&entry.range.start);
        let is_flat = self.view.entries.iter().filter(own).count() > 1;
        let last = self.view.entries.iter().rfind(own);
        (self.context_of(last, start), is_flat)
    }

    fn context_of(&self, last: Option<&Entry>, start: usize) -> Context {
        let end = self.end;
        let in_file = |at: u32| start.saturating_add(at.saturating_sub(self.floor) as usize);
        let Some(entry) = last else {
            return self.tag_context(start).unwrap_or(Context::Name {
                start: in_file(end),
            });
        };
        if let EntryKind::Comment(form) = &entry.kind {
            let text = entry.range.slice(&self.text);
            return match form {
                CommentForm::Hash => Context::Comment {
                    start: in_file(entry.range.start).saturating_add(1),
                },
                CommentForm::Xml if text.ends_with("-->") => {
                    self.tag_context(start).unwrap_or(Context::Name {
                        start: in_file(end),
                    })
                }
                _ => Context::Nothing,
            };
        }
        if let Some(context) = self.tag_context(start) {
            let in_value = matches!(&entry.kind, EntryKind::Directive(directive) if directive.value.end >= end);
            if !in_value || matches!(context, Context::EndTag { .. }) {
                return context;
            }
        }
        match &entry.kind {
            EntryKind::Directive(directive) => self.directive_context(entry, directive, start),
            EntryKind::Section(section) => {
                if section.open.range.end == end && section.form == SectionForm::Tag {
                    return Context::BehindTag {
                        name: section.open.name.slice(&self.text).to_owned(),
                    };
                }
                Context::Name {
                    start: in_file(end),
                }
            }
            EntryKind::StrayEnd(_) | EntryKind::EmptyTag(_) => Context::Name {
                start: in_file(end),
            },
            _ => Context::Nothing,
        }
    }

    fn directive_context(&self, entry: &Entry, directive: &Directive, start: usize) -> Context {
        let end = self.end;
        let in_file = |at: u32| start.saturating_add(at.saturating_sub(self.floor) as usize);
        let name = directive.name.slice(&self.text);
        let is_pattern = directive.form == DirectiveForm::Pattern;
        if directive.name.end == end && directive.value.is_empty() {
            return if is_pattern {
                Context::Nothing
            } else {
                Context::Name {
                    start: in_file(directive.name.start),
                }
            };
        }
        if is_pattern && (name.len() < 2 || !name.ends_with('/')) {
            return Context::Nothing;
        }
        let index = self
            .view
            .entries
            .iter()
            .position(|other| std::ptr::eq(other, entry));
        let judged = index.and_then(|index| self.judged.get(index));
        let directive_of = match judged.map(|judged| judged.meaning) {
            Some(Meaning::Directive(known)) => Valued::Known(known),
            Some(Meaning::SomewhereValid([known, ..]) | Meaning::Misplaced([known, ..])) => {
                Valued::Known(known)
            }
            Some(Meaning::Folklore(folklore)) => Valued::Folklore(folklore),
            _ => return Context::Nothing,
        };
        let value = if directive.value.is_empty() {
            end
        } else {
            directive.value.start.min(end)
        };
        Context::Value {
            directive: directive_of,
            start: in_file(value),
        }
    }

    /// What the cursor stands in, if it is a tag that is still open.
    fn tag_context(&self, start: usize) -> Option<Context> {
        let line = self.text.get(self.floor as usize..self.end as usize)?;
        let bracket = line.rfind('<')?;
        let inside = line.get(bracket.saturating_add(1)..)?;
        let before = line.get(..bracket)?;
        if inside.contains('>') || !(before.is_empty() || before.ends_with([' ', '\t', '>'])) {
            return None;
        }
        let start = start.saturating_add(bracket);
        let is_name = |text: &str| {
            text.chars()
                .all(|it| it.is_alphanumeric() || matches!(it, '-' | '_'))
        };
        if let Some(name) = inside.strip_prefix('/') {
            return is_name(name.trim_start()).then_some(Context::EndTag { start });
        }
        let (name, argument) = match inside.split_once([' ', '\t']) {
            Some((name, argument)) => (name, Some(argument)),
            None => (inside, None),
        };
        if !is_name(name) || (name.is_empty() && argument.is_some()) {
            return Some(Context::Nothing);
        }
        Some(match argument {
            None => Context::TagName { start },
            Some(argument) => {
                let blanks = argument.len().saturating_sub(argument.trim_start().len());
                let skipped = name.len().saturating_add(blanks).saturating_add(2);
                Context::Argument {
                    tag: name.to_owned(),
                    bracket: start,
                    start: start.saturating_add(skipped),
                }
            }
        })
    }

    /// The names of what stands beside the cursor.
    fn names_set(
        &self,
        surroundings: &Surroundings,
        document: &Document,
        cursor: usize,
    ) -> FxHashSet<String> {
        let mut set = FxHashSet::default();
        let innermost = self.innermost();
        let parent = innermost.map(|(index, _)| index);
        let end = self.end;
        collect(&self.text, &self.view, parent, end, &mut set);
        let depth = parent.map(|index| index as usize);
        match depth {
            Some(depth) if depth < surroundings.open.len() => {
                let by = surroundings.item_start;
                let at = TextRange::of(cursor.saturating_sub(by), 0).start;
                let parent = surroundings.open.get(depth).copied();
                collect(&surroundings.text, &surroundings.view, parent, at, &mut set);
            }
            Some(_) => {}
            None => collect_top(document, cursor, &mut set),
        }
        set
    }
}

/// The names of what stands directly in a section, without what touches the cursor.
fn collect(
    text: &str,
    view: &ItemView,
    parent: Option<u32>,
    cursor: u32,
    set: &mut FxHashSet<String>,
) {
    for (_, entry) in view.children(parent) {
        match &entry.kind {
            EntryKind::Directive(directive) if !directive.name.touches(cursor) => {
                set.insert(catalog_name(text, directive).into_owned());
            }
            EntryKind::Section(section) if !section.open.range.touches(cursor) => {
                set.insert(format!("<{}>", normalise(section.open.name.slice(text))));
            }
            _ => {}
        }
    }
}

/// The names of settings and sections at the top level, but for those on the cursor's line.
fn collect_top(document: &Document, cursor: usize, set: &mut FxHashSet<String>) {
    let own = Line::around(document, cursor);
    let own = own.start..=cursor.saturating_add(own.after.len());
    let mut places: FxHashSet<Place> = FxHashSet::default();
    let lines = document.runs().flat_map(|run| {
        let lines = run.top_lines().iter();
        lines.filter_map(move |line| Some((line.what, run.outline_from(line)?)))
    });
    for (what, (item, outline)) in lines.take(MOST_LINES) {
        let start = match outline.first() {
            Some(outline::Line::Setting { start, .. }) => *start,
            Some(outline::Line::Open { argument, .. }) => argument.start,
            _ => continue,
        };
        if own.contains(&item.saturating_add(start as usize)) {
            continue;
        }
        match what {
            TopLevel::Section { place, .. } if places.insert(place) => {
                set.insert(format!("<{}>", place.name()));
            }
            TopLevel::Setting(directive) => {
                let name = directive.directive().map_or("", |directive| directive.name);
                if !set.contains(name) {
                    set.insert(name.to_owned());
                }
            }
            TopLevel::Section { .. } => {}
        }
    }
}
