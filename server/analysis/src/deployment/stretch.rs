//! What stands at the top level of a root's files, put into reading order.

use super::{Deployment, Member, Section, Setting, Source, at, is_include, length};
use crate::catalog::Place;
use crate::document::{Document, RunRef, TopLevel, TopLine};
use crate::outline::Line;
use crate::text::TextRange;
use crate::workspace::{FileId, MOST_LEVELS};

/// Lines at the top level of one run that are read one after the other.
#[derive(Clone, Copy)]
pub(super) struct Stretch<'w> {
    file: FileId,
    document: &'w Document,
    /// The run.
    pub(super) run: RunRef<'w>,
    /// The lines.
    pub(super) lines: &'w [TopLine],
    /// The rank of the first of them in reading order.
    pub(super) order: usize,
}

impl<'w> Stretch<'w> {
    /// What a line of it says; none if PowerMTA does not know it at the top level.
    pub(super) fn member(&self, line: &TopLine, order: usize) -> Option<Member<'w>> {
        let (start, outline) = self.run.outline_from(line)?;
        let source = Source {
            file: self.file,
            document: self.document,
            start: TextRange::of(start, start).start,
        };
        let (first, after) = outline.split_first()?;
        match *first {
            Line::Open {
                place,
                key,
                argument,
            } => {
                let (body, _) = after.split_at(length(after));
                Some(Member::Section(Section {
                    source,
                    body,
                    key,
                    argument,
                    place,
                    order,
                }))
            }
            Line::Setting {
                directive,
                start,
                value,
            } => Some(Member::Setting(Setting {
                source,
                directive: at(directive.directive()?, Place::GLOBAL)?,
                start,
                value,
                order,
            })),
            Line::Close => None,
        }
    }
}

fn includes(line: &TopLine) -> bool {
    match line.what {
        TopLevel::Setting(directive) => is_include(directive),
        TopLevel::Section { .. } => false,
    }
}

impl<'w> Deployment<'w> {
    /// Adds the lines at the top level of a file and of those that they include.
    pub(super) fn read_top_level(&mut self, file: FileId, chain: &mut Vec<FileId>) {
        if chain.contains(&file) || chain.len() >= MOST_LEVELS {
            return;
        }
        let Some(document) = self.workspace.document(file) else {
            return;
        };
        chain.push(file);
        for run in document.runs() {
            let mut rest = run.top_lines();
            if run.contents().has_includes {
                while let Some(index) = rest.iter().position(includes) {
                    let (before, from) = rest.split_at(index);
                    self.read_stretch(file, document, run, before);
                    let Some((include, after)) = from.split_first() else {
                        break;
                    };
                    let stretch = self.stretch(file, document, run, from);
                    let targets = match stretch.member(include, 0) {
                        Some(Member::Setting(line)) => self.targets(file, &line.value()).to_vec(),
                        _ => Vec::new(),
                    };
                    for target in targets {
                        self.read_top_level(target, chain);
                    }
                    rest = after;
                }
            }
            self.read_stretch(file, document, run, rest);
        }
        chain.pop();
    }

    fn read_stretch(
        &mut self,
        file: FileId,
        document: &'w Document,
        run: RunRef<'w>,
        lines: &'w [TopLine],
    ) {
        if !lines.is_empty() {
            let stretch = self.stretch(file, document, run, lines);
            self.stretches.push(stretch);
        }
    }

    /// Lines that are read behind all that were read so far.
    fn stretch(
        &self,
        file: FileId,
        document: &'w Document,
        run: RunRef<'w>,
        lines: &'w [TopLine],
    ) -> Stretch<'w> {
        let last = self.stretches.last();
        Stretch {
            file,
            document,
            run,
            lines,
            order: last.map_or(0, |last| last.order.saturating_add(last.lines.len())),
        }
    }
}
