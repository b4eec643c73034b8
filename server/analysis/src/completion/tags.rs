//! In tags: names of sections, their arguments, and the name of what an end tag ends.

use std::collections::HashSet;

use super::documentation::section_key;
use super::known_names::{described, offered, undefined};
use super::names::sections_of;
use super::{Candidate, ItemKind, List, paths, snippet};
use crate::catalog::{self, ArgumentKind, FOLKLORE_SECTIONS, ReferenceKind, Section};
use crate::syntax::normalise;

/// Clients that most servers have: everybody, and themselves.
const CLIENTS: [&str; 2] = ["0/0", "127.0.0.1"];

/// Attributes by which invented tags name a VirtualMTA.
const NAMING: [&str; 4] = ["source-vmta", "vmta", "virtual-mta", "virtual-mta-pool"];

/// A section; with its end, unless it has one.
pub(super) fn section(list: &List<'_>, section: &'static Section, end: usize) -> Candidate {
    let site = list.site;
    let has_argument = section.argument.is_some()
        && !site
            .places
            .iter()
            .any(|place| section.argument_optional_in.contains(place));
    let mut candidate = Candidate::new(format!("<{}>", section.name), ItemKind::Section);
    candidate = candidate.detail(section.summary.split([';', ':']).next().unwrap_or_default());
    candidate.filter = Some(section.name.into());
    candidate.is_deprecated = section.deprecated.is_some();
    candidate.documentation = Some(section_key(section.name).into());
    let behind = site
        .after
        .get(end.saturating_sub(site.cursor)..)
        .unwrap_or_default();
    let is_bare = behind.trim_start().is_empty() || behind.trim_start().starts_with('#');
    if is_bare && !site.is_ended {
        candidate.snippet = Some(snippet::section(section, has_argument).into());
    }
    if has_argument || !is_bare {
        candidate.goes_on = has_argument;
        let blank = if is_bare { " " } else { "" };
        return candidate.text(format!("<{}{blank}", section.name));
    }
    candidate.text(format!("<{}>", section.name))
}

/// Behind `<`.
pub(super) fn complete_name(list: &mut List<'_>, start: usize) {
    let site = list.site;
    let word_end = site.word_behind(&['>', '<']);
    // A bracket that the editor put there is part of what is replaced.
    let has_bracket = site.after.starts_with('>');
    let end = if has_bracket {
        word_end.saturating_add(1)
    } else {
        word_end
    };
    let begun = normalise(site.typed(start).trim_start_matches('<')).into_owned();
    let mut sections: Vec<&'static Section> = sections_of(&site.places).collect();
    let is_set =
        |section: &Section| section.single && site.set.contains(&format!("<{}>", section.name));
    sections.sort_by_key(|section| {
        let uses = std::cmp::Reverse(section.uses);
        (
            is_set(section),
            section.deprecated.is_some(),
            uses,
            section.name,
        )
    });
    for known in sections {
        let mut candidate = section(list, known, end);
        candidate.filter = Some(format!("<{}", known.name).into());
        add(list, candidate, start, end, has_bracket);
    }
    if begun.is_empty() {
        list.found.is_incomplete = true;
        return;
    }
    for invented in FOLKLORE_SECTIONS
        .iter()
        .filter(|it| it.name.starts_with(&begun))
    {
        let Some(known) = invented.body_of.and_then(|place| place.section()) else {
            continue;
        };
        let mut candidate =
            section(list, known, end).detail(format!("instead of <{}>", invented.name));
        candidate.filter = Some(format!("<{}", invented.name).into());
        add(list, candidate, start, end, has_bracket);
    }
}

