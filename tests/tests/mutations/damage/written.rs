//! Damage to what is written on one line: names, values.

use std::net::IpAddr;
use std::ops::Range;

use pmta_analysis::catalog::{self, Directive, ValueKind, ValueSpec};

use super::Damage;
use super::places::place_of;
use crate::deployment::File;
use crate::lines::{Kind, Line};
use crate::numbers::Numbers;
use crate::values;

/// The catalog's entry of a line: in its place, or where that is not known in any.
pub(super) fn entry(file: &File, at: usize) -> Option<&'static Directive> {
    let name = file.lines[at].name()?;
    let Kind::Directive { .. } = file.lines[at].kind else {
        return None;
    };
    match place_of(file, at) {
        Some(place) => catalog::directive_in(&name, place),
        None => catalog::directives_named(&name).first(),
    }
}

/// The line with a part replaced.
pub(super) fn with(line: &Line, range: &Range<usize>, text: &str) -> String {
    let (before, after) = (&line.text[..range.start], &line.text[range.end..]);
    format!("{before}{text}{after}")
}

/// The value of a directive that is one token without quotes.
fn token<'l>(line: &'l Line, range: &Range<usize>) -> Option<&'l str> {
    let value = line.slice(range);
    (!value.is_empty() && !value.contains([' ', '\t', '"', ','])).then_some(value)
}

pub(super) fn typo(file: &File, at: usize, numbers: &mut Numbers) -> Option<Damage> {
    let line = &file.lines[at];
    let (range, is_known): (_, fn(&str) -> bool) = match &line.kind {
        Kind::Directive { name, .. } => (name, |name| !catalog::directives_named(name).is_empty()),
        Kind::Open { name, .. } | Kind::End { name } => {
            (name, |name| catalog::section(name).is_some())
        }
        Kind::Nothing | Kind::Other => return None,
    };
    let name = line.slice(range);
    if !is_known(name) || name.len() < 3 {
        return None;
    }
    for _ in 0..50 {
        let mut letters: Vec<u8> = name.bytes().collect();
        let here = 1 + numbers.below(letters.len() - 1);
        let letter = b'a' + numbers.below(26) as u8;
        match numbers.below(4) {
            0 => letters.swap(here - 1, here),
            1 => drop(letters.remove(here)),
            2 => letters.insert(here, letter),
            _ => letters[here] = letter,
        }
        let wrong = String::from_utf8(letters).ok()?;
        let begins_well = wrong.starts_with(|first: char| first.is_ascii_alphabetic());
        if begins_well && !is_known(&wrong) && !wrong.eq_ignore_ascii_case(name) {
            return Some(Damage::replaced(file, at, &with(line, range, &wrong)));
        }
    }
    None
}

pub(super) fn wrong_unit(file: &File, at: usize, numbers: &mut Numbers) -> Option<Damage> {
    let line = &file.lines[at];
    let Kind::Directive { value: range, .. } = &line.kind else {
        return None;
    };
    let spec = &entry(file, at)?.value;
    let value = line.slice(range);
    if value.contains(['"', '/']) && values::is_text(spec) {
        return None;
    }
    let is_between = |sign: char| matches!(sign, ' ' | '\t' | ',' | '=');
    let mut wrongs: Vec<(Range<usize>, String)> = Vec::new();
    for token in value.split(is_between) {
        let from = range.start + (token.as_ptr().addr() - value.as_ptr().addr());
        let wrong = in_wrong_unit(spec, token);
        wrongs.extend(wrong.map(|wrong| (from..from + token.len(), wrong)));
    }
    let (part, wrong) = numbers.pick(&wrongs)?;
    Some(Damage::replaced(file, at, &with(line, part, wrong)))
}

