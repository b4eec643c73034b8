//! Names that the files of a configuration define and use.

use std::collections::HashSet;

use super::List;
use crate::catalog::ReferenceKind;
use crate::facts::Name;
use crate::names::{files_with, is_same_name_space};
use crate::text::TextRange;
use crate::workspace::{FileId, Workspace};

/// A name with what it names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Known {
    pub(super) name: String,
    pub(super) kind: ReferenceKind,
    pub(super) is_folklore: bool,
}

/// Most names that are offered at a time: nobody reads more, and sending them takes time.
const MOST_NAMES: usize = 1_000;

/// The names that something of this kind may refer to; where there are very many, some of those that
/// hold what was typed.
pub(super) fn offered(list: &mut List<'_>, kind: ReferenceKind, typed: &str) -> Vec<Known> {
    let mut known = defined(list.site.workspace, list.site.at.file, kind);
    if known.len() > MOST_NAMES {
        known.retain(|known| known.name.contains(typed));
        known.truncate(MOST_NAMES);
        list.found.is_incomplete = true;
    }
    known
}

/// The names that something of this kind may refer to, each once: first those that PowerMTA knows,
/// in reading order.
fn defined(workspace: &Workspace, file: FileId, kind: ReferenceKind) -> Vec<Known> {
    let mut known = collect(workspace, file, |name| {
        let is_pool = kind == ReferenceKind::VirtualMta
            && name.kind == ReferenceKind::VirtualMtaOrPool
            && !name.is_folklore;
        is_same_name_space(kind, name.kind) && !is_pool
    });
    known.sort_by_key(|name| name.is_folklore);
    let mut seen = HashSet::new();
    known.retain(|known| seen.insert(known.name.clone()));
    known
}

/// The names of this kind that are used and defined nowhere, each once.
pub(super) fn undefined(workspace: &Workspace, file: FileId, kind: ReferenceKind) -> Vec<String> {
    let mut seen: HashSet<String> = defined(workspace, file, kind)
        .into_iter()
        .map(|known| known.name)
        .collect();
    used(workspace, file, kind)
        .into_iter()
        .filter(|name| seen.insert(name.clone()))
        .collect()
}

/// The names of this kind that are used, in reading order.
fn used(workspace: &Workspace, file: FileId, kind: ReferenceKind) -> Vec<String> {
    let mut names = Vec::new();
    each(
        workspace,
        file,
        &mut |text: String, name: &Name, is_definition| {
            if !is_definition && is_same_name_space(kind, name.kind) {
                names.push(text);
            }
        },
    );
    names
}

fn collect(workspace: &Workspace, file: FileId, is_wanted: impl Fn(&Name) -> bool) -> Vec<Known> {
    let mut known = Vec::new();
    each(
        workspace,
        file,
        &mut |text: String, name: &Name, is_definition| {
            if is_definition && is_wanted(name) {
                known.push(Known {
                    name: text,
                    kind: name.kind,
                    is_folklore: name.is_folklore,
                });
            }
        },
    );
    known
}

fn each(workspace: &Workspace, file: FileId, visit: &mut dyn FnMut(String, &Name, bool)) {
    for file in files_with(workspace, file) {
        let Some(document) = workspace.document(file) else {
            continue;
        };
        for item in document.items() {
            let by = TextRange::of(item.start, item.start).start;
            let definitions = item.facts.definitions.iter().map(|name| (name, true));
            let references = item.facts.references.iter().map(|name| (name, false));
            for (name, is_definition) in definitions.chain(references) {
                let text = document.slice(name.range.shifted(by).as_usize());
                if !text.is_empty() {
                    visit(text, name, is_definition);
                }
            }
        }
    }
}

/// What a name names, in a word.
pub(super) fn described(kind: ReferenceKind) -> &'static str {
    match kind {
        ReferenceKind::VirtualMta => "VirtualMTA",
        ReferenceKind::VirtualMtaOrPool => "VirtualMTA pool",
        ReferenceKind::Source => "source",
        ReferenceKind::PatternList => "pattern list",
        ReferenceKind::SmtpPatternList => "SMTP pattern list",
        ReferenceKind::AddressList => "address list",
        ReferenceKind::RewriteList => "rewrite list",
        ReferenceKind::Proxy => "proxy",
        ReferenceKind::SignalsFilter => "signals filter",
        ReferenceKind::SourceGroup => "source group",
        ReferenceKind::DomainMacro => "domain macro",
        ReferenceKind::Queue => "queue",
        ReferenceKind::File => "file",
        ReferenceKind::Directory => "folder",
    }
}
