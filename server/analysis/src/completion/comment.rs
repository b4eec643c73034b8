//! In comments that speak to this program: `# pmta-ls: place=…`.

use super::{Candidate, ItemKind, List};
use crate::catalog::Place;

/// What comments for this program begin with.
const ADDRESS: &str = "pmta-ls:";

/// What may be said, and what it does.
const ORDER: &str = "place=";
const MEANS: &str = "the section in which the lines of this file stand";

/// What turns formatting off and on.
const SWITCHES: [(&str, &str); 2] = [
    ("format off", "the lines that follow are not formatted"),
    ("format on", "the lines that follow are formatted again"),
];

pub(super) fn complete(list: &mut List<'_>, start: usize) {
    let site = list.site;
    let typed = site.typed(start);
    let Some(order) = typed.trim_start().strip_prefix(ADDRESS) else {
        return;
    };
    let order = order.trim_start();
    let cursor = site.cursor;
    if let Some(places) = order.strip_prefix(ORDER) {
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
    let is_begun = |sign: char| sign.is_ascii_alphanumeric() || sign == '-';
    if order.chars().all(is_begun) {
        let end = site.word_behind(&['=']);
        let mut candidate = Candidate::new(ORDER, ItemKind::Remark).detail(MEANS);
        candidate.goes_on = true;
        list.add(candidate, cursor.saturating_sub(order.len()), end);
        for (switch, means) in SWITCHES {
            let candidate = Candidate::new(switch, ItemKind::Remark).detail(means);
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
