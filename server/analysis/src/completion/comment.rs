//! In comments that speak to this program: `# pmta-ls: place=…`, `# pmta-ls: ignore[…]`.

use super::{Candidate, ItemKind, List};
use crate::catalog::Place;
use crate::diagnostics::{Group, RULES};

/// What comments for this program begin with.
const ADDRESS: &str = "pmta-ls:";

/// What says where a file stands.
const PLACE: &str = "place=";

/// What may be said, what it does, and whether more is to be said behind it.
const ORDERS: [(&str, &str, bool); 5] = [
    (
        PLACE,
        "the section in which the lines of this file stand",
        true,
    ),
    (
        "ignore[",
        "findings that are not reported in this line or the next",
        true,
    ),
    (
        "ignore-file[",
        "findings that are not reported in this file",
        true,
    ),
    (
        "format off",
        "the lines that follow are not formatted",
        false,
    ),
    (
        "format on",
        "the lines that follow are formatted again",
        false,
    ),
];

pub(super) fn complete(list: &mut List<'_>, start: usize) {
    let site = list.site;
    let typed = site.typed(start);
    let Some(order) = typed.trim_start().strip_prefix(ADDRESS) else {
        return;
    };
    let order = order.trim_start();
    let cursor = site.cursor;
    if let Some(places) = order.strip_prefix(PLACE) {
        let (before, word) = last_word(places);
        let end = site.word_behind(&[',']);
        for place in Place::all().filter(|place| !before.contains(&place.name())) {
            let means = place
                .section()
                .map_or("the top level of a configuration", |it| it.summary);
            let candidate = Candidate::new(place.name(), ItemKind::Remark).detail(means);
            list.add(candidate, cursor.saturating_sub(word.len()), end);
        }
        return;
    }
    let codes = order
        .strip_prefix("ignore[")
        .or_else(|| order.strip_prefix("ignore-file["));
    if let Some(codes) = codes {
        if !codes.contains(']') {
            complete_codes(list, codes);
        }
        return;
    }
    let is_begun = |sign: char| sign.is_ascii_alphanumeric() || sign == '-';
    if order.chars().all(is_begun) {
        for (written, means, goes_on) in ORDERS {
            let end = site.word_behind(&['=', '[']);
            let mut candidate = Candidate::new(written, ItemKind::Remark).detail(means);
            candidate.goes_on = goes_on;
            list.add(candidate, cursor.saturating_sub(order.len()), end);
        }
    }
}

fn complete_codes(list: &mut List<'_>, codes: &str) {
    let site = list.site;
    let (before, word) = last_word(codes);
    let start = site.cursor.saturating_sub(word.len());
    let end = site.word_behind(&[',', ']']);
    let rules = RULES.iter().map(|rule| (rule.code, rule.summary));
    let groups = Group::ALL.map(|group| (group.name(), "all rules of this group"));
    for (name, means) in rules.chain(groups) {
        if !before.contains(&name) {
            let candidate = Candidate::new(name, ItemKind::Remark).detail(means);
            list.add(candidate, start, end);
        }
    }
}

/// The words before the last comma, and what is typed behind it.
fn last_word(list: &str) -> (Vec<&str>, &str) {
    match list.rsplit_once(',') {
        Some((before, word)) => (
            before.split(',').map(str::trim).collect(),
            word.trim_start(),
        ),
        None => (Vec::new(), list.trim_start()),
    }
}
