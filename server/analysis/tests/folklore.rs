//! What the web invented: every row of the catalog is reported where it was seen, and so is every
//! line of the collected samples that holds an invented name.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use pmta_analysis::catalog::{
    self, FOLKLORE_DIRECTIVES, FOLKLORE_SECTIONS, FOLKLORE_VALUES, FolkloreDirective, Place,
};
use pmta_analysis::diagnostics::{Finding, Severity};
use pmta_analysis::document::Document;

fn findings(text: &str) -> Vec<Finding> {
    Document::new(text).findings()
}

/// The findings in words, for failures.
fn shown(findings: &[Finding]) -> String {
    findings
        .iter()
        .map(|finding| format!("\n  {}: {}", finding.rule.code, finding.message))
        .collect()
}

/// The line of a finding, from 1.
fn line(text: &str, finding: &Finding) -> usize {
    let before = text.get(..finding.range.start as usize).unwrap_or_default();
    before.matches('\n').count().saturating_add(1)
}

/// The text after the finding's first fix.
fn fixed(text: &str, finding: &Finding) -> Option<String> {
    let mut text = text.to_owned();
    for edit in finding.fixes.first()?.edits.iter().rev() {
        text.replace_range(edit.range.as_usize(), &edit.text);
    }
    Some(text)
}

/// Lines in a file that is included there.
fn as_fragment(place: &str, lines: &str) -> String {
    format!("# pmta-ls: place={place}\n{lines}\n")
}

/// The example of a directive in the first place where the web shows it.
fn as_seen(directive: &FolkloreDirective) -> String {
    match directive.only_in.first() {
        None => as_fragment("global", directive.example),
        Some(place) if Place::named(place).is_some() => as_fragment(place, directive.example),
        Some(tag) => format!("<{tag} example>\n{}\n</{tag}>\n", directive.example),
    }
}

/// The rule that reports the name: some names are also those of sections, or hold more than a name.
fn code_of(name: &str) -> &'static str {
    if name.contains('/') {
        "unit-in-name"
    } else if name.starts_with("smtp-service ") {
        "folklore-value"
    } else {
        "folklore-"
    }
}

