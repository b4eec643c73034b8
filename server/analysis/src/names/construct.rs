//! What one construct defines and refers to.

use crate::catalog::{
    ArgumentKind, FolkloreDirective, Place, ReferenceKind, Section, ValueKind, ValueSpec,
};
use crate::facts::{Name, Role};
use crate::meaning::{Judged, Location, Meaning, catalog_name};
use crate::slip;
use crate::syntax::{
    Directive, DirectiveForm, Entry, EntryKind, ItemView, SectionForm, Tag, normalise,
};
use crate::text::TextRange;
use crate::value;

/// Attributes by which invented tags refer to a VirtualMTA.
const REFERRING: [&str; 4] = ["source-vmta", "vmta", "virtual-mta", "virtual-mta-pool"];

/// First words of blocks that lost their brackets.
const BLOCKS: [&str; 2] = ["virtual-mta", "vmta"];

/// The names in a construct, relative to the item's start.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    /// Names it defines.
    pub(crate) definitions: Vec<Name>,
    /// Names it uses.
    pub(crate) references: Vec<Name>,
    /// What its `include` lines name, with the place they stand in.
    pub(crate) includes: Vec<(TextRange, Option<Place>)>,
}

impl Names {
    /// Adds the names of the construct at an index of the item. Those inside a section are its own
    /// constructs' matter.
    pub(crate) fn add(&mut self, text: &str, view: &ItemView, index: u32, judged: &Judged) {
        let Some(entry) = view.entry(index) else {
            return;
        };
        let is_first = index == 0;
        match &entry.kind {
            EntryKind::Section(section) => {
                let is_genuine = section.form == SectionForm::Tag;
                self.add_tag(text, &section.open, is_genuine, judged);
            }
            EntryKind::EmptyTag(tag) => self.add_tag(text, tag, false, judged),
            EntryKind::Directive(directive) => {
                let is_block = is_first && entry.parent.is_none() && opens_block(text, directive);
                let may_be_global = matches!(judged.location.place(), None | Some(Place::GLOBAL));
                if is_block && may_be_global {
                    self.definitions.push(Name {
                        kind: ReferenceKind::VirtualMta,
                        range: unquoted(text, directive.value),
                        is_folklore: true,
                        role: Role::Plain,
                    });
                    if judged.location != Location::Unknown {
                        return;
                    }
                }
                let before = self.references.len();
                self.add_directive(text, directive, judged);
                if is_member_with_domains(text, view, entry) {
                    for member in self.references.iter_mut().skip(before) {
                        member.role = Role::MemberWithDomains;
                    }
                }
            }
            _ => {}
        }
    }

    fn add_tag(&mut self, text: &str, tag: &Tag, is_genuine: bool, judged: &Judged) {
        let (defines, is_genuine) = match judged.meaning {
            Meaning::Section(section) => (
                section
                    .defines
                    .first()
                    .copied()
                    .filter(|kind| is_named_here(section, *kind, judged)),
                is_genuine && tag.attributes.is_empty(),
            ),
            Meaning::FolkloreSection(section) => (section.defines, false),
            Meaning::UnknownSection => {
                let meant = slip::section(&normalise(tag.name.slice(text)));
                (
                    meant.and_then(|meant| meant.defines.first().copied()),
                    false,
                )
            }
            _ => (None, false),
        };
        let defined = defines.and_then(|kind| Some((kind, tag.name_range(text)?)));
        let defined = defined.filter(|(kind, range)| {
            *kind != ReferenceKind::Source || !value::is_address_like(range.slice(text))
        });
        if let Some((kind, range)) = defined.filter(|(_, range)| !range.is_empty()) {
            self.definitions.push(Name {
                kind,
                range,
                is_folklore: !is_genuine,
                role: Role::Plain,
            });
        }
        let referring = tag.attributes.iter().filter(|(name, value)| {
            defined.is_none_or(|(_, range)| range != *value)
                && !value.is_empty()
                && REFERRING.contains(&normalise(name.slice(text)).as_ref())
        });
        self.references.extend(referring.map(|(_, range)| Name {
            kind: ReferenceKind::VirtualMtaOrPool,
            range: *range,
            is_folklore: true,
            role: Role::Plain,
        }));
        let section = match judged.meaning {
            Meaning::Section(section) => Some(section),
            Meaning::UnknownSection => slip::section(&normalise(tag.name.slice(text))),
            _ => None,
        };
        if let (Some(section), Some(argument)) = (section, tag.argument)
            && section.argument == Some(ArgumentKind::DomainPattern)
        {
            self.add_macros(text, argument);
        }
    }

