//! Secrets appear nowhere but in the text of edits.

use crate::sandbox::Sandbox;
use pmta_analysis::catalog::{DIRECTIVES, Directive, ValueKind, ValueSpec};
use serde_json::Value;

/// What must not be seen. Wrong for every kind of value that has a form.
const SECRET: &str = "hunter2-QzX";

fn holds_secret(spec: &ValueSpec) -> bool {
    spec.secret
        || match spec.kind {
            ValueKind::List { item, .. } => holds_secret(item),
            ValueKind::Composite(parts) => parts.iter().any(|part| holds_secret(&part.value)),
            ValueKind::AnyOf(alternatives) => alternatives.iter().any(holds_secret),
            _ => false,
        }
}

/// Lines with the secret in the place where the directive holds it, right and wrong.
fn lines(directive: &Directive) -> Vec<String> {
    let name = directive.name;
    if directive.value.secret {
        return vec![
            format!("{name} {SECRET}"),
            format!("{name} \"{SECRET} and more\""),
            format!("{name} \"{SECRET}"),
            format!("{name} = {SECRET}"),
            format!("{name} {SECRET} # comment"),
            format!("{name}: {SECRET};"),
            format!("<{name}>{SECRET}</{name}>"),
            format!("{} {SECRET}", name.replace('-', "_")),
            format!("# {name} {SECRET} max-smtp-out 20 max-msg-rate 100/h"),
            format!("{name}x {SECRET}"),
        ];
    }
    let mut lines = Vec::new();
    if name.ends_with("certificate") {
        lines.push(format!("{name} /etc/x.pem {SECRET}"));
        lines.push(format!("{name} /etc/x.pem \"{SECRET} two\" three"));
        lines.push(format!("{name} /etc/x.pem {SECRET} three"));
        lines.push(format!("{name} = /etc/x.pem {SECRET}"));
    }
    lines
}

#[test]
fn planted_secrets_are_seen_nowhere() {
    let mut planted = 0;
    let mut text = String::new();
    for directive in DIRECTIVES
        .iter()
        .filter(|directive| holds_secret(&directive.value))
    {
        for line in lines(directive) {
            planted += 1;
            // In its place, in a wrong one, and flattened with something wrong beside it.
            let section = directive
                .place
                .section()
                .map_or("domain", |section| section.name);
            text.push_str(&format!(
                "<{section} a>\n    {line}\n</{section}>\n{line}\n"
            ));
            text.push_str(&format!(
                "<virtual-mta x> {line} max-msg-rate 1/hour </virtual-mta>\n"
            ));
            text.push_str(&format!(
                "<domain x> max-msg-rate 1/hour {line}\n</domain>\n"
            ));
        }
    }
    text.push_str(&format!(
        "smtp_password = {SECRET}\nauth login user password {SECRET}\n"
    ));
    text.push_str(&format!(
        "<user name=\"a\" password=\"{SECRET}\">\n</user>\n"
    ));
    assert!(planted > 40, "{planted}");

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
