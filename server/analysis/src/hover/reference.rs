//! What a name refers to: the text of its definition, the addresses of a VirtualMTA, the members of a
//! pool, the files of an `include`.

use super::page::{Page, quoted};
use super::{Site, wording};
use crate::catalog::ReferenceKind;
use crate::definition::construct;
use crate::document::Document;
use crate::meaning::{self, Location};
use crate::names::{self, Found, Names, meaning_of_built_in};
use crate::secrets::secrets_of_item;
use crate::syntax::{EntryKind, ItemView};
use crate::text::TextRange;
use crate::value::{AddressRange, unquote};
use crate::workspace::{FileError, FileRange, Found as Located, Unread, Workspace};

/// Most definitions that are shown.
const MOST_DEFINITIONS: usize = 3;
/// Most lines of a definition that are shown.
const MOST_LINES: usize = 12;
/// Most characters of a line that are shown.
const MOST_CHARACTERS: usize = 160;
/// Most addresses, members or files that are listed.
const MOST_ITEMS: usize = 12;

/// Help for a name.
pub(super) fn reference(site: &Site<'_>, kind: ReferenceKind, name: &str) -> Page {
    let mut page = Page::default();
    if let ReferenceKind::File | ReferenceKind::Directory = kind {
        page.paragraph(format!("{}: {}", quoted(name), noun(kind)));
        return page;
    }
    if let Some(means) = meaning_of_built_in(kind, name) {
        page.paragraph(format!("{}: {means}", quoted(name)));
    }
    let found = names::definitions(site.workspace, site.at.file, kind, &[name]);
    for definition in found.iter().take(MOST_DEFINITIONS) {
        self::definition(site, definition, name, &mut page);
    }
    if found.is_empty() && page.is_empty() {
        page.paragraph(format!(
            "{} {} is defined in none of the files that were read.",
            noun(kind),
            quoted(name)
        ));
    }
    if let Some(more) = found
        .len()
        .checked_sub(MOST_DEFINITIONS)
        .filter(|more| *more > 0)
    {
        page.paragraph(format!("Defined {more} more times."));
    }
    page
}

/// Help for a name where it is defined: what it comes to, and where else it is defined.
pub(super) fn own_definition(site: &Site<'_>, kind: ReferenceKind, name: TextRange) -> Page {
    let mut page = Page::default();
    if kind == ReferenceKind::Queue {
        return page;
    }
    let text = name.slice(&site.cursor.text);
    if let Some(means) = meaning_of_built_in(kind, text) {
        page.paragraph(format!("{}: {means}", quoted(text)));
    }
    let own = FileRange {
        file: site.at.file,
        range: name.shifted(site.cursor.start),
    };
    let found = names::definitions(site.workspace, site.at.file, kind, &[text]);
    let (own, others): (Vec<Found>, Vec<Found>) =
        found.into_iter().partition(|found| found.name == own);
    if let (Some(own), Some(document)) = (own.first(), site.workspace.document(site.at.file)) {
        let target = construct(site.workspace, own.name);
        list_inside(site, own, document, target.range, &mut page);
    }
    if !others.is_empty() {
        page.paragraph("Also defined as:");
    }
    for other in others.iter().take(MOST_DEFINITIONS) {
        definition(site, other, text, &mut page);
    }
    page
}

/// What is named, as it stands at the beginning of a line.
fn noun(kind: ReferenceKind) -> String {
    match kind {
        ReferenceKind::File => "a file on the server".to_owned(),
        ReferenceKind::Directory => "a directory on the server".to_owned(),
        kind => {
            let mut noun = kind.noun().to_owned();
            if let Some(first) = noun.get_mut(..1) {
                first.make_ascii_uppercase();
            }
            noun
        }
    }
}

/// One definition: where it stands, its first lines, and what it comes to.
fn definition(site: &Site<'_>, found: &Found, name: &str, page: &mut Page) {
    let Some(document) = site.workspace.document(found.name.file) else {
        return;
    };
    let target = construct(site.workspace, found.name);
    let line = document
        .rope()
        .byte_to_line(target.range.start as usize)
        .saturating_add(1);
    let file = if found.name.file == site.at.file {
        String::new()
    } else {
        let path = site.workspace.path(found.name.file);
        let file = path
            .and_then(std::path::Path::file_name)
            .unwrap_or_default();
        format!(" of {}", quoted(&file.to_string_lossy()))
    };
    let noun = match found.kind {
        ReferenceKind::VirtualMtaOrPool => "Pool".to_owned(),
        kind => noun(kind),
    };
    let note = if found.is_folklore {
        ", in a form that PowerMTA does not know"
    } else {
        ""
    };
    page.paragraph(format!("{noun} {}, line {line}{file}{note}:", quoted(name)));
    page.code(&excerpt(document, target.range));
    list_inside(site, found, document, target.range, page);
}

