//! Findings for programs.

use crate::sandbox::Sandbox;
use serde_json::Value;

/// In the manner of pages on the web.
const HOT: &str = "# Hot configuration\nauth_type = \"file\"\n\npostmaster a@example.com\n\
<!-- Gmail -->\n<domain gmail.com>\n\tmax-msg-rate 2000/hour\n    use-starttls off # é\n</domain>\n\
<domain a.example>\n    max-smtp-out 5\n";

#[test]
fn findings_are_one_array_of_objects() {
    let sandbox = Sandbox::new(&[("hot.conf", HOT)]);
    let ran = sandbox.run(&["check", "--format", "json", "hot.conf"]);
    assert_eq!(ran.status, 1);
    expect_test::expect![[r##""##]].assert_eq(&ran.stdout);
}

#[test]
fn nothing_found_is_an_empty_array() {
    let sandbox = Sandbox::new(&[("config", "postmaster a@example.com\n")]);
    assert_eq!(sandbox.run(&["check", "--format", "json"]).stdout, "[]\n");
    assert_eq!(
        sandbox.run(&["check", "--format", "json", "none"]).stdout,
        "[]\n"
    );
}

#[test]
fn objects_are_sorted_and_edits_repair_the_text() {
    let sandbox = Sandbox::new(&[("b.conf", HOT), ("a.conf", HOT)]);
    let ran = sandbox.run(&["check", "--format", "json", "b.conf", "a.conf"]);
    let findings: Vec<Value> = serde_json::from_str(&ran.stdout).unwrap();
    let key = |finding: &Value| {
        let text = |name: &str| finding[name].as_str().unwrap().to_owned();
        let number = |name: &str| finding[name].as_u64().unwrap();
        (text("path"), number("line"), number("column"), text("code"))
    };
    assert!(findings.iter().map(key).is_sorted());

    let unit = findings
        .iter()
        .find(|finding| finding["code"] == "invalid-unit")
        .unwrap();
    assert_eq!(unit["fix"]["safe"], true);
    let edit = &unit["fix"]["edits"][0];
    let line = HOT
        .lines()
        .nth(edit["line"].as_u64().unwrap() as usize - 1)
        .unwrap();
    let column = |name: &str| edit[name].as_u64().unwrap() as usize - 1;
    let before: String = line.chars().take(column("column")).collect();
    let after: String = line.chars().skip(column("endColumn")).collect();
    assert_eq!(
        format!("{before}{}{after}", edit["text"].as_str().unwrap()),
        "\tmax-msg-rate 2000/h"
    );
}
