//! One root as PowerMTA reads it: its sections and directives in reading order, with what `include`
//! lines name in their place.
//!
//! Made for questions. Making one takes a step for each run of items and each `include` line: what
//! stands at the top level is kept with the runs, so it stays known while other runs are edited. The
//! texts that a question is about are read when it is asked.

mod domain_pattern;
mod macros;
mod stretch;

use std::cell::OnceCell;
use std::collections::HashMap;

use crate::catalog::{self, Directive, DirectiveId, DirectiveSet, Place, ReferenceKind};
use crate::document::{Document, RunRef, TopLevel};
use crate::names::NameSpace;
use crate::outline::{self, Line};
use crate::text::TextRange;
use crate::value;
use crate::workspace::{FileId, FileRange, MOST_LEVELS, Root, Workspace};

pub(crate) use domain_pattern::{Fit, Form, may_overlap};
use macros::Macros;
use stretch::Stretch;

/// A root made for questions.
pub(crate) struct Deployment<'w> {
    workspace: &'w Workspace,
    /// What `include` lines name: by the file that they stand in, then by the path as it is written.
    included: HashMap<FileId, HashMap<&'w str, Vec<FileId>>>,
    defaults: Option<FileId>,
    /// All that stands at the top level, in reading order.
    stretches: Vec<Stretch<'w>>,
    macros: OnceCell<Macros>,
}

