//! What the conversions of invented blocks share: the lines inside, and the text that takes the place
//! of all.

use crate::catalog::{self, FolkloreFix, Place};
use crate::diagnostics::{Edit, Fix, Safety, SectionSite};
use crate::meaning::{Meaning, catalog_name};
use crate::syntax::{Directive, Entry, EntryKind, SectionEnd, SectionForm};
use crate::text::TextRange;
use crate::value::{self, Context, unquote};

/// A block whose lines are taken one by one; what nobody takes is kept as it is written.
pub(super) struct Block<'s, 'a> {
    site: &'s SectionSite<'a>,
    /// Where it ends.
    end: u32,
    taken: Vec<TextRange>,
}

impl<'s, 'a> Block<'s, 'a> {
    /// The block of a section, if it is sure where it ends: at its end tag, or, without brackets, where
    /// the indentation does.
    pub(super) fn of(site: &'s SectionSite<'a>) -> Option<Self> {
        let section = site.section?;
        let end = match (&section.end, section.form) {
            (SectionEnd::Closed(..), _) | (_, SectionForm::Indentation) => site.entry.range.end,
            (SectionEnd::Missing, SectionForm::Keyword) => end_of_indentation(site)?,
            (SectionEnd::Missing, SectionForm::Tag | SectionForm::Braces) => return None,
        };
        Some(Self {
            site,
            end,
            taken: Vec::new(),
        })
    }

    /// The constructs directly inside.
    fn children(&self) -> impl Iterator<Item = (u32, &'a Entry)> + use<'s, 'a> {
        let (site, end) = (self.site, self.end);
        site.children()
            .filter(move |(_, entry)| entry.range.start < end)
    }

    /// The value of the line with one of these names, without quotes; the line counts as taken.
    pub(super) fn take(&mut self, names: &[&str]) -> Option<String> {
        let item = self.site.item;
        let mut lines = self.children().filter_map(|(_, entry)| match &entry.kind {
            EntryKind::Directive(line) => Some((entry, line)),
            _ => None,
        });
        let is_wanted = |line: &Directive| names.contains(&catalog_name(item.text, line).as_ref());
        let (entry, line) =
            lines.find(|(entry, line)| is_wanted(line) && !self.taken.contains(&entry.range))?;
        self.taken.push(entry.range);
        let value = unquote(item.slice(line.value)).into_owned();
        (!value.is_empty()).then_some(value)
    }

    /// The values of all lines with one of these names, in order; the lines count as taken.
    pub(super) fn take_all(&mut self, names: &[&str]) -> Vec<String> {
        let mut values = Vec::new();
        let count = self.children().count();
        for _ in 0..count {
            match self.take(names) {
                Some(value) => values.push(value),
                None => break,
            }
        }
        values
    }

    /// Whether a line of the block has this name.
    pub(super) fn has(&self, name: &str) -> bool {
        let item = self.site.item;
        self.children().any(|(_, entry)| match &entry.kind {
            EntryKind::Directive(line) => catalog_name(item.text, line) == name,
            _ => false,
        })
    }

