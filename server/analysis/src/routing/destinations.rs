//! Where mail of the sender under a cursor may go: the VirtualMTAs and pools that a rule, its nested
//! list and the lists it goes on with choose, or that a `<sender>` block names.

use super::pattern_list::{RuleResult, rule_of};
use crate::catalog::ReferenceKind;
use crate::cursor::{Cursor, Part};
use crate::deployment::{Deployment, Member, Section};
use crate::meaning::Meaning;
use crate::names::{self, Names};
use crate::syntax::{Entry, EntryKind, normalise};
use crate::text::TextRange;
use crate::workspace::{FileId, Workspace};

/// Most lists that are looked into.
const MOST_LISTS: usize = 32;
/// Most names that are given: more nobody chooses from.
const MOST_NAMES: usize = 200;

/// Where a sender's mail may go.
pub(crate) struct Destinations {
    /// The sender, from the start of the item.
    pub(crate) sender: TextRange,
    /// Names of VirtualMTAs and pools, each once, those that are tried first in front.
    pub(crate) names: Vec<String>,
}

/// Where mail of the sender under a cursor may go; none if there is no sender.
pub(crate) fn destinations(
    workspace: &Workspace,
    file: FileId,
    cursor: &Cursor,
) -> Option<Destinations> {
    let entry = cursor.entry()?;
    let sender = sender_under(cursor, entry)?;
    let mut found = Chosen::default();
    for range in constructs_of(cursor, entry) {
        found.add_inside(cursor, range);
    }
    let root = workspace.roots_with(file).next();
    if let Some(root) = root.filter(|_| !found.lists.is_empty()) {
        found.follow_lists(&Deployment::new(workspace, root));
    }
    Some(Destinations {
        sender,
        names: found.names,
    })
}

/// The pattern of a rule, or the argument of a `<sender>` block, if the cursor is on it.
fn sender_under(cursor: &Cursor, entry: &Entry) -> Option<TextRange> {
    let sender = match (&entry.kind, cursor.part) {
        (EntryKind::Directive(directive), Part::Value) => {
            let is_rule = normalise(directive.name.slice(&cursor.text)) == "mail-from";
            let value = directive.value.slice(&cursor.text);
            let end = value.rfind('/').filter(|_| is_rule)?.saturating_add(1);
            TextRange::of(0, end).shifted(directive.value.start)
        }
        (EntryKind::Section(section), Part::Argument(argument)) => {
            let is_sender = normalise(section.open.name.slice(&cursor.text)) == "sender"
                && matches!(cursor.judged()?.meaning, Meaning::FolkloreSection(_));
            is_sender.then_some(argument)?
        }
        _ => return None,
    };
    sender.touches(cursor.offset).then_some(sender)
}

/// The rule or block itself, and the list that a rule nests.
fn constructs_of(cursor: &Cursor, entry: &Entry) -> Vec<TextRange> {
    let mut constructs = vec![entry.range];
    let siblings = cursor.view.children(entry.parent);
    let behind = siblings
        .map(|(_, other)| other)
        .find(|other| other.range.start >= entry.range.end);
    let nested = behind.filter(|other| match &other.kind {
        EntryKind::Section(section) => {
            section.open.name_range(&cursor.text).is_none()
                && normalise(section.open.name.slice(&cursor.text)) == "pattern-list"
        }
        _ => false,
    });
    let is_rule = matches!(entry.kind, EntryKind::Directive(_));
    constructs.extend(nested.filter(|_| is_rule).map(|nested| nested.range));
    constructs
}

/// What rules choose.
#[derive(Default)]
struct Chosen {
    names: Vec<String>,
    /// Lists that rules go on with.
    lists: Vec<String>,
}

impl Chosen {
    /// Adds what stands inside a range of the cursor's item.
    fn add_inside(&mut self, cursor: &Cursor, range: TextRange) {
        let constructs = cursor.view.indexed().zip(&cursor.judged);
        for ((index, entry), judged) in constructs {
            if !range.contains_range(entry.range) {
                continue;
            }
            let mut named = Names::default();
            named.add(&cursor.text, &cursor.view, index, judged);
            for name in named.references {
                let text = name.range.slice(&cursor.text).to_owned();
                if name.kind == ReferenceKind::PatternList {
                    add_once(&mut self.lists, text);
                } else if names::is_same_name_space(name.kind, ReferenceKind::VirtualMta) {
                    add_once(&mut self.names, text);
                }
            }
        }
    }

    /// Adds what the lists choose that rules go on with.
    fn follow_lists(&mut self, deployment: &Deployment<'_>) {
        let mut next: usize = 0;
        while let Some(name) = self.lists.get(next).filter(|_| next < MOST_LISTS).cloned() {
            if let Some(list) = deployment.named("pattern-list", &name).last() {
                self.add_list(deployment, &list);
            }
            next = next.saturating_add(1);
        }
    }

    fn add_list(&mut self, deployment: &Deployment<'_>, list: &Section<'_>) {
        for member in deployment.body(list) {
            match member {
                Member::Setting(line) => {
                    let RuleResult {
                        virtual_mta,
                        call_to,
                        ..
                    } = rule_of(&line).result;
                    if let Some(name) = virtual_mta {
                        add_once(&mut self.names, name);
                    }
                    if let Some(name) = call_to {
                        add_once(&mut self.lists, name);
                    }
                }
                Member::Section(nested) => self.add_list(deployment, &nested),
            }
        }
    }
}

fn add_once(names: &mut Vec<String>, name: String) {
    if names.len() < MOST_NAMES && !names.contains(&name) {
        names.push(name);
    }
}
