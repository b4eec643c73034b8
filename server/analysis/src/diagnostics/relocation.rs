//! Lines written where they may stand: in place, in a new section in place, or above the sections
//! around them.

use super::{DirectiveSite, Edit, Fix, Safety, deletion, folklore_section};
use crate::catalog::{self, Place};
use crate::meaning::Meaning;
use crate::syntax::{Entry, Section};
use crate::text::TextRange;

/// Stands for the name of the section around the lines.
const ARGUMENT: &str = "{argument}";

/// Lines that belong into one place.
pub(super) struct Lines {
    /// The lines, indented as if they stood at the start of a line.
    pub(super) lines: Vec<String>,
    /// The place they belong into.
    pub(super) into: Place,
    /// Argument of a new section for them, if there is an obvious one.
    pub(super) argument: Option<&'static str>,
    /// Lines of the top level that they need.
    pub(super) above: Vec<String>,
}

/// Where the lines go.
enum Spot<'a> {
    /// In the place of the line, as they are or in a section of their own.
    Here { is_wrapped: bool },
    /// Before a section around the line.
    Before {
        entry: &'a Entry,
        section: &'a Section,
        is_wrapped: bool,
    },
}

/// Argument of a section that is for everything, or for this host alone where all would be too much.
fn obvious_argument(into: Place) -> Option<&'static str> {
    match into.name() {
        "domain" => Some("*"),
        "source" => Some("127.0.0.1"),
        "pattern-list" => Some("senders"),
        _ => None,
    }
}

/// The fix that writes these lines for a directive. None where that would break the line apart, or no
/// place for them is in sight.
pub(super) fn fix(site: &DirectiveSite<'_>, wanted: &Lines) -> Option<Fix> {
    if !is_alone(site) {
        return None;
    }
    let spot = spot(site, wanted)?;
    if !wanted.above.is_empty() && top(site) != Some(Place::GLOBAL) {
        return None;
    }
    let is_wrapped = match spot {
        Spot::Here { is_wrapped } | Spot::Before { is_wrapped, .. } => is_wrapped,
    };
    let name = name_at(site, &spot);
    let fill = |line: &String| line.replace(ARGUMENT, &name);
    let mut lines: Vec<String> = wanted.lines.iter().map(fill).collect();
    for line in &mut lines {
        repair(line, wanted.into);
    }
    let mut title = format!("Write {}", in_words(&lines));
    if is_wrapped {
        let section = wanted.into.section()?;
        let argument = wanted.argument.or(obvious_argument(wanted.into))?;
        title = format!("{title} in `<{} {argument}>`", section.name);
        let inside = lines.iter().map(|line| format!("    {line}"));
        lines = std::iter::once(format!("<{} {argument}>", section.name))
            .chain(inside)
            .chain(std::iter::once(format!("</{}>", section.name)))
            .collect();
    }
    let above: Vec<String> = wanted.above.iter().map(fill).collect();
    let edits = edits(site, &spot, &lines, &above);
    Some(Fix {
        title,
        safety: Safety::Unsafe,
        edits,
    })
}

/// Whether nothing but comments stands beside the directive on its line.
pub(super) fn is_alone(site: &DirectiveSite<'_>) -> bool {
    let item = site.item;
    let range = site.entry.range;
    let (first, _) = item.line_around(range.start);
    let (last, _) = item.line_around(range.end);
    let before = item.slice(TextRange::new(first.start, range.start));
    let after = item.slice(TextRange::new(range.end, last.end)).trim();
    before.trim().is_empty() && (after.is_empty() || after.starts_with(['#', ';']))
}

/// Whether it stands in an invented section, whose conversion comes first.
pub(super) fn waits(site: &DirectiveSite<'_>) -> bool {
    let mut around = site.item.view.ancestors(site.entry);
    around.any(|(index, _)| {
        let judged = site.item.judged.get(index as usize);
        judged.is_some_and(|judged| matches!(judged.meaning, Meaning::FolkloreSection(_)))
    })
}

fn spot<'a>(site: &DirectiveSite<'a>, wanted: &Lines) -> Option<Spot<'a>> {
    let here = site.judged.location.place()?;
    let how = |place: Place| {
        if wanted.lines.iter().all(|line| may_stand(line, place)) {
            return Some(false);
        }
        let section = wanted.into.section()?;
        let has_argument = wanted.argument.or(obvious_argument(wanted.into)).is_some();
        (has_argument && section.nests_in.contains(&place)).then_some(true)
    };
    if let Some(is_wrapped) = how(here) {
        return Some(Spot::Here { is_wrapped });
    }
    // An invented section is converted first: then it is known what is in reach.
    let is_invented = |index: u32| {
        let judged = site.item.judged.get(index as usize);
        judged.is_none_or(|judged| !matches!(judged.meaning, Meaning::Section(_)))
    };
    site.item
        .view
        .ancestors(site.entry)
        .take_while(|(index, _)| !is_invented(*index))
        .find_map(|(index, section)| {
            let judged = site.item.judged.get(index as usize)?;
            let is_wrapped = how(judged.location.place()?)?;
            let entry = site.item.view.entry(index)?;
            Some(Spot::Before {
                entry,
                section,
                is_wrapped,
            })
        })
}

