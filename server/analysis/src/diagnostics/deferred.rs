//! What an item gives to checks that need to know more than the item: other files, the version of
//! PowerMTA, who may read the file.

use super::exposure::{self, Listeners};
use super::version_bound::{self, VersionBound};
use super::{Finding, Item, SectionSite, readable_secret};
use crate::meaning::{Judged, Meaning};
use crate::syntax::{EntryKind, ItemView};
use crate::text::TextRange;

/// What is kept of an item for later. Ranges are relative to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Deferred {
    /// What is wrong if other hosts can reach the server.
    pub(super) exposed: Vec<Finding>,
    /// Where the server listens.
    pub(super) listeners: Listeners,
    /// What not every version of PowerMTA has.
    pub(super) version_bound: Vec<VersionBound>,
    /// The name of the first directive with a confidential value.
    pub(super) secret: Option<TextRange>,
}

impl Deferred {
    /// What is kept of this item, if anything.
    pub(crate) fn of_item(text: &str, view: &ItemView, judged: &[Judged]) -> Option<Self> {
        let item = Item { text, view, judged };
        let mut deferred = Self::default();
        for ((index, entry), judged) in view.indexed().zip(judged) {
            match (&entry.kind, judged.meaning) {
                (EntryKind::Directive(directive), Meaning::Directive(found)) => {
                    deferred.listeners.add_directive(text, found, directive);
                    version_bound::of_directive(
                        text,
                        found,
                        directive,
                        &mut deferred.version_bound,
                    );
                    if readable_secret::is_secret(text, found, directive) {
                        deferred.secret.get_or_insert(directive.name);
                    }
                }
                (EntryKind::Section(section), Meaning::Section(found)) => {
                    deferred.listeners.add_section(text, found, &section.open);
                    version_bound::of_section(found, judged, section, &mut deferred.version_bound);
                    if found.name == "source" {
                        let tag = &section.open;
                        let site =
                            SectionSite::new(item, index, entry, tag, Some(section), *judged);
                        exposure::check_source(&site, &mut deferred.exposed);
                    }
                }
                _ => {}
            }
        }
        (deferred != Self::default()).then_some(deferred)
    }
}