/// Adds a tag; with `has_bracket` the bracket behind the cursor is replaced in any case.
fn add(list: &mut List<'_>, candidate: Candidate, start: usize, end: usize, has_bracket: bool) {
    let candidate = if has_bracket
        && candidate
            .text
            .as_deref()
            .is_some_and(|it| !it.ends_with('>'))
    {
        let text = candidate.text.clone().unwrap_or_default();
        candidate.text(format!("{text}>"))
    } else {
        candidate
    };
    list.add(candidate, start, end);
    if has_bracket && let Some(item) = list.found.items.last_mut() {
        item.edit.insert = item.edit.replace;
    }
}

/// In an opening tag, behind the name.
pub(super) fn complete_argument(list: &mut List<'_>, tag: &str, start: usize) {
    let typed = list.site.typed(start);
    if let Some((before, value)) = typed.rsplit_once("=\"") {
        let name = before.rsplit([' ', '\t']).next().unwrap_or_default();
        let end = list.site.word_behind(&['"', '>']);
        let start = list.site.cursor.saturating_sub(value.len());
        if !value.contains('"') && NAMING.contains(&&*normalise(name)) {
            let kind = ReferenceKind::VirtualMtaOrPool;
            for known in offered(list, kind, value) {
                let candidate = Candidate::new(known.name, ItemKind::Reference);
                list.add(candidate.detail(described(known.kind)), start, end);
            }
        }
        return;
    }
    let name = normalise(tag);
    let invented = || catalog::folklore_section(&name)?.body_of?.section();
    let Some(section) = catalog::section(&name).or_else(invented) else {
        return;
    };
    let Some(kind) = section.argument else { return };
    let is_quoted = typed.starts_with('"');
    let start = if is_quoted {
        start.saturating_add(1)
    } else {
        start
    };
    let mut arguments = Arguments {
        list,
        section,
        start,
        is_quoted,
        seen: HashSet::new(),
    };
    match kind {
        ArgumentKind::Name => {
            for kind in section.defines {
                arguments.undefined(*kind);
            }
        }
        ArgumentKind::DomainPattern => arguments.domains(),
        ArgumentKind::CidrOrName => {
            for client in CLIENTS {
                arguments.add(client, ItemKind::Value, "");
            }
            arguments.fixed();
            arguments.undefined(ReferenceKind::Source);
        }
        ArgumentKind::CidrPort => arguments.examples(),
        ArgumentKind::Directory | ArgumentKind::FileOrPipe => {
            paths::complete(arguments.list, start, kind == ArgumentKind::Directory);
            arguments.examples();
        }
    }
}

/// The arguments of a tag.
struct Arguments<'a, 'b> {
    list: &'a mut List<'b>,
    section: &'static Section,
    start: usize,
    is_quoted: bool,
    seen: HashSet<String>,
}

impl Arguments<'_, '_> {
    fn add(&mut self, argument: &str, kind: ItemKind, detail: &'static str) {
        let start = self.start;
        self.add_from(start, argument, kind, detail);
    }

    fn add_from(&mut self, start: usize, argument: &str, kind: ItemKind, detail: &'static str) {
        if !self.seen.insert(argument.to_owned()) {
            return;
        }
        let site = self.list.site;
        let end = site.word_behind(&['>', '"', '<']);
        let mut candidate = Candidate::new(argument.to_owned(), kind).detail(detail);
        let needs_end = !self.is_quoted && !site.is_ended && site.after.trim().is_empty();
        if needs_end {
            let mut body = snippet::Snippet::default();
            body.literal(argument);
            body.literal(">\n\t");
            body.end();
            body.literal(&format!("\n</{}>", self.section.name));
            candidate.snippet = Some(body.finish().into());
        }
        self.list.add(candidate, start, end);
    }

    /// The arguments that have one form only, such as `{pickup}`.
    fn fixed(&mut self) {
        for form in self.section.argument_forms {
            let argument = form.example.and_then(|tag| argument_of(self.section, tag));
            if let Some(argument) = argument.filter(|argument| *argument == form.form) {
                self.add(argument, ItemKind::Word, form.means);
            }
        }
    }

