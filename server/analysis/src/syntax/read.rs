//! Reads the syntax tree of a run: where its items are, and the view of each.

use tree_sitter::{Node, TreeCursor};

use super::flattened;
use super::name::normalise;
use super::node_kind::NodeKind;
use super::{
    CommentForm, Directive, DirectiveForm, Entry, EntryKind, ItemView, Section, SectionEnd,
    SectionForm, StrayEnd, Tag,
};
use crate::catalog::{self, ValueKind, ValueSpec};
use crate::text::{TextRange, line_around};

/// Where an item stands in its run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ItemSpan {
    /// Its bytes, from the start of its first line to the start of the next item. Items tile the run.
    pub(crate) range: TextRange,
    /// Indexes of its first node and one past its last among the root's children.
    pub(crate) nodes: (u32, u32),
}

/// Cuts a run into items. `text` is the text of the run.
///
/// An item is what shares lines at the top level: one directive, one section with its end tag, or
/// comments in adjoining lines.
pub(crate) fn item_spans(root: Node<'_>, text: &str) -> Vec<ItemSpan> {
    let length = TextRange::of(0, text.len()).end;
    let mut spans: Vec<ItemSpan> = Vec::with_capacity(root.child_count() as usize);
    let mut cursor = root.walk();
    let mut previous: Option<(usize, bool)> = None;
    if cursor.goto_first_child() {
        let mut index: u32 = 0;
        loop {
            let node = cursor.node();
            if node.is_named() {
                let is_comment = NodeKind::of(node) == NodeKind::Comment;
                let joins = previous.is_some_and(|(end, was_comment)| {
                    match line_breaks(text.get(end..node.start_byte()).unwrap_or_default()) {
                        0 => true,
                        1 => was_comment && is_comment,
                        _ => false,
                    }
                });
                let after = index.saturating_add(1);
                match spans.last_mut() {
                    Some(span) if joins => span.nodes.1 = after,
                    before => {
                        let start = if before.is_none() {
                            0
                        } else {
                            line_start(node, text)
                        };
                        if let Some(before) = before {
                            before.range.end = start;
                        }
                        spans.push(ItemSpan {
                            range: TextRange::new(start, length),
                            nodes: (index, after),
                        });
                    }
                }
                let was_comment = previous.is_none_or(|(_, was_comment)| was_comment);
                previous = Some((node.end_byte(), is_comment && (!joins || was_comment)));
            }
            index = index.saturating_add(1);
            if !cursor.goto_next_sibling() {
                break;
            }
        }
    }
    spans
}

/// First words of lines that go on in a next line, or make a section of deeper indented ones: what
/// they are depends on the line that follows.
const LOOKS_AHEAD: [&str; 11] = [
    "domain-macro",
    "domain",
    "virtual-mta",
    "virtual-mta-pool",
    "vmta",
    "pool",
    "route",
    "bounce-processor",
    "feedback-loop",
    "feedback-loop-processor",
    "log-bounce",
];

/// Whether the grammar looks at what follows a line with this first word before it says what the
/// line is.
pub(crate) fn looks_ahead(name: &str) -> bool {
    LOOKS_AHEAD.contains(&&*normalise(name))
}

/// How far the grammar looks for the end of an XML comment, in bytes.
const XML_COMMENT_REACH: usize = 4096;

/// Whether a run reads the same whatever follows it: no section is open at its end and its last line
/// cannot go on.
pub(crate) fn is_settled(root: Node<'_>, text: &str) -> bool {
    if has_open_xml_comment(text) {
        return false;
    }
    let mut cursor = root.walk();
    let constructs = root.children(&mut cursor).filter(|child| child.is_named());
    let constructs: Vec<_> = constructs.collect();
    let Some(last) = constructs.last() else {
        return true;
    };
    if may_go_on(&constructs, text) {
        return false;
    }
    match NodeKind::of(*last) {
        NodeKind::Section => child_of(*last, NodeKind::EndTag).is_some(),
        NodeKind::BraceSection => child_of(*last, NodeKind::BraceClose).is_some(),
        NodeKind::KeywordSection => child_of(*last, NodeKind::KeywordClose).is_some(),
        // Comments in the next lines would belong to the same item.
        NodeKind::Comment => line_breaks(text.get(last.end_byte()..).unwrap_or_default()) > 1,
        _ => !text
            .get(last.byte_range())
            .unwrap_or_default()
            .trim_end()
            .ends_with('\\'),
    }
}

