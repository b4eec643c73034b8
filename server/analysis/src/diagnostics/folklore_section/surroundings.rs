//! What stands around an invented block in its file and in others: the sections that its conversion adds
//! lines to.

use super::{RULE, sender};
use crate::catalog::ReferenceKind;
use crate::diagnostics::{Edit, Finding, Item, Safety, SectionSite, conversion};
use crate::document::Document;
use crate::meaning::{self, Judged, catalog_name};
use crate::names;
use crate::syntax::{EntryKind, ItemView, Section, SectionEnd, normalise};
use crate::text::TextRange;
use crate::value::unquote;
use crate::workspace::{FileId, Workspace};

/// Expressions that match every text.
const CATCH_ALL: [&str; 6] = ["//", "/.*/", "/^/", "/^.*/", "/^.*$/", "*"];

/// The pattern list that is written where no source names one.
const PATTERN_LIST: &str = "senders";

/// The name of the blocks that name a sender.
const NAME: &str = "sender";

/// Most blocks of a file whose surroundings are looked at.
const MOST_BLOCKS: usize = 100;

/// A section that lines can be added to. Positions are from the start of the file.
#[derive(Clone, Debug)]
pub(super) struct Body {
    /// Its argument without quotes.
    argument: String,
    /// Where lines are added: at the start of the line of its end tag, or of the rule for all.
    at: u32,
    /// The blanks before its lines.
    indentation: String,
    /// Its lines: names and values.
    lines: Vec<(String, String)>,
}

/// Where the VirtualMTA of a block is defined.
#[derive(Clone, Debug, Default)]
pub(super) enum Home {
    /// Nowhere.
    #[default]
    New,
    /// In the same file.
    Here(Body),
    /// In another file, or where no line can be added.
    Elsewhere,
}

/// What an invented block finds around it.
#[derive(Clone, Debug, Default)]
pub(super) struct Surroundings {
    /// Where the block's item begins.
    pub(super) start: u32,
    /// The VirtualMTA that it names.
    pub(super) home: Home,
    /// The rewrite list that this VirtualMTA names, in the same file.
    pub(super) rewrite_list: Option<Body>,
    /// Where the first block of this kind begins, unless it is this one.
    pub(super) first_block: Option<u32>,
}

/// How mail gets to a pattern list.
#[derive(Clone, Debug)]
pub(super) struct Route {
    /// The name of the list.
    pub(super) name: String,
    /// The list, if it is there.
    pub(super) list: Option<Body>,
    /// Whether a source names it.
    pub(super) is_named: bool,
    /// The source that gets to name it, if there is one.
    pub(super) source: Option<Body>,
}

impl Default for Route {
    fn default() -> Self {
        Self {
            name: PATTERN_LIST.to_owned(),
            list: None,
            is_named: false,
            source: None,
        }
    }
}

impl Body {
    /// Whether a line sets what this one does, in whatever way.
    pub(super) fn sets(&self, line: &str) -> bool {
        let name = line.split([' ', '\t']).next().unwrap_or_default();
        self.lines.iter().any(|(other, _)| other == name)
    }

    /// Whether it has the very line.
    pub(super) fn holds(&self, line: &str) -> bool {
        let (name, value) = line.split_once([' ', '\t']).unwrap_or((line, ""));
        self.lines
            .iter()
            .any(|(other, written)| other == name && written == value)
    }

    /// The edit that adds lines, as far as they are not there.
    pub(super) fn with(&self, lines: &[String], line_break: &str) -> Option<Edit> {
        let missing = lines.iter().filter(|line| !self.holds(line));
        let text: String = missing
            .map(|line| format!("{}{line}{line_break}", self.indentation))
            .collect();
        (!text.is_empty()).then(|| Edit {
            range: TextRange::empty(self.at),
            text,
        })
    }

