//! Every directive in every place: offered where it may stand, and nowhere else.

use std::collections::BTreeSet;

use super::support::{first, labels};
use crate::catalog::{self, ArgumentKind, DIRECTIVES, Place, SECTIONS};

/// A text with the cursor at the start of a line in this place.
fn text_in(place: Place) -> String {
    let mut around = Vec::new();
    let mut next = Some(place);
    while let Some(section) = next.and_then(Place::section) {
        around.push(section);
        next = section.nests_in.first().copied();
    }
    let mut text = "postmaster you@example.com\n".to_owned();
    for section in around.iter().rev() {
        let argument = match section.argument {
            None => "",
            Some(ArgumentKind::Name) => " a",
            Some(ArgumentKind::DomainPattern) => " a.example",
            Some(ArgumentKind::CidrOrName) => " 0/0",
            Some(ArgumentKind::CidrPort) => " 0/0:25",
            Some(ArgumentKind::Directory | ArgumentKind::FileOrPipe) => " /var/a",
        };
        text.push_str(&format!("<{}{argument}>\n", section.name));
    }
    text.push_str("    $0\n");
    for section in &around {
        text.push_str(&format!("</{}>\n", section.name));
    }
    text
}

#[test]
fn directives_and_sections_of_each_place_are_offered_and_no_others() {
    let mut count = 0;
    for place in Place::all() {
        let offered: BTreeSet<String> = labels(&text_in(place)).into_iter().collect();
        let directives = catalog::directives_of(place).map(|entry| entry.name.to_owned());
        let sections = SECTIONS
            .iter()
            .filter(|section| section.nests_in.contains(&place));
        let tags = sections.map(|section| format!("<{}>", section.name));
        let wanted: BTreeSet<String> = directives.chain(tags).collect();
        assert_eq!(offered, wanted, "{}", place.name());
        count += offered.len();
    }
    assert!(count > DIRECTIVES.len());
}

#[test]
fn each_half_of_a_tag_offers_the_sections_of_its_place() {
    for place in Place::all() {
        let text = text_in(place).replace("$0", "<$0");
        let offered: BTreeSet<String> = labels(&text).into_iter().collect();
        let sections = SECTIONS
            .iter()
            .filter(|section| section.nests_in.contains(&place));
        let wanted: BTreeSet<String> = sections
            .map(|section| format!("<{}>", section.name))
            .collect();
        assert_eq!(offered, wanted, "{}", place.name());
    }
}

/// What is written by a snippet when all its places are left as they are.
fn expanded(snippet: &str) -> String {
    let mut text = String::new();
    let mut rest = snippet;
    while let Some(sign) = rest.chars().next() {
        if let Some(place) = rest.strip_prefix("${") {
            let place = place.trim_start_matches(|sign: char| sign.is_ascii_digit());
            let is_choice = place.starts_with('|');
            let inside = &place[1..];
            let mut end = 0;
            let mut shown = String::new();
            let mut is_done = false;
            while let Some(sign) = inside[end..].chars().next() {
                end += sign.len_utf8();
                match sign {
                    '\\' => {
                        let escaped = inside[end..].chars().next().unwrap();
                        end += escaped.len_utf8();
                        if !is_done {
                            shown.push(escaped);
                        }
                    }
                    ',' if is_choice => is_done = true,
                    '}' => break,
                    '|' if is_choice => {}
                    sign if !is_done => shown.push(sign),
                    _ => {}
                }
            }
            text.push_str(&shown);
            rest = &inside[end..];
        } else if let Some(escaped) = rest.strip_prefix('\\') {
            let sign = escaped.chars().next().unwrap();
            text.push(sign);
            rest = &escaped[sign.len_utf8()..];
        } else if let Some(behind) = rest.strip_prefix("$0") {
            rest = behind;
        } else {
            text.push(sign);
            rest = &rest[sign.len_utf8()..];
        }
    }
    text
}

/// Whether the example holds a secret, for which a snippet only has a word.
fn shows_secret(entry: &'static catalog::Directive) -> bool {
    let value = entry
        .example
        .strip_prefix(entry.name)
        .unwrap_or_default()
        .trim();
    let parsed = crate::value::parse(&entry.value, value, crate::value::Context::default());
    parsed.pieces.iter().any(|piece| piece.spec.secret)
}

#[test]
fn snippets_write_lines_that_fit() {
    use crate::diagnostics::{Group, Severity};
    use crate::document::Document;
    let mut wrong = Vec::new();
    for place in Place::all() {
        let text = text_in(place);
        let shown = first(&text, usize::MAX);
        for line in shown.lines() {
            let mut parts = line.split(" | ");
            let label = parts.next().unwrap();
            let snippet = parts.find(|part| {
                part.starts_with(label.trim_end_matches('>')) || part.starts_with("/${")
            });
            let Some(snippet) = snippet else { continue };
            if catalog::directive_in(label, place).is_some_and(shows_secret) {
                continue;
            }
            let written = expanded(&snippet.replace('⏎', "\n").replace('→', "\t"));
            let text = text.replace("$0", &written);
            let findings = Document::new(&text).findings();
            let bad: Vec<_> = findings
                .iter()
                .filter(|it| it.rule.severity > Severity::Information)
                // Words to choose from begin with the first, which may be the bolder one.
                .filter(|it| it.rule.group != Group::Security)
                .collect();
            wrong.extend(
                bad.iter()
                    .map(|bad| format!("{}: {written}: {}", place.name(), bad.message)),
            );
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