/// Whether a directive or a section without end on the last line that holds more than comments may go on
/// in a line behind these constructs.
fn may_go_on(constructs: &[Node<'_>], text: &str) -> bool {
    let mut behind = None;
    for construct in constructs.iter().rev() {
        if NodeKind::of(*construct) != NodeKind::Comment {
            let gap = behind.and_then(|behind| text.get(construct.end_byte()..behind));
            if gap.is_some_and(|gap| line_breaks(gap) > 0) {
                return false;
            }
            if NodeKind::of(*construct) == NodeKind::IndentedSection {
                return true;
            }
            let name = child_of(*construct, NodeKind::Name);
            let name = name.and_then(|name| text.get(name.byte_range()));
            if name.is_some_and(looks_ahead) {
                return true;
            }
            behind = Some(construct.start_byte());
        }
    }
    false
}

pub(super) fn has_open_xml_comment(text: &str) -> bool {
    let mut start = text.len().saturating_sub(XML_COMMENT_REACH);
    while !text.is_char_boundary(start) {
        start = start.saturating_sub(1);
    }
    let tail = text.get(start..).unwrap_or_default();
    let open = tail.rsplit_once("!--");
    open.is_some_and(|(_, inside)| !inside.contains("-->"))
}

/// Whether a text begins with a line that is blank to the grammar.
pub(crate) fn begins_blank(text: &str) -> bool {
    // No-break spaces, zero-width space and byte-order mark are blanks too.
    let blanks = [
        ' ', '\t', '\u{b}', '\u{c}', '\u{a0}', '\u{2007}', '\u{202f}', '\u{200b}', '\u{feff}',
    ];
    let rest = text.trim_start_matches(blanks);
    rest.is_empty() || rest.starts_with(['\n', '\r'])
}

/// Number of line breaks in `text`, counted up to two.
pub(super) fn line_breaks(text: &str) -> u32 {
    let mut count: u32 = 0;
    let mut last = 0;
    for byte in text.bytes() {
        if byte == b'\r' || (byte == b'\n' && last != b'\r') {
            count = count.saturating_add(1);
        }
        last = byte;
        if count == 2 {
            break;
        }
    }
    count
}

/// Start of the line on which the node begins.
fn line_start(node: Node<'_>, text: &str) -> u32 {
    line_around(text, node.start_byte()).start
}

/// Shows `look` the view of each item, in order. `text` is the text of the run.
pub(crate) fn for_each_view(
    root: Node<'_>,
    spans: impl Iterator<Item = ItemSpan>,
    text: &str,
    mut look: impl FnMut(ItemSpan, &ItemView),
) {
    let mut cursor = root.walk();
    let mut index = 0;
    if !cursor.goto_first_child() {
        return;
    }
    for span in spans {
        let view = view_from(&mut cursor, &mut index, span, span.range.slice(text));
        look(span, &view);
    }
}

/// Reads an item with a cursor that stands on the root's child number `index`, at or before it.
fn view_from(cursor: &mut TreeCursor<'_>, index: &mut u32, span: ItemSpan, text: &str) -> ItemView {
    let mut reader = Reader {
        text,
        base: span.range.start,
        entries: Vec::new(),
    };
    let (first, last) = span.nodes;
    while *index < last {
        if *index >= first {
            reader.construct(cursor, None);
        }
        *index = index.saturating_add(1);
        if !cursor.goto_next_sibling() {
            break;
        }
    }
    ItemView {
        entries: reader.entries,
    }
}

struct Reader<'a> {
    text: &'a str,
    base: u32,
    entries: Vec<Entry>,
}

