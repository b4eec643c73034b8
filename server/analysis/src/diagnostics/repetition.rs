//! What stands twice where one is meant: the same setting, or the same section.
//!
//! Inside a section its lines are compared where they stand. At the top level of a file each line is
//! an item of its own: a key in its facts tells what it sets, the document counts the keys, and only
//! items that share one are compared.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::num::NonZeroU64;

use rustc_hash::FxHashMap;

use super::{Edit, Finding, Fix, Item, Safety, deletion, duplicate_directive};
use super::{duplicate_section, repeated_directive};
use crate::catalog::{self, ArgumentKind, BodyKind, ReferenceKind, ValueKind, ValueSpec};
use crate::document::Document;
use crate::meaning::{Judged, Location, Meaning};
use crate::syntax::{
    Directive, DirectiveForm, Entry, EntryKind, ItemView, Section, SectionEnd, SectionForm,
};
use crate::text::TextRange;
use crate::value::{self, unquote};

/// What an item holds that may stand only once in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Once {
    /// Equal where it is the same thing.
    pub(crate) key: NonZeroU64,
    /// All of it.
    range: TextRange,
    /// The directive's name; of a section: its opening tag.
    name: TextRange,
    /// The directive's value; of a section: its body.
    content: TextRange,
}

/// What an item holds that may stand only once in a file, if anything.
pub(crate) fn once(text: &str, view: &ItemView, judged: &[Judged]) -> Option<Once> {
    let (entry, judged) = view.entries.first().zip(judged.first())?;
    match &entry.kind {
        EntryKind::Directive(directive) => {
            let single = single(judged)?;
            is_plain(text, directive).then(|| Once {
                key: key(("directive", single.name, "")),
                range: entry.range,
                name: directive.name,
                content: directive.value,
            })
        }
        EntryKind::Section(section) => {
            let (tag, argument) = identity(text, section, judged)?;
            let SectionEnd::Closed(close, _) = section.end else {
                return None;
            };
            Some(Once {
                key: key(("section", tag, &argument)),
                range: entry.range,
                name: section.open.range,
                content: TextRange::new(section.open.range.end, close.start),
            })
        }
        _ => None,
    }
}

fn key(of: (&str, &str, &str)) -> NonZeroU64 {
    let mut hasher = DefaultHasher::new();
    of.hash(&mut hasher);
    NonZeroU64::new(hasher.finish()).unwrap_or(NonZeroU64::MIN)
}

/// The directive, if it is genuine where it stands and has one value there.
fn single(judged: &Judged) -> Option<&'static catalog::Directive> {
    match (judged.location, judged.meaning) {
        (Location::In(_), Meaning::Directive(entry)) => {
            let is_rule = entry
                .place
                .section()
                .is_some_and(|section| section.body == BodyKind::Rules);
            let is_single = !entry.repeatable && !is_rule && !adds_up(&entry.value);
            is_single.then_some(entry)
        }
        _ => None,
    }
}

/// Whether several lines may well add up: those with lists of names do, as working configurations
/// show, although the guides do not say so of each.
fn adds_up(value: &ValueSpec) -> bool {
    match value.kind {
        ValueKind::List { item, .. } => !matches!(
            item.kind,
            ValueKind::Duration | ValueKind::Rate | ValueKind::DailyLimit
        ),
        ValueKind::AnyOf(alternatives) => alternatives.iter().any(adds_up),
        ValueKind::Composite(parts) => parts.iter().any(|part| adds_up(&part.value)),
        _ => false,
    }
}

/// Whether the line is written as PowerMTA reads it and says something.
fn is_plain(text: &str, directive: &Directive) -> bool {
    let value = directive.value.slice(text);
    let is_genuine_name = directive
        .name
        .slice(text)
        .chars()
        .all(|sign| sign.is_ascii() && sign != '_');
    directive.form == DirectiveForm::Plain
        && is_genuine_name
        && !value.is_empty()
        && !super::value::has_template_marker(value)
}

