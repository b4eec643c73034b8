//! `pmta-ls.toml`, what overrides it, and comments that ignore.

use crate::sandbox::Sandbox;

const TEXT: &str = "http-log-tls on\nhttp-log-data YES\n";

#[test]
fn rules_and_groups_have_the_severity_that_is_set() {
    let sandbox = Sandbox::new(&[
        (
            "pmta-ls.toml",
            "[rules]\nvalues = \"off\"\nvalue-case = \"error\"\n",
        ),
        ("a.conf", TEXT),
    ]);
    let ran = sandbox.run(&["check", "a.conf"]);
    assert_eq!(ran.findings(), "a.conf:2:15 error[value-case]\n");
    assert_eq!(ran.status, 1);
}

#[test]
fn settings_can_come_from_another_file() {
    let sandbox = Sandbox::new(&[
        ("pmta-ls.toml", "[rules]\nvalues = \"off\"\n"),
        ("other/strict.toml", "[rules]\nvalue-case = \"off\"\n"),
        ("a.conf", TEXT),
    ]);
    let ran = sandbox.run(&["check", "--settings", "other/strict.toml", "a.conf"]);
    assert_eq!(ran.findings(), "a.conf:1:14 error[invalid-boolean]\n");
    let ran = sandbox.run(&["check", "--settings", "none.toml", "a.conf"]);
    assert_eq!(ran.status, 2);
    assert!(
        ran.stderr.contains("none.toml cannot be read"),
        "{}",
        ran.stderr
    );
}

#[test]
fn some_files_can_be_left_alone() {
    let sandbox = Sandbox::new(&[
        (
            "pmta-ls.toml",
            "exclude = [\"old\"]\n[per-file-ignores]\n\"parts/*\" = [\"value-case\"]\n",
        ),
        ("config", "include parts/a.conf\ninclude old/b.conf\n"),
        ("parts/a.conf", TEXT),
        ("old/b.conf", TEXT),
        ("old/config", TEXT),
    ]);
    let ran = sandbox.run(&["check"]);
    assert_eq!(ran.findings(), "parts/a.conf:1:14 error[invalid-boolean]\n");
    let named = sandbox.run(&["check", "old/b.conf"]);
    assert!(
        named.findings().contains("old/b.conf:1:14"),
        "{}",
        named.stdout
    );
}

#[test]
fn comments_ignore_findings() {
    let sandbox = Sandbox::new(&[(
        "a.conf",
        "http-log-tls on # pmta-ls: ignore[invalid-boolean] the old panel\nhttp-log-data yes # pmta-ls: ignore[value-case]\n",
    )]);
    let ran = sandbox.run(&["check", "a.conf"]);
    assert_eq!(ran.findings(), "a.conf:2:19 information[unused-ignore]\n");
    assert_eq!(ran.status, 0);
}

#[test]
fn a_version_can_be_given() {
    let sandbox = Sandbox::new(&[("a.conf", "http-log-tls no\n")]);
    let run = |version| {
        sandbox
            .run(&["check", "--powermta", version, "a.conf"])
            .status
    };
    assert_eq!(run("4.5"), 0);
    assert_eq!(run("5.0r3"), 0);
    assert_eq!(run("five"), 2);
}

#[test]
fn pages_are_linked_where_the_project_says_so() {
    let sandbox = Sandbox::new(&[
        ("pmta-ls.toml", "docs-url = \"https://example.com/rules\"\n"),
        ("a.conf", "http-log-tls on\n"),
    ]);
    let ran = sandbox.run(&["check", "--format", "json", "a.conf"]);
    let url = "\"url\":\"https://example.com/rules/invalid-boolean\"";
    assert!(ran.stdout.contains(url), "{}", ran.stdout);
}
