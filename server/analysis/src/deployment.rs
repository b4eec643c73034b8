//! One root as PowerMTA reads it: its sections and directives in reading order, with what `include`
//! lines name in their place.
//!
//! Made for questions. Making one looks at every item once and reads none of their texts; the texts
//! that a question is about are read when it is asked.

mod address_range;
mod domain_pattern;
mod macros;

use std::cell::OnceCell;
use std::collections::{BTreeMap, HashMap};

use crate::catalog::{self, Directive, Place, ReferenceKind};
use crate::document::Document;
use crate::outline::{self, Line};
use crate::text::TextRange;
use crate::value;
use crate::workspace::{FileId, FileRange, MOST_LEVELS, Root, Workspace};

pub(crate) use address_range::AddressRange;
pub(crate) use domain_pattern::{Fit, Form};
use macros::Macros;

/// A root made for questions.
pub(crate) struct Deployment<'w> {
    workspace: &'w Workspace,
    included: HashMap<(FileId, String), Vec<FileId>>,
    defaults: Option<FileId>,
    sections: BTreeMap<Place, Vec<Section<'w>>>,
    settings: Vec<Setting<'w>>,
    macros: OnceCell<Macros>,
}

/// The text in which an outline's ranges lie.
#[derive(Clone, Copy)]
struct Source<'w> {
    file: FileId,
    document: &'w Document,
    /// Where the item begins.
    start: u32,
}

impl Source<'_> {
    fn text(&self, range: TextRange) -> String {
        self.document.slice(range.shifted(self.start).as_usize())
    }

    fn is(&self, range: TextRange, text: &str) -> bool {
        let range = range.shifted(self.start);
        range.len() as usize == text.len()
            && self
                .document
                .rope()
                .get_byte_slice(range.as_usize())
                .is_some_and(|written| written == text)
    }

    fn range(&self, range: TextRange) -> FileRange {
        FileRange {
            file: self.file,
            range: range.shifted(self.start),
        }
    }
}

/// A section with its body.
#[derive(Clone, Copy)]
pub(crate) struct Section<'w> {
    source: Source<'w>,
    /// What follows its opening tag, up to and with its end.
    body: &'w [Line],
    key: u32,
    argument: TextRange,
    /// The place inside it.
    pub(crate) place: Place,
    /// Its rank in reading order; of a nested section, that of the outermost around it.
    pub(crate) order: usize,
}

impl Section<'_> {
    /// Its argument without quotes.
    pub(crate) fn argument(&self) -> String {
        self.source.text(self.argument)
    }

    /// Whether it has an argument.
    pub(crate) fn has_argument(&self) -> bool {
        !self.argument.is_empty()
    }

    /// Where its argument stands.
    pub(crate) fn range(&self) -> FileRange {
        self.source.range(self.argument)
    }

    /// Whether its argument is this name.
    pub(crate) fn is_named(&self, name: &str) -> bool {
        self.source.is(self.argument, name)
    }
}

/// A directive or rule line.
#[derive(Clone, Copy)]
pub(crate) struct Setting<'w> {
    source: Source<'w>,
    /// What it is.
    pub(crate) directive: &'static Directive,
    start: u32,
    value: TextRange,
    /// Its rank in reading order; in a section, that of the outermost around it.
    pub(crate) order: usize,
}

impl Setting<'_> {
    /// Its value as written, on one line.
    pub(crate) fn written(&self) -> String {
        let text = self.source.text(self.value);
        if text.contains(['\n', '\r']) {
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        } else {
            text
        }
    }

    /// Its value without quotes around all of it.
    pub(crate) fn value(&self) -> String {
        let written = self.written();
        match written
            .strip_prefix('"')
            .and_then(|it| it.strip_suffix('"'))
        {
            Some(inside) if !inside.contains('"') => value::unquote(&written).into_owned(),
            _ => written,
        }
    }

    /// Whether its value is this name, in quotes or not.
    pub(crate) fn names(&self, name: &str) -> bool {
        let inside = TextRange::new(
            self.value.start.saturating_add(1),
            self.value.end.saturating_sub(1),
        );
        self.source.is(self.value, name)
            || (self.source.is(inside, name) && self.value().as_str() == name)
    }

    /// Whether a switch is set: `yes` or `true`.
    pub(crate) fn is_yes(&self) -> bool {
        is_yes(&self.value())
    }

    /// The words of its value.
    pub(crate) fn words(&self) -> Vec<String> {
        self.written()
            .split_whitespace()
            .map(str::to_owned)
            .collect()
    }

    /// The line, from its name to the end of its value.
    pub(crate) fn range(&self) -> FileRange {
        let whole = TextRange::new(self.start.min(self.value.start), self.value.end);
        self.source.range(whole)
    }
}

