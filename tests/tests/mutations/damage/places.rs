//! Damage by lines in places where they may not stand.

use pmta_analysis::catalog::{self, Place};

use super::written::{entry, with};
use super::{Damage, DamagedLine};
use crate::deployment::File;
use crate::lines::{Kind, place_inside};
use crate::numbers::Numbers;
use crate::values;

/// The place in which a line stands, where that is beyond doubt.
pub(super) fn place_of(file: &File, at: usize) -> Option<Place> {
    if section_is_in_doubt(file, at) {
        return None;
    }
    match file.lines[at].parent {
        Some(parent) => place_inside(&file.lines[parent]),
        None => file.top,
    }
}

/// Whether one of the sections around a line has a finding, so that it may not be what it seems.
pub(super) fn section_is_in_doubt(file: &File, at: usize) -> bool {
    let mut parent = file.lines[at].parent;
    while let Some(opening) = parent {
        if file.is_reported[opening] {
            return true;
        }
        parent = file.lines[opening].parent;
    }
    false
}

/// The names of the sections around a line.
pub(super) fn open_sections(file: &File, at: usize) -> Vec<String> {
    let mut open = Vec::new();
    let mut parent = file.lines[at].parent;
    if let Kind::End { .. } = file.lines[at].kind {
        parent = parent.and_then(|opening| file.lines[opening].parent);
    }
    while let Some(opening) = parent {
        open.extend(file.lines[opening].opens());
        parent = file.lines[opening].parent;
    }
    open
}

pub(super) fn moved_directive(file: &File, at: usize, numbers: &mut Numbers) -> Option<Damage> {
    let line = &file.lines[at];
    let Kind::Directive { value, .. } = &line.kind else {
        return None;
    };
    entry(file, at)?;
    place_of(file, at)?;
    let name = line.name()?;
    if name == "include" || line.slice(value).ends_with('>') {
        return None;
    }
    let forbids = |target: &usize| {
        let other = &file.lines[*target];
        let stands_alone = !matches!(other.kind, Kind::Other) && !file.is_reported[*target];
        let place = stands_alone.then(|| place_of(file, *target)).flatten();
        place.is_some_and(|place| catalog::directive_in(&name, place).is_none())
    };
    let targets: Vec<usize> = (0..file.lines.len()).filter(forbids).collect();
    let target = *numbers.pick(&targets)?;
    let mut damage = Damage::of(file, |index| (index == at).then(Vec::new));
    let before = damage
        .lines
        .iter()
        .position(|line| line.was == Some(target))?;
    let line_break = match file.lines[target].line_break.as_str() {
        "" => "\n",
        line_break => line_break,
    };
    damage.lines.insert(
        before,
        DamagedLine {
            was: None,
            text: format!("{}{line_break}", line.text),
        },
    );
    Some(damage)
}

pub(super) fn repeated_directive(file: &File, at: usize) -> Option<Damage> {
    let line = &file.lines[at];
    let Kind::Directive { value, .. } = &line.kind else {
        return None;
    };
    place_of(file, at)?;
    let directive = entry(file, at).filter(|directive| !directive.repeatable)?;
    let other = values::another(&directive.value, line.slice(value))?;
    Some(Damage::added(file, at, &[with(line, value, &other)]))
}