#[test]
fn every_folklore_directive_is_reported_with_its_replacement() {
    let mut wrong = Vec::new();
    for directive in FOLKLORE_DIRECTIVES {
        let text = as_seen(directive);
        let found = findings(&text);
        let replacement = directive
            .replacement
            .unwrap_or_default()
            .trim_matches(['<', '>']);
        let is_reported = found.iter().any(|finding| {
            finding.rule.code.starts_with(code_of(directive.name))
                && finding.message.contains(replacement)
        });
        if !is_reported {
            wrong.push(format!("{text}{}", shown(&found)));
        }
    }
    println!("{} folklore directives", FOLKLORE_DIRECTIVES.len());
    assert!(
        wrong.is_empty(),
        "{} are not reported:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn renamed_folklore_directives_are_right() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for directive in FOLKLORE_DIRECTIVES {
        let places = match directive.only_in {
            [] => directive
                .replacement_places
                .iter()
                .map(|place| place.name())
                .collect(),
            places => places.to_vec(),
        };
        for place in places {
            let text = as_fragment(place, directive.example);
            let found = findings(&text);
            let Some(finding) = found
                .iter()
                .find(|finding| finding.rule.code == "folklore-directive")
            else {
                continue;
            };
            let Some(fixed) = fixed(&text, finding) else {
                continue;
            };
            count += 1;
            let left = findings(&fixed);
            if left
                .iter()
                .any(|finding| finding.rule.severity >= Severity::Warning && !is_syntax(finding))
            {
                wrong.push(format!("{text}->\n{fixed}{}", shown(&left)));
            }
        }
    }
    println!("{count} folklore directives with a fix");
    assert!(
        wrong.is_empty(),
        "{} of {count} are wrong after the fix:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// Whether the finding is about how the line is written, which has a fix of its own.
fn is_syntax(finding: &Finding) -> bool {
    matches!(
        finding.rule.code,
        "assignment" | "statement-semicolon" | "xml-element" | "underscore-name" | "page-debris"
    )
}

#[test]
fn every_folklore_section_is_reported() {
    let mut wrong = Vec::new();
    for section in FOLKLORE_SECTIONS {
        let text = format!("{}\n", section.example);
        let found = findings(&text);
        // The word `global` alone and a switch with a number open blocks that have rules of their own.
        let codes = ["folklore-section", "keyword-block"];
        if !found
            .iter()
            .any(|finding| codes.contains(&finding.rule.code))
        {
            wrong.push(format!("{text}{}", shown(&found)));
        }
    }
    println!("{} folklore sections", FOLKLORE_SECTIONS.len());
    assert!(
        wrong.is_empty(),
        "{} are not reported:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn every_folklore_value_is_reported_and_its_replacement_is_right() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for value in FOLKLORE_VALUES {
        let named = value
            .directives
            .first()
            .map_or(&[][..], |name| catalog::directives_named(name));
        let places = match value.places {
            [] => named.iter().map(|directive| directive.place).collect(),
            places => places.to_vec(),
        };
        for place in places {
            let text = as_fragment(place.name(), value.example);
            let found = findings(&text);
            // A switch with a number, alone in a file, reads as a block of the same name.
            if found
                .iter()
                .any(|finding| finding.rule.code == "folklore-section")
            {
                continue;
            }
            let Some(finding) = found
                .iter()
                .find(|finding| finding.rule.code == "folklore-value")
            else {
                wrong.push(format!("{text}{}", shown(&found)));
                continue;
            };
            let Some(fixed) = fixed(&text, finding) else {
                continue;
            };
            count += 1;
            // A rule at the top level is moved by a fix of its own.
            let left = findings(&fixed);
            if left.iter().any(|finding| {
                finding.rule.severity >= Severity::Warning
                    && finding.rule.code != "misplaced-directive"
            }) {
                wrong.push(format!("{text}->\n{fixed}{}", shown(&left)));
            }
        }
    }
    println!(
        "{} folklore values, {count} with a fix",
        FOLKLORE_VALUES.len()
    );
    assert!(
        wrong.is_empty(),
        "{} are not reported, or wrong after the fix:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// The folder of the collected samples, which is not part of the repository.
fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/folklore/samples")
}

#[expect(clippy::disallowed_methods, reason = "the test reads its samples")]
fn read(path: &Path) -> Option<String> {
    std::fs::read_to_string(path).ok()
}

#[test]
fn every_folklore_line_of_the_samples_is_reported() {
    // A name with underscores that is genuine with hyphens, one that old versions really had, and one
    // that is genuine elsewhere, in a file that does not tell its place.
    const OTHERS: [&str; 3] = ["host_name", "smtp-source-ip", "retry-interval"];
    let Some(expected) = read(&samples().join("expected.json")) else {
        println!("no samples here");
        return;
    };
    let expected: BTreeMap<String, Vec<(usize, String)>> = serde_json::from_str(&expected).unwrap();
    let mut wrong = Vec::new();
    let mut count = 0;
    for (file, lines) in expected {
        let text = read(&samples().join(&file)).unwrap();
        let found = findings(&text);
        for (number, name) in lines
            .iter()
            .filter(|(_, name)| !OTHERS.contains(&name.as_str()))
        {
            // The first line of several that are joined by `\` speaks for all.
            let first = text.lines().take(number - 1).collect::<Vec<_>>();
            let joined = first
                .iter()
                .rev()
                .take_while(|before| before.ends_with('\\'))
                .count();
            let is_reported = |finding: &&Finding| {
                finding.rule.code.starts_with("folklore-")
                    && line(&text, finding) == number - joined
            };
            count += 1;
            if !found.iter().any(|finding| is_reported(&finding)) {
                wrong.push(format!(
                    "{file}:{number} {name}: {}",
                    text.lines().nth(number - 1).unwrap()
                ));
            }
        }
    }
    println!("{count} lines of the samples");
    assert!(
        wrong.is_empty(),
        "{} of {count} are not reported:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
