//! Secrets appear nowhere but in the text of edits.

use crate::planted::planted;
use crate::sandbox::Sandbox;
use serde_json::Value;

#[test]
fn planted_secrets_are_seen_nowhere() {
    let text = planted();
    let sandbox = Sandbox::new(&[("all.conf", &text)]);
    let human = sandbox.run(&["check", "all.conf"]);
    let seen: Vec<&str> = human
        .stdout
        .lines()
        .filter(|line| line.contains("hunter2"))
        .collect();
    assert!(seen.is_empty(), "{seen:#?}");
    assert!(human.stdout.contains("••••"));
    assert!(!human.stderr.contains("hunter2"));

    let json = sandbox.run(&["check", "--format", "json", "all.conf"]);
    let mut findings: Vec<Value> = serde_json::from_str(&json.stdout).unwrap();
    for finding in &mut findings {
        if let Some(edits) = finding["fix"]["edits"].as_array_mut() {
            for edit in edits {
                edit["text"] = Value::Null;
            }
        }
        assert!(!finding.to_string().contains("hunter2"), "{finding}");
    }

    for arguments in [
        &["check", "--format", "sarif", "all.conf"][..],
        &["check", "--format", "github", "all.conf"],
        &["check", "--statistics", "all.conf"],
        &["check", "--diff", "all.conf"],
        &["check", "--diff", "--unsafe-fixes", "all.conf"],
        &["check", "--baseline", "known.json", "all.conf"],
    ] {
        let ran = sandbox.run(arguments);
        let shown = [ran.stdout, ran.stderr].concat();
        let seen: Vec<&str> = shown.lines().filter(|it| it.contains("hunter2")).collect();
        assert!(seen.is_empty(), "{arguments:?} {seen:#?}");
    }
    let baseline = std::fs::read_to_string(sandbox.path().join("known.json")).unwrap();
    assert!(!baseline.contains("hunter2"));
}
