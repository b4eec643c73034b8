//! Fixes that need more than one item: lines of the top level that are one line together, and blocks
//! whose conversion adds to what stands elsewhere.

use std::borrow::Cow;

use super::{Edit, Finding, Fix, Item, Safety, deletion, folklore_directive, folklore_section};
use crate::document::Document;
use crate::meaning::catalog_name;
use crate::syntax::{EntryKind, ItemView};
use crate::text::TextRange;
use crate::value::{AddressRange, unquote};
use crate::workspace::{FileId, Workspace};

/// How far from a line the other parts are looked for, in bytes.
const REACH: u32 = 600;

/// Lines that are one together: which names hold which part, and what is made of the parts.
struct Whole {
    parts: &'static [Part],
    line: fn(&[Option<&str>]) -> Option<String>,
}

/// A part of a line that the web spreads over several.
struct Part {
    /// Names of the lines that hold it.
    names: &'static [&'static str],
    /// Whether nothing can be written without it.
    is_needed: bool,
}

static WHOLES: [Whole; 2] = [
    Whole {
        parts: &[
            Part {
                names: &["dkim-selector", "selector"],
                is_needed: true,
            },
            Part {
                names: &["dkim-domain", "domain"],
                is_needed: false,
            },
            Part {
                names: &[
                    "dkim-key",
                    "dkim-key-file",
                    "dkim-private-key-file",
                    "key-file",
                    "private-key-file",
                ],
                is_needed: true,
            },
        ],
        line: |parts| {
            let [Some(selector), domain, Some(file)] = *parts else {
                return None;
            };
            let parts = [selector, domain.unwrap_or("*"), file];
            let are_plain = parts
                .iter()
                .all(|part| !part.is_empty() && !part.contains([' ', '\t', ',', '"']));
            are_plain.then(|| format!("domain-key {}", parts.join(",")))
        },
    },
    Whole {
        parts: &[
            Part {
                names: &["address", "interface", "mta-bind-address"],
                is_needed: false,
            },
            Part {
                names: &["mta-bind-port", "port"],
                is_needed: true,
            },
        ],
        line: |parts| {
            let [address, Some(port)] = *parts else {
                return None;
            };
            let address = address.unwrap_or("0/0");
            let port: u16 = port.parse().ok()?;
            AddressRange::read(address)?;
            Some(format!("smtp-listener {address}:{port}"))
        },
    },
];

/// A directive at the top level of a file.
struct Line {
    name: String,
    value: String,
    /// From its name to the end of its value, from the start of the file.
    range: TextRange,
    /// The edit that takes it away.
    deletion: Edit,
}

/// Gives findings of a file the fixes that only the rest of the file tells.
pub(crate) fn complete(
    workspace: &Workspace,
    file: FileId,
    document: &Document,
    findings: &mut [Finding],
) {
    let is_section = |it: &Finding| std::ptr::eq(it.rule, &folklore_section::RULE);
    if findings.iter().any(is_section) {
        folklore_section::complete(workspace, file, document, findings);
    }
    let directives = findings.iter_mut().filter(|finding| {
        std::ptr::eq(finding.rule, &folklore_directive::RULE) && finding.fixes.is_empty()
    });
    for finding in directives {
        if let Some((fix, decision)) = of_several_lines(document, finding) {
            if let Some(message) = finding.message.strip_suffix(decision) {
                finding.message = message.trim_end().to_owned();
            }
            finding.fixes.push(fix);
        }
    }
}

/// The fix that makes one line of several, and what a person need not decide then.
fn of_several_lines(document: &Document, finding: &Finding) -> Option<(Fix, &'static str)> {
    let written = document.slice(finding.range.as_usize());
    let name = crate::syntax::normalise(&written);
    let whole = WHOLES.iter().find(|whole| {
        let mut parts = whole.parts.iter();
        parts.any(|part| part.names.contains(&name.as_ref()))
    })?;
    let here = document.facts_at(finding.range.start as usize)?;
    if here.facts.first_tag.is_some() {
        return None;
    }
    let lines = lines_around(document, finding.range);
    lines
        .iter()
        .find(|line| line.range.start == finding.range.start)?;
    let mut found: Vec<Option<&Line>> = Vec::new();
    for part in whole.parts {
        let mut with_name = lines
            .iter()
            .filter(|line| part.names.contains(&line.name.as_str()));
        let first = with_name.next();
        if with_name.next().is_some() || (first.is_none() && part.is_needed) {
            return None;
        }
        found.push(first);
    }
    let values: Vec<Option<&str>> = found
        .iter()
        .map(|line| line.map(|line| line.value.as_str()))
        .collect();
    let line = (whole.line)(&values)?;
    let mut replaced: Vec<&Line> = found.into_iter().flatten().collect();
    replaced.sort_by_key(|line| line.range);
    let (first, others) = replaced.split_first()?;
    let title = format!("Write `{line}`");
    let mut edits = vec![Edit {
        range: first.range,
        text: line,
    }];
    edits.extend(others.iter().map(|line| line.deletion.clone()));
    let fix = Fix {
        title,
        safety: Safety::Unsafe,
        edits: deletion::apart(edits),
    };
    Some((
        fix,
        super::conversion::decision_about(&name).unwrap_or_default(),
    ))
}