/// Tag and argument of a section of which a second one adds to the first or is none of its own.
fn identity(text: &str, section: &Section, judged: &Judged) -> Option<(&'static str, String)> {
    let (Location::In(_), Meaning::Section(found)) = (judged.location, judged.meaning) else {
        return None;
    };
    let tag = &section.open;
    let is_plain = section.form == SectionForm::Tag && tag.attributes.is_empty();
    let argument = tag.name_range(text).map_or("", |range| range.slice(text));
    if found.argument_required && argument.is_empty() {
        return None;
    }
    // A name that is defined twice is another matter than a range that is.
    let is_name = match found.argument {
        Some(ArgumentKind::CidrOrName) => value::AddressRange::read(argument).is_none(),
        _ => found
            .defines
            .iter()
            .any(|kind| *kind != ReferenceKind::Queue),
    };
    if !is_plain || is_name && !argument.is_empty() || super::value::has_template_marker(argument) {
        return None;
    }
    let argument = match found.argument {
        Some(ArgumentKind::Directory | ArgumentKind::FileOrPipe) => argument.to_owned(),
        _ => argument.to_ascii_lowercase(),
    };
    Some((found.name, argument))
}

/// Compares the lines inside each section of an item.
pub(super) fn check(item: Item<'_>, findings: &mut Vec<Finding>) {
    for (index, entry) in item.view.indexed() {
        let EntryKind::Section(section) = &entry.kind else {
            continue;
        };
        let is_sure = item
            .judged
            .get(index as usize)
            .is_some_and(|judged| matches!(judged.inside, Location::In(_)));
        if is_sure && section.last > index.saturating_add(2) {
            check_body(item, index, findings);
        }
    }
}

fn check_body(item: Item<'_>, section: u32, findings: &mut Vec<Finding>) {
    let mut settings: FxHashMap<&'static str, (&Entry, &Directive)> = FxHashMap::default();
    let mut sections: FxHashMap<(&'static str, String), &Entry> = FxHashMap::default();
    for (index, entry) in item.view.children(Some(section)) {
        let Some(judged) = item.judged.get(index as usize) else {
            continue;
        };
        match &entry.kind {
            // The lines before and behind it may be meant for different cases.
            EntryKind::TemplateMarker => {
                settings.clear();
                sections.clear();
            }
            EntryKind::Directive(directive) if is_plain(item.text, directive) => {
                let Some(single) = single(judged) else {
                    continue;
                };
                match settings.get(single.name) {
                    Some((other, first)) => {
                        let fix = |entry: &Entry| deletion::directive(item, entry.range);
                        findings.push(twice(
                            single.name,
                            Written::of(item.text, first, fix(other)),
                            Written::of(item.text, directive, fix(entry)),
                        ));
                    }
                    None => {
                        settings.insert(single.name, (entry, directive));
                    }
                }
            }
            EntryKind::Section(inner) => {
                let Some(identity) = identity(item.text, inner, judged) else {
                    continue;
                };
                match sections.get(&identity) {
                    Some(first) => findings.extend(section_twice(item, first, entry)),
                    None => {
                        sections.insert(identity, entry);
                    }
                }
            }
            _ => {}
        }
    }
}

/// One of two lines for the same setting.
struct Written<'a> {
    name: TextRange,
    value: &'a str,
    deletion: Edit,
}

impl<'a> Written<'a> {
    fn of(text: &'a str, directive: &Directive, deletion: Edit) -> Self {
        Self {
            name: directive.name,
            value: directive.value.slice(text),
            deletion,
        }
    }
}

/// The finding for the second of two lines.
fn twice(name: &str, first: Written<'_>, second: Written<'_>) -> Finding {
    let is_same = unquote(first.value).eq_ignore_ascii_case(&unquote(second.value));
    let deletion = |title: &str, safety: Safety, edit: Edit| Fix {
        title: title.to_owned(),
        safety,
        edits: vec![edit],
    };
    if is_same {
        Finding::new(
            &repeated_directive::RULE,
            second.name,
            format!("`{name}` is set to the same value above: this line changes nothing."),
        )
        .with_related(first.name, "Set here already.")
        .with_fix(deletion("Delete this line", Safety::Safe, second.deletion))
    } else {
        Finding::new(
            &duplicate_directive::RULE,
            second.name,
            format!(
                "`{name}` has one value, and another line sets it to a different one. Keep the line \
                 that is meant."
            ),
        )
        .with_related(first.name, "Set here as well.")
        .with_fix(deletion(
            "Delete this line",
            Safety::Alternative,
            second.deletion,
        ))
        .with_fix(deletion(
            "Delete the other line",
            Safety::Alternative,
            first.deletion,
        ))
    }
}