    /// The comments in the block.
    pub(super) fn comments(&self) -> Vec<&'a str> {
        let comments = self
            .children()
            .filter(|(_, entry)| matches!(entry.kind, EntryKind::Comment(_)));
        comments
            .map(|(_, entry)| self.site.item.slice(entry.range))
            .collect()
    }

    /// The lines that were not taken and mean something, comments among them. A comment behind such a
    /// line stays behind it.
    pub(super) fn others(&self) -> Vec<String> {
        let item = self.site.item;
        let is_clutter = |index: u32| {
            let judged = item.judged.get(index as usize);
            judged.is_some_and(|judged| match judged.meaning {
                Meaning::Folklore(folklore) => folklore.fix == FolkloreFix::Delete,
                _ => false,
            })
        };
        let mut others: Vec<String> = Vec::new();
        let mut end_of_last = None;
        for (index, entry) in self.children() {
            if self.taken.contains(&entry.range) || is_clutter(index) {
                end_of_last = None;
                continue;
            }
            let text = item.slice(entry.range);
            let is_comment = matches!(entry.kind, EntryKind::Comment(_));
            let stands_behind = |end: u32| {
                let between = item.slice(TextRange::new(end, entry.range.start));
                is_comment && !between.contains(['\n', '\r'])
            };
            match others.last_mut() {
                Some(last) if end_of_last.is_some_and(stands_behind) => {
                    *last = format!("{last} {text}");
                }
                _ => others.push(text.to_owned()),
            }
            end_of_last = Some(entry.range.end);
        }
        others
    }

    /// The fix that puts these lines in the place of the block.
    pub(super) fn replaced_by(&self, title: String, lines: &[String]) -> Fix {
        let item = self.site.item;
        let indentation = item.indentation(self.site.entry.range.start);
        let line_break = item.line_break();
        let mut text = String::new();
        for (index, line) in lines.iter().enumerate() {
            if index > 0 {
                text.push_str(line_break);
                if !line.is_empty() {
                    text.push_str(indentation);
                }
            }
            text.push_str(line);
        }
        let range = TextRange::new(self.site.entry.range.start, self.end);
        let written = item.slice(range).trim_end().len();
        Fix {
            title,
            safety: Safety::Unsafe,
            edits: vec![Edit {
                range: TextRange::of(0, written).shifted(range.start),
                text,
            }],
        }
    }

    /// The fix that takes the block away, with its lines where nothing else stands on them.
    pub(super) fn deleted(&self, title: String) -> Fix {
        let item = self.site.item;
        let mut fix = self.replaced_by(title, &[]);
        for edit in &mut fix.edits {
            let lines = item.whole_lines(edit.range);
            let before = item.slice(TextRange::new(lines.start, edit.range.start));
            let after = item.slice(TextRange::new(edit.range.end, lines.end));
            if before.trim().is_empty() && after.trim().is_empty() {
                edit.range = lines;
            }
        }
        fix
    }
}

/// Where the lines end that stand deeper than the keyword before them, with the comment of the last.
fn end_of_indentation(site: &SectionSite<'_>) -> Option<u32> {
    let item = site.item;
    let column = item.indentation(site.tag.range.start).len();
    let deeper = site
        .children()
        .map(|(_, entry)| entry.range)
        .take_while(|range| item.indentation(range.start).len() > column);
    let last = deeper.last()?;
    let (line, _) = item.line_around(last.end);
    Some(line.end)
}

/// A word as a part of a name.
pub(super) fn name_of(text: &str) -> String {
    let part = |sign: char| match sign {
        '.' | '-' | '_' => sign,
        _ if sign.is_alphanumeric() => sign,
        _ => '-',
    };
    text.chars().map(part).collect()
}

/// Lines with four blanks in front.
pub(super) fn indented(lines: &[String]) -> Vec<String> {
    lines.iter().map(|line| format!("    {line}")).collect()
}

/// A line `name value` of a place, the value repaired where that is plain.
pub(in crate::diagnostics) fn line(name: &str, place: &str, value: &str) -> String {
    let entry = Place::named(place).and_then(|place| catalog::directive_in(name, place));
    let Some(entry) = entry else {
        return format!("{name} {value}");
    };
    let parsed = value::parse(&entry.value, value, Context::default());
    let mut edits: Vec<Edit> = parsed
        .problems
        .into_iter()
        .filter_map(|problem| problem.fixes.into_iter().next())
        .filter(|fix| fix.safety == Safety::Safe)
        .flat_map(|fix| fix.edits)
        .collect();
    edits.sort_by_key(|edit| edit.range);
    let mut repaired = value.to_owned();
    for edit in edits.iter().rev() {
        if repaired.get(edit.range.as_usize()).is_some() {
            repaired.replace_range(edit.range.as_usize(), &edit.text);
        }
    }
    format!("{name} {repaired}")
}

/// The lines of a section, indented inside its tags.
pub(super) fn section(tag: &str, argument: &str, body: &[String]) -> Vec<String> {
    let opening = if argument.is_empty() {
        format!("<{tag}>")
    } else {
        format!("<{tag} {argument}>")
    };
    std::iter::once(opening)
        .chain(indented(body))
        .chain(std::iter::once(format!("</{tag}>")))
        .collect()
}