    fn add_directive(&mut self, text: &str, directive: &Directive, judged: &Judged) {
        let found = match judged.meaning {
            Meaning::Directive(found) => found,
            Meaning::SomewhereValid(entries) | Meaning::Misplaced(entries) => {
                match entries.first() {
                    Some(found) => found,
                    None => return,
                }
            }
            Meaning::Folklore(folklore) => return self.add_folklore(text, directive, folklore),
            Meaning::UnknownDirective => return self.add_meant(text, directive, judged),
            _ => return,
        };
        if takes_macros(&found.value) {
            self.add_macros(text, directive.value);
        }
        if found.defines.is_none() && !names_something(&found.value) {
            return;
        }
        let value = directive.value.slice(text);
        let context = value::Context {
            cut_by_comment: directive.cut_by_comment,
        };
        let parsed = value::parse(&found.value, value, context);
        let pattern = parsed
            .pieces
            .iter()
            .find(|piece| matches!(piece.spec.kind, ValueKind::Regex));
        if let Some(pattern) = pattern.filter(|_| !parsed.problems.is_empty()) {
            self.add_spaced_action(text, directive, pattern.outer);
        }
        for (index, piece) in parsed.pieces.iter().enumerate() {
            let range = piece.range.shifted(directive.value.start);
            let written = piece.range.slice(value);
            let plain = slip::plain(written);
            let is_word = piece.spec.words.iter().any(|word| word.text == plain);
            if let (0, Some(kind)) = (index, found.defines) {
                self.definitions.push(Name {
                    kind,
                    range,
                    is_folklore: matches!(judged.meaning, Meaning::Misplaced(_)),
                    role: Role::Plain,
                });
            } else if found.name == "include" && matches!(piece.spec.kind, ValueKind::Url) {
                self.includes.push((range, sure_place(judged)));
            } else if let (Some(kind), false) = (named(piece.spec), is_word) {
                if range.is_empty() {
                    continue;
                }
                if found.name == "include" {
                    self.includes.push((range, sure_place(judged)));
                } else {
                    self.references.push(Name {
                        kind,
                        range,
                        is_folklore: false,
                        role: if piece.spec.unchecked {
                            Role::Unchecked
                        } else {
                            Role::Plain
                        },
                    });
                }
            }
        }
    }

    /// The names on a line whose own name has a slip: they count, and nothing is reported of them.
    fn add_meant(&mut self, text: &str, directive: &Directive, judged: &Judged) {
        let name = catalog_name(text, directive);
        let Some(meant) = slip::directive(&name, judged.location.place()) else {
            return;
        };
        let (definitions, references) = (self.definitions.len(), self.references.len());
        let judged = Judged {
            meaning: Meaning::Directive(meant),
            ..*judged
        };
        self.add_directive(text, directive, &judged);
        for name in self.definitions.iter_mut().skip(definitions) {
            name.is_folklore = true;
        }
        for name in self.references.iter_mut().skip(references) {
            name.role = Role::Unchecked;
        }
    }

    /// `virtual-mta NAME` behind the pattern of a rule, where `virtual-mta=NAME` is meant.
    fn add_spaced_action(&mut self, text: &str, directive: &Directive, pattern: TextRange) {
        let behind = TextRange::new(
            directive.value.start.saturating_add(pattern.end),
            directive.value.end,
        );
        let inside = behind.slice(text);
        let Some(name) = inside
            .trim_start()
            .strip_prefix("virtual-mta")
            .filter(|rest| rest.starts_with([' ', '\t']))
        else {
            return;
        };
        let name = name.trim_start();
        let start = inside.len().saturating_sub(name.len());
        let length = name.find([' ', '\t', ',']).unwrap_or(name.len());
        let range = TextRange::of(start, start.saturating_add(length)).shifted(behind.start);
        let range = unquoted(text, range);
        if !range.is_empty() {
            self.references.push(Name {
                kind: ReferenceKind::VirtualMtaOrPool,
                range,
                is_folklore: true,
                role: Role::Plain,
            });
        }
    }

    /// The names in the value of an invented directive: the first word, and others joined by commas.
    fn add_folklore(&mut self, text: &str, directive: &Directive, folklore: &FolkloreDirective) {
        let Some(kind) = folklore.references else {
            return;
        };
        let value = directive.value.slice(text);
        let mut at: usize = 0;
        for part in value.split_inclusive(',') {
            let name = part.trim_end_matches(',').trim();
            let blanks = part.len().saturating_sub(part.trim_start().len());
            let word = match name.strip_prefix('"') {
                Some(inside) => inside.find('"').map_or(name, |end| {
                    name.get(..end.saturating_add(2)).unwrap_or(name)
                }),
                None => name.split([' ', '\t']).next().unwrap_or_default(),
            };
            let start = blanks.saturating_add(at);
            let range = TextRange::of(start, start.saturating_add(word.len()))
                .shifted(directive.value.start);
            let range = unquoted(text, range);
            if !range.is_empty() {
                self.references.push(Name {
                    kind,
                    range,
                    is_folklore: true,
                    role: Role::Plain,
                });
            }
            if word.len() < name.len() {
                return;
            }
            at = at.saturating_add(part.len());
        }
    }