/// The finding for the second of two sections inside a section.
fn section_twice(item: Item<'_>, first: &Entry, second: &Entry) -> Option<Finding> {
    let (opening, body) = tag_and_body(first)?;
    let (again, moved) = tag_and_body(second)?;
    let insertion = insertion(item.slice(body)).map(|at| at.saturating_add(body.start));
    let deletion = deletion::directive(item, second.range);
    let edits = merge(insertion, item.slice(moved), deletion);
    Some(duplicate_section::finding(
        item.slice(again),
        opening,
        again,
        edits,
    ))
}

fn tag_and_body(entry: &Entry) -> Option<(TextRange, TextRange)> {
    match &entry.kind {
        EntryKind::Section(section) => match section.end {
            SectionEnd::Closed(close, _) => Some((
                section.open.range,
                TextRange::new(section.open.range.end, close.start),
            )),
            SectionEnd::Missing => None,
        },
        _ => None,
    }
}

/// Where lines can be added to a body, from its start: behind its last line break.
fn insertion(body: &str) -> Option<u32> {
    let last = body.rfind('\n')?;
    Some(TextRange::of(0, last).end.saturating_add(1))
}

/// The edits that move the lines of a body; none where they do not stand on lines of their own.
fn merge(insertion: Option<u32>, moved: &str, deletion: Edit) -> Vec<Edit> {
    let (Some(at), Some((behind_tag, lines))) = (insertion, moved.split_once('\n')) else {
        return Vec::new();
    };
    let end = lines.rfind('\n').map_or(0, |at| at.saturating_add(1));
    let mut text = lines.get(..end).unwrap_or_default().to_owned();
    let comment = behind_tag.trim();
    if !comment.is_empty() {
        let line_break = if behind_tag.ends_with('\r') {
            "\r\n"
        } else {
            "\n"
        };
        let first = text
            .split(|sign: char| !sign.is_whitespace() || sign == '\n')
            .next();
        let indentation = first.unwrap_or_default().to_owned();
        text.insert_str(0, &format!("{indentation}{comment}{line_break}"));
    }
    vec![
        Edit {
            range: TextRange::empty(at),
            text,
        },
        deletion,
    ]
}

/// What stands twice at the top level of a file. Ranges are from the start of the file.
pub(crate) fn across_items(document: &Document) -> Vec<Finding> {
    let mut firsts: FxHashMap<NonZeroU64, Top> = FxHashMap::default();
    let mut findings = Vec::new();
    for item in document.items_repeated() {
        let Some(once) = item.facts.once else {
            continue;
        };
        let top = Top {
            item: TextRange::of(item.start, item.end),
            once,
        };
        match firsts.get(&once.key) {
            Some(first) => findings.push(top.after(document, first)),
            None => {
                firsts.insert(once.key, top);
            }
        }
    }
    findings
}

/// An item at the top level.
#[derive(Clone, Copy)]
struct Top {
    /// Its range in the file.
    item: TextRange,
    /// What it holds, relative to it.
    once: Once,
}

impl Top {
    /// The finding of an item that comes after another that holds the same.
    fn after(&self, document: &Document, first: &Self) -> Finding {
        let text = |range: TextRange| document.slice(range.as_usize());
        let name = text(self.name());
        let deletion = self.deletion(&text(self.item));
        if !name.starts_with('<') {
            let (one, other) = (text(first.content()), text(self.content()));
            let first = Written {
                name: first.name(),
                value: &one,
                deletion: first.deletion(&text(first.item)),
            };
            let second = Written {
                name: self.name(),
                value: &other,
                deletion,
            };
            return twice(&name.to_ascii_lowercase(), first, second);
        }
        let insertion =
            insertion(&text(first.content())).map(|at| at.saturating_add(first.content().start));
        let edits = merge(insertion, &text(self.content()), deletion);
        duplicate_section::finding(&name, first.name(), self.name(), edits)
    }

    fn name(&self) -> TextRange {
        self.once.name.shifted(self.item.start)
    }

    fn content(&self) -> TextRange {
        self.once.content.shifted(self.item.start)
    }

    /// The edit that deletes it. `text` is that of the item.
    fn deletion(&self, text: &str) -> Edit {
        let item = Item {
            text,
            view: &ItemView::default(),
            judged: &[],
        };
        let mut edit = deletion::directive(item, self.once.range);
        edit.range = edit.range.shifted(self.item.start);
        edit
    }
}
