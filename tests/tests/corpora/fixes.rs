//! Fixes of whole files: what is left needs a person, a second time changes nothing more, and what
//! people wrote in comments stays.

use std::path::{Path, PathBuf};

use expect_test::expect_file;
use pmta_analysis::diagnostics::{Severity, best_fix};
use pmta_analysis::document::Document;
use pmta_analysis::findings::findings;
use pmta_analysis::fixing::fix_all;
use pmta_analysis::syntax::EntryKind;
use pmta_analysis::workspace::{FileId, Workspace};
use pmta_ls_tests::{all_files, files_below, workspace_root};

/// Configurations as the web teaches them, beside the workspace; not there on every machine.
fn samples() -> Vec<PathBuf> {
    let shared = workspace_root().parent().map(|it| it.join("shared"));
    let folder = shared.map(|it| it.join("folklore/samples"));
    let mut samples = folder.map(|it| files_below(&it)).unwrap_or_default();
    samples.retain(|path| path.extension().is_some_and(|it| it == "conf"));
    samples
}

fn alone(path: &Path, document: Document) -> (Workspace, FileId) {
    Workspace::alone(path.to_path_buf(), document)
}

/// The words of all comments, except of those that hold directives: a fix may free these.
fn comments(document: &Document) -> Vec<String> {
    let mut comments = Vec::new();
    let findings = document.findings();
    let freed: Vec<_> = findings
        .iter()
        .filter(|it| it.rule.code == "directives-in-comment")
        .map(|it| it.range.as_usize())
        .collect();
    for item in document.items() {
        let Some((_, text, view)) = document.item_at(item.start) else {
            continue;
        };
        for entry in &view.entries {
            let start = item.start + entry.range.start as usize;
            let end = item.start + entry.range.end as usize;
            let is_freed = freed.iter().any(|it| start <= it.start && it.end <= end);
            if matches!(entry.kind, EntryKind::Comment(_)) && !is_freed {
                comments.push(words(entry.range.slice(&text)));
            }
        }
    }
    comments
}

/// The words without what makes them a comment.
fn words(text: &str) -> String {
    let is_sign = |sign: char| "#;<!->".contains(sign);
    let words = text
        .split_whitespace()
        .map(|word| word.trim_matches(is_sign));
    words
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Fixes a file; what went wrong with that.
fn try_to_fix(path: &Path, may_change_meaning: bool) -> (Document, Vec<String>) {
    let before = Document::from_bytes(&std::fs::read(path).expect("a readable file"));
    let (workspace, file) = alone(path, before.clone());
    let Some(after) = fix_all(&workspace, file, may_change_meaning) else {
        return (before, Vec::new());
    };
    let after = Document::new(&after.rope().to_string());
    let mut wrong = Vec::new();
    let (workspace, file) = alone(path, after.clone());
    if fix_all(&workspace, file, may_change_meaning).is_some() {
        wrong.push(format!("{}: a second time changes more", path.display()));
    }
    let text = words(&after.rope().to_string());
    for comment in comments(&before) {
        if !text.contains(&comment) {
            wrong.push(format!("{}: lost comment {comment:?}", path.display()));
        }
    }
    (after, wrong)
}

/// Values that only a person knows: what is missing is said without the word "decide".
const VALUES: [&str; 3] = ["invalid-value", "missing-section-argument", "missing-value"];

/// After all fixes, unsafe ones included, PowerMTA takes what the web teaches, except for the lines in
/// `left_to_people.txt`, each with what a person must decide.
#[test]
fn the_webs_configurations_are_repaired() {
    let samples = samples();
    println!("fixes: {} samples", samples.len());
    if samples.is_empty() {
        return;
    }
    let mut wrong = Vec::new();
    let mut left_to_people = String::new();
    for path in &samples {
        wrong.extend(try_to_fix(path, false).1);
        let (after, mistakes) = try_to_fix(path, true);
        wrong.extend(mistakes);
        let (workspace, file) = alone(path, after.clone());
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        for finding in findings(&workspace, file) {
            let code = finding.rule.code;
            let is_serious = finding.severity == Severity::Error || code.starts_with("folklore-");
            if !is_serious {
                continue;
            }
            let line = after.rope().byte_to_line(finding.range.start as usize) + 1;
            let message = &finding.message;
            if !message.contains(" Decide ") && !VALUES.contains(&code) {
                wrong.push(format!(
                    "{name}:{line}: {code} tells no decision: {message}"
                ));
            }
            let decision = message.find(" Decide ").map_or(0, |at| at + 1);
            left_to_people.push_str(&format!("{name}:{line} {code}: {}\n", &message[decision..]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    expect_file!["left_to_people.txt"].assert_eq(&left_to_people);
}

#[test]
fn every_file_is_fixed_once_and_for_all() {
    let mut wrong = Vec::new();
    for path in all_files() {
        wrong.extend(try_to_fix(&path, false).1);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn pages_know_which_rules_have_fixes() {
    let mut wrong = Vec::new();
    for path in [samples(), all_files()].concat() {
        let document = Document::from_bytes(&std::fs::read(path).expect("a readable file"));
        for finding in document.findings() {
            let known = best_fix(finding.rule);
            for fix in &finding.fixes {
                let is_known = known.is_some_and(|known| known as u8 <= fix.safety as u8);
                let line = format!("{} has a fix that is {:?}", finding.rule.code, fix.safety);
                if !is_known && !wrong.contains(&line) {
                    wrong.push(line);
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