fn is_include(directive: DirectiveId) -> bool {
    let directive = directive.directive();
    directive.is_some_and(|directive| directive.name == "include")
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

    /// The key of its argument.
    pub(crate) fn key(&self) -> u32 {
        self.key
    }

    /// How many lines in it have one of these directives, those of files that it includes left out.
    pub(crate) fn count(&self, wanted: &DirectiveSet) -> usize {
        let lines = self.body.iter().filter(|line| match line {
            Line::Setting { directive, .. } => wanted.contains(*directive),
            Line::Open { .. } | Line::Close => false,
        });
        lines.count()
    }

    /// Whether one of these directives stands somewhere in it, or may stand there in a file that it
    /// includes.
    fn may_have(&self, wanted: &DirectiveSet) -> bool {
        self.body.iter().any(|line| match line {
            Line::Setting { directive, .. } => {
                wanted.contains(*directive) || is_include(*directive)
            }
            Line::Open { .. } | Line::Close => false,
        })
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
        let mut included: HashMap<FileId, HashMap<&'w str, Vec<FileId>>> = HashMap::new();
        for include in &root.includes {
            let of_file = included.entry(include.from).or_default();
            of_file
                .entry(include.path.as_str())
                .or_insert_with(|| include.files().collect());
        }
        // What PowerMTA itself brings is read first; nothing includes it.
        let first = root.files.first().copied();
        let defaults = first.filter(|first| *first != root.file);
        let mut deployment = Self {
            workspace,
            included,
            defaults,
            stretches: Vec::new(),
            macros: OnceCell::new(),
        };
        for file in defaults.into_iter().chain([root.file]) {
            deployment.read_top_level(file, &mut Vec::new());
        }
        deployment
    }

    /// The files that an `include` line names.
    fn targets(&self, file: FileId, path: &str) -> &[FileId] {
        let targets = self
            .included
            .get(&file)
            .and_then(|of_file| of_file.get(path));
        targets.map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether a section stands in the `config-defaults` that PowerMTA brings.
    pub(crate) fn is_shipped(&self, section: &Section<'w>) -> bool {
        self.defaults == Some(section.source.file)
    }

    /// What stands at the top level, in reading order: of the runs that `has_some` what is wanted.
    fn members(
        &self,
        has_some: impl Fn(RunRef<'w>) -> bool,
        is_wanted: impl Fn(TopLevel) -> bool,
    ) -> impl Iterator<Item = Member<'w>> {
        let stretches = self.stretches.iter().copied();
        let stretches = stretches.filter(move |stretch| has_some(stretch.run));
        let lines = stretches.flat_map(|stretch| {
            let ranks = stretch.order..;
            let lines = stretch.lines.iter().zip(ranks);
            lines.map(move |(line, order)| (stretch, line, order))
        });
        lines
            .filter(move |(_, line, _)| is_wanted(line.what))
            .filter_map(|(stretch, line, order)| stretch.member(line, order))
    }

    fn sections_where(
        &self,
        has_some: impl Fn(RunRef<'w>) -> bool,
        is_wanted: impl Fn(Place, u32) -> bool,
    ) -> impl Iterator<Item = Section<'w>> {
        let is_wanted = move |what| match what {
            TopLevel::Section { place, key } => is_wanted(place, key),
            TopLevel::Setting(_) => false,
        };
        let members = self.members(has_some, is_wanted);
        members.filter_map(|member| match member {
            Member::Section(section) => Some(section),
            Member::Setting(_) => None,
        })
    }

    /// The sections of this tag at the top level, in reading order.
    pub(crate) fn sections(&self, tag: &str) -> impl Iterator<Item = Section<'w>> {
        let wanted = Place::named(tag);
        self.sections_where(
            move |run| wanted.is_some_and(|place| run.has_section(place)),
            move |place, _| Some(place) == wanted,
        )
    }

    /// The sections of this tag and name at the top level, in reading order.
    pub(crate) fn named(&self, tag: &str, name: &str) -> impl Iterator<Item = Section<'w>> {
        let (tag, wanted) = (Place::named(tag), outline::key(name));
        let alike = self.sections_where(
            move |run| tag.is_some_and(|tag| run.has_section(tag)) && run.has_key(&[wanted]),
            move |place, key| Some(place) == tag && key == wanted,
        );
        alike.filter(move |section| section.is_named(name))
    }

    /// The `<domain>` sections at the top level that a domain may fall under, in reading order.
    pub(crate) fn domain_sections(&self, domain: &Domain) -> impl Iterator<Item = Section<'w>> {
        let domains = Place::named("domain");
        let keys: Vec<u32> = domain.keys().collect();
        self.sections_where(
            move |run| domains.is_some_and(|tag| run.has_section(tag)) && run.has_key(&keys),
            move |place, key| Some(place) == domains && domain.may_match(key),
        )
    }

    /// The sections at the top level in which one of these directives stands, or may stand in a file
    /// that is included there, in reading order.
    pub(crate) fn sections_with(&self, wanted: DirectiveSet) -> impl Iterator<Item = Section<'w>> {
        let may_have = move |run: RunRef<'w>| {
            let contents = run.contents();
            contents.has_includes || contents.directives.meets(&wanted)
        };
        let sections = self.sections_where(may_have, |_, _| true);
        sections.filter(move |section| section.may_have(&wanted))
    }

    /// The directives of this name at the top level, in reading order.
    pub(crate) fn settings(&self, name: &str) -> impl Iterator<Item = Setting<'w>> {
        self.settings_among(DirectiveSet::named([name]))
    }

    /// Those of these directives that stand at the top level, in reading order.
    pub(crate) fn settings_among(&self, wanted: DirectiveSet) -> impl Iterator<Item = Setting<'w>> {
        let has_some = move |run: RunRef<'w>| run.contents().directives.meets(&wanted);
        let is_wanted = move |what| match what {
            TopLevel::Setting(directive) => wanted.contains(directive),
            TopLevel::Section { .. } => false,
        };
        let members = self.members(has_some, is_wanted);
        members.filter_map(|member| match member {
            Member::Setting(setting) => Some(setting),
            Member::Section(_) => None,
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
    pub(crate) fn settings_in(
        &self,
        section: &Section<'w>,
    ) -> impl Iterator<Item = Setting<'w>> + use<'w> {
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
    ) -> impl Iterator<Item = Section<'w>> + use<'w> {
        let members = self.body(section).into_iter();
        members.filter_map(move |member| match member {
            Member::Section(inner) if inner.place.name() == tag => Some(inner),
            _ => None,
        })
    }

    /// The pools that a VirtualMTA is a member of, in reading order.
    pub(crate) fn pools_of(&self, virtual_mta: &str) -> Vec<Section<'w>> {
        let wanted = Place::named("virtual-mta-pool");
        let hash = NameSpace::of(ReferenceKind::VirtualMta).hash(virtual_mta);
        // The line that makes it a member may also stand in a file that the pool includes.
        let may_name = |run: RunRef<'w>| run.contents().has_includes || run.may_name(hash);
        let pools = self.sections_where(may_name, move |place, _| Some(place) == wanted);
        let is_member = |pool: &Section<'w>| {
            self.members_of(pool)
                .any(|member| member.names(virtual_mta))
        };
        pools.filter(is_member).collect()
    }

    /// The lines of a pool that name its members.
    pub(crate) fn members_of(
        &self,
        pool: &Section<'w>,
    ) -> impl Iterator<Item = Setting<'w>> + use<'w> {
        self.settings_in(pool)
            .filter(|setting| setting.directive.name == "virtual-mta")
    }

    /// How well a section's set of domains fits a domain; none: it is not in the set.
    pub(crate) fn fit(&self, section: &Section<'w>, domain: &Domain) -> Option<Fit> {
        if !domain.may_match(section.key) {
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
            let is_macro = |directive: &&'static Directive| {
                directive.defines == Some(ReferenceKind::DomainMacro)
            };
            let names = catalog::DIRECTIVES.iter().filter(is_macro);
            let wanted = DirectiveSet::named(names.map(|directive| directive.name));
            let defining = self.settings_among(wanted);
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
                    for file in self.targets(source.file, &setting.value()) {
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

    /// The keys of all sets of domains that it may be in.
    pub(crate) fn keys(&self) -> impl Iterator<Item = u32> {
        self.keys.iter().copied().chain([outline::UNTOLD])
    }

    /// Whether it may be in a set of domains with this key.
    fn may_match(&self, key: u32) -> bool {
        key == outline::UNTOLD || self.keys.contains(&key)
    }
}
