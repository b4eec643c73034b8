//! What lines that cannot be read may have been meant to say.
//!
//! A line with a wrong name, without its value or with one that makes no sense has a finding. That
//! something is missing elsewhere because of it would be a second finding for one cause: whoever
//! reports what is missing asks here first.

use crate::catalog::{self, ArgumentKind, DirectiveSet, ReferenceKind, ValueKind, ValueSpec};
use crate::diagnostics::{Finding, Severity};
use crate::facts::Kinds;
use crate::meaning::{Judged, Meaning, catalog_name};
use crate::slip;
use crate::syntax::{Directive, Entry, EntryKind, ItemView, Tag};

/// What is open in a stretch of text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Gaps {
    /// Directives that may be set, or to another value than is written.
    pub(crate) directives: DirectiveSet,
    /// What may be defined by a name that is missing.
    pub(crate) definitions: Kinds,
    /// What may be used by a name that is missing.
    pub(crate) references: Kinds,
}

impl Gaps {
    /// What an item leaves open, if anything. `findings` are those that it has itself.
    pub(crate) fn of_item(
        text: &str,
        view: &ItemView,
        judged: &[Judged],
        findings: &[Finding],
    ) -> Option<Self> {
        if findings.is_empty() {
            return None;
        }
        let mut gaps = Self::default();
        for (entry, its) in view.entries.iter().zip(judged) {
            match &entry.kind {
                EntryKind::Section(section) => gaps.add_tag(&section.open, its),
                EntryKind::Directive(directive) => {
                    let is_doubtful = is_hidden(view, judged, entry)
                        || findings.iter().any(|finding| is_about(finding, directive));
                    if is_doubtful {
                        gaps.add_directive(text, directive, its);
                    }
                }
                _ => {}
            }
        }
        (gaps != Self::default()).then_some(gaps)
    }

    /// Adds what another stretch leaves open.
    pub(crate) fn extend(&mut self, other: &Self) {
        self.directives.extend(&other.directives);
        self.definitions.extend(other.definitions);
        self.references.extend(other.references);
    }

    /// An opening tag without the argument that it needs.
    fn add_tag(&mut self, tag: &Tag, judged: &Judged) {
        let Meaning::Section(section) = judged.meaning else {
            return;
        };
        if tag.argument.is_some() || !tag.attributes.is_empty() || section.argument.is_none() {
            return;
        }
        for kind in section.defines {
            self.definitions.insert(*kind);
        }
        if section.argument == Some(ArgumentKind::DomainPattern) {
            self.references.insert(ReferenceKind::DomainMacro);
        }
    }

    /// A line of which it is not sure what it says.
    fn add_directive(&mut self, text: &str, directive: &Directive, judged: &Judged) {
        let meant = match judged.meaning {
            Meaning::Directive(found) => Some(found),
            Meaning::SomewhereValid(entries) | Meaning::Misplaced(entries) => entries.first(),
            Meaning::UnknownDirective => {
                slip::directive(&catalog_name(text, directive), judged.location.place())
            }
            _ => None,
        };
        let Some(meant) = meant else { return };
        for entry in catalog::directives_named(meant.name) {
            self.directives.insert(entry.id());
        }
        if directive.value.is_empty() {
            if let Some(kind) = meant.defines {
                self.definitions.insert(kind);
            }
            self.add_names(&meant.value);
        }
    }

    /// What a value of this shape can refer to.
    fn add_names(&mut self, spec: &ValueSpec) {
        match spec.kind {
            ValueKind::Ref(kind) => self.references.insert(kind),
            ValueKind::MacroItem => self.references.insert(ReferenceKind::DomainMacro),
            ValueKind::List { item, .. } => self.add_names(item),
            ValueKind::Composite(parts) => {
                for part in parts {
                    self.add_names(&part.value);
                }
            }
            ValueKind::AnyOf(choices) => {
                for choice in choices {
                    self.add_names(choice);
                }
            }
            _ => {}
        }
    }
}

/// Whether the line stands in a section that PowerMTA does not have, so that nobody else reads it.
fn is_hidden(view: &ItemView, judged: &[Judged], entry: &Entry) -> bool {
    view.ancestors(entry).any(|(index, _)| {
        let meaning = judged.get(index as usize).map(|judged| judged.meaning);
        matches!(
            meaning,
            Some(Meaning::UnknownSection | Meaning::FolkloreSection(_))
        )
    })
}

/// Whether a finding says that a line is not right as it is.
fn is_about(finding: &Finding, directive: &Directive) -> bool {
    finding.severity >= Severity::Warning && directive.range().contains_range(finding.range)
}

#[cfg(test)]
mod tests;
