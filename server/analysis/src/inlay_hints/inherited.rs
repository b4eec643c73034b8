//! Hints behind the opening tags of sections: what applies there and is set in another section.

use super::InlayHint;
use crate::catalog::Place;
use crate::deployment::Deployment;
use crate::document::Document;
use crate::inheritance::{Inherited, Owner, inherited};
use crate::outline::Line;
use crate::text::TextRange;
use crate::workspace::{FileId, FileRange, Workspace};

/// Most settings that one hint names.
const MOST_SETTINGS: usize = 3;
/// Most sections that get a hint at a time: more than fit on a screen.
const MOST_SECTIONS: usize = 40;
/// With more sections in a range, nobody looks at it.
const MOST_ASKED: usize = 2_000;
/// Most characters of a value.
const LONGEST_VALUE: usize = 24;

/// A section that may get a hint.
struct Asked {
    owner: Owner,
    domain: String,
    /// The argument of a `<domain>` section; none for a VirtualMTA.
    own: Option<TextRange>,
    /// Where the line of the opening tag ends.
    at: u32,
}

/// The hints of a range, in order: behind the opening tags of `<domain>` and `<virtual-mta>` sections
/// the most used settings that other sections set for them, where those are not as by default. None
/// for sets of domains that stand for many, and none if it is unknown where the file belongs.
#[must_use]
pub fn inherited_hints(workspace: &Workspace, file: FileId, range: TextRange) -> Vec<InlayHint> {
    let (Some(document), Some(root)) =
        (workspace.document(file), workspace.roots_with(file).next())
    else {
        return Vec::new();
    };
    // What an included file's sections stand in, only the files that include it tell.
    let is_top_level = file == root.file || document.places() == [Place::GLOBAL];
    if !is_top_level || !workspace.is_complete(root) {
        return Vec::new();
    }
    let asked = asked(document, range);
    if asked.is_empty() || asked.len() > MOST_ASKED {
        return Vec::new();
    }
    let deployment = Deployment::new(workspace, root);
    let hints = asked.into_iter().take(MOST_SECTIONS).filter_map(|asked| {
        let own = asked.own.map(|range| FileRange { file, range });
        let found = inherited(&deployment, &asked.owner, &asked.domain, own);
        let label = label(found.get(..MOST_SETTINGS).unwrap_or(&found));
        (!label.is_empty()).then_some(InlayHint {
            at: asked.at,
            label,
            tooltip: "Applies here, and is set in another section.",
        })
    });
    hints.collect()
}

/// The sections of a range, one a line, up to one more than [`MOST_ASKED`].
fn asked(document: &Document, range: TextRange) -> Vec<Asked> {
    let mut asked: Vec<Asked> = Vec::new();
    for item in document.items() {
        let whole = TextRange::of(item.start, item.end);
        if whole.start > range.end || asked.len() > MOST_ASKED {
            break;
        }
        if whole.end < range.start {
            continue;
        }
        let mut around: Vec<(Place, TextRange)> = Vec::new();
        for line in &item.facts.outline {
            match *line {
                Line::Open {
                    place, argument, ..
                } => {
                    let argument = argument.shifted(whole.start);
                    let found = section(document, &around, place, argument)
                        .filter(|found| range.touches(found.at))
                        .filter(|found| asked.last().is_none_or(|last| last.at != found.at));
                    asked.extend(found);
                    around.push((place, argument));
                }
                Line::Close => {
                    around.pop();
                }
                Line::Setting { .. } => {}
            }
        }
    }
    asked
}

/// A section as it is asked about; none if it is of another kind or names many domains.
fn section(
    document: &Document,
    around: &[(Place, TextRange)],
    place: Place,
    argument: TextRange,
) -> Option<Asked> {
    let text = |range: TextRange| document.slice(range.as_usize());
    let name = text(argument);
    if name.is_empty() || name.contains('$') {
        return None;
    }
    let (owner, domain, own) = match (place.name(), around) {
        ("virtual-mta", []) => (Owner::VirtualMta(name), "*".to_owned(), None),
        ("domain", _) if name.starts_with('[') || name.starts_with("*.") => return None,
        ("domain", []) => (Owner::Nobody, name, Some(argument)),
        ("domain", [(outer, outer_name)]) => {
            let owner = match outer.name() {
                "virtual-mta" => Owner::VirtualMta(text(*outer_name)),
                "virtual-mta-pool" => Owner::Pool(text(*outer_name)),
                _ => return None,
            };
            (owner, name, Some(argument))
        }
        _ => return None,
    };
    Some(Asked {
        owner,
        domain,
        own,
        at: end_of_line(document, argument.end)?,
    })
}

/// The end of what stands on the line of a byte.
fn end_of_line(document: &Document, byte: u32) -> Option<u32> {
    let rope = document.rope();
    let line = rope.try_byte_to_line(byte as usize).ok()?;
    let start = rope.try_line_to_byte(line).ok()?;
    let text = rope.get_line(line)?.to_string();
    Some(TextRange::of(start, start.saturating_add(text.trim_end().len())).end)
}

/// `NAME VALUE, NAME VALUE from SECTION`, for each section that sets some.
fn label(found: &[Inherited]) -> String {
    let mut label = String::new();
    for (index, inherited) in found.iter().enumerate() {
        let is_from = |other: &Inherited| other.from == inherited.from;
        if found.iter().position(is_from) != Some(index) {
            continue;
        }
        let settings = found.iter().filter(|other| is_from(other));
        let settings: Vec<String> = settings
            .map(|it| format!("{} {}", it.value.directive.name, short(&it.value.text)))
            .collect();
        if !label.is_empty() {
            label.push_str("; ");
        }
        label += &format!("{} from {}", settings.join(", "), inherited.from);
    }
    label
}

/// A value, cut off where it is long.
fn short(value: &str) -> String {
    match value.char_indices().nth(LONGEST_VALUE) {
        Some((end, _)) => format!("{}…", value.get(..end).unwrap_or_default()),
        None => value.to_owned(),
    }
}

#[cfg(test)]
mod tests;
