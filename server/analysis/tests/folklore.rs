//! What the web invented: every name of the catalog is reported where it was seen, and so is every
//! line of the collected samples that holds one.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use pmta_analysis::catalog::{FOLKLORE_DIRECTIVES, FOLKLORE_SECTIONS, FOLKLORE_VALUES, FolkloreDirective};
use pmta_analysis::document::Document;

/// The folklore findings of a text with their lines from 1: line, code, message.
fn folklore(text: &str) -> Vec<(usize, &'static str, String)> {
    let document = Document::new(text);
    let findings = document.findings().into_iter().filter(|finding| finding.rule.code.starts_with("folklore-"));
    findings
        .map(|finding| {
            let before = text.get(..finding.range.start as usize).unwrap_or_default();
            (before.matches('\n').count().saturating_add(1), finding.rule.code, finding.message)
        })
        .collect()
}

/// The example of a directive in the first place where the web shows it.
fn as_seen(directive: &FolkloreDirective) -> String {
    match directive.only_in.first() {
        Some(&"global") | None => format!("# pmta-ls: place=global\n{}\n", directive.example),
        Some(tag) => format!("<{tag} example>\n{}\n</{tag}>\n", directive.example),
    }
}

#[test]
fn every_folklore_directive_is_reported_with_its_replacement() {
    let mut wrong = Vec::new();
    for directive in FOLKLORE_DIRECTIVES {
        let text = as_seen(directive);
        let found = folklore(&text);
        let message = found.iter().find(|(_, code, _)| *code == "folklore-directive").map(|(_, _, message)| message);
        let names_it = |message: &String| directive.replacement.is_none_or(|replacement| message.contains(replacement));
        if !message.is_some_and(names_it) {
            wrong.push(format!("{}: {text}  {found:?}", directive.name));
        }
    }
    println!("{} folklore directives", FOLKLORE_DIRECTIVES.len());
    assert!(wrong.is_empty(), "{} are not reported:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_folklore_section_is_reported() {
    let mut wrong = Vec::new();
    for section in FOLKLORE_SECTIONS {
        let found = folklore(&format!("{}\n", section.example));
        if !found.iter().any(|(_, code, _)| *code == "folklore-section") {
            wrong.push(format!("{}: {}\n  {found:?}", section.name, section.example));
        }
    }
    println!("{} folklore sections", FOLKLORE_SECTIONS.len());
    assert!(wrong.is_empty(), "{} are not reported:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_folklore_value_is_reported() {
    let mut wrong = Vec::new();
    for value in FOLKLORE_VALUES {
        let found = folklore(&format!("{}\n", value.example));
        if !found.iter().any(|(_, code, _)| *code == "folklore-value") {
            wrong.push(format!("{:?}: {}\n  {found:?}", value.directives, value.example));
        }
    }
    println!("{} folklore values", FOLKLORE_VALUES.len());
    assert!(wrong.is_empty(), "{} are not reported:\n{}", wrong.len(), wrong.join("\n"));
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
    let Some(expected) = read(&samples().join("expected.json")) else {
        println!("no samples here");
        return;
    };
    let expected: BTreeMap<String, Vec<(usize, String)>> = serde_json::from_str(&expected).unwrap();
    let mut wrong = Vec::new();
    let mut count = 0;
    for (file, lines) in expected {
        let text = read(&samples().join(&file)).unwrap();
        let found = folklore(&text);
        for (line, name) in lines {
            count += 1;
            if !found.iter().any(|(at, ..)| *at == line) {
                wrong.push(format!("{file}:{line} {name}: {}", text.lines().nth(line - 1).unwrap_or_default()));
            }
        }
    }
    println!("{count} lines of the samples");
    assert!(wrong.is_empty(), "{} of {count} are not reported:\n{}", wrong.len(), wrong.join("\n"));
}