/// A part of a value with another unit, if it has one.
fn in_wrong_unit(spec: &ValueSpec, part: &str) -> Option<String> {
    let digits = part.len()
        - part
            .trim_start_matches(|it: char| it.is_ascii_digit())
            .len();
    let (number, unit) = part.split_at(digits);
    if number.is_empty() || unit.is_empty() {
        return None;
    }
    let is = |wanted: fn(&ValueKind) -> bool| {
        values::holds(spec, &|spec: &ValueSpec| wanted(&spec.kind))
    };
    let is_one_of = |units: &[&str]| units.contains(&unit);
    let (size, period) = unit.split_once('/').unwrap_or((unit, ""));
    let is_period = ["s", "sec", "m", "min", "h", "hr", "d", "day"]
        .contains(&period.trim_start_matches(|it: char| it.is_ascii_digit()));
    if is(|kind| matches!(kind, ValueKind::Rate | ValueKind::DailyLimit))
        && size.is_empty()
        && is_period
    {
        Some(format!("{number}/fortnight"))
    } else if is(|kind| matches!(kind, ValueKind::DataRate)) && is_period {
        Some(format!("{number}{size}/fortnight"))
    } else if is(|kind| matches!(kind, ValueKind::Duration))
        && is_one_of(&["w", "d", "h", "m", "s"])
    {
        Some(format!("{number} {unit}"))
    } else if is(|kind| matches!(kind, ValueKind::Size))
        && is_one_of(&["k", "K", "m", "M", "g", "G", "t", "T"])
    {
        Some(format!("{part}B"))
    } else {
        None
    }
}

pub(super) fn bad_boolean(file: &File, at: usize, numbers: &mut Numbers) -> Option<Damage> {
    const WRONG: [&str; 6] = ["on", "off", "1", "0", "enabled", "disabled"];
    let line = &file.lines[at];
    let Kind::Directive { value: range, .. } = &line.kind else {
        return None;
    };
    let spec = &entry(file, at)?.value;
    let is_switch = values::may_be(spec, &|kind| matches!(kind, ValueKind::Bool));
    let value = token(line, range)?;
    let is_right = ["yes", "no", "true", "false"].contains(&value);
    let wrong = numbers.pick(&WRONG)?;
    // Where a number has a meaning, 0 and 1 are one.
    let is_word = values::holds(spec, &|spec| {
        matches!(spec.kind, ValueKind::Int | ValueKind::Duration)
            || spec.words.iter().any(|word| word.text == *wrong)
    });
    let can = is_switch && is_right && !is_word;
    can.then(|| Damage::replaced(file, at, &with(line, range, wrong)))
}

pub(super) fn missing_value(file: &File, at: usize) -> Option<Damage> {
    let line = &file.lines[at];
    let (name, value) = match &line.kind {
        Kind::Directive { name, value } => {
            entry(file, at)?;
            (name, value)
        }
        Kind::Open { name, argument } => {
            let section = catalog::section(line.slice(name))?;
            let may_be_left_out = match place_of(file, at) {
                Some(place) => section.argument_optional_in.contains(&place),
                None => !section.argument_optional_in.is_empty(),
            };
            if !section.argument_required || may_be_left_out {
                return None;
            }
            (name, argument)
        }
        _ => return None,
    };
    let opens = line.slice(value).ends_with('>');
    if value.is_empty() || opens || line.slice(value) == "{" {
        return None;
    }
    let gap = name.end..value.end;
    Some(Damage::replaced(file, at, &with(line, &gap, "")))
}

pub(super) fn swapped_host_and_address(file: &File, at: usize) -> Option<Damage> {
    let line = &file.lines[at];
    let Kind::Directive { value: range, .. } = &line.kind else {
        return None;
    };
    let spec = &entry(file, at)?.value;
    let holds =
        |is_it: fn(&ValueKind) -> bool| values::holds(spec, &|spec: &ValueSpec| is_it(&spec.kind));
    if !holds(|kind| matches!(kind, ValueKind::Ip | ValueKind::Cidr))
        || !holds(|kind| matches!(kind, ValueKind::HostName))
    {
        return None;
    }
    let value = line.slice(range);
    let words: Vec<&str> = value.split_whitespace().collect();
    let address = words
        .iter()
        .position(|word| word.parse::<IpAddr>().is_ok())?;
    let is_host = |word: &&str| {
        word.contains(|sign: char| sign.is_ascii_alphabetic())
            && !word.contains(['"', '$', '{', ':', '/'])
    };
    let host = words.iter().position(is_host)?;
    let mut swapped = words.clone();
    swapped.swap(address, host);
    Some(Damage::replaced(
        file,
        at,
        &with(line, range, &swapped.join(" ")),
    ))
}