/// Whether the value of a switch means that it is on.
pub(crate) fn is_yes(value: &str) -> bool {
    value.eq_ignore_ascii_case("yes") || value.eq_ignore_ascii_case("true")
}

/// What stands in a section.
#[derive(Clone, Copy)]
pub(crate) enum Member<'w> {
    /// A directive or rule line.
    Setting(Setting<'w>),
    /// A section in the section.
    Section(Section<'w>),
}

impl<'w> Deployment<'w> {
    /// Reads a root.
    pub(crate) fn new(workspace: &'w Workspace, root: &'w Root) -> Self {
        let mut included: HashMap<(FileId, String), Vec<FileId>> = HashMap::new();
        for include in &root.includes {
            included
                .entry((include.from, include.path.clone()))
                .or_insert_with(|| include.files().collect());
        }
        // What PowerMTA itself brings is read first; nothing includes it.
        let first = root.files.first().copied();
        let defaults = first.filter(|first| *first != root.file);
        let mut deployment = Self {
            workspace,
            included,
            defaults,
            sections: BTreeMap::new(),
            settings: Vec::new(),
            macros: OnceCell::new(),
        };
        let mut members = Vec::new();
        for file in defaults.into_iter().chain([root.file]) {
            deployment.read(file, Place::GLOBAL, &mut Vec::new(), &mut members);
        }
        for (order, member) in members.into_iter().enumerate() {
            match member {
                Member::Setting(setting) => {
                    deployment.settings.push(Setting { order, ..setting });
                }
                Member::Section(section) => deployment
                    .sections
                    .entry(section.place)
                    .or_default()
                    .push(Section { order, ..section }),
            }
        }
        deployment
    }

    /// Whether a section stands in the `config-defaults` that PowerMTA brings.
    pub(crate) fn is_shipped(&self, section: &Section<'w>) -> bool {
        self.defaults == Some(section.source.file)
    }

    /// The sections of this tag at the top level, in reading order.
    pub(crate) fn sections(&self, tag: &str) -> &[Section<'w>] {
        let place = catalog::section(tag).map(|section| section.place);
        place
            .and_then(|place| self.sections.get(&place))
            .map(Vec::as_slice)
            .unwrap_or_default()
    }

    /// The sections of this tag and name at the top level, in reading order.
    pub(crate) fn named<'d>(
        &'d self,
        tag: &str,
        name: &'d str,
    ) -> impl Iterator<Item = &'d Section<'w>> {
        let key = outline::key(name);
        let sections = self.sections(tag).iter();
        sections.filter(move |section| section.key == key && section.is_named(name))
    }

    /// The directives of this name at the top level, in reading order.
    pub(crate) fn settings<'d>(&'d self, name: &'d str) -> impl Iterator<Item = &'d Setting<'w>> {
        let wanted = catalog::directive_in(name, Place::GLOBAL);
        let settings = self.settings.iter();
        settings.filter(move |setting| {
            wanted.is_some_and(|wanted| std::ptr::eq(wanted, setting.directive))
        })
    }

    /// What a section holds, in reading order, with what its `include` lines name.
    pub(crate) fn body(&self, section: &Section<'w>) -> Vec<Member<'w>> {
        let mut members = Vec::new();
        self.add(
            section.source,
            section.body,
            section.place,
            &mut Vec::new(),
            &mut members,
        );
        for member in &mut members {
            match member {
                Member::Setting(setting) => setting.order = section.order,
                Member::Section(inner) => inner.order = section.order,
            }
        }
        members
    }

    /// The directives directly in a section, in reading order.
    pub(crate) fn settings_in(&self, section: &Section<'w>) -> impl Iterator<Item = Setting<'w>> {
        let members = self.body(section).into_iter();
        members.filter_map(|member| match member {
            Member::Setting(setting) => Some(setting),
            Member::Section(_) => None,
        })
    }

    /// The sections of this tag directly in a section, in reading order.
    pub(crate) fn sections_in(
        &self,
        section: &Section<'w>,
        tag: &'static str,
    ) -> impl Iterator<Item = Section<'w>> {
        let members = self.body(section).into_iter();
        members.filter_map(move |member| match member {
            Member::Section(inner) if inner.place.name() == tag => Some(inner),
            _ => None,
        })
    }

    /// The pools that a VirtualMTA is a member of, in reading order.
    pub(crate) fn pools_of(&self, virtual_mta: &str) -> Vec<Section<'w>> {
        let pools = self.sections("virtual-mta-pool").iter();
        let is_member = |pool: &&Section<'w>| {
            self.members_of(pool)
                .any(|member| member.names(virtual_mta))
        };
        pools.filter(is_member).copied().collect()
    }

    /// The lines of a pool that name its members.
    pub(crate) fn members_of(&self, pool: &Section<'w>) -> impl Iterator<Item = Setting<'w>> {
        self.settings_in(pool)
            .filter(|setting| setting.directive.name == "virtual-mta")
    }

    /// How well a section's set of domains fits a domain; none: it is not in the set.
    pub(crate) fn fit(&self, section: &Section<'w>, domain: &Domain) -> Option<Fit> {
        if section.key != outline::UNTOLD && !domain.keys.contains(&section.key) {
            return None;
        }
        self.fit_pattern(&section.argument(), domain, section.order)
    }

    /// How well a set of domains fits a domain. `order` is the rank of the line that holds it.
    pub(crate) fn fit_pattern(&self, pattern: &str, domain: &Domain, order: usize) -> Option<Fit> {
        let macros = || self.macros();
        domain_pattern::fit(pattern, &domain.name, order, &macros)
    }

    fn macros(&self) -> &Macros {
        self.macros.get_or_init(|| {
            let defining = self
                .settings
                .iter()
                .filter(|setting| setting.directive.defines == Some(ReferenceKind::DomainMacro));
            Macros::of(defining.map(|setting| (setting.written(), setting.order)))
        })
    }

    /// Adds all of a file, whose top level stands in `place`.
    fn read(
        &self,
        file: FileId,
        place: Place,
        chain: &mut Vec<FileId>,
        members: &mut Vec<Member<'w>>,
    ) {
        if chain.contains(&file) || chain.len() >= MOST_LEVELS {
            return;
        }
        let Some(document) = self.workspace.document(file) else {
            return;
        };
        chain.push(file);
        for item in document.items() {
            let start = TextRange::of(item.start, item.start).start;
            let source = Source {
                file,
                document,
                start,
            };
            self.add(source, &item.facts.outline, place, chain, members);
        }
        chain.pop();
    }

    /// Adds what stands directly in these lines, which stand in `place`.
    fn add(
        &self,
        source: Source<'w>,
        lines: &'w [Line],
        place: Place,
        chain: &mut Vec<FileId>,
        members: &mut Vec<Member<'w>>,
    ) {
        let mut rest = lines;
        while let Some((line, after)) = rest.split_first() {
            rest = after;
            match *line {
                Line::Open {
                    place: inside,
                    key,
                    argument,
                } => {
                    let (body, behind) = after.split_at(length(after));
                    rest = behind;
                    members.push(Member::Section(Section {
                        source,
                        body,
                        key,
                        argument,
                        place: inside,
                        order: 0,
                    }));
                }
                Line::Setting {
                    directive,
                    start,
                    value,
                } => {
                    let Some(directive) = directive.directive().and_then(|it| at(it, place)) else {
                        continue;
                    };
                    let setting = Setting {
                        source,
                        directive,
                        start,
                        value,
                        order: 0,
                    };
                    if directive.name != "include" {
                        members.push(Member::Setting(setting));
                        continue;
                    }
                    let named = (source.file, setting.value());
                    for file in self.included.get(&named).into_iter().flatten() {
                        self.read(*file, place, chain, members);
                    }
                }
                Line::Close => {}
            }
        }
    }
}

