//! Completion: what may stand at the cursor.
//!
//! The line up to the cursor is read on its own, inside the sections that are open where it begins;
//! so what follows the cursor, and how broken it is, does not matter.

mod comment;
mod context;
mod documentation;
mod known_names;
mod names;
mod numbers;
mod paths;
mod prepared;
mod snippet;
mod tags;
mod values;

use std::borrow::Cow;

use crate::catalog;
use crate::text::TextRange;
use crate::workspace::{FilePosition, Files, Workspace};

use context::{Context, Site};
pub use documentation::documentation;

/// What the reader of the list can do.
#[derive(Clone, Copy, Default)]
pub struct Config<'a> {
    /// It takes texts with places to jump to.
    pub snippets: bool,
    /// The files that paths may be completed with; none: paths are not completed.
    pub files: Option<&'a dyn Files>,
}

impl std::fmt::Debug for Config<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut shown = formatter.debug_struct("Config");
        shown
            .field("snippets", &self.snippets)
            .field("files", &self.files.is_some())
            .finish()
    }
}

/// What a candidate is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ItemKind {
    /// The name of a directive.
    Directive,
    /// A section, or its end.
    Section,
    /// A word that a value accepts.
    Word,
    /// A value, such as a default.
    Value,
    /// A number with a unit.
    Unit,
    /// The name of something defined elsewhere.
    Reference,
    /// A domain macro, or a run-time variable.
    Macro,
    /// A field of accounting records.
    Field,
    /// A file.
    File,
    /// A folder.
    Folder,
    /// Something that this program reads in comments.
    Remark,
}

/// What is written into the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced by those who keep what follows the cursor. It lies on the cursor's line.
    pub insert: TextRange,
    /// What is replaced by those who replace the whole word. It begins like `insert` and is no
    /// shorter.
    pub replace: TextRange,
    /// The text.
    pub text: Cow<'static, str>,
    /// The same with places to jump to, where they help.
    pub snippet: Option<Cow<'static, str>>,
}

/// A candidate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What is shown.
    pub label: Cow<'static, str>,
    /// What it is.
    pub kind: ItemKind,
    /// A few words about it.
    pub detail: Option<Cow<'static, str>>,
    /// What the typed text is compared with.
    pub filter: Cow<'static, str>,
    /// What it writes.
    pub edit: Edit,
    /// Whether it should not be used any more.
    pub is_deprecated: bool,
    /// Whether there is more to complete behind it.
    pub goes_on: bool,
    /// The key under which [`documentation`] has help for it.
    pub documentation: Option<Cow<'static, str>>,
}

/// The candidates at a position, the likeliest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completions {
    /// The candidates.
    pub items: Vec<Item>,
    /// Whether others come up when more is typed.
    pub is_incomplete: bool,
}

/// What may stand at a position.
#[must_use]
pub fn completions(workspace: &Workspace, at: FilePosition, config: Config<'_>) -> Completions {
    let Some(site) = Site::at(workspace, at, config) else {
        return Completions::default();
    };
    let mut list = List {
        site: &site,
        found: Completions::default(),
    };
    match &site.context {
        Context::Nothing => {}
        Context::Comment { start } => comment::complete(&mut list, *start),
        Context::Name { start } => names::complete(&mut list, *start),
        Context::TagName { start } => tags::complete_name(&mut list, *start),
        Context::Argument { tag, start, .. } => tags::complete_argument(&mut list, tag, *start),
        Context::BehindTag { name } => tags::complete_behind(&mut list, name),
        Context::EndTag { start } => tags::complete_end(&mut list, *start),
        Context::Value { directive, start } => {
            let is_expected = values::complete(&mut list, *directive, *start);
            if !is_expected && let Some(start) = site.next_name(*start) {
                names::complete(&mut list, start);
            }
        }
    }
    list.found
}

/// The directive whose value the cursor stands in, and what is written of that value before the
/// cursor.
pub(crate) fn value_before_cursor(
    workspace: &Workspace,
    at: FilePosition,
) -> Option<(&'static catalog::Directive, String)> {
    let site = Site::at(workspace, at, Config::default())?;
    match &site.context {
        Context::Value {
            directive: context::Valued::Known(directive),
            start,
        } => Some((directive, site.typed(*start).to_owned())),
        _ => None,
    }
}

/// The candidates found so far.
struct List<'a> {
    site: &'a Site<'a>,
    found: Completions,
}

/// A candidate in the making.
struct Candidate {
    label: Cow<'static, str>,
    kind: ItemKind,
    detail: Option<Cow<'static, str>>,
    filter: Option<Cow<'static, str>>,
    /// What it writes; none: the label.
    text: Option<Cow<'static, str>>,
    snippet: Option<Cow<'static, str>>,
    is_deprecated: bool,
    goes_on: bool,
    documentation: Option<Cow<'static, str>>,
}

impl Candidate {
    fn new(label: impl Into<Cow<'static, str>>, kind: ItemKind) -> Self {
        Self {
            label: label.into(),
            kind,
            detail: None,
            filter: None,
            text: None,
            snippet: None,
            is_deprecated: false,
            goes_on: false,
            documentation: None,
        }
    }

    fn detail(mut self, detail: impl Into<Cow<'static, str>>) -> Self {
        let detail = detail.into();
        self.detail = (!detail.is_empty()).then_some(detail);
        self
    }

    fn text(mut self, text: impl Into<Cow<'static, str>>) -> Self {
        self.text = Some(text.into());
        self
    }
}

impl List<'_> {
    /// Adds a candidate that replaces what stands between `start` and the cursor, or up to `end`.
    fn add(&mut self, candidate: Candidate, start: usize, end: usize) {
        let cursor = self.site.cursor;
        let start = start.clamp(self.site.line_start.min(cursor), cursor);
        let label = candidate.label;
        self.found.items.push(Item {
            kind: candidate.kind,
            detail: candidate.detail,
            filter: candidate.filter.unwrap_or_else(|| label.clone()),
            edit: Edit {
                insert: TextRange::of(start, cursor),
                replace: TextRange::of(start, end.max(cursor)),
                text: candidate.text.unwrap_or_else(|| label.clone()),
                snippet: candidate.snippet.filter(|_| self.site.config.snippets),
            },
            is_deprecated: candidate.is_deprecated,
            goes_on: candidate.goes_on,
            documentation: candidate.documentation,
            label,
        });
    }
}

#[cfg(test)]
#[expect(
    clippy::arithmetic_side_effects,
    reason = "a test that overflows should fail"
)]
mod tests;
