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
    expect_test::expect![[r##"
        [
        {"path":"hot.conf","line":2,"column":1,"endLine":2,"endColumn":10,"severity":"warning","code":"folklore-directive","message":"PowerMTA has no directive `auth_type`. PowerMTA has no auth type; each account is an <smtp-user> section and <source> says require-auth. Decide how accounts are checked: `authentication-method` in each `<smtp-user>` says so, `password` unless it is there.","fix":null,"related":[],"url":null},
        {"path":"hot.conf","line":5,"column":1,"endLine":5,"endColumn":15,"severity":"warning","code":"xml-comment","message":"XML comments are text to PowerMTA: a comment begins with `#`.","fix":{"title":"Write the comment with `#`","safe":true,"edits":[{"path":"hot.conf","line":5,"column":1,"endLine":5,"endColumn":15,"text":"# Gmail"}]},"related":[],"url":null},
        {"path":"hot.conf","line":7,"column":19,"endLine":7,"endColumn":24,"severity":"error","code":"invalid-unit","message":"`2000/hour` is not a rate: the unit must be d, h, m or s, as in `2000/h`.","fix":{"title":"Write `/h`","safe":true,"edits":[{"path":"hot.conf","line":7,"column":19,"endLine":7,"endColumn":24,"text":"/h"}]},"related":[],"url":null},
        {"path":"hot.conf","line":8,"column":18,"endLine":8,"endColumn":21,"severity":"error","code":"invalid-boolean","message":"`off` is not `yes` or `no`: write `no`.","fix":{"title":"Write `no`","safe":true,"edits":[{"path":"hot.conf","line":8,"column":18,"endLine":8,"endColumn":21,"text":"no"}]},"related":[],"url":null},
        {"path":"hot.conf","line":10,"column":1,"endLine":10,"endColumn":19,"severity":"error","code":"unclosed-section","message":"This section has no end: write `</domain>` where it ends.","fix":{"title":"Insert `</domain>`","safe":true,"edits":[{"path":"hot.conf","line":11,"column":19,"endLine":11,"endColumn":19,"text":"\n</domain>"}]},"related":[{"path":"hot.conf","line":11,"column":19,"message":"`domain` is taken to end here."}],"url":null}
        ]
    "##]].assert_eq(&ran.stdout);
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
