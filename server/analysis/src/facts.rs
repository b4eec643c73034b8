//! What is remembered of an item: all that other items and files need to know about it.
//!
//! Facts are relative to the item's start, so an item that only moved keeps them.

use crate::catalog::{DirectiveSet, Place, ReferenceKind};
use crate::diagnostics::{self, Finding};
use crate::meaning::{self, Judged, Location, Meaning};
use crate::names::Names;
use crate::outline::{self, Line};
use crate::syntax::{EntryKind, ItemView, SectionEnd, SectionForm};
use crate::text::TextRange;

/// A name that is defined or used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// What kind of thing is named.
    pub kind: ReferenceKind,
    /// The name, without quotes.
    pub range: TextRange,
    /// Whether it stands in something that the web invented.
    pub is_folklore: bool,
}

/// A section without end of its own, or an end that closes nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// A section that something else ended. Those inside it follow it.
    Unclosed {
        name: String,
        opening: TextRange,
        is_empty: bool,
    },
    /// An end tag that closes nothing.
    Stray { name: String, range: TextRange },
}

/// What an item tells about the file it stands in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Evidence {
    /// It may stand only at the top level of a configuration.
    pub(crate) is_global_only: bool,
    /// It is a `<source>`.
    pub(crate) has_source: bool,
    /// It is one of `smtp-listener`, `log-file` and `spool`.
    pub(crate) has_server_setting: bool,
}

/// What a stretch of items holds, so that those without need not be looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Contents {
    /// Something tells about the file.
    pub(crate) evidence: Evidence,
    /// An item has a finding of its own.
    pub(crate) has_findings: bool,
    /// An item has an end that was lost or closes nothing.
    pub(crate) has_marks: bool,
    /// An item has an `include` line.
    pub(crate) has_includes: bool,
    /// An item is a VirtualMTA that has no address of its own.
    pub(crate) has_bare_virtual_mta: bool,
    /// The directives of all items.
    pub(crate) directives: DirectiveSet,
}

impl Contents {
    /// Adds what one item holds.
    pub(crate) fn add(&mut self, facts: &Facts) {
        self.evidence.is_global_only |= facts.evidence.is_global_only;
        self.evidence.has_source |= facts.evidence.has_source;
        self.evidence.has_server_setting |= facts.evidence.has_server_setting;
        self.has_findings |= !facts.findings.is_empty();
        self.has_marks |= !facts.marks.is_empty();
        self.has_includes |= !facts.includes.is_empty();
        self.has_bare_virtual_mta |= facts.is_bare_virtual_mta;
        for line in &facts.outline {
            if let Line::Setting { directive, .. } = line {
                self.directives.insert(*directive);
            }
        }
    }
}

/// All that is remembered of an item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// What is wrong in it, as far as it alone can tell.
    pub findings: Vec<Finding>,
    /// Names it defines.
    pub definitions: Vec<Name>,
    /// Names it uses.
    pub references: Vec<Name>,
    /// What its `include` lines name, with the place they stand in.
    pub includes: Vec<(TextRange, Option<Place>)>,
    /// What it says to PowerMTA.
    pub(crate) outline: Box<[Line]>,
    pub(crate) marks: Vec<Mark>,
    /// The name in its first opening tag.
    pub(crate) first_tag: Option<TextRange>,
    pub(crate) evidence: Evidence,
    /// It is a VirtualMTA that has no address of its own.
    pub(crate) is_bare_virtual_mta: bool,
}