impl<'a> Reader<'a> {
    fn range(&self, node: Node<'_>) -> TextRange {
        let range = TextRange::of(node.start_byte(), node.end_byte());
        TextRange::new(
            range.start.saturating_sub(self.base),
            range.end.saturating_sub(self.base),
        )
    }

    fn slice(&self, range: TextRange) -> &'a str {
        range.slice(self.text)
    }

    fn push(&mut self, parent: Option<u32>, range: TextRange, kind: EntryKind) -> u32 {
        let index = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
        self.entries.push(Entry {
            range,
            parent,
            kind,
        });
        index
    }

    /// Reads the construct under the cursor and leaves the cursor there.
    fn construct(&mut self, cursor: &mut TreeCursor<'_>, parent: Option<u32>) {
        let node = cursor.node();
        let range = self.range(node);
        match NodeKind::of(node) {
            NodeKind::Comment => {
                self.push(parent, range, EntryKind::Comment(CommentForm::Hash));
            }
            NodeKind::XmlComment => {
                self.push(parent, range, EntryKind::Comment(CommentForm::Xml));
            }
            NodeKind::SemicolonComment => {
                self.push(parent, range, EntryKind::Comment(CommentForm::Semicolon));
            }
            NodeKind::Section => self.section(cursor, parent, SectionForm::Tag),
            NodeKind::BraceSection => self.section(cursor, parent, SectionForm::Braces),
            NodeKind::KeywordSection => self.section(cursor, parent, SectionForm::Keyword),
            NodeKind::IndentedSection => self.section(cursor, parent, SectionForm::Indentation),
            NodeKind::StrayEndTag => self.stray_end(node, parent, SectionForm::Tag),
            NodeKind::StrayBrace => self.stray_end(node, parent, SectionForm::Braces),
            NodeKind::StrayEnd => self.stray_end(node, parent, SectionForm::Keyword),
            NodeKind::EmptyTag => {
                let tag = self.tag(cursor);
                self.push(parent, range, EntryKind::EmptyTag(tag));
            }
            NodeKind::Element => self.element(node, parent),
            NodeKind::Directive => self.directive(cursor, parent),
            NodeKind::Rule => self.rule(node, parent),
            NodeKind::Assignment => self.assignment(node, parent),
            NodeKind::TemplateMarker => {
                self.push(parent, range, EntryKind::TemplateMarker);
            }
            NodeKind::Opaque => {
                let kind = if flattened::is_debris_line(self.slice(range)) {
                    EntryKind::Debris
                } else {
                    EntryKind::Opaque
                };
                self.push(parent, range, kind);
            }
            _ => {}
        }
    }

    fn section(&mut self, cursor: &mut TreeCursor<'_>, parent: Option<u32>, form: SectionForm) {
        let range = self.range(cursor.node());
        let empty = Tag {
            range: TextRange::empty(range.start),
            name: TextRange::empty(range.start),
            argument: None,
            attributes: Vec::new(),
            is_closed: true,
            is_entity: false,
            argument_behind: false,
        };
        let index = self.push(
            parent,
            range,
            EntryKind::Section(Section {
                form,
                open: empty,
                end: SectionEnd::Missing,
                last: 0,
            }),
        );
        let mut open = None;
        let mut end = SectionEnd::Missing;
        if cursor.goto_first_child() {
            loop {
                let node = cursor.node();
                match NodeKind::of(node) {
                    NodeKind::StartTag
                    | NodeKind::BraceOpen
                    | NodeKind::KeywordOpen
                    | NodeKind::IndentedOpen
                        if open.is_none() =>
                    {
                        open = Some(self.tag(cursor));
                    }
                    NodeKind::EndTag | NodeKind::BraceClose | NodeKind::KeywordClose => {
                        let range = self.range(node);
                        let name = child_of(node, NodeKind::TagName)
                            .map_or(TextRange::empty(range.start), |name| self.range(name));
                        end = SectionEnd::Closed(range, name);
                    }
                    NodeKind::Directive
                        if self.entries.len() == (index as usize).saturating_add(1) =>
                    {
                        let behind = open
                            .as_ref()
                            .and_then(|tag| self.argument_behind(tag, node));
                        match (open.as_mut(), behind) {
                            (Some(tag), Some(argument)) => {
                                tag.argument = Some(argument);
                                tag.argument_behind = true;
                                tag.range.end = argument.end;
                            }
                            _ => self.construct(cursor, Some(index)),
                        }
                    }
                    _ => self.construct(cursor, Some(index)),
                }
                if !cursor.goto_next_sibling() {
                    break;
                }
            }
            cursor.goto_parent();
        }
        let last = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
        if let Some(Entry {
            kind: EntryKind::Section(section),
            ..
        }) = self.entries.get_mut(index as usize)
        {
            section.last = last;
            section.end = end;
            if let Some(open) = open {
                section.open = open;
            }
        }
    }

    /// `<domain> example.com`: the word behind a tag without argument is its argument.
    fn argument_behind(&self, tag: &Tag, directive: Node<'_>) -> Option<TextRange> {
        let needs_argument = tag.argument.is_none()
            && catalog::section(&normalise(self.slice(tag.name)))
                .is_some_and(|section| section.argument_required && section.argument.is_some());
        let range = self.range(child_of(directive, NodeKind::Name)?);
        let has_value = child_of(directive, NodeKind::Value).is_some();
        let between = self.slice(TextRange::new(tag.range.end, range.start));
        let is_behind = needs_argument && !has_value && !between.contains(['\n', '\r']);
        (is_behind && !catalog::is_known_name(self.slice(range))).then_some(range)
    }

    /// Reads the tag under the cursor and leaves the cursor there.
    fn tag(&self, cursor: &mut TreeCursor<'_>) -> Tag {
        let node = cursor.node();
        let range = self.range(node);
        let mut tag = Tag {
            range,
            name: TextRange::empty(range.end),
            argument: None,
            attributes: Vec::new(),
            is_closed: !matches!(NodeKind::of(node), NodeKind::StartTag | NodeKind::EmptyTag),
            is_entity: self.slice(range).starts_with("&lt;"),
            argument_behind: false,
        };
        each_child(cursor, |cursor| {
            let child = cursor.node();
            match NodeKind::of(child) {
                NodeKind::TagName | NodeKind::Name => tag.name = self.range(child),
                NodeKind::Argument => {
                    let argument = self.range(child);
                    tag.argument = (!argument.is_empty()).then_some(argument);
                    each_child(cursor, |cursor| {
                        let part = cursor.node();
                        if NodeKind::of(part) == NodeKind::Attribute {
                            tag.attributes.extend(self.attribute(self.range(part)));
                        }
                    });
                }
                NodeKind::Attribute => tag.attributes.extend(self.attribute(self.range(child))),
                NodeKind::Other if matches!(child.kind(), ">" | "&gt;" | "/>") => {
                    tag.is_closed = true;
                }
                _ => {}
            }
        });
        tag
    }

    /// Name and unquoted value of `NAME="VALUE"`.
    fn attribute(&self, range: TextRange) -> Option<(TextRange, TextRange)> {
        let text = self.slice(range);
        let sign = text.find('=')?;
        let name = text.get(..sign)?.trim_end();
        let value = text.get(sign.saturating_add(1)..)?;
        let trimmed = value.trim_start();
        let mut start = text.len().saturating_sub(trimmed.len());
        let mut end = start.saturating_add(trimmed.trim_end().len());
        if trimmed.starts_with('"') {
            start = start.saturating_add(1);
            if trimmed.len() > 1 && trimmed.trim_end().ends_with('"') {
                end = end.saturating_sub(1);
            }
        }
        Some((
            TextRange::of(0, name.len()).shifted(range.start),
            TextRange::of(start, end).shifted(range.start),
        ))
    }

    fn stray_end(&mut self, node: Node<'_>, parent: Option<u32>, form: SectionForm) {
        let name = child_of(node, NodeKind::TagName).map(|name| self.range(name));
        self.push(
            parent,
            self.range(node),
            EntryKind::StrayEnd(StrayEnd { form, name }),
        );
    }

    fn element(&mut self, node: Node<'_>, parent: Option<u32>) {
        let range = self.range(node);
        let name = child_of(node, NodeKind::TagName)
            .map_or(TextRange::empty(range.start), |it| self.range(it));
        let value =
            child_of(node, NodeKind::Value).map_or(TextRange::empty(name.end), |it| self.range(it));
        let directive = Directive::new(name, value, DirectiveForm::Element);
        self.push(parent, range, EntryKind::Directive(directive));
    }

    fn rule(&mut self, node: Node<'_>, parent: Option<u32>) {
        let range = self.range(node);
        let mut cursor = node.walk();
        let pattern = node
            .children(&mut cursor)
            .find(|child| {
                matches!(
                    NodeKind::of(*child),
                    NodeKind::Regex | NodeKind::UnclosedRegex
                )
            })
            .map_or(TextRange::empty(range.start), |child| self.range(child));
        let mut directive = Directive::new(
            pattern,
            TextRange::empty(pattern.end),
            DirectiveForm::Pattern,
        );
        self.read_value(range.end, child_of(node, NodeKind::Value), &mut directive);
        if let Some(glued) = child_of(node, NodeKind::RegexFlags).map(|flags| self.range(flags)) {
            if are_flags(self.slice(glued)) {
                directive.name = directive.name.cover(glued);
                directive.value.start = directive.value.start.max(glued.end);
                directive.value.end = directive.value.end.max(glued.end);
            } else {
                directive.value = TextRange::new(glued.start, directive.value.end.max(glued.end));
            }
        }
        self.push_split(parent, directive);
    }

    fn assignment(&mut self, node: Node<'_>, parent: Option<u32>) {
        let range = self.range(node);
        let name = child_of(node, NodeKind::Name)
            .map_or(TextRange::empty(range.start), |it| self.range(it));
        let mut cursor = node.walk();
        let sign = node
            .children(&mut cursor)
            .find(|child| child.kind() == "=")
            .map_or(TextRange::empty(name.end), |child| self.range(child));
        let mut directive = Directive::new(
            name,
            TextRange::empty(sign.end),
            DirectiveForm::Assignment(sign),
        );
        self.read_value(range.end, child_of(node, NodeKind::Value), &mut directive);
        self.push_split(parent, directive);
    }

    fn directive(&mut self, cursor: &mut TreeCursor<'_>, parent: Option<u32>) {
        let range = self.range(cursor.node());
        if flattened::is_debris_line(self.slice(range)) {
            self.push(parent, range, EntryKind::Debris);
            return;
        }
        let (mut name, mut value) = (None, None);
        each_child(cursor, |cursor| {
            let child = cursor.node();
            match NodeKind::of(child) {
                NodeKind::Name => name = name.or(Some(child)),
                NodeKind::Value => value = value.or(Some(child)),
                _ => {}
            }
        });
        let name = name.map_or(TextRange::empty(range.start), |it| self.range(it));
        let mut directive = Directive::new(name, TextRange::empty(name.end), DirectiveForm::Plain);
        self.read_value(range.end, value, &mut directive);
        name_form(self.text, &mut directive);
        self.push_split(parent, directive);
    }

    /// The value of a line that ends there, with what ends it.
    fn read_value(&self, line_end: u32, value: Option<Node<'_>>, directive: &mut Directive) {
        directive.cut_by_comment = self.is_cut_by_comment(line_end);
        let Some(value) = value else { return };
        directive.value = self.range(value);
        let text = self.slice(directive.value);
        if text.contains(['\n', '\r']) || text.ends_with(';') {
            let mut cursor = value.walk();
            for child in value.children(&mut cursor) {
                match NodeKind::of(child) {
                    NodeKind::StatementEnd => {
                        directive.statement_end = Some(self.range(child));
                    }
                    NodeKind::LineContinuation => {
                        let range = self.range(child);
                        directive
                            .continued_at
                            .push(TextRange::new(range.start, range.start.saturating_add(1)));
                    }
                    _ => {}
                }
            }
            self.find_continued_lists(directive);
        }
        if let Some(end) = directive.statement_end {
            let before = TextRange::new(directive.value.start, end.start);
            let kept = self.slice(before).trim_end().len();
            directive.value.end = directive
                .value
                .start
                .saturating_add(TextRange::of(0, kept).end);
        }
    }

    /// The line breaks inside a value that no backslash explains: the end of the line before each.
    fn find_continued_lists(&self, directive: &mut Directive) {
        let text = self.slice(directive.value);
        for (at, _) in text.match_indices('\n') {
            let before = text.get(..at).unwrap_or_default();
            let line = before.rsplit('\n').next().unwrap_or_default();
            let line_start = before.len().saturating_sub(line.len());
            let code = line.split('#').next().unwrap_or_default().trim_end();
            if code.ends_with('\\') {
                continue;
            }
            let end = line_start.saturating_add(code.len());
            let start = if code.ends_with(',') {
                end.saturating_sub(1)
            } else {
                line_start
            };
            directive
                .continued_at
                .push(TextRange::of(start, end).shifted(directive.value.start));
        }
        directive.continued_at.sort_unstable();
    }

    fn is_cut_by_comment(&self, end: u32) -> bool {
        let rest = self.text.get(end as usize..).unwrap_or_default();
        rest.trim_start_matches([' ', '\t']).starts_with('#')
    }

    /// Adds the directive, taken apart where several stand on its line.
    fn push_split(&mut self, parent: Option<u32>, directive: Directive) {
        let tag = parent.and_then(|index| match &self.entries.get(index as usize)?.kind {
            EntryKind::Section(section) => Some(self.slice(section.open.name)),
            _ => None,
        });
        let is_flat = self.shares_line_with_tag(&directive);
        for piece in flattened::split(self.text, directive, tag.unwrap_or("global"), is_flat) {
            match piece {
                flattened::Piece::Directive(mut directive) => {
                    directive.inline_section = self.inline_section(&directive);
                    let range = directive.range();
                    self.push(parent, range, EntryKind::Directive(directive));
                }
                flattened::Piece::Debris(range) => {
                    self.push(parent, range, EntryKind::Debris);
                }
            }
        }
    }

    /// Whether a tag or another comment form stands on the same line, so that lines were joined.
    fn shares_line_with_tag(&self, directive: &Directive) -> bool {
        let before = self
            .text
            .get(..directive.name.start as usize)
            .unwrap_or_default();
        let line = before.rsplit(['\n', '\r']).next().unwrap_or_default();
        if !line.trim().is_empty() {
            return true;
        }
        let after = self
            .text
            .get(directive.value.end as usize..)
            .unwrap_or_default();
        let rest = after
            .split(['\n', '\r'])
            .next()
            .unwrap_or_default()
            .trim_start();
        rest.starts_with("</")
    }

    /// The opening tag that ends the directive's line.
    fn inline_section(&self, directive: &Directive) -> Option<TextRange> {
        let after = self.text.get(directive.value.end as usize..)?;
        let line = after.split(['\n', '\r']).next()?;
        let tag = line.trim_start_matches([' ', '\t']);
        let name = tag.strip_prefix('<')?;
        if !name.starts_with(|first: char| first.is_ascii_alphabetic()) {
            return None;
        }
        let length = name.find(|it: char| it == '>' || it.is_whitespace())?;
        let is_expected = catalog::directives_named(&normalise(self.slice(directive.name)))
            .iter()
            .any(|entry| {
                name.get(..length)
                    .is_some_and(|name| takes_section(&entry.value, name))
            });
        if !is_expected {
            return None;
        }
        let end = tag.find('>')?.saturating_add(1);
        let start = line.len().saturating_sub(tag.len());
        Some(TextRange::of(start, start.saturating_add(end)).shifted(directive.value.end))
    }
}

