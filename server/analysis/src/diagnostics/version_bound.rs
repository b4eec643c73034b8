//! What not every version of PowerMTA has. The facts of an item name it; which version is meant is
//! known only when findings are asked for.

use std::borrow::Cow;
use std::sync::OnceLock;

use crate::catalog::{self, Deprecated, DirectiveSet, Since, ValueKind, ValueSpec, Version};
use crate::document::Document;
use crate::meaning::{Judged, Location};
use crate::policy;
use crate::syntax::{Directive, Section};
use crate::text::TextRange;
use crate::value::{self, Context};
use crate::workspace::Workspace;

/// The oldest version that can be a target; what it has needs no note.
const OLDEST_TARGET: Version = Version::V4_5;

/// Something that not every version has.
#[derive(Clone, Debug)]
pub(crate) struct VersionBound {
    /// Where it stands, relative to the item.
    pub(super) range: TextRange,
    /// What it is.
    pub(super) what: Bound,
}

/// What not every version has.
#[derive(Clone, Debug)]
pub(super) enum Bound {
    /// A directive.
    Directive(&'static catalog::Directive),
    /// A section.
    Section(&'static catalog::Section),
    /// A form of a value, in words, and the first version that has it.
    Form(Cow<'static, str>, Version),
}

impl PartialEq for VersionBound {
    fn eq(&self, other: &Self) -> bool {
        let is_same = match (&self.what, &other.what) {
            (Bound::Directive(one), Bound::Directive(other)) => std::ptr::eq(*one, *other),
            (Bound::Section(one), Bound::Section(other)) => std::ptr::eq(*one, *other),
            (Bound::Form(one, _), Bound::Form(other, _)) => one == other,
            _ => false,
        };
        is_same && self.range == other.range
    }
}

impl Eq for VersionBound {}

impl VersionBound {
    /// The first version that has it, if that is known.
    pub(super) fn since(&self) -> Option<Version> {
        let since = |since: Option<Since>| since.and_then(|since| since.version);
        match &self.what {
            Bound::Directive(directive) => since(directive.since),
            Bound::Section(section) => since(section.since),
            Bound::Form(_, version) => Some(*version),
        }
    }

    /// Why it should not be used any more.
    pub(super) fn deprecated(&self) -> Option<Deprecated> {
        match &self.what {
            Bound::Directive(directive) => directive.deprecated,
            Bound::Section(section) => section.deprecated,
            Bound::Form(..) => None,
        }
    }

    /// What it is called in messages.
    pub(super) fn name(&self) -> String {
        match &self.what {
            Bound::Directive(directive) => format!("`{}`", directive.name),
            Bound::Section(section) => format!("`<{}>`", section.name),
            Bound::Form(form, _) => form.clone().into_owned(),
        }
    }

    fn is_bound(&self) -> bool {
        self.since().is_some_and(|since| since > OLDEST_TARGET)
            || self.deprecated().is_some_and(|it| it.removed.is_some())
    }
}

/// Adds what a line holds that not every version has.
pub(super) fn of_directive(
    text: &str,
    found: &'static catalog::Directive,
    directive: &Directive,
    bounds: &mut Vec<VersionBound>,
) {
    let whole = VersionBound {
        range: directive.name,
        what: Bound::Directive(found),
    };
    let section = found.place.section().and_then(|section| section.since);
    let comes_with_section = section.is_some_and(|section| section.version >= whole.since());
    if whole.is_bound() && !comes_with_section {
        bounds.push(whole);
    } else if let Some(form) = newer_form(directive.value.slice(text), found) {
        bounds.push(VersionBound {
            range: form.range.shifted(directive.value.start),
            ..form
        });
    }
}

/// The part of a value that is written in a way only newer versions know.
fn newer_form(value: &str, found: &'static catalog::Directive) -> Option<VersionBound> {
    let mut periods = value.split('/').skip(1);
    let may_be_newer = with_newer_forms().contains(found.id())
        || periods.any(|period| period.starts_with(|first: char| first.is_ascii_digit()));
    if !may_be_newer {
        return None;
    }
    let context = Context {
        cut_by_comment: false,
    };
    let parsed = value::parse(&found.value, value, context);
    parsed.pieces.iter().find_map(|piece| {
        let form = form_of(piece.spec, piece.range.slice(value))?;
        Some(VersionBound {
            range: piece.range,
            what: form,
        })
    })
}

/// What a piece of a value is, if only newer versions take it.
fn form_of(spec: &'static ValueSpec, written: &str) -> Option<Bound> {
    if let ValueKind::Rate | ValueKind::DataRate = spec.kind
        && let Some((_, period)) = written.split_once('/')
        && period.starts_with(|first: char| first.is_ascii_digit())
    {
        let form = "A rate over several units of time";
        return Some(Bound::Form(Cow::Borrowed(form), Version::V5_0R1));
    }
    let word = spec
        .words
        .iter()
        .find(|word| word.text.eq_ignore_ascii_case(written));
    if let Some(word) = word {
        let form = format!("`{}`", word.text);
        return Some(Bound::Form(Cow::Owned(form), word.since?));
    }
    let (since, name) = (spec.since?, value::expected(spec));
    let mut letters = name.chars();
    let first = letters.next()?.to_uppercase();
    let form = first.chain(letters).collect();
    Some(Bound::Form(Cow::Owned(form), since))
}

/// The directives of which newer versions take more values.
fn with_newer_forms() -> &'static DirectiveSet {
    static DIRECTIVES: OnceLock<DirectiveSet> = OnceLock::new();
    DIRECTIVES.get_or_init(|| {
        let mut set = DirectiveSet::default();
        for directive in catalog::DIRECTIVES {
            if has_newer_form(&directive.value) {
                set.insert(directive.id());
            }
        }
        set
    })
}

/// Whether newer versions take more values of this shape.
fn has_newer_form(spec: &ValueSpec) -> bool {
    spec.since.is_some()
        || spec.words.iter().any(|word| word.since.is_some())
        || match spec.kind {
            ValueKind::List { item, .. } => has_newer_form(item),
            ValueKind::Composite(parts) => parts.iter().any(|part| has_newer_form(&part.value)),
            ValueKind::AnyOf(choices) => choices.iter().any(has_newer_form),
            _ => false,
        }
}

/// Adds a section that not every version has.
pub(super) fn of_section(
    found: &'static catalog::Section,
    judged: &Judged,
    section: &Section,
    bounds: &mut Vec<VersionBound>,
) {
    let bound = VersionBound {
        range: section.open.name,
        what: Bound::Section(found),
    };
    if bound.is_bound() && matches!(judged.location, Location::In(_)) {
        bounds.push(bound);
    }
}

/// All that a document holds that not every version has. Ranges are from the start of the file.
pub(super) fn of_document(document: &Document) -> impl Iterator<Item = VersionBound> + '_ {
    document
        .items_where(|contents| contents.has_deferred)
        .filter_map(|item| Some((item.start, item.facts.rare().deferred.as_ref()?)))
        .flat_map(|(start, deferred)| {
            let by = TextRange::of(0, start).end;
            deferred
                .version_bound
                .iter()
                .map(move |bound| VersionBound {
                    range: bound.range.shifted(by),
                    what: bound.what.clone(),
                })
        })
}

/// The version of PowerMTA that a configuration is for, where that is set.
pub(super) fn target(workspace: &Workspace) -> Option<Version> {
    let target = workspace.policy().powermta?;
    let known = [
        Version::V5_0In2020,
        Version::V4_5,
        Version::V4_0,
        Version::V3_5,
    ];
    let oldest = Version::V3_5;
    let newest_not_after = |version: &Version| policy::Version::from(*version) <= target;
    Some(known.into_iter().find(newest_not_after).unwrap_or(oldest))
}

/// What a version is called.
pub(super) fn version_name(version: Version) -> &'static str {
    match version {
        Version::V3_5 => "3.5",
        Version::V4_0 => "4.0",
        Version::V4_5 => "4.5",
        Version::V5_0R1 | Version::V5_0In2020 => "5.0",
    }
}
