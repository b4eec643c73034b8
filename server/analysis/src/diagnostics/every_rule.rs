//! Every rule by example: what it reports and where exactly, what it does not, what it nearly does, and
//! what its first fix makes of the text. The examples are in `every_rule.txt`.

#![allow(
    clippy::arithmetic_side_effects,
    reason = "a test that overflows should fail"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use super::test_support::position;
use super::{Finding, RULES, Severity, best_fix};
use crate::findings::findings;
use crate::fixing;
use crate::fixture::root_of;
use crate::policy::{Policy, Version};
use crate::workspace::Workspace;

/// Rules whose examples need more than texts, and where their tests are.
const ELSEWHERE: [(&str, &str); 7] = [
    (
        "invalid-encoding",
        "bytes that are no text: invalid_encoding.rs",
    ),
    (
        "include-not-mapped",
        "paths of another machine: include_not_mapped.rs",
    ),
    ("include-refused", "what a disk refuses: include_refused.rs"),
    (
        "fragment-not-included",
        "declared roots: fragment_not_included.rs",
    ),
    ("readable-secret", "permissions: readable_secret.rs"),
    ("too-many-findings", "told by the server alone"),
    (
        "regex-limit",
        "an expression of enormous size: regex_limit.rs",
    ),
];

/// Rules whose fix is made outside of the texts: by an editor, which creates a file.
const FIXED_OUTSIDE: [&str; 1] = ["include-missing"];

/// Begins the line that tells the version of PowerMTA.
const VERSION: &str = "#! powermta ";

/// The examples of a rule.
#[derive(Debug, Default)]
struct Examples {
    bad: String,
    found: String,
    fixed: String,
    good: String,
    nearly: String,
}

fn read(text: &str) -> (String, BTreeMap<String, Examples>, Vec<String>) {
    let mut heading = String::new();
    let mut all: BTreeMap<String, Examples> = BTreeMap::new();
    let mut order: Vec<String> = Vec::new();
    let mut part = String::new();
    for line in text.split_inclusive('\n') {
        if let Some(code) = line.strip_prefix("== ") {
            order.push(code.trim().to_owned());
            part.clear();
        } else if let Some(name) = line.strip_prefix("-- ") {
            part = name.trim().to_owned();
        } else if let Some(code) = order.last() {
            let examples = all.entry(code.clone()).or_default();
            match part.as_str() {
                "bad" => examples.bad.push_str(line),
                "found" => examples.found.push_str(line),
                "fixed" => examples.fixed.push_str(line),
                "good" => examples.good.push_str(line),
                "nearly" if !line.trim().is_empty() => examples.nearly.push_str(line),
                _ => {}
            }
        } else {
            heading.push_str(line);
        }
    }
    (heading, all, order)
}

fn write(heading: &str, all: &BTreeMap<String, Examples>, order: &[String]) -> String {
    let mut text = heading.trim_end().to_owned();
    text.push('\n');
    for code in order {
        let Examples {
            bad,
            found,
            fixed,
            good,
            nearly,
        } = &all[code];
        let _ = write!(
            text,
            "\n== {code}\n-- bad\n{bad}-- found\n{found}-- fixed\n{fixed}-- good\n{good}-- nearly\n{nearly}"
        );
    }
    text
}

/// The configuration of an example.
fn workspace(text: &str) -> Workspace {
    let (version, text) = match text
        .strip_prefix(VERSION)
        .and_then(|it| it.split_once('\n'))
    {
        Some((version, text)) => (Version::parse(version), text),
        None => (None, text),
    };
    let mut workspace = root_of(if text.is_empty() { "\n" } else { text });
    workspace.set_policy(Arc::new(Policy {
        powermta: version,
        ..Policy::default()
    }));
    workspace
}

fn text_of(workspace: &Workspace) -> String {
    let root = workspace.roots()[0].file;
    let document = workspace.document(root).expect("a root");
    document.rope().to_string()
}

fn root_findings(workspace: &Workspace) -> Vec<Finding> {
    findings(workspace, workspace.roots()[0].file)
}