/// The place of what stands at the top of the file.
fn top(site: &DirectiveSite<'_>) -> Option<Place> {
    let outermost = site.item.view.ancestors(site.entry).last();
    let judged = match outermost {
        Some((index, _)) => *site.item.judged.get(index as usize)?,
        None => site.judged,
    };
    judged.location.place()
}

/// Repairs the value of a line where that is plain.
fn repair(line: &mut String, place: Place) {
    let code = line.split(" # ").next().unwrap_or_default();
    let Some((name, value)) = code.split_once(' ').filter(|(name, _)| !name.is_empty()) else {
        return;
    };
    if catalog::directive_in(name, place).is_some() {
        let repaired = folklore_section::line(name, place.name(), value);
        let rest = line.get(code.len()..).unwrap_or_default();
        *line = format!("{repaired}{rest}");
    }
}

/// Whether a line may stand in a place, as far as the line itself tells.
fn may_stand(line: &str, place: Place) -> bool {
    if line.starts_with([' ', '\t']) || line.starts_with("</") {
        return true;
    }
    let name = line.split([' ', '\t', '>']).next().unwrap_or_default();
    match name.strip_prefix('<') {
        Some(tag) => catalog::section(tag).is_some_and(|it| it.nests_in.contains(&place)),
        None => catalog::directive_in(name, place).is_some(),
    }
}

/// What the section is called in which the lines will stand, as a part of a name.
fn name_at(site: &DirectiveSite<'_>, spot: &Spot<'_>) -> String {
    let view = site.item.view;
    let inside = match spot {
        Spot::Here { .. } => view.ancestors(site.entry).next(),
        Spot::Before { entry, .. } => view.ancestors(entry).next(),
    };
    let argument = inside.and_then(|(_, section)| section.open.name_range(site.item.text));
    let argument = argument.map_or("", |range| site.item.slice(range));
    let is_part = |sign: &char| sign.is_alphanumeric() || matches!(sign, '.' | '-' | '_');
    let name: String = argument.chars().filter(is_part).collect();
    if name.is_empty() {
        "all".to_owned()
    } else {
        name
    }
}

/// The names of the lines, which say nothing confidential.
fn in_words(lines: &[String]) -> String {
    let outer = lines
        .iter()
        .filter(|line| !line.starts_with([' ', '\t']) && !line.starts_with("</"));
    let mut names: Vec<String> = Vec::new();
    for line in outer {
        let name = line.split([' ', '\t', '>']).next().unwrap_or_default();
        let name = match name.strip_prefix('<') {
            Some(tag) => format!("`<{tag}>`"),
            None => format!("`{name}`"),
        };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join(" and ")
}

fn edits(
    site: &DirectiveSite<'_>,
    spot: &Spot<'_>,
    lines: &[String],
    above: &[String],
) -> Vec<Edit> {
    let item = site.item;
    let line_break = item.line_break();
    let joined =
        |lines: &[String], indentation: &str| lines.join(&format!("{line_break}{indentation}"));
    let mut edits = Vec::new();
    if !above.is_empty() {
        let outermost = item.view.ancestors(site.entry).last();
        let start = outermost.map_or(site.entry.range.start, |(_, it)| it.open.range.start);
        let (line, _) = item.line_around(start);
        let text = format!("{}{line_break}", above.join(line_break));
        edits.push(Edit {
            range: TextRange::empty(line.start),
            text,
        });
    }
    match spot {
        Spot::Here { .. } => edits.push(Edit {
            range: written(site),
            text: joined(lines, item.indentation(site.entry.range.start)),
        }),
        Spot::Before { section, .. } => {
            let start = section.open.range.start;
            let (line, _) = item.line_around(start);
            let indentation = item.indentation(start);
            let text = format!("{indentation}{}{line_break}", joined(lines, indentation));
            edits.push(Edit {
                range: TextRange::empty(line.start),
                text,
            });
            edits.push(deletion::directive(item, site.entry.range));
        }
    }
    merged(edits)
}

/// The directive as it is written, with a sign that ends it.
fn written(site: &DirectiveSite<'_>) -> TextRange {
    let end = site.directive.statement_end.map_or(0, |sign| sign.end);
    let range = TextRange::new(
        site.entry.range.start.min(site.directive.name.start),
        site.entry.range.end.max(end),
    );
    let text = site.item.slice(range);
    let kept = text.trim_end().len();
    TextRange::of(0, kept).shifted(range.start)
}

/// Edits in order; of two that insert at the same spot one is made.
fn merged(mut edits: Vec<Edit>) -> Vec<Edit> {
    edits.sort_by_key(|edit| edit.range);
    let mut merged: Vec<Edit> = Vec::new();
    for edit in edits {
        match merged.last_mut() {
            Some(last) if last.range.is_empty() && last.range == edit.range => {
                last.text.push_str(&edit.text);
            }
            _ => merged.push(edit),
        }
    }
    merged
}
