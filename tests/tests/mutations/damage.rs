//! The kinds of damage, and the lines that each can be done to.

mod names;
mod places;
mod signs;
mod structure;
mod written;

use crate::deployment::{Deployment, File};
use crate::numbers::Numbers;

/// A kind of damage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    /// One letter of a name is wrong.
    Typo,
    /// A unit that PowerMTA does not have, or not this way.
    WrongUnit,
    /// A switch in other words than yes and no.
    BadBoolean,
    /// Nothing behind the name.
    MissingValue,
    /// An end tag is gone.
    DroppedEndTag,
    /// An end tag closes nothing.
    StrayEndTag,
    /// A directive stands in a place that forbids it.
    MovedDirective,
    /// A name that nothing defines.
    UndefinedReference,
    /// A name that is defined twice.
    DuplicateDefinition,
    /// A setting of one value gets another.
    RepeatedDirective,
    /// An expression that cannot be compiled.
    BrokenRegex,
    /// Host name and address change places.
    SwappedHostAndAddress,
    /// A hyphen is replaced by a sign that looks like one.
    LookAlikeHyphen,
}

impl Kind {
    /// All kinds.
    pub(crate) const ALL: [Self; 13] = [
        Self::Typo,
        Self::WrongUnit,
        Self::BadBoolean,
        Self::MissingValue,
        Self::DroppedEndTag,
        Self::StrayEndTag,
        Self::MovedDirective,
        Self::UndefinedReference,
        Self::DuplicateDefinition,
        Self::RepeatedDirective,
        Self::BrokenRegex,
        Self::SwappedHostAndAddress,
        Self::LookAlikeHyphen,
    ];

    /// The name it has in the table.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Typo => "typo",
            Self::WrongUnit => "wrong unit",
            Self::BadBoolean => "bad boolean",
            Self::MissingValue => "missing value",
            Self::DroppedEndTag => "dropped end tag",
            Self::StrayEndTag => "stray end tag",
            Self::MovedDirective => "moved directive",
            Self::UndefinedReference => "undefined reference",
            Self::DuplicateDefinition => "duplicate definition",
            Self::RepeatedDirective => "repeated directive",
            Self::BrokenRegex => "broken regex",
            Self::SwappedHostAndAddress => "swapped host and IP",
            Self::LookAlikeHyphen => "look-alike hyphen",
        }
    }

    /// The lines of a file that it can be done to.
    pub(crate) fn spots(self, deployment: &Deployment, file: &File) -> Vec<usize> {
        let is_whole = |at: &usize| {
            let line = &file.lines[*at];
            !file.is_reported[*at] && !line.goes_on && !is_spoken_to(file, *at)
        };
        let lines = 0..file.lines.len();
        let can = |at: &usize| {
            // What chance decides does not matter for whether it can be done.
            self.apply(deployment, file, *at, &mut Numbers::of(1, 0))
                .is_some()
        };
        lines.filter(is_whole).filter(can).collect()
    }

    /// Does it to a line; none where it cannot be done.
    pub(crate) fn apply(
        self,
        deployment: &Deployment,
        file: &File,
        at: usize,
        numbers: &mut Numbers,
    ) -> Option<Damage> {
        match self {
            Self::Typo => written::typo(file, at, numbers),
            Self::WrongUnit => written::wrong_unit(file, at, numbers),
            Self::BadBoolean => written::bad_boolean(file, at, numbers),
            Self::MissingValue => written::missing_value(file, at),
            Self::DroppedEndTag => structure::dropped_end_tag(file, at),
            Self::StrayEndTag => structure::stray_end_tag(file, at, numbers),
            Self::MovedDirective => places::moved_directive(file, at, numbers),
            Self::UndefinedReference => names::undefined_reference(deployment, file, at, numbers),
            Self::DuplicateDefinition => names::duplicate_definition(deployment, file, at, numbers),
            Self::RepeatedDirective => places::repeated_directive(file, at),
            Self::BrokenRegex => signs::broken_regex(file, at, numbers),
            Self::SwappedHostAndAddress => written::swapped_host_and_address(file, at),
            Self::LookAlikeHyphen => signs::look_alike_hyphen(file, at, numbers),
        }
    }
}

/// Whether a comment tells the checker what to leave out.
fn is_spoken_to(file: &File, at: usize) -> bool {
    let speaks = |at: usize| file.lines[at].text.contains("pmta-ls:");
    speaks(at) || at.checked_sub(1).is_some_and(speaks)
}

/// A line of a damaged file.
#[derive(Clone, Debug)]
pub(crate) struct DamagedLine {
    /// The line it was before; none: it is damaged.
    pub(crate) was: Option<usize>,
    /// With its line break.
    pub(crate) text: String,
}

/// A damaged file.
#[derive(Clone, Debug)]
pub(crate) struct Damage {
    /// Its lines.
    pub(crate) lines: Vec<DamagedLine>,
    /// Lines, by what they were before, on which a finding is in place as well: the opening tag whose
    /// end is gone, and the line that stands where it was.
    pub(crate) also: Vec<usize>,
}

impl Damage {
    /// A file with one line replaced.
    fn replaced(file: &File, at: usize, text: &str) -> Self {
        Self::of(file, |index| (index == at).then(|| vec![text.to_owned()]))
    }

    /// A file with more lines behind a line.
    fn added(file: &File, after: usize, texts: &[String]) -> Self {
        let line = &file.lines[after];
        let line_break = match line.line_break.as_str() {
            "" => "\n",
            line_break => line_break,
        };
        let mut damage = Self::of(file, |_| None);
        damage.lines[after].text = format!("{}{line_break}", line.text);
        let added = texts.iter().map(|text| DamagedLine {
            was: None,
            text: format!("{text}{line_break}"),
        });
        damage.lines.splice(after + 1..after + 1, added);
        damage
    }

    /// A file in which `change` gives other lines for some.
    fn of(file: &File, change: impl Fn(usize) -> Option<Vec<String>>) -> Self {
        let mut lines = Vec::new();
        for (index, line) in file.lines.iter().enumerate() {
            match change(index) {
                None => lines.push(DamagedLine {
                    was: Some(index),
                    text: format!("{}{}", line.text, line.line_break),
                }),
                Some(texts) => lines.extend(texts.into_iter().map(|text| DamagedLine {
                    was: None,
                    text: format!("{text}{}", line.line_break),
                })),
            }
        }
        Self {
            lines,
            also: Vec::new(),
        }
    }

    /// The text of the damaged file.
    pub(crate) fn text(&self) -> String {
        self.lines.iter().map(|line| line.text.as_str()).collect()
    }
}