    /// The section of this item, if it ends on a line of its own.
    fn of(start: u32, text: &str, view: &ItemView, index: u32, section: &Section) -> Option<Self> {
        let item = Item {
            text,
            view,
            judged: &[],
        };
        let SectionEnd::Closed(close, _) = section.end else {
            return None;
        };
        let (line, _) = item.line_around(close.start);
        let before = item.slice(TextRange::new(line.start, close.start));
        if !before.trim().is_empty() {
            return None;
        }
        let mut at = line.start;
        let mut indentation = format!("{before}    ");
        let mut lines = Vec::new();
        for (_, entry) in view.children(Some(index)) {
            let EntryKind::Directive(directive) = &entry.kind else {
                continue;
            };
            let name = catalog_name(text, directive).into_owned();
            let value = item.slice(directive.value);
            indentation = item.indentation(entry.range.start).to_owned();
            let pattern = value.split([' ', '\t']).next().unwrap_or_default();
            if name == "*" || (name == "mail-from" && CATCH_ALL.contains(&pattern)) {
                let (line, _) = item.line_around(entry.range.start);
                at = at.min(line.start);
            }
            lines.push((name, value.to_owned()));
        }
        let argument = section.open.name_range(text);
        let argument = argument.map_or("", |range| item.slice(range));
        Some(Self {
            argument: argument.to_owned(),
            at: at.saturating_add(start),
            indentation,
            lines,
        })
    }

    /// The section whose tag holds this position.
    fn at(document: &Document, position: u32) -> Option<Self> {
        let (start, text, view) = document.item_at(position as usize)?;
        let start = TextRange::of(start, start).start;
        view.indexed().find_map(|(index, entry)| match &entry.kind {
            EntryKind::Section(section) => {
                let tag = section.open.range.shifted(start);
                let is_it = tag.start <= position && position < tag.end;
                is_it.then(|| Self::of(start, &text, &view, index, section))?
            }
            _ => None,
        })
    }
}

/// The item that a block stands in.
struct Around {
    /// Where it begins in the file.
    start: u32,
    text: String,
    view: ItemView,
    judged: Vec<Judged>,
}

impl Around {
    /// The item at a position of a file.
    fn at(document: &Document, position: u32) -> Option<Self> {
        let (start, text, view) = document.item_at(position as usize)?;
        Some(Self {
            start: TextRange::of(start, start).start,
            judged: meaning::judge(&text, &view, document.top()),
            text,
            view,
        })
    }

    fn holds(&self, position: u32) -> bool {
        let inside = position.checked_sub(self.start);
        inside.is_some_and(|inside| (inside as usize) < self.text.len())
    }

    fn item(&self) -> Item<'_> {
        Item {
            text: &self.text,
            view: &self.view,
            judged: &self.judged,
        }
    }
}

/// Gives the findings about blocks that name a sender fixes that respect what is there already.
pub(super) fn complete(
    workspace: &Workspace,
    file: FileId,
    document: &Document,
    findings: &mut [Finding],
) {
    let mut first_block = None;
    let mut known_routes: Option<Vec<Route>> = None;
    let is_block = |finding: &Finding| {
        let written = || document.slice(finding.range.as_usize());
        std::ptr::eq(finding.rule, &RULE)
            && !finding.fixes.is_empty()
            && normalise(&written()).ends_with(NAME)
    };
    let blocks = findings.iter_mut().filter(|finding| is_block(finding));
    // An item may hold many blocks, which follow each other.
    let mut around: Option<Around> = None;
    for finding in blocks.take(MOST_BLOCKS) {
        let at = finding.range.start;
        around = around
            .filter(|around| around.holds(at))
            .or_else(|| Around::at(document, at));
        let Some(around) = &around else { continue };
        let (start, item) = (around.start, around.item());
        let site = item
            .view
            .indexed()
            .zip(item.judged)
            .find_map(|((index, entry), judged)| {
                let EntryKind::Section(section) = &entry.kind else {
                    return None;
                };
                let begins = entry.range.start.saturating_add(start) == finding.range.start;
                let tag = &section.open;
                let site = SectionSite::new(item, index, entry, tag, Some(section), *judged);
                (begins && site.name == NAME).then_some(site)
            });
        let Some(site) = site else { continue };
        let Some(name) = sender::virtual_mta(&site) else {
            continue;
        };
        let (line, _) = item.line_around(site.entry.range.start);
        let home = home(workspace, file, document, &name);
        let surroundings = Surroundings {
            start,
            rewrite_list: rewrite_list(workspace, file, document, &home),
            home,
            first_block: first_block
                .replace(first_block.unwrap_or(line.start.saturating_add(start))),
        };
        let routes = known_routes.get_or_insert_with(|| routes(workspace, file, document));
        if routes.is_empty()
            && let Some(decision) = conversion::decision_about("<sender>")
        {
            finding.message = format!("{} {decision}", finding.message);
        }
        let is_choice = routes.len() > 1;
        finding.fixes = routes
            .iter()
            .filter_map(|route| {
                let mut fix = sender::fix_among(&site, &surroundings, route)?;
                if is_choice {
                    fix.safety = Safety::Alternative;
                    fix.title = format!("{}, in `{}`", fix.title, route.name);
                }
                Some(fix)
            })
            .collect();
    }
}

