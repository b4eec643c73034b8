//! Values of directives: reads each as the catalog says and reports what does not fit.

use std::borrow::Cow;

use super::conversion::{self, Answer};
use super::{
    DirectiveSite, Finding, Fix, Safety, folklore_value, missing_value, page_debris,
    regex_cut_by_comment, source_host_swapped, unexpected_value,
};
use crate::catalog::{self, ValueKind, ValueSpec};
use crate::meaning::Meaning;
use crate::syntax::{DirectiveForm, look_alike_of};
use crate::text::TextRange;
use crate::value::{self, Context, Parsed, Problem};

static PATTERN: ValueSpec = ValueSpec::of(ValueKind::Regex);

pub(crate) fn check(site: &DirectiveSite<'_>, findings: &mut Vec<Finding>) {
    let entries = match site.judged.meaning {
        Meaning::Directive(entry) => std::slice::from_ref(entry),
        Meaning::SomewhereValid(entries) | Meaning::Misplaced(entries) => entries,
        _ => return,
    };
    let directive = site.directive;
    if let DirectiveForm::UnitInName(_) = directive.form {
        // The unit stands in the name: `unit-in-name` says so, and the bare number follows from it.
        return;
    }
    if directive.form == DirectiveForm::Pattern {
        let cut_by_comment = directive.cut_by_comment && directive.value.is_empty();
        let parsed = value::parse(&PATTERN, site.written_name(), Context { cut_by_comment });
        if !parsed.problems.is_empty() {
            findings.extend(
                parsed
                    .problems
                    .into_iter()
                    .map(|problem| finding(problem, directive.name.start)),
            );
            return;
        }
    }
    if directive.value.is_empty() && directive.inline_section.is_none() {
        findings.extend(missing(site, entries));
        return;
    }
    if has_template_marker(site.value()) || page_debris::is_incomplete_host(site.value()) {
        return;
    }
    if let Some(wrong) = folklore_value::of(site).or_else(|| source_host_swapped::of(site)) {
        findings.push(wrong);
        return;
    }
    let range = directive
        .inline_section
        .map_or(directive.value, |tag| directive.value.cover(tag));
    let written = site.item.slice(range);
    let text = without_line_breaks(written);
    let mut first: Option<Parsed> = None;
    for entry in entries {
        let parsed = value::parse(
            &entry.value,
            &text,
            Context {
                cut_by_comment: directive.cut_by_comment,
            },
        );
        if parsed.problems.is_empty() && parsed.rest.is_empty() {
            return;
        }
        first.get_or_insert(parsed);
    }
    let Some(mut parsed) = first else { return };
    // A look-alike has a finding of its own, and the value may be right without it from there on.
    if let Some(at) = text.find(|sign| look_alike_of(sign).is_some()) {
        let at = TextRange::of(at, at).start;
        let is_text = |problem: &Problem| problem.range.slice(&text).starts_with('"');
        parsed
            .problems
            .retain(|problem| is_text(problem) || problem.range.end <= at);
    }
    let has_problem = !parsed.problems.is_empty();
    let mut found: Vec<Finding> = parsed
        .problems
        .into_iter()
        .map(|problem| finding(problem, range.start))
        .collect();
    if let [only] = found.as_mut_slice()
        && only.fixes.is_empty()
        && let Some(Answer::Fix(fix)) = conversion::answer(site, &site.name)
    {
        only.fixes.push(fix);
    }
    for finding in &mut found {
        if std::ptr::eq(finding.rule, &regex_cut_by_comment::RULE) {
            finding.fixes.extend(regex_cut_by_comment::fix(site));
        }
    }
    findings.extend(found);
    if !has_problem && !parsed.rest.is_empty() {
        findings.push(unexpected(site, parsed.rest.shifted(range.start)));
    }
}

/// A problem of a value as a finding of its item.
pub(crate) fn finding(problem: Problem, value_start: u32) -> Finding {
    let mut finding = Finding::new(problem.rule, problem.range, problem.message);
    finding.fixes = problem.fixes;
    finding.shifted(value_start)
}