/// How many lines there are up to the end of the section that they stand in, that end included.
fn length(lines: &[Line]) -> usize {
    let mut depth: usize = 0;
    for (index, line) in lines.iter().enumerate() {
        match line {
            Line::Open { .. } => depth = depth.saturating_add(1),
            Line::Close if depth == 0 => return index.saturating_add(1),
            Line::Close => depth = depth.saturating_sub(1),
            Line::Setting { .. } => {}
        }
    }
    lines.len()
}

/// The directive as it stands in `place`, if it may stand there.
fn at(directive: &'static Directive, place: Place) -> Option<&'static Directive> {
    let shared = place
        .section()
        .map_or(place, |section| section.directives_of);
    if directive.place == shared {
        return Some(directive);
    }
    catalog::directive_in(directive.name, place)
}

/// A recipient domain, or the name of a queue.
pub(crate) struct Domain {
    name: String,
    /// The keys of all sets of domains that it may be in.
    keys: Vec<u32>,
}

impl Domain {
    /// The domain of this name.
    pub(crate) fn new(name: &str) -> Self {
        let name = name.trim_end_matches('.').to_ascii_lowercase();
        let mut keys = vec![outline::key("*"), outline::key(&name)];
        let dots = name.match_indices('.');
        let parents = dots.filter_map(|(at, _)| name.get(at.saturating_add(1)..));
        keys.extend(parents.map(outline::key));
        Self { name, keys }
    }
}
