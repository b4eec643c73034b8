//! What the catalog says of values, as far as damaging them needs it.

use std::ops::Range;

use pmta_analysis::catalog::{ReferenceKind, ValueKind, ValueSpec};

/// Whether any part of a value is of such a kind.
pub(crate) fn holds(spec: &ValueSpec, is_it: &dyn Fn(&ValueSpec) -> bool) -> bool {
    is_it(spec) || inner(spec).into_iter().any(|inner| holds(inner, is_it))
}

/// Whether the whole value, or an item of the list that it is, may be of such a kind.
pub(crate) fn may_be(spec: &ValueSpec, is_it: &dyn Fn(&ValueKind) -> bool) -> bool {
    match spec.kind {
        ValueKind::List { item, .. } => may_be(item, is_it),
        ValueKind::AnyOf(choices) => choices.iter().any(|choice| may_be(choice, is_it)),
        _ => is_it(&spec.kind),
    }
}

fn inner(spec: &ValueSpec) -> Vec<&ValueSpec> {
    match spec.kind {
        ValueKind::List { item, .. } => vec![item],
        ValueKind::AnyOf(choices) => choices.iter().collect(),
        ValueKind::Composite(parts) => parts.iter().map(|part| &part.value).collect(),
        _ => Vec::new(),
    }
}

/// Whether the value is free text, in which anything may stand.
pub(crate) fn is_text(spec: &ValueSpec) -> bool {
    holds(spec, &|spec| {
        matches!(
            spec.kind,
            ValueKind::String | ValueKind::Program | ValueKind::Regex
        )
    })
}

/// The names in a value that must be defined somewhere.
pub(crate) fn references(spec: &ValueSpec, value: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    collect_references(spec, value, &mut found);
    found
}

fn collect_references(spec: &ValueSpec, value: &str, found: &mut Vec<Range<usize>>) {
    for inner in inner(spec) {
        collect_references(inner, value, found);
    }
    let ValueKind::Ref(kind) = spec.kind else {
        return;
    };
    if !must_be_defined(kind) || spec.unchecked {
        return;
    }
    let is_end = |sign: char| matches!(sign, ' ' | '\t' | ',' | ';');
    let name_at = |start: usize| {
        let rest = &value[start..];
        start..start + rest.find(is_end).unwrap_or(rest.len())
    };
    let names: Vec<Range<usize>> = match spec.prefix {
        Some(prefix) => {
            let behind = value.match_indices(prefix).map(|(at, _)| at + prefix.len());
            let skip = |at: usize| at + (value[at..].len() - value[at..].trim_start().len());
            behind.map(skip).map(name_at).collect()
        }
        None => {
            let starts = value.char_indices().filter(|(at, sign)| {
                !is_end(*sign) && value[..*at].chars().next_back().is_none_or(is_end)
            });
            starts.map(|(at, _)| name_at(at)).collect()
        }
    };
    let is_name = |range: &Range<usize>| {
        let name = &value[range.clone()];
        let is_word = spec.words.iter().any(|word| word.text == name);
        let is_plain = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '-' | '_' | '.');
        !is_word
            && name.starts_with(|first: char| first.is_ascii_alphabetic())
            && name.chars().all(is_plain)
            && !["true", "false", "yes", "no", "by-smtp-source-ip"].contains(&name)
    };
    found.extend(names.into_iter().filter(is_name));
}

/// Whether a name of this kind has to be that of something in the configuration.
pub(crate) fn must_be_defined(kind: ReferenceKind) -> bool {
    matches!(
        kind,
        ReferenceKind::VirtualMta
            | ReferenceKind::VirtualMtaOrPool
            | ReferenceKind::Source
            | ReferenceKind::SourceGroup
            | ReferenceKind::PatternList
            | ReferenceKind::SmtpPatternList
            | ReferenceKind::AddressList
            | ReferenceKind::RewriteList
            | ReferenceKind::Proxy
            | ReferenceKind::SignalsFilter
    )
}

/// A value of the same kind that is another; none where none is obvious.
pub(crate) fn another(spec: &ValueSpec, value: &str) -> Option<String> {
    let is_switch = may_be(spec, &|kind| matches!(kind, ValueKind::Bool));
    let flipped = match value {
        "yes" => Some("no"),
        "no" => Some("yes"),
        "true" => Some("false"),
        "false" => Some("true"),
        _ => None,
    };
    if is_switch && let Some(flipped) = flipped {
        return Some(flipped.to_owned());
    }
    if matches!(spec.kind, ValueKind::Enum) {
        let mut others = spec.words.iter().filter(|word| word.text != value);
        return others.next().map(|word| word.text.to_owned());
    }
    let is_plain = value.len() > 2 && !value.contains([' ', ',', '"', '\t', '$', '{', '[', '*']);
    let is_host = may_be(spec, &|kind| {
        matches!(
            kind,
            ValueKind::HostName | ValueKind::DomainName | ValueKind::Email
        )
    });
    // Lists of names may well add up.
    let is_list = holds(spec, &|spec| matches!(spec.kind, ValueKind::List { .. }));
    if is_host
        && is_plain
        && !is_list
        && value.starts_with(|first: char| first.is_ascii_alphabetic())
    {
        return Some(format!("other-{value}"));
    }
    let is_counted = may_be(spec, &|kind| {
        matches!(
            kind,
            ValueKind::Int
                | ValueKind::Duration
                | ValueKind::Size
                | ValueKind::Rate
                | ValueKind::DataRate
        )
    });
    let digits = value.len()
        - value
            .trim_start_matches(|it: char| it.is_ascii_digit())
            .len();
    let is_one = !value.contains([' ', ',', '"', '\t']);
    if !is_counted || digits == 0 || !is_one {
        return None;
    }
    let number: u64 = value[..digits].parse().ok()?;
    let is_inside = |number: &u64| {
        spec.min.is_none_or(|min| *number >= min) && spec.max.is_none_or(|max| *number <= max)
    };
    let next = [number.checked_add(1), number.checked_sub(1)];
    let next = next
        .into_iter()
        .flatten()
        .filter(|it| *it > 0)
        .find(is_inside)?;
    Some(format!("{next}{}", &value[digits..]))
}