/// The ranges of the findings of a rule, one a line, with the text that they cover.
fn ranges(workspace: &Workspace, code: &str) -> String {
    let text = text_of(workspace);
    let mut shown = String::new();
    for finding in root_findings(workspace) {
        if finding.rule.code != code {
            continue;
        }
        let (line, column) = position(&text, finding.range.start);
        let (last, end) = position(&text, finding.range.end);
        let covered = finding.range.slice(&text).replace('\n', "⏎");
        let _ = writeln!(shown, "{line}:{column}-{last}:{end} {covered}");
    }
    shown
}

/// The text after the first fix of the first finding of a rule, and what is wrong with it.
fn fixed(workspace: &Workspace, code: &str, version: &str) -> (String, Vec<String>) {
    let before = root_findings(workspace);
    let finding = before.iter().find(|it| it.rule.code == code);
    let Some(fix) = finding.and_then(|finding| finding.fixes.first()) else {
        return (String::new(), Vec::new());
    };
    let mut edits = fix.edits.clone();
    edits.sort_by_key(|edit| edit.range);
    let text = fixing::apply(&text_of(workspace), &edits);
    let mut others = String::new();
    for file in workspace.files() {
        if file != workspace.roots()[0].file {
            let path = workspace.path(file).expect("a path").display();
            let document = workspace.document(file).expect("a document");
            let _ = write!(others, "#- {path}\n{}", document.rope());
        }
    }
    let after = root_findings(&self::workspace(&format!("{version}{text}{others}")));
    let mut wrong = Vec::new();
    let count = |all: &[Finding], of: &Finding| {
        let alike = |it: &&Finding| it.rule.code == of.rule.code && it.message == of.message;
        all.iter().filter(alike).count()
    };
    let is_left = finding.is_some_and(|it| count(&after, it) >= count(&before, it));
    if is_left {
        wrong.push(format!("{code}: the fix leaves its finding"));
    }
    for finding in &after {
        let is_new = count(&after, finding) > count(&before, finding);
        if is_new && finding.severity >= Severity::Warning {
            wrong.push(format!(
                "{code}: the fix brings {}: {}",
                finding.rule.code, finding.message
            ));
        }
    }
    (text, wrong)
}

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "the test writes its own examples anew when it is asked to"
)]
fn every_rule_has_examples_that_hold() {
    let written = include_str!("every_rule.txt");
    let (heading, mut all, order) = read(written);
    let mut wrong = Vec::new();
    for rule in RULES {
        let is_elsewhere = ELSEWHERE.iter().any(|(code, _)| *code == rule.code);
        if all.contains_key(rule.code) == is_elsewhere {
            wrong.push(format!("{} has no examples, or needs none", rule.code));
        }
    }
    for (code, examples) in &mut all {
        let workspace_of = workspace;
        let workspace = workspace_of(&examples.bad);
        examples.found = ranges(&workspace, code);
        if examples.found.is_empty() {
            let found: Vec<_> = root_findings(&workspace)
                .iter()
                .map(|it| it.rule.code)
                .collect();
            wrong.push(format!(
                "{code}: the bad text is not reported but {found:?}"
            ));
        }
        let version = match examples.bad.starts_with(VERSION) {
            true => examples
                .bad
                .split_inclusive('\n')
                .next()
                .unwrap_or_default(),
            false => "",
        };
        let (text, mistakes) = fixed(&workspace, code, version);
        let rule = RULES.iter().find(|rule| rule.code == code);
        let has_fix = rule.and_then(|rule| best_fix(rule)).is_some()
            && !FIXED_OUTSIDE.contains(&code.as_str());
        if has_fix == text.is_empty() {
            wrong.push(format!(
                "{code}: the page says that it has a fix: {has_fix}"
            ));
        }
        examples.fixed = text;
        if !examples.fixed.is_empty() && !examples.fixed.ends_with('\n') {
            examples.fixed.push('\n');
        }
        wrong.extend(mistakes);
        for (kind, text) in [("good", &examples.good), ("nearly bad", &examples.nearly)] {
            let found = ranges(&workspace_of(text), code);
            if !found.is_empty() || text.is_empty() {
                wrong.push(format!("{code}: the {kind} text is reported: {found}"));
            }
        }
    }
    let now = write(&heading, &all, &order);
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/src/diagnostics/every_rule.txt"
        );
        std::fs::write(path, &now).expect("the examples can be written");
    } else {
        expect_test::expect_file!["every_rule.txt"].assert_eq(&now);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
