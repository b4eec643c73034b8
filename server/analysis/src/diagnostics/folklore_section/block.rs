//! What the conversions of invented blocks share: the lines inside, and the text that takes the place
//! of all.

use crate::catalog::{self, FolkloreFix, Place};
use crate::diagnostics::{Edit, Fix, Safety, SectionSite};
use crate::meaning::{Meaning, catalog_name};
use crate::syntax::{Directive, EntryKind, SectionEnd};
use crate::text::TextRange;
use crate::value::{self, Context, unquote};

/// A block whose lines are taken one by one; what nobody takes is kept as it is written.
pub(super) struct Block<'s, 'a> {
    site: &'s SectionSite<'a>,
    taken: Vec<TextRange>,
}

impl<'s, 'a> Block<'s, 'a> {
    /// The block of a section, if it has an end.
    pub(super) fn of(site: &'s SectionSite<'a>) -> Option<Self> {
        let section = site.section?;
        let has_end = matches!(section.end, SectionEnd::Closed(..));
        has_end.then(|| Self {
            site,
            taken: Vec::new(),
        })
    }

    /// The value of the line with one of these names, without quotes; the line counts as taken.
    pub(super) fn take(&mut self, names: &[&str]) -> Option<String> {
        let item = self.site.item;
        let mut lines = self
            .site
            .children()
            .filter_map(|(_, entry)| match &entry.kind {
                EntryKind::Directive(line) => Some((entry, line)),
                _ => None,
            });
        let is_wanted = |line: &Directive| names.contains(&catalog_name(item.text, line).as_ref());
        let (entry, line) = lines.find(|(_, line)| is_wanted(line))?;
        self.taken.push(entry.range);
        let value = unquote(item.slice(line.value)).into_owned();
        (!value.is_empty()).then_some(value)
    }

    /// The lines that were not taken and mean something, comments among them.
    pub(super) fn others(&self) -> Vec<&'a str> {
        let is_clutter = |index: u32| {
            let judged = self.site.item.judged.get(index as usize);
            judged.is_some_and(|judged| match judged.meaning {
                Meaning::Folklore(folklore) => folklore.fix == FolkloreFix::Delete,
                _ => false,
            })
        };
        self.site
            .children()
            .filter(|(index, entry)| !self.taken.contains(&entry.range) && !is_clutter(*index))
            .map(|(_, entry)| self.site.item.slice(entry.range))
            .collect()
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
        Fix {
            title,
            safety: Safety::Unsafe,
            edits: vec![Edit {
                range: self.site.entry.range,
                text,
            }],
        }
    }
}

/// A line `name value` of a place, the value repaired where that is plain.
pub(super) fn line(name: &str, place: &str, value: &str) -> String {
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
    let inside = body.iter().map(|line| format!("    {line}"));
    std::iter::once(format!("<{tag} {argument}>"))
        .chain(inside)
        .chain(std::iter::once(format!("</{tag}>")))
        .collect()
}