/// Works out the facts of one item. `places` is where the file's top level may stand; none given:
/// unknown.
#[must_use]
pub fn facts(text: &str, view: &ItemView, places: &[Place]) -> Facts {
    let (first, others) = match places.split_first() {
        Some((first, others)) => (Location::In(*first), others),
        None => (Location::Unknown, places),
    };
    let judged = meaning::judge(text, view, first);
    let mut facts = Facts {
        findings: diagnostics::check_item(text, view, &judged),
        marks: marks(text, view, None),
        ..Facts::default()
    };
    collect_names(text, view, &judged, &mut facts);
    facts.outline = outline::outline(text, view, &judged);
    facts.is_bare_virtual_mta =
        diagnostics::virtual_mta_without_source_host::is_bare(&facts.outline);
    for place in others {
        let judged = meaning::judge(text, view, Location::In(*place));
        for finding in diagnostics::check_item(text, view, &judged) {
            if !facts.findings.contains(&finding) {
                facts.findings.push(finding);
            }
        }
    }
    facts
}

fn collect_names(text: &str, view: &ItemView, judged: &[Judged], facts: &mut Facts) {
    let mut names = Names::default();
    for ((index, entry), judged) in view.indexed().zip(judged) {
        names.add(text, entry, index == 0, judged);
        match (&entry.kind, judged.meaning) {
            (EntryKind::Section(section), meaning) => {
                facts.first_tag = facts.first_tag.or(Some(section.open.name));
                if let Meaning::Section(section) = meaning
                    && entry.parent.is_none()
                {
                    facts.evidence.has_source |= section.name == "source";
                    facts.evidence.has_server_setting |=
                        matches!(section.name, "spool" | "smtp-listener");
                    facts.evidence.is_global_only |= section.nests_in == [Place::GLOBAL];
                }
            }
            (EntryKind::Directive(_), meaning) => {
                let entries = match meaning {
                    Meaning::Directive(entry) => std::slice::from_ref(entry),
                    Meaning::SomewhereValid(entries) | Meaning::Misplaced(entries) => entries,
                    _ => continue,
                };
                let Some(found) = entries.first() else {
                    continue;
                };
                if entry.parent.is_none() {
                    let all = crate::catalog::directives_named(found.name);
                    facts.evidence.is_global_only |= all.iter().all(|it| it.place == Place::GLOBAL);
                    facts.evidence.has_server_setting |=
                        matches!(found.name, "smtp-listener" | "log-file" | "spool");
                }
            }
            _ => {}
        }
    }
    facts.definitions = names.definitions;
    facts.references = names.references;
    facts.includes = names.includes;
}

/// The marks among the constructs directly inside `parent`: unclosed sections with the unclosed ones
/// at their ends, and stray ends.
pub(crate) fn marks(text: &str, view: &ItemView, parent: Option<u32>) -> Vec<Mark> {
    let mut marks = Vec::new();
    for (index, entry) in view.children(parent) {
        match &entry.kind {
            EntryKind::StrayEnd(stray) if stray.form == SectionForm::Tag => {
                let name = stray.name.map_or("", |name| name.slice(text));
                let name = crate::syntax::normalise(name).into_owned();
                marks.push(Mark::Stray {
                    name,
                    range: entry.range,
                });
            }
            EntryKind::Section(section)
                if section.end == SectionEnd::Missing && section.form == SectionForm::Tag =>
            {
                marks.push(Mark::Unclosed {
                    name: crate::syntax::normalise(section.open.name.slice(text)).into_owned(),
                    opening: section.open.range,
                    is_empty: section.last == index.saturating_add(1),
                });
                let inner = marks_at_end(text, view, index);
                marks.extend(inner);
            }
            _ => {}
        }
    }
    marks
}

/// The unclosed sections at the very end of an unclosed section.
fn marks_at_end(text: &str, view: &ItemView, section: u32) -> Vec<Mark> {
    let last = view.children(Some(section)).last();
    match last {
        Some((index, entry)) => match &entry.kind {
            EntryKind::Section(inner) if inner.end == SectionEnd::Missing => {
                let mut marks = vec![Mark::Unclosed {
                    name: crate::syntax::normalise(inner.open.name.slice(text)).into_owned(),
                    opening: inner.open.range,
                    is_empty: inner.last == index.saturating_add(1),
                }];
                marks.extend(marks_at_end(text, view, index));
                marks
            }
            _ => Vec::new(),
        },
        None => Vec::new(),
    }
}
