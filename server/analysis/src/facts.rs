//! What is remembered of an item: all that other items and files need to know about it.
//!
//! Facts are relative to the item's start, so an item that only moved keeps them.

use crate::catalog::{DirectiveSet, Place, ReferenceKind};
use crate::diagnostics::repetition::{self, Once};
use crate::diagnostics::{self, Deferred, Finding};
use crate::format;
use crate::gaps::Gaps;
use crate::meaning::{self, Judged, Location, Meaning};
use crate::names::Names;
use crate::outline::{self, Line};
use crate::remarks::Remark;
use crate::syntax::{CommentForm, EntryKind, ItemView, SectionEnd, SectionForm};
use crate::text::TextRange;

/// A name that is defined or used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// What kind of thing is named.
    pub kind: ReferenceKind,
    /// The name, without quotes.
    pub range: TextRange,
    /// Whether it stands in something that the web invented, or where it may not.
    pub is_folklore: bool,
    /// What more is known of a reference.
    pub role: Role,
}

/// What is known of a reference beside the name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Role {
    /// Nothing.
    #[default]
    Plain,
    /// PowerMTA does not ask whether anything has this name.
    Unchecked,
    /// It makes a VirtualMTA a member of a pool that holds `<domain>` sections.
    MemberWithDomains,
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
    /// An item is an end of any form that closes nothing.
    pub(crate) has_stray_end: bool,
    /// An item has an `include` line.
    pub(crate) has_includes: bool,
    /// An item is a VirtualMTA that has no address of its own.
    pub(crate) has_bare_virtual_mta: bool,
    /// The directives of all items.
    pub(crate) directives: DirectiveSet,
    /// An item has something that can be judged only beside others.
    pub(crate) has_deferred: bool,
    /// An item has a comment that speaks to this program.
    pub(crate) has_remarks: bool,
    /// An item turns formatting off or on.
    pub(crate) switches_format: bool,
    /// A template engine fills something in.
    pub(crate) has_template_markers: bool,
    /// An item has a line that cannot be read.
    pub(crate) has_gaps: bool,
    /// What the items define.
    pub(crate) defines: Kinds,
}

/// A set of kinds of names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Kinds(u32);

impl Kinds {
    /// Adds a kind.
    pub(crate) fn insert(&mut self, kind: ReferenceKind) {
        self.0 |= Self::bit(kind);
    }

    /// Adds those of another set.
    pub(crate) fn extend(&mut self, other: Self) {
        self.0 |= other.0;
    }

    /// Whether a kind is among them.
    pub(crate) fn contains(self, kind: ReferenceKind) -> bool {
        self.0 & Self::bit(kind) != 0
    }

    fn bit(kind: ReferenceKind) -> u32 {
        1_u32.checked_shl(kind as u32).unwrap_or_default()
    }
}

impl Contents {
    /// Adds what one item holds.
    pub(crate) fn add(&mut self, facts: &Facts) {
        let rare = facts.rare();
        self.evidence.is_global_only |= facts.evidence.is_global_only;
        self.evidence.has_source |= facts.evidence.has_source;
        self.evidence.has_server_setting |= facts.evidence.has_server_setting;
        self.has_findings |= !rare.findings.is_empty();
        self.has_marks |= !rare.marks.is_empty();
        self.has_stray_end |= rare.has_stray_end;
        self.has_includes |= !rare.includes.is_empty();
        self.has_template_markers |= facts.has_template_markers;
        for definition in &facts.definitions {
            self.defines.insert(definition.kind);
        }
        self.switches_format |= rare.format_switch.is_some();
        self.has_remarks |= !rare.remarks.is_empty();
        self.has_deferred |= rare.deferred.is_some();
        self.has_bare_virtual_mta |= facts.is_bare_virtual_mta;
        self.has_gaps |= rare.gaps.is_some();
        for line in &facts.outline {
            if let Line::Setting { directive, .. } = line {
                self.directives.insert(*directive);
            }
        }
    }
}

/// All that is remembered of an item. A long file has many, so what few have is kept apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Names it defines.
    pub definitions: Box<[Name]>,
    /// Names it uses.
    pub references: Box<[Name]>,
    /// What it says to PowerMTA.
    pub(crate) outline: Box<[Line]>,
    /// The name in its first opening tag.
    pub(crate) first_tag: Option<TextRange>,
    /// What in it may stand only once in a file.
    pub(crate) once: Option<Once>,
    pub(crate) evidence: Evidence,
    /// A template engine fills in whole lines of it.
    pub(crate) has_template_markers: bool,
    /// It is a VirtualMTA that has no address of its own.
    pub(crate) is_bare_virtual_mta: bool,
    rare: Option<Box<RareFacts>>,
}

