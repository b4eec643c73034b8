//! What a rule is shown: a construct of an item, with its meaning.

use std::borrow::Cow;

use crate::catalog::Place;
use crate::document::Document;
use crate::meaning::{Judged, Location, Meaning, catalog_name};
use crate::syntax::{CommentForm, Directive, Entry, ItemView, Section, SectionEnd, Tag, normalise};
use crate::text::{TextRange, line_around};
use crate::workspace::{FileId, Root, Workspace};

/// An item under examination.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Item<'a> {
    /// Its text.
    pub(crate) text: &'a str,
    /// Its constructs.
    pub(crate) view: &'a ItemView,
    /// What each construct is.
    pub(crate) judged: &'a [Judged],
}

impl<'a> Item<'a> {
    /// The text of a range.
    pub(crate) fn slice(&self, range: TextRange) -> &'a str {
        range.slice(self.text)
    }

    /// The text of the line around `at`, with the range it has.
    pub(crate) fn line_around(&self, at: u32) -> (TextRange, &'a str) {
        let range = line_around(self.text, at as usize);
        (range, range.slice(self.text))
    }

    /// The range of the whole lines that `range` touches, with the last line break.
    pub(crate) fn whole_lines(&self, range: TextRange) -> TextRange {
        let (first, _) = self.line_around(range.start);
        let (last, _) = self.line_around(range.end);
        let after = self.text.get(last.end as usize..).unwrap_or_default();
        let line_break = if after.starts_with("\r\n") {
            2
        } else {
            u32::from(!after.is_empty())
        };
        TextRange::new(first.start, last.end.saturating_add(line_break))
    }

    /// The blanks at the start of the line around `at`.
    pub(crate) fn indentation(&self, at: u32) -> &'a str {
        let (_, line) = self.line_around(at);
        let code = line.trim_start_matches([' ', '\t']);
        line.get(..line.len().saturating_sub(code.len()))
            .unwrap_or_default()
    }

    /// The line break used in the item: that of its first line.
    pub(crate) fn line_break(&self) -> &'static str {
        let first = self.text.split_inclusive('\n').next().unwrap_or_default();
        if first.ends_with("\r\n") {
            "\r\n"
        } else {
            "\n"
        }
    }
}

/// A file under examination, as a part of one of the roots that it belongs to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FileSite<'a> {
    /// The files.
    pub(crate) workspace: &'a Workspace,
    /// The root.
    pub(crate) root: &'a Root,
    /// Whether all of the root is known, so that what is not in it is not there.
    pub(crate) is_resolved: bool,
    /// The file.
    pub(crate) file: FileId,
    /// Its text and what is known of it.
    pub(crate) document: &'a Document,
}

/// A directive under examination.
#[derive(Clone, Debug)]
pub(crate) struct DirectiveSite<'a> {
    /// The item it stands in.
    pub(crate) item: Item<'a>,
    /// Its index among the item's entries.
    pub(crate) index: u32,
    /// The entry.
    pub(crate) entry: &'a Entry,
    /// The directive.
    pub(crate) directive: &'a Directive,
    /// Where it stands and what it is.
    pub(crate) judged: Judged,
    /// Its name as it is looked up.
    pub(crate) name: Cow<'a, str>,
}

impl<'a> DirectiveSite<'a> {
    pub(crate) fn new(
        item: Item<'a>,
        index: u32,
        entry: &'a Entry,
        directive: &'a Directive,
        judged: Judged,
    ) -> Self {
        Self {
            item,
            index,
            entry,
            directive,
            judged,
            name: catalog_name(item.text, directive),
        }
    }

    /// The name as written.
    pub(crate) fn written_name(&self) -> &'a str {
        self.item.slice(self.directive.name)
    }

    /// The value as written.
    pub(crate) fn value(&self) -> &'a str {
        self.item.slice(self.directive.value)
    }

    /// The section directly around it.
    pub(crate) fn section(&self) -> Option<&'a Section> {
        self.item
            .view
            .ancestors(self.entry)
            .next()
            .map(|(_, section)| section)
    }

    /// Name of the section directly around it, as looked up; at the top that of the file's place, empty
    /// if it is not known.
    pub(crate) fn enclosing_tag(&self) -> Cow<'a, str> {
        let top = self.judged.location.place().map_or("", Place::name);
        self.section().map_or_else(
            || Cow::Borrowed(top),
            |section| normalise(self.item.slice(section.open.name)),
        )
    }

    /// The line is understood as a directive of PowerMTA, here or elsewhere.
    pub(crate) fn is_genuine(&self) -> bool {
        matches!(
            self.judged.meaning,
            Meaning::Directive(_) | Meaning::SomewhereValid(_) | Meaning::Misplaced(_)
        )
    }
}

/// A section, or a tag that opens nothing, under examination.
#[derive(Clone, Debug)]
pub(crate) struct SectionSite<'a> {
    /// The item it stands in.
    pub(crate) item: Item<'a>,
    /// Its index among the item's entries.
    pub(crate) index: u32,
    /// The entry.
    pub(crate) entry: &'a Entry,
    /// Its opening tag.
    pub(crate) tag: &'a Tag,
    /// The section; none if the tag opens nothing.
    pub(crate) section: Option<&'a Section>,
    /// Where it stands and what it is.
    pub(crate) judged: Judged,
    /// Its name as it is looked up.
    pub(crate) name: Cow<'a, str>,
}

impl<'a> SectionSite<'a> {
    pub(crate) fn new(
        item: Item<'a>,
        index: u32,
        entry: &'a Entry,
        tag: &'a Tag,
        section: Option<&'a Section>,
        judged: Judged,
    ) -> Self {
        Self {
            item,
            index,
            entry,
            tag,
            section,
            judged,
            name: normalise(item.slice(tag.name)),
        }
    }

    /// The name as written.
    pub(crate) fn written_name(&self) -> &'a str {
        self.item.slice(self.tag.name)
    }

    /// The argument as written, without outer blanks; empty if there is none.
    pub(crate) fn argument(&self) -> &'a str {
        self.tag
            .argument
            .map_or("", |argument| self.item.slice(argument))
    }

    /// All of the end tag and the name in it, if the section has one.
    pub(crate) fn closing(&self) -> Option<(TextRange, TextRange)> {
        match self.section?.end {
            SectionEnd::Closed(range, name) => Some((range, name)),
            SectionEnd::Missing => None,
        }
    }

    /// The constructs directly inside.
    pub(crate) fn children(&self) -> impl Iterator<Item = (u32, &'a Entry)> {
        self.item.view.children(Some(self.index))
    }

    /// The place it stands in, where that is sure.
    pub(crate) fn place(&self) -> Option<crate::catalog::Place> {
        match self.judged.location {
            Location::In(place) => Some(place),
            Location::Near(_) | Location::Unknown => None,
        }
    }
}

/// A comment under examination.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CommentSite<'a> {
    /// The item it stands in.
    pub(crate) item: Item<'a>,
    /// The entry.
    pub(crate) entry: &'a Entry,
    /// How it is written.
    pub(crate) form: CommentForm,
}

impl<'a> CommentSite<'a> {
    /// The comment as written.
    pub(crate) fn text(&self) -> &'a str {
        self.item.slice(self.entry.range)
    }

    /// Whether something else stands before it on its line.
    pub(crate) fn is_trailing(&self) -> bool {
        let (line, _) = self.item.line_around(self.entry.range.start);
        !self
            .item
            .slice(TextRange::new(line.start, self.entry.range.start))
            .trim()
            .is_empty()
    }
}