    /// The arguments in the examples.
    fn examples(&mut self) {
        let forms = self
            .section
            .argument_forms
            .iter()
            .filter_map(|form| form.example);
        for tag in forms.chain(self.section.example.lines()) {
            if let Some(argument) = argument_of(self.section, tag) {
                self.add(argument, ItemKind::Value, "example");
            }
        }
    }

    /// Names that something refers to and that are still to be defined.
    fn undefined(&mut self, kind: ReferenceKind) {
        let site = self.list.site;
        for name in undefined(site.workspace, site.at.file, kind) {
            self.add(&name, ItemKind::Reference, "used, and defined nowhere");
        }
    }

    fn domains(&mut self) {
        let site = self.list.site;
        let typed = site.typed(self.start);
        let macro_at = typed.rfind('$');
        let start = self.start.saturating_add(macro_at.unwrap_or_default());
        let macros = offered(self.list, ReferenceKind::DomainMacro, "");
        // A pattern that was begun goes on with a domain.
        let begun = ["[*.]", "*."].iter().find(|sign| typed.starts_with(**sign));
        if macro_at.is_none() && begun.is_none() {
            self.fixed();
            self.undefined(ReferenceKind::Queue);
        }
        let start = start.max(
            self.start
                .saturating_add(begun.map_or(0, |sign| sign.len())),
        );
        for known in macros {
            self.add_from(
                start,
                &format!("${}", known.name),
                ItemKind::Macro,
                "domain macro",
            );
        }
        if macro_at.is_some() {
            return;
        }
        let behind = site.word_behind(&['>']).saturating_sub(site.cursor);
        let word = format!("{typed}{}", site.after.get(..behind).unwrap_or_default());
        for known in offered(
            self.list,
            ReferenceKind::Queue,
            typed
                .get(start.saturating_sub(self.start)..)
                .unwrap_or_default(),
        ) {
            if known.name != word {
                self.add_from(
                    start,
                    &known.name,
                    ItemKind::Reference,
                    "used in this configuration",
                );
            }
        }
    }
}

/// The argument in a tag of this section.
fn argument_of<'t>(section: &Section, tag: &'t str) -> Option<&'t str> {
    let inside = tag.trim().strip_prefix('<')?.strip_suffix('>')?;
    let argument = inside.strip_prefix(section.name)?.strip_prefix(' ')?.trim();
    (!argument.is_empty()).then_some(argument)
}

/// Directly behind an opening tag that has no end.
pub(super) fn complete_behind(list: &mut List<'_>, name: &str) {
    let site = list.site;
    if site.is_ended || !site.after.trim().is_empty() {
        return;
    }
    let tag = format!("</{name}>");
    let mut body = snippet::Snippet::default();
    body.literal("\n\t");
    body.end();
    body.literal(&format!("\n{tag}"));
    let mut candidate = Candidate::new(tag, ItemKind::Section).detail("ends the section");
    candidate.snippet = Some(body.finish().into());
    list.add(candidate, site.cursor, site.cursor);
}

/// Behind `</`.
pub(super) fn complete_end(list: &mut List<'_>, start: usize) {
    let site = list.site;
    let Some(name) = &site.section else { return };
    let word_end = site.word_behind(&['>', '<']);
    let rest = site
        .after
        .get(word_end.saturating_sub(site.cursor)..)
        .unwrap_or_default();
    let has_bracket = rest.starts_with('>');
    let end = if has_bracket {
        word_end.saturating_add(1)
    } else {
        word_end
    };
    let mut candidate = Candidate::new(format!("</{name}>"), ItemKind::Section);
    candidate = candidate.detail("ends the section");
    candidate.documentation =
        catalog::section(name).map(|section| section_key(section.name).into());
    list.add(candidate, start, end);
    if has_bracket
        && word_end == site.cursor
        && let Some(item) = list.found.items.last_mut()
    {
        item.edit.insert = item.edit.replace;
    }
}
