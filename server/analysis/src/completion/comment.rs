//! In comments that speak to this program: `# pmta-ls: place=…` and `# pmta-ls: ignore[…]`.

use super::documentation::rule_key;
use super::{Candidate, ItemKind, List};
use crate::catalog::Place;
use crate::diagnostics::RULES;

/// What comments for this program begin with.
const ADDRESS: &str = "pmta-ls:";

/// What may be said, with what it does.
const ORDERS: [(&str, &str); 3] = [
    (
        "ignore[",
        "do not report these rules on this line, or on the next",
    ),
    ("ignore-file[", "do not report these rules in this file"),
    (
        "place=",
        "the section in which the lines of this file stand",
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
    if let Some(places) = order.strip_prefix("place=") {
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
    let codes = ["ignore[", "ignore-file["]
        .iter()
        .find_map(|order_name| order.strip_prefix(order_name));
    if let Some(codes) = codes {
        if codes.contains(']') {
            return;
        }
        let (before, word) = last_word(codes);
        let end = site.word_behind(&[',', ']']);
        for rule in RULES.iter().filter(|rule| !before.contains(&rule.code)) {
            let mut candidate = Candidate::new(rule.code, ItemKind::Remark).detail(rule.summary);
            candidate.documentation = Some(rule_key(rule.code));
            list.add(candidate, cursor.saturating_sub(word.len()), end);
        }
        return;
    }
    let is_begun = |sign: char| sign.is_ascii_alphanumeric() || sign == '-';
    if order.chars().all(is_begun) {
        let end = site.word_behind(&['[', '=']);
        for (word, means) in ORDERS {
            let mut candidate = Candidate::new(word, ItemKind::Remark).detail(means);
            candidate.goes_on = true;
            list.add(candidate, cursor.saturating_sub(order.len()), end);
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
