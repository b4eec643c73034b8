//! Damage to single signs.

use std::ops::Range;

use pmta_analysis::catalog;
use pmta_analysis::catalog::ValueKind;

use super::Damage;
use super::written::{entry, with};
use crate::deployment::File;
use crate::lines::{Kind, Line, pattern_end};
use crate::numbers::Numbers;
use crate::values;

/// The expression on a line, with its slashes.
fn pattern(line: &Line) -> Option<Range<usize>> {
    let Kind::Directive { name, value } = &line.kind else {
        return None;
    };
    let before = if line.slice(name).starts_with('/') {
        name.start
    } else {
        let value_text = line.slice(value);
        let is_start = |at: &usize| *at == 0 || value_text[..*at].ends_with([' ', '\t']);
        let mut slashes = value_text.match_indices('/').map(|(at, _)| at);
        value.start + slashes.find(is_start)?
    };
    let end = pattern_end(&line.text[before..])?;
    Some(before..before + end)
}

pub(super) fn broken_regex(file: &File, at: usize, numbers: &mut Numbers) -> Option<Damage> {
    let line = &file.lines[at];
    let directive = entry(file, at)?;
    let is_rule = line.name()? == "/REGEX/"
        || values::holds(&directive.value, &|spec| {
            matches!(spec.kind, ValueKind::Regex)
        });
    let range = pattern(line).filter(|range| is_rule && range.len() > 2)?;
    let inside = line.slice(&(range.start + 1..range.end - 1));
    let broken = match numbers.below(6) {
        0 => format!("/({inside}/"),
        1 => format!("/{inside}[/"),
        2 => format!("/*{inside}/"),
        3 => format!("/{inside})/"),
        4 => format!("/{inside}a{{2,1}}/"),
        _ => format!("/{inside}"),
    };
    Some(Damage::replaced(file, at, &with(line, &range, &broken)))
}

pub(super) fn look_alike_hyphen(file: &File, at: usize, numbers: &mut Numbers) -> Option<Damage> {
    const HYPHENS: [char; 6] = [
        '\u{2010}', '\u{2011}', '\u{2012}', '\u{2013}', '\u{2014}', '\u{2212}',
    ];
    let line = &file.lines[at];
    let parts: Vec<&Range<usize>> = match &line.kind {
        Kind::Directive { name, value } => {
            let directive = entry(file, at)?;
            let is_text = values::is_text(&directive.value) || line.slice(name).starts_with('/');
            if is_text {
                vec![name]
            } else {
                vec![name, value]
            }
        }
        Kind::Open { name, argument } => {
            catalog::section(line.slice(name))?;
            vec![name, argument]
        }
        Kind::End { name } => {
            catalog::section(line.slice(name))?;
            vec![name]
        }
        Kind::Nothing | Kind::Other => return None,
    };
    let mut spots = Vec::new();
    for part in parts {
        let text = line.slice(part);
        let is_pattern = text.starts_with('/');
        if !is_pattern && !text.contains('"') {
            let hyphens = text.match_indices('-').map(|(at, _)| part.start + at);
            spots.extend(hyphens);
        }
    }
    let spot = *numbers.pick(&spots)?;
    let hyphen = numbers.pick(&HYPHENS)?.to_string();
    Some(Damage::replaced(
        file,
        at,
        &with(line, &(spot..spot + 1), &hyphen),
    ))
}