fn missing(site: &DirectiveSite<'_>, entries: &[catalog::Directive]) -> Option<Finding> {
    let entry = entries.first()?;
    let why = if site.directive.cut_by_comment {
        " The `#` turns the rest of the line into a comment."
    } else {
        ""
    };
    let syntax = entry.syntax.split("  ").next().unwrap_or(entry.syntax);
    let finding = Finding::new(
        &missing_value::RULE,
        site.directive.name,
        format!("`{}` needs a value: `{syntax}`.{why}", site.written_name()),
    );
    let is_plain = site.directive.form == DirectiveForm::Plain && !site.directive.cut_by_comment;
    let example = entry.example.lines().next().filter(|_| is_plain);
    let value = example.and_then(|line| line.trim().strip_prefix(entry.name));
    let value = value.map(str::trim).filter(|value| !value.is_empty());
    Some(finding.with_fixes(value.map(|value| {
        let title = format!("Write `{} {value}`", site.written_name());
        let end = TextRange::empty(site.directive.name.end);
        Fix::replace(title, Safety::Alternative, end, format!(" {value}"))
    })))
}

fn unexpected(site: &DirectiveSite<'_>, rest: TextRange) -> Finding {
    let value = site.directive.value;
    let surplus = site.item.slice(rest);
    let mut finding = Finding::new(
        &unexpected_value::RULE,
        rest,
        format!(
            "`{surplus}` does not belong here: the value of `{}` is complete before it.",
            site.written_name()
        ),
    );
    let is_path = match site.judged.meaning {
        Meaning::Directive(entry) => {
            matches!(
                entry.value.kind,
                ValueKind::Ref(catalog::ReferenceKind::File | catalog::ReferenceKind::Directory)
            )
        }
        _ => false,
    };
    if is_path && !site.value().contains('"') {
        finding = finding.with_fix(Fix::replace(
            "Put the value in quotes",
            Safety::Safe,
            value,
            format!("\"{}\"", site.value()),
        ));
    }
    let blank = TextRange::new(value.start, rest.start);
    let kept = site.item.slice(blank).trim_end().len();
    let removed = TextRange::new(
        value.start.saturating_add(TextRange::of(0, kept).end),
        rest.end,
    );
    finding.with_fix(Fix::replace(
        format!("Delete `{surplus}`"),
        Safety::Alternative,
        removed,
        "",
    ))
}

/// The value as one line of the same length: line breaks, the backslashes before them and comments
/// between the lines become blanks.
fn without_line_breaks(value: &str) -> Cow<'_, str> {
    if !value.contains(['\n', '\r']) {
        return Cow::Borrowed(value);
    }
    let mut text = String::with_capacity(value.len());
    for line in value.split_inclusive(['\n', '\r']) {
        let is_last = !line.ends_with(['\n', '\r']);
        let code = if is_last {
            line
        } else {
            line.split('#').next().unwrap_or_default().trim_end()
        };
        let code = if is_last {
            code
        } else {
            code.strip_suffix('\\').unwrap_or(code)
        };
        text.push_str(code);
        text.extend(std::iter::repeat_n(
            ' ',
            line.len().saturating_sub(code.len()),
        ));
    }
    Cow::Owned(text)
}

/// Whether a template engine fills in a part of the text, so that its type cannot be told.
pub(crate) fn has_template_marker(text: &str) -> bool {
    if !text.contains(['{', '%', '<']) {
        return false;
    }
    text.contains("{{")
        || text.contains("${")
        || text.contains("{%")
        || text.contains("<%")
        || text.contains("<?")
        || has_percent_name(text)
}

/// `%NAME%`
fn has_percent_name(text: &str) -> bool {
    let mut parts = text.split('%');
    parts.next();
    let inner: Vec<&str> = parts.collect();
    let names = inner.len().saturating_sub(1);
    inner.iter().take(names).any(|part| {
        !part.is_empty()
            && part
                .bytes()
                .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
    })
}
