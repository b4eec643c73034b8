//! Damage to tags.

use super::Damage;
use super::places::{open_sections, section_is_in_doubt};
use crate::deployment::File;
use crate::lines::Kind;
use crate::numbers::Numbers;

pub(super) fn dropped_end_tag(file: &File, at: usize) -> Option<Damage> {
    let Kind::End { .. } = file.lines[at].kind else {
        return None;
    };
    let opening = file.lines[at].parent?;
    if file.lines[opening].end != Some(at) || file.is_reported[opening] {
        return None;
    }
    let mut damage = Damage::of(file, |index| (index == at).then(Vec::new));
    damage.also = vec![opening, at + 1];
    Some(damage)
}

pub(super) fn stray_end_tag(file: &File, at: usize, numbers: &mut Numbers) -> Option<Damage> {
    const SECTIONS: [&str; 8] = [
        "domain",
        "virtual-mta",
        "virtual-mta-pool",
        "source",
        "smtp-pattern-list",
        "acct-file",
        "bounce-category-patterns",
        "spool",
    ];
    let line = &file.lines[at];
    if line.kind == Kind::Other || section_is_in_doubt(file, at) {
        return None;
    }
    let mut open = open_sections(file, at);
    if let Kind::Open { .. } = line.kind {
        open.extend(line.name());
    }
    let is_doubtful = |name: &str| {
        file.lines
            .iter()
            .zip(&file.is_reported)
            .any(|(line, is_reported)| {
                let is_tag = matches!(
                    line.kind,
                    Kind::Open { .. } | Kind::End { .. } | Kind::Other
                );
                *is_reported && is_tag && line.text.contains(name)
            })
    };
    let closed = SECTIONS
        .into_iter()
        .filter(|name| !open.iter().any(|open| open == name) && !is_doubtful(name));
    let closed: Vec<&str> = closed.collect();
    let name = numbers.pick(&closed)?;
    let tag = format!("{}</{name}>", line.indentation());
    Some(Damage::added(file, at, &[tag]))
}