/// What is remembered of few items.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RareFacts {
    /// What is wrong in it, as far as it alone can tell.
    pub findings: Vec<Finding>,
    /// What its `include` lines name, with the place they stand in.
    pub includes: Vec<(TextRange, Option<Place>)>,
    /// Its comments that speak to this program.
    pub(crate) remarks: Vec<Remark>,
    pub(crate) marks: Vec<Mark>,
    /// An end of any form stands in it that closes nothing and that no section holds.
    pub(crate) has_stray_end: bool,
    /// Whether formatting is on behind it; none: as before it.
    pub(crate) format_switch: Option<bool>,
    /// What can be judged only beside other items or for one version.
    pub(crate) deferred: Option<Deferred>,
    /// What its lines that cannot be read may have been meant to say.
    pub(crate) gaps: Option<Gaps>,
}

impl Facts {
    /// What few items have.
    #[must_use]
    pub fn rare(&self) -> &RareFacts {
        static NONE: RareFacts = RareFacts {
            findings: Vec::new(),
            includes: Vec::new(),
            remarks: Vec::new(),
            marks: Vec::new(),
            has_stray_end: false,
            format_switch: None,
            deferred: None,
            gaps: None,
        };
        self.rare.as_deref().unwrap_or(&NONE)
    }
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
    let mut findings = diagnostics::check_item(text, view, &judged);
    if !others.is_empty() {
        let elsewhere = others.iter().map(|place| {
            let judged = meaning::judge(text, view, Location::In(*place));
            diagnostics::check_item(text, view, &judged)
        });
        let checked = std::iter::once(findings).chain(elsewhere);
        findings = diagnostics::in_all_places(places, checked.collect());
    }
    let mut rare = RareFacts {
        remarks: remarks(text, view),
        marks: marks(text, view, None),
        has_stray_end: has_stray_end(view),
        format_switch: format_switch(text, view),
        deferred: Deferred::of_item(text, view, &judged),
        gaps: Gaps::of_item(text, view, &judged, &findings),
        findings,
        ..RareFacts::default()
    };
    let mut facts = Facts {
        once: repetition::once(text, view, &judged),
        outline: outline::outline(text, view, &judged),
        ..Facts::default()
    };
    collect_names(text, view, &judged, &mut facts, &mut rare);
    let gaps = rare.gaps.as_ref();
    facts.is_bare_virtual_mta =
        diagnostics::virtual_mta_without_source_host::is_bare(&facts.outline, gaps);
    facts.rare = (rare != RareFacts::default()).then(|| Box::new(rare));
    facts
}

fn has_stray_end(view: &ItemView) -> bool {
    let is_stray = |kind: &EntryKind| matches!(kind, EntryKind::StrayEnd(_));
    let mut at_top = view.children(None);
    at_top.any(|(_, entry)| is_stray(&entry.kind))
}

/// What the last comment of the item that turns formatting off or on says.
fn format_switch(text: &str, view: &ItemView) -> Option<bool> {
    let comments = view
        .entries
        .iter()
        .filter(|entry| matches!(entry.kind, EntryKind::Comment(CommentForm::Hash)));
    comments
        .filter_map(|entry| format::switch(entry.range.slice(text)))
        .next_back()
}

fn remarks(text: &str, view: &ItemView) -> Vec<Remark> {
    let is_comment = |kind: &EntryKind| *kind == EntryKind::Comment(CommentForm::Hash);
    let comments = view.entries.iter().filter(|entry| is_comment(&entry.kind));
    comments
        .filter_map(|entry| {
            let remark = Remark::read(entry.range.slice(text))?;
            Some(remark.shifted(entry.range.start))
        })
        .collect()
}

fn collect_names(
    text: &str,
    view: &ItemView,
    judged: &[Judged],
    facts: &mut Facts,
    rare: &mut RareFacts,
) {
    let mut names = Names::default();
    for ((index, entry), judged) in view.indexed().zip(judged) {
        names.add(text, view, index, judged);
        facts.has_template_markers |= matches!(entry.kind, EntryKind::TemplateMarker);
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
    facts.definitions = names.definitions.into();
    facts.references = names.references.into();
    rare.includes = names.includes;
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
