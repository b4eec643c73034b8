//! Formatting any file changes white space only, once, and nothing that is known of the file.

use pmta_analysis::document::Document;
use pmta_analysis::format::{FormatOptions, IndentStyle, apply, format};

/// The text without white space.
fn content(text: &str) -> String {
    text.split([' ', '\t', '\n', '\r']).collect()
}

/// What is found and named in a text, without positions: findings with the text they are about, and
/// names. Blanks in both are left out, for those may change.
fn known(document: &Document) -> Vec<String> {
    let text = |range: pmta_analysis::text::TextRange| content(&document.slice(range.as_usize()));
    let findings = document.findings().into_iter().map(|finding| {
        let about = text(finding.range);
        format!(
            "{} {about} {}",
            finding.rule.code,
            content(&finding.message)
        )
    });
    let names = document.items().flat_map(|item| {
        let by = u32::try_from(item.start).unwrap_or(u32::MAX);
        let facts = item.facts;
        let all = facts.definitions.iter().chain(&facts.references);
        all.map(move |name| (name.kind, name.range.shifted(by)))
            .collect::<Vec<_>>()
    });
    let names = names.map(|(kind, range)| format!("{kind:?} {}", text(range)));
    findings.chain(names).collect()
}

fn styles() -> [FormatOptions; 4] {
    let plain = FormatOptions::default();
    [
        plain,
        FormatOptions {
            indent_style: IndentStyle::Tabs,
            indent_width: 8,
            ..plain
        },
        FormatOptions {
            align_values: true,
            indent_width: 2,
            ..plain
        },
        FormatOptions {
            wrap_macros: true,
            ..plain
        },
    ]
}

#[test]
fn formatting_changes_white_space_and_nothing_else() {
    let mut wrong = Vec::new();
    for (path, bytes) in super::read_all("format") {
        let document = Document::from_bytes(&bytes);
        let text = document.rope().to_string();
        let before = known(&document);
        for options in styles() {
            let after = apply(&text, &format(&document, &options));
            let formatted = Document::new(&after);
            let again = apply(&after, &format(&formatted, &options));
            let complaint = if content(&after) != content(&text) {
                "more than white space changed"
            } else if again != after {
                "a second time changes something"
            } else if options.wrap_macros {
                // A list that was wrapped is reported as one that goes on in the next line.
                continue;
            } else {
                let mut after = known(&formatted);
                // Bytes that are not UTF-8 are reported of bytes, not of a text.
                let mut before = before.clone();
                before.retain(|known| !known.starts_with("invalid-encoding"));
                before.sort();
                after.sort();
                if before == after {
                    continue;
                }
                "findings or names changed"
            };
            wrong.push(format!("{}: {complaint} with {options:?}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
