//! `look-alike-character`: a character that only looks like one of the language.

use super::{Finding, Fix, Group, Item, Rule, Safety, Severity};
use crate::catalog::ValueKind;
use crate::meaning::{Judged, Meaning};
use crate::syntax::{Directive, DirectiveForm, EntryKind, has_look_alike, look_alike_of};
use crate::text::TextRange;
use crate::value::{self, Context};

/// The rule.
pub static RULE: Rule = Rule {
    code: "look-alike-character",
    severity: Severity::Warning,
    group: Group::Syntax,
    summary: "a character only looks like a hyphen, a quote or a blank",
    documentation: "Word processors and web pages replace hyphens by dashes, straight quotes by curly ones and blanks by
no-break spaces, and put in characters that cannot be seen. To PowerMTA they are other characters, so
that a name is unknown although it looks right.

```pmta
max\u{2011}smtp\u{2011}out 20
host-name \u{201C}mail.example.com\u{201D}
```

```pmta
max-smtp-out 20
host-name \"mail.example.com\"
```

Inside quotes and patterns, and in comments, they are text and may stay.",
};

pub(crate) fn check(item: Item<'_>, findings: &mut Vec<Finding>) {
    if !has_look_alike(item.text) {
        return;
    }
    let texts = texts(item);
    for run in runs(item.text) {
        for part in without(run, &texts) {
            findings.extend(finding(item, part));
        }
    }
}

/// A finding from the first to the last such character of a part of a word or of a gap.
fn finding(item: Item<'_>, part: TextRange) -> Option<Finding> {
    let text = item.slice(part);
    let is_file_start = |at: usize| part.start == 0 && at == 0;
    let mut found = text.char_indices().filter(|(at, character)| {
        look_alike_of(*character).is_some() && !(*character == '\u{FEFF}' && is_file_start(*at))
    });
    let (start, first) = found.next()?;
    let (last, end) = found.next_back().unwrap_or((start, first));
    let range = TextRange::of(start, last.saturating_add(end.len_utf8())).shifted(part.start);
    let plain: String = item
        .slice(range)
        .chars()
        .map(|character| {
            look_alike_of(character).map_or_else(|| character.to_string(), str::to_owned)
        })
        .collect();
    let code = u32::from(first);
    let (message, title) = match look_alike_of(first) {
        Some("") => (
            format!(
                "An invisible character (U+{code:04X}) stands here: PowerMTA reads it as part of the text."
            ),
            "Delete the invisible character".to_owned(),
        ),
        Some(" ") => (
            format!("This blank is none to PowerMTA (U+{code:04X}): write a plain space."),
            "Write a plain space".to_owned(),
        ),
        Some(meant) => (
            format!(
                "`{first}` (U+{code:04X}) only looks like `{meant}`: PowerMTA knows the plain character alone."
            ),
            format!("Write `{meant}`"),
        ),
        None => return None,
    };
    Some(Finding::new(&RULE, range, message).with_fix(Fix::replace(
        title,
        Safety::Safe,
        range,
        plain,
    )))
}

/// The words of the text and the gaps between them; line breaks belong to neither.
fn runs(text: &str) -> Vec<TextRange> {
    let mut runs: Vec<TextRange> = Vec::new();
    let mut before = None;
    for (at, character) in text.char_indices() {
        let class = match character {
            '\n' | '\r' => None,
            ' ' | '\t' => Some(true),
            other => Some(look_alike_of(other) == Some(" ")),
        };
        let range = TextRange::of(at, at.saturating_add(character.len_utf8()));
        match (class, runs.last_mut()) {
            (Some(_), Some(run)) if class == before => run.end = range.end,
            (Some(_), _) => runs.push(range),
            (None, _) => {}
        }
        before = class;
    }
    runs
}

/// What remains of `run` outside of `texts`, which are in order.
fn without(run: TextRange, texts: &[TextRange]) -> Vec<TextRange> {
    let mut parts = Vec::new();
    let mut start = run.start;
    for text in texts
        .iter()
        .filter(|text| text.start < run.end && run.start < text.end)
    {
        if start < text.start {
            parts.push(TextRange::new(start, text.start));
        }
        start = start.max(text.end);
    }
    if start < run.end {
        parts.push(TextRange::new(start, run.end));
    }
    parts
}

/// Where any character may stand: comments, prose, quotes and patterns.
fn texts(item: Item<'_>) -> Vec<TextRange> {
    let mut texts = Vec::new();
    for (entry, judged) in item.view.entries.iter().zip(item.judged) {
        match &entry.kind {
            EntryKind::Comment(_)
            | EntryKind::Debris
            | EntryKind::Opaque
            | EntryKind::TemplateMarker => {
                texts.push(entry.range);
            }
            EntryKind::Directive(_) if matches!(judged.meaning, Meaning::UnknownDirective) => {
                texts.push(entry.range)
            }
            EntryKind::Directive(directive) => texts_of_value(item, directive, judged, &mut texts),
            EntryKind::Section(section) => {
                texts.extend(
                    section
                        .open
                        .argument
                        .into_iter()
                        .flat_map(|argument| quoted(item, argument)),
                );
            }
            EntryKind::EmptyTag(tag) => {
                texts.extend(
                    tag.argument
                        .into_iter()
                        .flat_map(|argument| quoted(item, argument)),
                );
            }
            EntryKind::StrayEnd(_) => {}
        }
    }
    texts.sort_unstable();
    texts
}