/// The directives at the top level near a range, each on lines of its own. Sections between them, which
/// may be long, are passed over.
fn lines_around(document: &Document, range: TextRange) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut at = range.start.saturating_sub(REACH) as usize;
    let end = range.end.saturating_add(REACH) as usize;
    while let Some(item) = document.facts_at(at).filter(|_| at < end) {
        if item.facts.first_tag.is_none()
            && let Some((start, text, view)) = document.item_at(item.start)
        {
            lines.extend(line(TextRange::of(0, start).end, &text, &view));
        }
        at = item.end.max(at.saturating_add(1));
    }
    lines
}

fn line(start: u32, text: &str, view: &ItemView) -> Option<Line> {
    let entry = view.entries.first()?;
    let EntryKind::Directive(directive) = &entry.kind else {
        return None;
    };
    let is_alone = view
        .entries
        .iter()
        .skip(1)
        .all(|entry| matches!(entry.kind, EntryKind::Comment(_)));
    let end = directive.statement_end.map_or(0, |sign| sign.end);
    let range = TextRange::new(directive.name.start, directive.value.end.max(end));
    let item = Item {
        text,
        view,
        judged: &[],
    };
    let value: Cow<'_, str> = unquote(item.slice(directive.value));
    is_alone.then(|| Line {
        name: catalog_name(text, directive).into_owned(),
        value: value.into_owned(),
        range: range.shifted(start),
        deletion: deletion::directive(item, entry.range).shifted(start),
    })
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::diagnostics::test_support::{file_findings, file_fixed};

    #[test]
    fn a_key_in_three_lines() {
        let text = "run-as-root no\nselector s1 # ours\ndomain example.com\nprivate-key-file /etc/pmta/s1.pem\nlog-file /var/log/pmta/log\n";
        expect![[r#"
            run-as-root no
            domain-key s1,example.com,/etc/pmta/s1.pem # ours
            log-file /var/log/pmta/log
        "#]]
        .assert_eq(&file_fixed(text, "folklore-directive"));
    }

    #[test]
    fn a_listener_in_two_lines() {
        let text = "run-as-root no\nmta_bind_address = \"127.0.0.1\";\nmta_bind_port = 2525\n";
        let fixed = file_fixed(text, "folklore-directive");
        expect![[r#"
            run-as-root no
            smtp-listener 127.0.0.1:2525
        "#]]
        .assert_eq(&fixed);
        assert_eq!(file_findings(&fixed), "");
    }

    #[test]
    fn parts_that_stand_twice_are_left_to_a_person() {
        expect![[r#"
            2:1-9 warning folklore-directive: PowerMTA has no directive `selector`. The selector is the first part of domain-key. Decide which selector, domain and key file belong together: `domain-key SELECTOR,DOMAIN,FILE` at the top level or in a `<virtual-mta>` names all three.
            3:1-9 warning folklore-directive: PowerMTA has no directive `selector`. The selector is the first part of domain-key. Decide which selector, domain and key file belong together: `domain-key SELECTOR,DOMAIN,FILE` at the top level or in a `<virtual-mta>` names all three.
            4:1-17 warning folklore-directive: PowerMTA has no directive `private-key-file`. The three lines domain / selector / private-key-file are one line in PowerMTA: domain-key SELECTOR,DOMAIN,FILE. Decide which selector, domain and key file belong together: `domain-key SELECTOR,DOMAIN,FILE` at the top level or in a `<virtual-mta>` names all three.
        "#]].assert_eq(&file_findings(
            "run-as-root no\nselector s1\nselector s2\nprivate-key-file /etc/pmta/s1.pem\n",
        ));
    }
}
