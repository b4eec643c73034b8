//! The lines at the top level of a file, kept run by run.
//!
//! Questions about a whole configuration look through these and read the outlines of nothing but what
//! they are about. An edit makes them anew for its own run only.

use super::Document;
use super::run::Run;
use crate::catalog::{DirectiveId, Place};
use crate::facts::{Contents, Facts};
use crate::outline::Line;

/// What a line at the top level is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TopLevel {
    /// The opening tag of a section.
    Section {
        /// The place inside it.
        place: Place,
        /// The key of its argument, as in its outline.
        key: u32,
    },
    /// A directive.
    Setting(DirectiveId),
}

/// A line at the top level, and which outline tells more of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TopLine {
    /// What it is.
    pub(crate) what: TopLevel,
    /// The number of its item in the run.
    item: u32,
    /// Its number in the item's outline.
    line: u32,
}

/// The lines at the top level of these items, which are all of a run.
pub(super) fn top_lines<'a>(items: impl Iterator<Item = &'a Facts>) -> Box<[TopLine]> {
    let mut lines = Vec::new();
    for (item, facts) in (0..).zip(items) {
        let mut depth: usize = 0;
        for (line, of_outline) in (0..).zip(&facts.outline) {
            let what = match *of_outline {
                Line::Open { place, key, .. } => TopLevel::Section { place, key },
                Line::Setting { directive, .. } => TopLevel::Setting(directive),
                Line::Close => {
                    depth = depth.saturating_sub(1);
                    continue;
                }
            };
            if depth == 0 {
                lines.push(TopLine { what, item, line });
            }
            if matches!(what, TopLevel::Section { .. }) {
                depth = depth.saturating_add(1);
            }
        }
    }
    lines.into_boxed_slice()
}

/// Which sections stand at the top level of a run, so that runs without those that are looked for are
/// passed over.
#[derive(Clone, Debug, Default)]
pub(super) struct TopSections {
    /// A bit for each place.
    places: u64,
    /// The keys of their arguments, sorted.
    keys: Box<[u32]>,
}

impl TopSections {
    /// Those among these lines.
    pub(super) fn of(lines: &[TopLine]) -> Self {
        let mut places = 0;
        let sections = lines.iter().filter_map(|line| match line.what {
            TopLevel::Section { place, key } => {
                places |= bit(place);
                Some(key)
            }
            TopLevel::Setting(_) => None,
        });
        let mut keys: Vec<u32> = sections.collect();
        keys.sort_unstable();
        keys.dedup();
        Self {
            places,
            keys: keys.into_boxed_slice(),
        }
    }
}

fn bit(place: Place) -> u64 {
    const { assert!(Place::COUNT <= u64::BITS as usize) };
    u32::try_from(place.index())
        .ok()
        .and_then(|index| 1_u64.checked_shl(index))
        .unwrap_or_default()
}

/// A run with its place in the file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RunRef<'a> {
    start: usize,
    run: &'a Run,
}

impl<'a> RunRef<'a> {
    /// What its items hold.
    pub(crate) fn contents(self) -> Contents {
        self.run.contents()
    }

    /// Whether one of its names may have this hash.
    pub(crate) fn may_name(self, hash: u32) -> bool {
        self.run.may_name(&[hash])
    }

    /// Whether a section with this tag stands at its top level.
    pub(crate) fn has_section(self, place: Place) -> bool {
        self.run.top_sections().places & bit(place) != 0
    }

    /// Whether a section whose argument has one of these keys stands at its top level.
    pub(crate) fn has_key(self, keys: &[u32]) -> bool {
        let known = &self.run.top_sections().keys;
        keys.iter().any(|key| known.binary_search(key).is_ok())
    }

    /// Its lines at the top level, in order.
    pub(crate) fn top_lines(self) -> &'a [TopLine] {
        self.run.top_lines()
    }

    /// Where the item of one of its lines begins in the file, and the item's outline from that line on.
    pub(crate) fn outline_from(self, line: &TopLine) -> Option<(usize, &'a [Line])> {
        let (start, outline) = self.run.outline(line.item)?;
        let outline = outline.get(line.line as usize..)?;
        Some((self.start.saturating_add(start), outline))
    }
}

impl Document {
    /// The runs, in order.
    pub(crate) fn runs(&self) -> impl Iterator<Item = RunRef<'_>> {
        let mut start: usize = 0;
        self.runs.iter().map(move |run| {
            let found = RunRef { start, run };
            start = start.saturating_add(run.length());
            found
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::arithmetic_side_effects,
        reason = "a test that overflows should fail"
    )]

    use super::*;

    /// The lines at the top level of a document, as its text has them.
    fn shown(document: &Document) -> Vec<String> {
        let lines = document.runs().flat_map(|run| {
            let lines = run.top_lines().iter();
            lines.map(move |line| run.outline_from(line).unwrap())
        });
        let shown = lines.map(|(start, outline)| {
            let range = match outline[0] {
                Line::Open { argument, .. } => argument,
                Line::Setting { start, value, .. } => crate::text::TextRange::new(start, value.end),
                Line::Close => panic!("an end is no line of its own"),
            };
            document.slice(start + range.start as usize..start + range.end as usize)
        });
        shown.collect()
    }

    #[test]
    fn lines_inside_sections_are_left_out() {
        let text = "\
host-name a.example.com
<virtual-mta m>
    smtp-source-host 192.0.2.1 m.example.com
    <domain example.com>
        max-smtp-out 1
    </domain>
</virtual-mta>
<powermta>
    postmaster you@example.com
    <domain *>
        max-smtp-out 2
    </domain>
</powermta>
<domain example.org>
</domain>
";
        let lines = [
            "host-name a.example.com",
            "m",
            "postmaster you@example.com",
            "*",
            "example.org",
        ];
        assert_eq!(shown(&Document::new(text)), lines);
    }

    #[test]
    fn an_edit_moves_the_lines_behind_it() {
        let sections = |name: &str| format!("<domain {name}>\n    max-smtp-out 1\n</domain>\n");
        let many: String = (0..500)
            .map(|number| sections(&format!("d{number}")))
            .collect();
        let mut document = Document::new(&many);
        document.edit(0..0, &sections("first"));
        let end = document.rope().len_bytes();
        document.edit(end..end, &sections("last"));
        let fresh = Document::new(&document.rope().to_string());
        assert_eq!(shown(&document), shown(&fresh));
        assert_eq!(shown(&document).len(), 502);
    }

    #[test]
    fn lines_are_small() {
        assert_eq!(size_of::<TopLine>(), 16);
    }
}
