//! A whole configuration as the rules see it that hold one setting against another.
//!
//! Which directives there are is known for each run of items, so that a rule about settings that
//! nobody uses costs nothing, and the others read only the runs that hold their lines.

use std::path::Path;

use super::{FileSite, Finding, registry};
use crate::catalog::{self, Directive, DirectiveSet, Place};
use crate::deployment::is_yes;
use crate::document::Document;
use crate::gaps::Gaps;
use crate::outline::Line;
use crate::text::TextRange;
use crate::value;
use crate::workspace::{FileId, is_root_name};

/// Most lines of one directive that are read: with more there are others than a person looks for.
pub(super) const MOST_LINES: usize = 2_000;

/// Runs the rules that look at a file as a part of a configuration of which all is known.
pub(crate) fn check(site: &FileSite<'_>, findings: &mut Vec<Finding>) {
    if !site.is_resolved {
        return;
    }
    let mut directives = DirectiveSet::default();
    let mut gaps = Gaps::default();
    let files = site.root.files.iter();
    for document in files.filter_map(|file| site.workspace.document(*file)) {
        directives.extend(&document.directives());
        gaps.extend(&document.gaps());
    }
    let overview = Overview {
        site,
        directives,
        doubtful: gaps.directives,
        own: site.document.directives(),
    };
    for check in registry::OVERVIEW_CHECKS {
        check(&overview, findings);
    }
}

/// A file, with all that the configuration holds.
pub(crate) struct Overview<'a> {
    /// The file.
    pub(crate) site: &'a FileSite<'a>,
    directives: DirectiveSet,
    /// Those that a line may set that cannot be read.
    doubtful: DirectiveSet,
    own: DirectiveSet,
}

/// A directive somewhere in the configuration.
#[derive(Clone, Copy)]
pub(crate) struct Found<'a> {
    document: &'a Document,
    /// The file it stands in.
    pub(crate) file: FileId,
    /// What it is.
    pub(crate) directive: &'static Directive,
    start: u32,
    value: TextRange,
    /// The lines of the section around it, before and behind it.
    siblings: &'a [Line],
    item: u32,
    /// The outermost and the innermost section around it.
    around: Option<(Around, Around)>,
}

/// A section around a line.
#[derive(Clone, Copy)]
struct Around {
    place: Place,
    /// Its argument, from the start of the item.
    argument: TextRange,
}

impl Found<'_> {
    /// The argument of the section that it stands in; none at the top level of its file.
    pub(crate) fn argument(&self) -> Option<String> {
        let (_, section) = self.around?;
        let range = section.argument.shifted(self.item);
        Some(self.document.slice(range.as_usize()))
    }

    /// The outermost section around it, and its argument; none at the top level of its file.
    pub(crate) fn outermost(&self) -> Option<(Place, String)> {
        let (section, _) = self.around?;
        let range = section.argument.shifted(self.item);
        Some((section.place, self.document.slice(range.as_usize())))
    }

    /// Its value without quotes.
    pub(crate) fn value(&self) -> String {
        value::unquote(&self.document.slice(self.value.as_usize())).into_owned()
    }

    /// The line, from its name to the end of its value, from the start of the file.
    pub(crate) fn range(&self) -> TextRange {
        TextRange::new(self.start, self.value.end)
    }

    /// Its value as written, from the start of the file.
    pub(crate) fn value_range(&self) -> TextRange {
        self.value
    }

    /// The argument of the section around it, without quotes.
    pub(crate) fn section_name(&self) -> Option<String> {
        Some(value::unquote(&self.argument()?).into_owned())
    }

    /// Whether both stand in the same section.
    pub(crate) fn is_beside(&self, other: &Self) -> bool {
        std::ptr::eq(self.siblings, other.siblings)
    }

    /// The value of a directive that stands in the same section; none if it has several there.
    pub(crate) fn value_beside(&self, name: &str) -> Option<String> {
        let mut values = self.beside(name);
        let last = values.pop()?;
        values.iter().all(|value| *value == last).then_some(last)
    }

    /// The values of a directive that stands in the same section.
    fn beside(&self, name: &str) -> Vec<String> {
        let mut depth: usize = 0;
        let mut values = Vec::new();
        for line in self.siblings {
            match line {
                Line::Open { .. } => depth = depth.saturating_add(1),
                Line::Close => depth = depth.saturating_sub(1),
                Line::Setting {
                    directive, value, ..
                } if depth == 0 => {
                    if directive.directive().is_some_and(|it| it.name == name) {
                        let range = value.shifted(self.item);
                        let text = self.document.slice(range.as_usize());
                        values.push(value::unquote(&text).into_owned());
                    }
                }
                Line::Setting { .. } => {}
            }
        }
        values
    }
}

impl<'a> Overview<'a> {
    /// Whether the file is surely a root: the project says so, or it has the name of one and reads like
    /// one.
    pub(crate) fn is_sure_root(&self) -> bool {
        let site = self.site;
        let path = site.workspace.path(site.file);
        let has_root_name = path.and_then(Path::file_name).is_some_and(is_root_name);
        site.file == site.root.file
            && (site.root.is_declared || (has_root_name && site.document.looks_like_root()))
    }

