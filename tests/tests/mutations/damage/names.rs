//! Damage to names of what is defined in the configuration.

use pmta_analysis::catalog::{self, Place};

use super::Damage;
use super::places::place_of;
use super::written::{entry, with};
use crate::deployment::{Deployment, File};
use crate::lines::{Kind, Line};
use crate::numbers::Numbers;
use crate::values::{self, must_be_defined};

pub(super) fn undefined_reference(
    deployment: &Deployment,
    file: &File,
    at: usize,
    numbers: &mut Numbers,
) -> Option<Damage> {
    if !deployment.is_resolved {
        return None;
    }
    let line = &file.lines[at];
    let (inside, names) = match &line.kind {
        Kind::Directive { value, .. } => {
            let names = values::references(&entry(file, at)?.value, line.slice(value));
            (value, names)
        }
        Kind::Open { argument, .. } if line.name()? == "domain" => {
            (argument, macros(line.slice(argument)))
        }
        _ => return None,
    };
    let name = numbers.pick(&names)?;
    let range = inside.start + name.start..inside.start + name.end;
    let letter = char::from(b'a' + numbers.below(26) as u8);
    let wrong = format!("no{letter}where{}", numbers.below(100));
    Some(Damage::replaced(file, at, &with(line, &range, &wrong)))
}

/// The names of macros in the argument of a domain.
fn macros(argument: &str) -> Vec<std::ops::Range<usize>> {
    let signs = argument.match_indices('$');
    signs
        .map(|(at, _)| {
            let name = &argument[at + 1..];
            let is_end = |sign: char| !(sign.is_ascii_alphanumeric() || sign == '_');
            at + 1..at + 1 + name.find(is_end).unwrap_or(name.len())
        })
        .filter(|range| !range.is_empty())
        .collect()
}

pub(super) fn duplicate_definition(
    deployment: &Deployment,
    file: &File,
    at: usize,
    numbers: &mut Numbers,
) -> Option<Damage> {
    if !deployment.is_resolved {
        return None;
    }
    let line = &file.lines[at];
    match &line.kind {
        Kind::Directive { .. } if line.name()? == "domain-macro" => {
            Some(Damage::added(file, at, std::slice::from_ref(&line.text)))
        }
        Kind::Open { argument, .. } => {
            let section = catalog::section(&line.name()?)?;
            let is_named = section.defines.iter().any(|kind| must_be_defined(*kind));
            // Sources of one name are put together.
            let is_name = !argument.is_empty() && section.name != "source";
            let end = line.end?;
            let is_top = place_of(file, at) == Some(Place::GLOBAL);
            let block: Vec<&Line> = match numbers.below(3) {
                // An empty section of the same name.
                0 => vec![line, &file.lines[end]],
                _ => file.lines[at..=end].iter().collect(),
            };
            let texts: Vec<String> = block.iter().map(|line| line.text.clone()).collect();
            let is_clean = !file.is_reported[at..=end].contains(&true);
            (is_named && is_name && is_top && is_clean).then(|| Damage::added(file, end, &texts))
        }
        _ => None,
    }
}