/// Where the VirtualMTA or pool of this name is.
fn home(workspace: &Workspace, file: FileId, document: &Document, name: &str) -> Home {
    let kind = ReferenceKind::VirtualMtaOrPool;
    let found = names::definitions(workspace, file, kind, &[name]);
    match found.iter().find(|found| found.name.file == file) {
        Some(found) => match Body::at(document, found.name.range.start) {
            Some(body) => Home::Here(body),
            None => Home::Elsewhere,
        },
        None if found.is_empty() => Home::New,
        None => Home::Elsewhere,
    }
}

/// The rewrite list that a VirtualMTA names, if it stands in this file.
fn rewrite_list(
    workspace: &Workspace,
    file: FileId,
    document: &Document,
    home: &Home,
) -> Option<Body> {
    let Home::Here(body) = home else { return None };
    let (_, name) = body.lines.iter().find(|(name, _)| name == "rewrite-list")?;
    list(workspace, file, document, ReferenceKind::RewriteList, name)
}

/// The list of this name, if it stands in this file.
fn list(
    workspace: &Workspace,
    file: FileId,
    document: &Document,
    kind: ReferenceKind,
    name: &str,
) -> Option<Body> {
    let found = names::definitions(workspace, file, kind, &[&unquote(name)]);
    let found = found.iter().find(|found| found.name.file == file)?;
    Body::at(document, found.name.range.start)
}

/// The ways in which mail of this file's sources can get to a pattern list: one, unless the sources name
/// several lists.
fn routes(workspace: &Workspace, file: FileId, document: &Document) -> Vec<Route> {
    let sources = sources(document);
    let named = |source: &Body| {
        let line = source.lines.iter().find(|(name, _)| name == "pattern-list");
        line.map(|(_, list)| unquote(list).into_owned())
    };
    let mut lists: Vec<String> = sources.iter().filter_map(named).collect();
    lists.sort();
    lists.dedup();
    let body = |name: &str| list(workspace, file, document, ReferenceKind::PatternList, name);
    let is_elsewhere = |name: &str| {
        let kind = ReferenceKind::PatternList;
        let found = names::definitions(workspace, file, kind, &[name]);
        !found.is_empty() && found.iter().all(|found| found.name.file != file)
    };
    if lists.is_empty() {
        let own = |source: &&Body| source.argument == "127.0.0.1";
        let source = match sources.as_slice() {
            [only] => Some(only.clone()),
            several => several.iter().find(own).cloned(),
        };
        return vec![Route {
            list: body(PATTERN_LIST),
            source,
            ..Route::default()
        }];
    }
    let reachable = lists.into_iter().filter(|name| !is_elsewhere(name));
    reachable
        .map(|name| Route {
            list: body(&name),
            name,
            is_named: true,
            source: None,
        })
        .collect()
}

/// The sources at the top level of a file.
fn sources(document: &Document) -> Vec<Body> {
    let mut sources = Vec::new();
    let all = TextRange::of(0, document.rope().len_bytes());
    document.for_each_view(all, |start, text, view| {
        let Some(entry) = view.entries.first() else {
            return;
        };
        if let EntryKind::Section(section) = &entry.kind
            && normalise(section.open.name.slice(text)) == "source"
        {
            sources.extend(Body::of(start, text, view, 0, section));
        }
    });
    sources
}