/// What a VirtualMTA or pool comes to.
fn list_inside(
    site: &Site<'_>,
    found: &Found,
    document: &Document,
    target: TextRange,
    page: &mut Page,
) {
    if names::is_same_name_space(found.kind, ReferenceKind::VirtualMta) {
        let inside = Inside::of(document, target);
        list_addresses("Sends from", &inside.addresses, page);
        list_members(site, &inside.members, page);
    }
}

fn list_addresses(label: &'static str, addresses: &[String], page: &mut Page) {
    let shown: Vec<String> = addresses
        .iter()
        .take(MOST_ITEMS)
        .map(|it| quoted(it))
        .collect();
    let more = more(addresses.len());
    page.field(label, format!("{}{more}", shown.join(", ")));
}

/// How many are not listed.
fn more(count: usize) -> String {
    match count.checked_sub(MOST_ITEMS) {
        Some(more) if more > 0 => format!(" and {more} more"),
        _ => String::new(),
    }
}

/// The members of a pool with their addresses.
fn list_members(site: &Site<'_>, members: &[String], page: &mut Page) {
    if members.is_empty() {
        return;
    }
    let shown: Vec<&str> = members
        .iter()
        .take(MOST_ITEMS)
        .map(String::as_str)
        .collect();
    let found = names::definitions(
        site.workspace,
        site.at.file,
        ReferenceKind::VirtualMta,
        &shown,
    );
    page.paragraph(format!("Members{}:", more(members.len())));
    for (index, name) in shown.iter().enumerate() {
        let definition = found.iter().find(|found| found.index == index);
        let addresses = definition.map(|found| addresses_of(site.workspace, found.name));
        page.item(match addresses.as_deref() {
            None => format!(
                "{}: defined in none of the files that were read",
                quoted(name)
            ),
            Some([]) => quoted(name),
            Some(addresses) => {
                let shown: Vec<String> = addresses
                    .iter()
                    .take(MOST_ITEMS)
                    .map(|it| quoted(it))
                    .collect();
                format!(
                    "{}: {}{}",
                    quoted(name),
                    shown.join(", "),
                    more(addresses.len())
                )
            }
        });
    }
}

fn addresses_of(workspace: &Workspace, name: FileRange) -> Vec<String> {
    let target = construct(workspace, name);
    let document = workspace.document(target.file);
    document
        .map(|document| Inside::of(document, target.range).addresses)
        .unwrap_or_default()
}

/// What the directives directly in a section come to.
#[derive(Debug, Default)]
struct Inside {
    /// Addresses that mail is sent from.
    addresses: Vec<String>,
    /// Names of members.
    members: Vec<String>,
}

impl Inside {
    /// Looks into the section with this range.
    fn of(document: &Document, range: TextRange) -> Self {
        let mut inside = Self::default();
        let Some((start, text, view)) = document.item_at(range.start as usize) else {
            return inside;
        };
        let start = TextRange::of(start, start).start;
        let section = view
            .indexed()
            .find(|(_, entry)| entry.range.shifted(start) == range);
        if let Some((index, _)) = section {
            inside.look_into(&text, &view, index);
        }
        inside
    }

    fn look_into(&mut self, text: &str, view: &ItemView, section: u32) {
        // Its place is that of the section whatever stands around it.
        let judged = meaning::judge(text, view, Location::Unknown);
        for (index, entry) in view.children(Some(section)) {
            let EntryKind::Directive(directive) = &entry.kind else {
                continue;
            };
            let name = meaning::catalog_name(text, directive);
            let value = directive.value.slice(text);
            if is_source(&name) {
                let words = value.split([' ', '\t', ',']).map(unquote);
                self.addresses.extend(
                    words
                        .filter(|word| AddressRange::read(word).is_some())
                        .map(String::from),
                );
            }
            if name.ends_with("vmta") || name == "virtual-mta" {
                let mut names = Names::default();
                if let Some(judged) = judged.get(index as usize) {
                    names.add(text, view, index, judged);
                }
                self.members.extend(
                    names
                        .references
                        .iter()
                        .map(|it| it.range.slice(text).to_owned()),
                );
            }
        }
    }
}