    /// Whether any line of the configuration has this directive, in any place.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.directives.has(name)
    }

    /// Whether any line of the configuration has this directive, in any place, or may be meant to.
    pub(crate) fn may_have(&self, name: &str) -> bool {
        self.has(name) || self.doubtful.has(name)
    }

    /// Whether a line of the configuration that cannot be read may set this directive.
    pub(crate) fn is_doubtful(&self, name: &str) -> bool {
        self.doubtful.has(name)
    }

    /// Whether any line at the top level has this directive, or some line may be meant to.
    pub(crate) fn may_have_global(&self, name: &str) -> bool {
        let entry = catalog::directive_in(name, Place::GLOBAL);
        self.doubtful.has(name) || entry.is_some_and(|entry| self.directives.contains(entry.id()))
    }

    /// Whether any line of this file has this directive.
    pub(crate) fn has_here(&self, name: &str) -> bool {
        self.own.has(name)
    }

    /// The lines of this file that have this directive, in order.
    pub(crate) fn here(&self, name: &str) -> Vec<Found<'a>> {
        lines(self.site.file, self.site.document, name)
    }

    /// Whether some line of the configuration gives this directive a value for which `is_meant` holds,
    /// or it cannot be told: there are too many lines, or one cannot be read.
    pub(crate) fn some(&self, name: &str, is_meant: impl Fn(&str) -> bool) -> bool {
        if self.doubtful.has(name) {
            return true;
        }
        if !self.has(name) {
            return false;
        }
        let mut count: usize = 0;
        for file in &self.site.root.files {
            let Some(document) = self.site.workspace.document(*file) else {
                continue;
            };
            let found = lines(*file, document, name);
            count = count.saturating_add(found.len());
            if count >= MOST_LINES || found.iter().any(|line| is_meant(&line.value())) {
                return true;
            }
        }
        false
    }

    /// Whether some line of the configuration turns this switch on.
    pub(crate) fn is_on(&self, name: &str) -> bool {
        self.some(name, is_yes)
    }

    /// The lines of all files that have this directive, up to [`MOST_LINES`].
    pub(crate) fn everywhere(&self, name: &str) -> Vec<Found<'a>> {
        let mut all = Vec::new();
        for file in &self.site.root.files {
            if let Some(document) = self.site.workspace.document(*file) {
                all.extend(lines(*file, document, name));
            }
        }
        all.truncate(MOST_LINES);
        all
    }
}

/// The lines of a file that have this directive, up to [`MOST_LINES`].
pub(super) fn lines<'a>(file: FileId, document: &'a Document, name: &str) -> Vec<Found<'a>> {
    let mut found = Vec::new();
    let items = document.items_where(|contents| contents.directives.has(name));
    for item in items {
        let start = TextRange::of(item.start, item.start).start;
        let mut open: Vec<usize> = vec![0];
        let mut around: Vec<Around> = Vec::new();
        for (index, line) in item.facts.outline.iter().enumerate() {
            match *line {
                Line::Open {
                    place, argument, ..
                } => {
                    open.push(index.saturating_add(1));
                    around.push(Around { place, argument });
                }
                Line::Close => {
                    open.pop();
                    around.pop();
                }
                Line::Setting {
                    directive,
                    start: name_start,
                    value,
                } => {
                    let directive = directive.directive().filter(|it| it.name == name);
                    let Some(directive) = directive else {
                        continue;
                    };
                    let first = open.last().copied().unwrap_or_default();
                    let siblings = item.facts.outline.get(first..).unwrap_or_default();
                    found.push(Found {
                        document,
                        file,
                        directive,
                        start: name_start.saturating_add(start),
                        value: value.shifted(start),
                        siblings: up_to_end(siblings),
                        item: start,
                        around: around.first().copied().zip(around.last().copied()),
                    });
                    if found.len() >= MOST_LINES {
                        return found;
                    }
                }
            }
        }
    }
    found
}

/// The lines before the end of the section that they stand in.
fn up_to_end(lines: &[Line]) -> &[Line] {
    let mut depth: usize = 0;
    for (index, line) in lines.iter().enumerate() {
        match line {
            Line::Open { .. } => depth = depth.saturating_add(1),
            Line::Close if depth == 0 => return lines.get(..index).unwrap_or_default(),
            Line::Close => depth = depth.saturating_sub(1),
            Line::Setting { .. } => {}
        }
    }
    lines
}

#[cfg(test)]
pub(super) mod tests {
    #![allow(
        clippy::arithmetic_side_effects,
        reason = "a test that overflows should fail"
    )]

    use std::fmt::Write as _;

    use crate::findings::findings;
    use crate::fixture::{Fixture, fixture};

    /// What one rule finds in the files of a configuration: `FILE:LINE severity: message`.
    pub(in crate::diagnostics) fn found(text: &str, code: &str) -> String {
        let Fixture { workspace, .. } = fixture(&format!("{text}$0"));
        let mut shown = String::new();
        for file in workspace.files() {
            let path = workspace.path(file).unwrap().file_name().unwrap();
            let rope = workspace.document(file).unwrap().rope();
            let all = findings(&workspace, file);
            for finding in all.iter().filter(|it| it.rule.code == code) {
                let line = rope.byte_to_line(finding.range.start as usize) + 1;
                let severity = finding.severity.name();
                let name = path.to_string_lossy();
                let _ = writeln!(shown, "{name}:{line} {severity}: {}", finding.message);
            }
        }
        shown
    }
}