/// `name:` and `name/unit` of known names.
pub(super) fn name_form(text: &str, directive: &mut Directive) {
    let name = directive.name.slice(text);
    if let Some(bare) = name.strip_suffix(':') {
        if catalog::is_known_name(bare) {
            let end = directive.name.end;
            directive.name.end = end.saturating_sub(1);
            directive.form = DirectiveForm::Colon(TextRange::new(directive.name.end, end));
        }
    } else if let Some(slash) = name.find('/').filter(|slash| *slash > 0) {
        if name.get(..slash).is_some_and(catalog::is_known_name) {
            let end = directive.name.end;
            directive.name.end = directive
                .name
                .start
                .saturating_add(TextRange::of(0, slash).end);
            directive.form = DirectiveForm::UnitInName(TextRange::new(directive.name.end, end));
        }
    } else if directive.value.is_empty() {
        return;
    }
    let value = directive.value.slice(text);
    let spaced_colon = value
        .strip_prefix(':')
        .filter(|rest| rest.starts_with([' ', '\t']));
    if let (DirectiveForm::Plain, Some(rest)) = (directive.form, spaced_colon)
        && catalog::is_known_name(directive.name.slice(text))
    {
        let colon = TextRange::new(
            directive.value.start,
            directive.value.start.saturating_add(1),
        );
        let skipped = value.len().saturating_sub(rest.trim_start().len());
        directive.value.start = directive
            .value
            .start
            .saturating_add(TextRange::of(0, skipped).end);
        directive.form = DirectiveForm::Colon(colon);
    }
}