/// Whether a directive, genuine or invented, tells what to send from.
fn is_source(name: &str) -> bool {
    matches!(
        name,
        "smtp-source-host" | "smtp-source-ip" | "smtp-proxy-source-host"
    ) || matches!(
        name,
        "ip" | "ips" | "source" | "source-ip" | "source-host" | "bind" | "bind-address"
    ) || name == "source-interface"
}

/// The first lines of a stretch of text, without secrets and common indentation.
fn excerpt(document: &Document, range: TextRange) -> String {
    let rope = document.rope();
    let first = rope.byte_to_line(range.start as usize);
    let last = rope
        .byte_to_line((range.end as usize).min(rope.len_bytes()))
        .saturating_add(1);
    let stop = rope.try_line_to_byte(first.saturating_add(MOST_LINES).min(last));
    let end = range
        .end
        .min(stop.map_or(range.end, |stop| TextRange::of(0, stop).end));
    let shown = TextRange::new(range.start, end);
    let text = masked(document, shown);
    let indentation = indentation_of(document, range.start);
    let lines = text.lines().map(|line| {
        let line = line.strip_prefix(indentation.as_str()).unwrap_or(line);
        wording::shortened(line.trim_end(), MOST_CHARACTERS)
    });
    let mut shown_lines: Vec<String> = lines.collect();
    if end < range.end {
        shown_lines.push("…".to_owned());
    }
    shown_lines.join("\n")
}

/// A stretch of an item's text with its secrets replaced.
fn masked(document: &Document, shown: TextRange) -> String {
    let Some((start, text, view)) = document.item_at(shown.start as usize) else {
        return String::new();
    };
    let start = TextRange::of(start, start).start;
    let place = document.places().first().copied();
    let top = place.map_or(Location::Unknown, Location::In);
    let mut masked = document.slice(shown.as_usize());
    for secret in secrets_of_item(&text, &view, top).iter().rev() {
        let secret = secret.shifted(start);
        let is_inside = secret.start < shown.end && shown.start < secret.end;
        let within = |byte: u32| {
            byte.clamp(shown.start, shown.end)
                .saturating_sub(shown.start)
        };
        let secret = TextRange::new(within(secret.start), within(secret.end)).as_usize();
        if is_inside && masked.get(secret.clone()).is_some() {
            masked.replace_range(secret, "••••");
        }
    }
    masked
}

/// The blanks before a construct, if nothing else stands there.
fn indentation_of(document: &Document, start: u32) -> String {
    let rope = document.rope();
    let line = rope.byte_to_line(start as usize);
    let line_start = rope.try_line_to_byte(line).unwrap_or_default();
    let before = document.slice(line_start..start as usize);
    if before.trim().is_empty() {
        before
    } else {
        String::new()
    }
}

/// The files that an `include` names. `path` is its range in the item.
pub(super) fn included(site: &Site<'_>, path: TextRange) -> Page {
    let mut page = Page::default();
    let written = path.slice(&site.cursor.text);
    let line = site.workspace.includes_of(site.at.file, written).next();
    match line.map(|line| &line.found) {
        Some(Located::Files(targets)) => {
            for target in targets.iter().take(MOST_ITEMS) {
                let path = quoted(&target.path.to_string_lossy());
                page.item(match &target.file {
                    Ok(_) => path,
                    Err(why) => format!("{path}: {}", unread(why)),
                });
            }
            let more = more(targets.len());
            page.paragraph(more.trim_start());
        }
        Some(Located::Missing) => page.paragraph("This file is not here."),
        Some(Located::NothingMatches) => page.paragraph("No file here matches this path."),
        Some(Located::NotMapped) => page.paragraph(
            "Where the files of this folder of the server are here is not known: `[paths]` of `pmta-ls.toml` can say it.",
        ),
        Some(Located::Outside) => {
            page.paragraph("The path leads out of the folders that may be read.");
        }
        Some(Located::Remote) => {
            page.paragraph("PowerMTA fetches this address. It is never read here.");
        }
        None => page.paragraph("No configuration that was read includes this file."),
    }
    page
}

fn unread(why: &Unread) -> String {
    match why {
        Unread::Loop(_) => "not read: it would include itself".to_owned(),
        Unread::TooDeep => "not read: too many levels of includes".to_owned(),
        Unread::TooMany => "not read: too many files".to_owned(),
        Unread::TooManyFolders => "not read: too many folders to look in".to_owned(),
        Unread::Failed(FileError::Missing) => "there is no such file".to_owned(),
        Unread::Failed(error) => format!("not read: {error}"),
    }
}
