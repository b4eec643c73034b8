//! The queue that a place in a text is about.

use super::{DEFAULT_VIRTUAL_MTA, Effective, Origin, Queue, Value, of_queue, place};
use crate::cursor::Cursor;
use crate::deployment::Deployment;
use crate::hover::{Page, quoted};
use crate::syntax::{Entry, EntryKind, Section, normalise};
use crate::workspace::{FileId, FilePosition, FileRange, Workspace};

/// The queue whose settings the section at a position gives: that of the `<domain>` and the
/// `<virtual-mta>` around it, or begun there. A set of domains stands for those in it of which nothing
/// else is said.
#[must_use]
pub fn queue_at(workspace: &Workspace, at: FilePosition) -> Option<Queue> {
    let cursor = Cursor::at(workspace.document(at.file)?, at.offset)?;
    queue_of(workspace, at.file, &cursor)
}

fn queue_of(workspace: &Workspace, file: FileId, cursor: &Cursor) -> Option<Queue> {
    let entry = cursor.entry()?;
    let own = match &entry.kind {
        EntryKind::Section(section) => Some(section),
        _ => None,
    };
    let around = cursor.view.ancestors(entry).map(|(_, section)| section);
    let sections: Vec<&Section> = own.into_iter().chain(around).collect();
    let named = |tag: &str| {
        let found = sections
            .iter()
            .find(|section| normalise(section.open.name.slice(&cursor.text)) == tag)?;
        let name = found.open.name_range(&cursor.text)?;
        Some(name.slice(&cursor.text).to_owned())
    };
    let pattern = named("domain");
    let virtual_mta = named("virtual-mta");
    if pattern.is_none() && virtual_mta.is_none() {
        return None;
    }
    let member = || {
        let pool = named("virtual-mta-pool")?;
        let root = workspace.roots_with(file).next()?;
        let deployment = Deployment::new(workspace, root);
        let pool = deployment.named("virtual-mta-pool", &pool).next()?;
        let first = deployment.members_of(&pool).next()?;
        Some(first.value())
    };
    let domain = pattern.unwrap_or_else(|| "*".to_owned());
    let domain = domain.strip_prefix("[*.]").unwrap_or(&domain);
    let is_one = !domain.contains('$') && !domain.starts_with('[');
    is_one.then(|| Queue {
        domain: domain.to_owned(),
        virtual_mta: virtual_mta
            .or_else(member)
            .unwrap_or_else(|| DEFAULT_VIRTUAL_MTA.to_owned()),
    })
}

/// How places are called in help about a file: its own lines by their number.
fn called(workspace: &Workspace, own: FileId, at: FileRange) -> String {
    let name = |file: FileId| {
        if file == own {
            return "line".to_owned();
        }
        let path = workspace.path(file).and_then(|path| path.file_name());
        path.map_or_else(String::new, |name| name.to_string_lossy().into_owned())
    };
    let called = place(workspace, at, &name);
    match called.strip_prefix("line:") {
        Some(line) => format!("line {line}"),
        None => called,
    }
}

/// The effective settings around a cursor.
fn effective(workspace: &Workspace, file: FileId, cursor: &Cursor) -> Option<Effective> {
    let queue = queue_of(workspace, file, cursor)?;
    let root = workspace.roots_with(file).next()?;
    Some(of_queue(&Deployment::new(workspace, root), &queue))
}

/// What the directive under a cursor goes before, and what goes before it.
pub(crate) fn about_directive(workspace: &Workspace, file: FileId, cursor: &Cursor) -> Page {
    let mut page = Page::default();
    let (Some(directive), Some(effective)) =
        (cursor.directive(), effective(workspace, file, cursor))
    else {
        return page;
    };
    let start = directive.name.start.saturating_add(cursor.start);
    let is_own = |at: FileRange| at.file == file && at.range.start == start;
    let queue = quoted(&effective.queue.to_string());
    for value in effective.virtual_mta.iter().chain(&effective.settings) {
        if value.at().is_some_and(is_own) {
            let instead = value.overridden.iter();
            let instead: Vec<String> = instead
                .map(|other| {
                    let at = called(workspace, file, other.at);
                    format!("{} ({at})", quoted(&other.text))
                })
                .collect();
            page.field("Goes before", instead.join(", "));
            page.field("Not sure", value.doubt.map_or("", |doubt| doubt.sentence()));
        } else if value.overridden.iter().any(|other| is_own(other.at))
            && let Some(at) = value.at()
        {
            let at = called(workspace, file, at);
            page.field(
                "Overridden",
                format!("for {queue} by {} ({at})", quoted(&value.text)),
            );
            page.field("Not sure", value.doubt.map_or("", |doubt| doubt.sentence()));
        }
    }
    page
}

/// The settings of the section under a cursor that are not as they are by default.
pub(crate) fn about_section(workspace: &Workspace, file: FileId, cursor: &Cursor) -> Page {
    let mut page = Page::default();
    let is_section = |entry: &Entry| matches!(entry.kind, EntryKind::Section(_));
    if !cursor.entry().is_some_and(is_section) {
        return page;
    }
    let Some(effective) = effective(workspace, file, cursor) else {
        return page;
    };
    let values = effective.virtual_mta.iter().chain(&effective.settings);
    let set: Vec<Value> = values
        .filter(|value| matches!(value.origin, Origin::Line { .. }))
        .cloned()
        .collect();
    if set.is_empty() {
        return page;
    }
    let at = |range: FileRange| called(workspace, file, range);
    page.paragraph(format!(
        "Effective settings of {}:",
        quoted(&effective.queue.to_string())
    ));
    page.code(&super::text::table(&set, &at, false));
    page
}