fn texts_of_value(
    item: Item<'_>,
    directive: &Directive,
    judged: &Judged,
    texts: &mut Vec<TextRange>,
) {
    if directive.form == DirectiveForm::Pattern {
        texts.push(directive.name);
    }
    let value = item.slice(directive.value);
    if !has_look_alike(value) {
        return;
    }
    texts.extend(quoted(item, directive.value));
    let entry = match judged.meaning {
        Meaning::Directive(entry) => Some(entry),
        Meaning::SomewhereValid(entries) | Meaning::Misplaced(entries) => entries.first(),
        _ => None,
    };
    let Some(entry) = entry else { return };
    let parsed = value::parse(
        &entry.value,
        value,
        Context {
            cut_by_comment: directive.cut_by_comment,
        },
    );
    for piece in parsed.pieces {
        let is_delimited_wrongly = piece
            .range
            .slice(value)
            .starts_with(['\u{201C}', '\u{201D}', '\u{201E}']);
        let is_text = match piece.spec.kind {
            ValueKind::Regex => true,
            ValueKind::String => !is_delimited_wrongly,
            _ => false,
        };
        if is_text {
            texts.push(piece.outer.shifted(directive.value.start));
        }
    }
}

/// The closed quotations in a range.
fn quoted(item: Item<'_>, range: TextRange) -> Vec<TextRange> {
    let mut parts = Vec::new();
    let mut open = None;
    let mut is_escaped = false;
    for (at, byte) in item.slice(range).bytes().enumerate() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if open.is_some() => is_escaped = true,
            b'\n' | b'\r' => open = None,
            b'"' => match open.take() {
                Some(start) => {
                    parts.push(TextRange::of(start, at.saturating_add(1)).shifted(range.start))
                }
                None => open = Some(at),
            },
            _ => {}
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::diagnostics::test_support::{findings, fixed};

    #[test]
    fn hyphens_quotes_and_blanks() {
        expect![[r#"
            1:10-16 warning look-alike-character: `‑` (U+2011) only looks like `-`: PowerMTA knows the plain character alone.
            2:12-13 warning look-alike-character: `‐` (U+2010) only looks like `-`: PowerMTA knows the plain character alone.
            3:11-12 warning look-alike-character: `‑` (U+2011) only looks like `-`: PowerMTA knows the plain character alone.
            4:11-29 warning look-alike-character: `“` (U+201C) only looks like `"`: PowerMTA knows the plain character alone.
            5:12-13 warning look-alike-character: This blank is none to PowerMTA (U+00A0): write a plain space.
            6:1-4 warning look-alike-character: This blank is none to PowerMTA (U+00A0): write a plain space.
            6:23-24 warning look-alike-character: An invisible character (U+200B) stands here: PowerMTA reads it as part of the text.
        "#]].assert_eq(&findings(
            "<feedback\u{2011}loop\u{2011}processor>\n    deliver\u{2010}unmatched-email no\n</feedback\u{2011}loop-processor>\nhost-name \u{201C}mail.example.com\u{201D}\nrun-as-root\u{A0}no\n\u{A0} \u{A0}http-mgmt-port 8080\u{200B}\n",
        ));
    }

    #[test]
    fn text_may_hold_them() {
        expect![[""]].assert_eq(&findings(
            "# it\u{2019}s a comment \u{2013} really\n<smtp-pattern-list p>\n    reply /it\u{2019}s \u{201C}busy\u{201D}/ mode=backoff\n</smtp-pattern-list>\n<smtp-user u>\n    password \"a\u{2013}b\"\n</smtp-user>\n",
        ));
    }

    #[test]
    fn a_byte_order_mark_begins_the_file() {
        expect![[""]].assert_eq(&findings("\u{FEFF}run-as-root no\n"));
    }

    #[test]
    fn plain_characters_take_their_place() {
        assert_eq!(
            fixed("run\u{2013}as\u{2013}root no\n", "look-alike-character"),
            "run-as-root no\n"
        );
        assert_eq!(
            fixed(
                "host-name \u{201C}mail.example.com\u{201D}\n",
                "look-alike-character"
            ),
            "host-name \"mail.example.com\"\n"
        );
        assert_eq!(
            fixed("run-as-root\u{A0}\u{A0}no\n", "look-alike-character"),
            "run-as-root  no\n"
        );
        assert_eq!(
            fixed("http-mgmt-port 8080\u{200B}\n", "look-alike-character"),
            "http-mgmt-port 8080\n"
        );
    }
}