/// Whether a value of this shape may end with the opening tag of such a section.
fn takes_section(spec: &ValueSpec, name: &str) -> bool {
    match spec.kind {
        ValueKind::InlineSection(section) => section.eq_ignore_ascii_case(name),
        ValueKind::Composite(parts) => parts.iter().any(|part| takes_section(&part.value, name)),
        ValueKind::AnyOf(alternatives) => alternatives.iter().any(|spec| takes_section(spec, name)),
        _ => false,
    }
}

/// Whether letters behind an expression are meant as flags of it; else they are a category that
/// lost its blank.
fn are_flags(letters: &str) -> bool {
    letters.len() <= 3
        && letters
            .chars()
            .all(|letter| "imsxugIMSXUG".contains(letter))
}

/// Shows `look` the cursor at each child of its node, and leaves it where it was.
fn each_child<'tree>(cursor: &mut TreeCursor<'tree>, mut look: impl FnMut(&mut TreeCursor<'tree>)) {
    if !cursor.goto_first_child() {
        return;
    }
    loop {
        look(cursor);
        if !cursor.goto_next_sibling() {
            break;
        }
    }
    cursor.goto_parent();
}

fn child_of<'tree>(node: Node<'tree>, kind: NodeKind) -> Option<Node<'tree>> {
    let mut cursor = node.walk();
    node.children(&mut cursor)
        .find(|child| NodeKind::of(*child) == kind)
}

impl Directive {
    pub(super) fn new(name: TextRange, value: TextRange, form: DirectiveForm) -> Self {
        Self {
            name,
            value,
            form,
            cut_by_comment: false,
            statement_end: None,
            continued_at: Vec::new(),
            inline_section: None,
        }
    }

    /// From the name to the end of the value, or of the sign that ends the line.
    #[must_use]
    pub fn range(&self) -> TextRange {
        let whole = self
            .name
            .cover(TextRange::new(self.name.start, self.value.end));
        self.statement_end.map_or(whole, |end| whole.cover(end))
    }
}
