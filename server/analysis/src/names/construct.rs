//! What one construct defines and refers to.

use crate::catalog::{ArgumentKind, FolkloreDirective, Place, ReferenceKind, ValueKind, ValueSpec};
use crate::facts::Name;
use crate::meaning::{Judged, Location, Meaning, catalog_name};
use crate::syntax::{Directive, DirectiveForm, Entry, EntryKind, SectionForm, Tag, normalise};
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
    /// Adds the names of one construct. Those inside a section are its own constructs' matter.
    pub(crate) fn add(&mut self, text: &str, entry: &Entry, is_first: bool, judged: &Judged) {
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
                    });
                    if judged.location != Location::Unknown {
                        return;
                    }
                }
                self.add_directive(text, directive, judged);
            }
            _ => {}
        }
    }

    fn add_tag(&mut self, text: &str, tag: &Tag, is_genuine: bool, judged: &Judged) {
        let (defines, is_genuine) = match judged.meaning {
            Meaning::Section(section) => (
                section.defines.first().copied(),
                is_genuine && tag.attributes.is_empty(),
            ),
            Meaning::FolkloreSection(section) => (section.defines, false),
            _ => (None, false),
        };
        let defined = defines.and_then(|kind| Some((kind, tag.name_range(text)?)));
        if let Some((kind, range)) = defined.filter(|(_, range)| !range.is_empty()) {
            self.definitions.push(Name {
                kind,
                range,
                is_folklore: !is_genuine,
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
        }));
        if let (Meaning::Section(section), Some(argument)) = (judged.meaning, tag.argument)
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
            let is_word = piece.spec.words.iter().any(|word| word.text == written);
            if let (0, Some(kind)) = (index, found.defines) {
                self.definitions.push(Name {
                    kind,
                    range,
                    is_folklore: false,
                });
            } else if found.name == "include" && matches!(piece.spec.kind, ValueKind::Url) {
                self.includes.push((range, judged.location.place()));
            } else if let (ValueKind::Ref(kind), false) = (piece.spec.kind, is_word) {
                if range.is_empty() {
                    continue;
                }
                if found.name == "include" {
                    self.includes.push((range, judged.location.place()));
                } else {
                    self.references.push(Name {
                        kind,
                        range,
                        is_folklore: false,
                    });
                }
            }
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
                });
            }
        }
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

/// Whether a value of this shape can refer to anything.
fn names_something(spec: &ValueSpec) -> bool {
    match spec.kind {
        ValueKind::Ref(_) => true,
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
