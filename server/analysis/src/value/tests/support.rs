//! Showing what was found, for comparison.

use std::fmt::Write;

use crate::catalog::{DIRECTIVES, ReferenceKind, ValueKind, ValueSpec};
use crate::diagnostics::Safety;
use crate::value::{Context, Parsed, parse};

/// The spec of the directive's first entry.
pub(super) fn spec(name: &str) -> &'static ValueSpec {
    let mut entries = DIRECTIVES.iter().filter(|directive| directive.name == name);
    &entries.next().unwrap_or_else(|| panic!("no {name}")).value
}

/// Problems as lines below the text: markers, rule and message; fixes below.
pub(super) fn render(text: &str, parsed: &Parsed) -> String {
    let mut out = format!("{text}\n");
    let underline = |start: u32, end: u32, sign: &str| {
        let width = |to: u32| text[..to as usize].chars().count();
        let count = width(end).saturating_sub(width(start)).max(1);
        format!("{}{}", " ".repeat(width(start)), sign.repeat(count))
    };
    for problem in &parsed.problems {
        let marks = underline(problem.range.start, problem.range.end, "^");
        writeln!(out, "{marks} {}: {}", problem.rule.code, problem.message).unwrap();
        for fix in &problem.fixes {
            let mut fixed = text.to_owned();
            for edit in fix.edits.iter().rev() {
                fixed.replace_range(edit.range.as_usize(), &edit.text);
            }
            let safety = match fix.safety {
                Safety::Safe => "safe",
                Safety::Unsafe => "unsafe",
                Safety::Alternative => "alt",
            };
            writeln!(out, "  {safety}: {fixed}").unwrap();
        }
    }
    if !parsed.rest.is_empty() {
        let marks = underline(parsed.rest.start, parsed.rest.end, "~");
        writeln!(out, "{marks} rest").unwrap();
    }
    out
}

/// A line of configuration with what is wrong with its value underlined below it.
pub(super) fn annotated(line: &str) -> String {
    let (name, value) = line.split_once(' ').unwrap_or((line, ""));
    let parsed = parse(spec(name), value, Context::default());
    check_invariants(value, &parsed);
    let mut out = format!("{}\n", line.trim_end());
    let problems = parsed
        .problems
        .iter()
        .map(|problem| (problem.range, '^', problem.rule.code));
    let rest = Some((parsed.rest, '~', "rest")).filter(|(range, ..)| !range.is_empty());
    for (range, sign, what) in problems.chain(rest) {
        let before = value[..range.start as usize].chars();
        let start = name.chars().chain([' ']).chain(before).count();
        let count = range.slice(value).chars().count().max(1);
        let marks = sign.to_string().repeat(count);
        writeln!(out, "{}{marks} {what}", " ".repeat(start)).unwrap();
    }
    out
}

/// The rules and wrong parts: `invalid-unit "/hour"`.
pub(super) fn problems(spec: &'static ValueSpec, text: &str) -> Vec<String> {
    let parsed = parse(spec, text, Context::default());
    check_invariants(text, &parsed);
    let mut all: Vec<String> = parsed
        .problems
        .iter()
        .map(|problem| format!("{} {:?}", problem.rule.code, problem.range.slice(text)))
        .collect();
    if !parsed.rest.is_empty() {
        all.push(format!("rest {:?}", parsed.rest.slice(text)));
    }
    all
}

pub(super) fn check_invariants(text: &str, parsed: &Parsed) {
    let ranges = parsed.problems.iter().flat_map(|problem| {
        let edits = problem
            .fixes
            .iter()
            .flat_map(|fix| fix.edits.iter().map(|edit| edit.range));
        edits.chain([problem.range])
    });
    let pieces = parsed
        .pieces
        .iter()
        .flat_map(|piece| [piece.range, piece.outer]);
    for range in ranges.chain(pieces).chain([parsed.rest]) {
        assert!(
            text.get(range.as_usize()).is_some(),
            "{range:?} in {text:?}"
        );
    }
    let mut end = 0;
    for piece in &parsed.pieces {
        assert!(
            piece.outer.contains_range(piece.range),
            "{piece:?} in {text:?}"
        );
        assert!(
            piece.outer.start >= end,
            "pieces overlap in {text:?}: {:?}",
            parsed.pieces
        );
        end = piece.outer.end;
    }
    for problem in &parsed.problems {
        assert!(problem.message.ends_with(['.', '?']), "{}", problem.message);
        assert!(!problem.message.ends_with(".."), "{}", problem.message);
    }
}

pub(super) fn fixed(spec: &'static ValueSpec, text: &str) -> Option<String> {
    let parsed = parse(spec, text, Context::default());
    let fix = parsed
        .problems
        .iter()
        .flat_map(|problem| &problem.fixes)
        .find(|fix| fix.safety == Safety::Safe)?;
    let mut fixed = text.to_owned();
    for edit in fix.edits.iter().rev() {
        fixed.replace_range(edit.range.as_usize(), &edit.text);
    }
    Some(fixed)
}

pub(super) fn kind_named(name: &str) -> Option<&'static ValueSpec> {
    let kind = match name {
        "bool" => ValueKind::Bool,
        "int" => ValueKind::Int,
        "word" => ValueKind::Word,
        "string" => ValueKind::String,
        "duration" => ValueKind::Duration,
        "size" => ValueKind::Size,
        "rate" => ValueKind::Rate,
        "data-rate" => ValueKind::DataRate,
        "daily-limit" => ValueKind::DailyLimit,
        "ip" => ValueKind::Ip,
        "cidr" => ValueKind::Cidr,
        "port" => ValueKind::Port,
        "host-name" => ValueKind::HostName,
        "domain-name" => ValueKind::DomainName,
        "domain-pattern" => ValueKind::DomainPattern,
        "email" => ValueKind::Email,
        "local-part" => ValueKind::LocalPart,
        "address-glob" => ValueKind::AddressGlob,
        "regex" => ValueKind::Regex,
        "header-name" => ValueKind::HeaderName,
        "url" => ValueKind::Url,
        "openssl-list" => ValueKind::OpensslList,
        "vault-path" => ValueKind::VaultPath,
        "macro-name" => ValueKind::MacroName,
        "macro-item" => ValueKind::MacroItem,
        "record-field" => ValueKind::RecordField,
        "category" => ValueKind::Category,
        "ref" => ValueKind::Ref(ReferenceKind::VirtualMta),
        "program" => ValueKind::Program,
        "enum" | "literal" | "list" | "composite" | "any-of" | "inline-section" => return None,
        other => panic!("unknown kind {other}"),
    };
    Some(Box::leak(Box::new(ValueSpec::of(kind))))
}

pub(super) fn of_kind(name: &str) -> &'static ValueSpec {
    kind_named(name).unwrap_or_else(|| panic!("{name} is no kind of its own"))
}