    /// Every `$macro` in a stretch of text.
    fn add_macros(&mut self, text: &str, range: TextRange) {
        let inside = range.slice(text);
        for (at, _) in inside.match_indices('$') {
            let start = at.saturating_add(1);
            let name = inside.get(start..).unwrap_or_default();
            let length = name
                .bytes()
                .take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
                .count();
            if length > 0 {
                self.references.push(Name {
                    kind: ReferenceKind::DomainMacro,
                    range: TextRange::of(start, start.saturating_add(length)).shifted(range.start),
                    is_folklore: false,
                    role: Role::Plain,
                });
            }
        }
    }
}

/// The place that a construct stands in, where that is sure: what a line of a section without end
/// includes may stand behind it.
fn sure_place(judged: &Judged) -> Option<Place> {
    match judged.location {
        Location::In(place) => Some(place),
        Location::Near(_) | Location::Unknown => None,
    }
}

/// Whether the line begins a block without brackets: `vmta NAME`.
fn opens_block(text: &str, directive: &Directive) -> bool {
    let value = directive.value.slice(text);
    directive.form == DirectiveForm::Plain
        && BLOCKS.contains(&catalog_name(text, directive).as_ref())
        && !value.is_empty()
        && !value.contains([' ', '\t', ','])
}

/// The range without the quotes around it.
fn unquoted(text: &str, range: TextRange) -> TextRange {
    let inside = range.slice(text);
    let is_quoted = inside.len() >= 2 && inside.starts_with('"') && inside.ends_with('"');
    if is_quoted {
        TextRange::new(range.start.saturating_add(1), range.end.saturating_sub(1))
    } else {
        range
    }
}

/// What kind of thing a piece of a value names. A category is made by the rules that name it, and may
/// have a name that the catalog does not list.
fn named(spec: &ValueSpec) -> Option<ReferenceKind> {
    match spec.kind {
        ValueKind::Ref(kind) => Some(kind),
        ValueKind::Category => Some(ReferenceKind::BounceCategory),
        _ => None,
    }
}

/// Whether the argument of a section is a name that others can use: where a section needs none, the
/// name says nothing.
fn is_named_here(section: &Section, kind: ReferenceKind, judged: &Judged) -> bool {
    kind != ReferenceKind::AddressList
        || judged
            .location
            .place()
            .is_none_or(|place| !section.argument_optional_in.contains(&place))
}

/// Whether a directive makes a VirtualMTA a member of a pool that holds `<domain>` sections.
fn is_member_with_domains(text: &str, view: &ItemView, entry: &Entry) -> bool {
    let is_section = |entry: &Entry, name: &str| match &entry.kind {
        EntryKind::Section(section) => normalise(section.open.name.slice(text)) == name,
        _ => false,
    };
    let Some(pool) = entry.parent else {
        return false;
    };
    view.entry(pool)
        .is_some_and(|pool| is_section(pool, "virtual-mta-pool"))
        && matches!(&entry.kind, EntryKind::Directive(it) if normalise(it.name.slice(text)) == "virtual-mta")
        && view
            .children(Some(pool))
            .any(|(_, child)| is_section(child, "domain"))
}

/// Whether a value of this shape can refer to anything.
fn names_something(spec: &ValueSpec) -> bool {
    match spec.kind {
        ValueKind::Ref(_) | ValueKind::Category => true,
        ValueKind::List { item, .. } => names_something(item),
        ValueKind::Composite(parts) => parts.iter().any(|part| names_something(&part.value)),
        ValueKind::AnyOf(alternatives) => alternatives.iter().any(names_something),
        _ => false,
    }
}

/// Whether `$macro` is expanded in a value of this shape.
fn takes_macros(spec: &ValueSpec) -> bool {
    spec.macros
        || match spec.kind {
            ValueKind::MacroItem => true,
            ValueKind::List { item, .. } => takes_macros(item),
            ValueKind::Composite(parts) => parts.iter().any(|part| takes_macros(&part.value)),
            ValueKind::AnyOf(alternatives) => alternatives.iter().any(takes_macros),
            _ => false,
        }
}
