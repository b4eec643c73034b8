use std::fmt::Write as _;
use std::path::Path;

use expect_test::expect;

use super::ignore_fixes;
use crate::diagnostics::{Edit, Fix};
use crate::findings::findings;
use crate::fixing;
use crate::policy::{Level, Policy, Selector, Version};
use crate::workspace::test_support::Disk;
use crate::workspace::{FileId, Workspace};

fn workspace(text: &str) -> (Workspace, FileId) {
    let disk = Disk::of(&[("/etc/pmta/config", text)]);
    let mut workspace = Workspace::new(None, Vec::new());
    let file = workspace
        .add_root(Path::new("/etc/pmta/config"), &disk)
        .unwrap();
    (workspace, file)
}

fn shown(workspace: &Workspace, file: FileId) -> String {
    let rope = workspace.document(file).unwrap().rope().clone();
    let mut shown = String::new();
    for finding in findings(workspace, file) {
        let line = rope.byte_to_line(finding.range.start as usize);
        let line = line.saturating_add(1);
        let text = String::from(rope.byte_slice(finding.range.as_usize()));
        let severity = finding.severity.name();
        let _ = writeln!(shown, "{line} {severity} {} {text:?}", finding.rule.code);
    }
    shown
}

fn reported(text: &str) -> String {
    let (workspace, file) = workspace(text);
    shown(&workspace, file)
}

#[test]
fn a_comment_hides_findings_of_its_line() {
    expect![[r#"
        3 hint repeated-directive "run-as-root"
        3 error invalid-boolean "on"
    "#]]
    .assert_eq(&reported(
        "run-as-root on # pmta-ls: ignore[invalid-boolean]\n\
         run-as-root off # pmta-ls: ignore[values] a reason\n\
         run-as-root on\n",
    ));
}

#[test]
fn alone_on_a_line_it_is_about_the_next() {
    expect![[r##"
        4 hint repeated-directive "run-as-root"
        4 error invalid-boolean "on"
        6 information unused-ignore "# pmta-ls: ignore[invalid-boolean]"
        8 hint repeated-directive "run-as-root"
        8 error invalid-boolean "on"
    "##]]
    .assert_eq(&reported(
        "# pmta-ls: ignore[invalid-boolean]\n\
         # Another comment.\n\
         run-as-root on\n\
         run-as-root on\n\
         \n\
         # pmta-ls: ignore[invalid-boolean]\n\
         \n\
         run-as-root on\n",
    ));
}

#[test]
fn on_a_tag_it_is_about_the_tag_and_not_the_body() {
    let text = "# pmta-ls: ignore[unknown-section, invalid-boolean]\n<domian x>\n    run-as-root on\n</domian>\n<domain y> # pmta-ls: ignore[unclosed-section]\n    dkim-sign on\n";
    expect![[r#"
        3 error invalid-boolean "on"
        6 error invalid-boolean "on"
    "#]]
    .assert_eq(&reported(text));
}

#[test]
fn a_list_that_goes_on_is_one_line() {
    expect![[r#"
        2 hint unused-definition "one"
        5 hint unused-definition "two"
        5 information continued-line ","
    "#]]
    .assert_eq(&reported(
        "# pmta-ls: ignore[continued-line]\n\
         domain-macro one a.example.com,\n\
         b.example.com,\n\
         c.example.com\n\
         domain-macro two a.example.com,\n\
         b.example.com\n",
    ));
}

#[test]
fn a_file_can_be_ignored_as_a_whole() {
    expect![[r##"
        2 information unused-ignore "value-case"
        3 information unknown-code "value-cas"
    "##]]
    .assert_eq(&reported(
        "run-as-root on\n\
         # pmta-ls: ignore-file[value-case, invalid-boolean, pmta-ls]\n\
         # pmta-ls: ignore-file[value-cas]\n",
    ));
}

#[test]
fn nothing_is_unused_that_could_not_be_asked() {
    // A missing file may hold what is looked for; without a version nothing is too new.
    expect![""].assert_eq(&reported(
        "include /etc/pmta/none.conf # pmta-ls: ignore[references]\n\
         # pmta-ls: ignore-file[versions, regex-limit]\n",
    ));
    let text = "run-as-root no # pmta-ls: ignore[versions]\n";
    let (mut workspace, file) = workspace(text);
    workspace.set_policy(Policy {
        powermta: Version::parse("5.0"),
        ..Policy::default()
    });
    expect![[r##"
        1 information unused-ignore "# pmta-ls: ignore[versions]"
    "##]]
    .assert_eq(&shown(&workspace, file));
}

#[test]
fn what_is_switched_off_is_no_reason_to_call_a_comment_unused() {
    let text =
        "run-as-root on # pmta-ls: ignore[invalid-boolean]\nrun-as-root on\nhttp-log-data YES\n";
    let (mut workspace, file) = workspace(text);
    let mut policy = Policy::default();
    let set = |policy: &mut Policy, name: &str, level: &str| {
        policy.set(Selector::named(name).unwrap(), Level::named(level).unwrap());
    };
    set(&mut policy, "invalid-boolean", "off");
    set(&mut policy, "values", "hint");
    workspace.set_policy(policy);
    expect![[r#"
        2 hint repeated-directive "run-as-root"
        3 hint value-case "YES"
    "#]]
    .assert_eq(&shown(&workspace, file));
}

#[test]
fn unused_codes_and_comments_are_deleted() {
    let text = "# pmta-ls: ignore[values]\nrun-as-root no  # pmta-ls: ignore[values, syntax]\nrun-as-root on # pmta-ls: ignore[names, values, syntax]\n    # pmta-ls: ignore[values]\n";
    let (workspace, file) = workspace(text);
    let fixed = fixing::fix_all(&workspace, file, false).unwrap();
    expect![[r##"
        run-as-root no
        run-as-root on # pmta-ls: ignore[values]
    "##]]
    .assert_eq(&fixed.rope().to_string());
}

fn with_ignore(text: &str, form: usize) -> String {
    let (workspace, file) = workspace(text);
    let document = workspace.document(file).unwrap();
    let findings = findings(&workspace, file);
    let fixes: Vec<Fix> = ignore_fixes(document, &findings[0]);
    let edits: Vec<Edit> = fixes[form].edits.clone();
    let changed = fixing::apply(text, &edits);
    let left = reported(&changed);
    assert_eq!(
        left.lines().count(),
        findings.len().saturating_sub(1),
        "{left}"
    );
    changed
}

#[test]
fn comments_that_ignore_are_written() {
    expect![[r##"
        <domain x>
            # pmta-ls: ignore[invalid-boolean]
            dkim-sign on # why
        </domain>
    "##]]
    .assert_eq(&with_ignore(
        "<domain x>\n    dkim-sign on # why\n</domain>\n",
        0,
    ));
    expect![[r##"
        # pmta-ls: ignore-file[invalid-boolean]
        run-as-root on
    "##]]
    .assert_eq(&with_ignore("run-as-root on\n", 1));
    expect![[r##"
        # pmta-ls: ignore-file[value-case, invalid-boolean]
        run-as-root on
        http-log-data YES
    "##]]
    .assert_eq(&with_ignore(
        "# pmta-ls: ignore-file[value-case]\nrun-as-root on\nhttp-log-data YES\n",
        1,
    ));
    expect![[r##"
        http-log-data YES # pmta-ls: ignore[missing-unit, value-case] old
    "##]]
    .assert_eq(&with_ignore(
        "http-log-data YES # pmta-ls: ignore[missing-unit] old\n",
        0,
    ));
    assert_eq!(
        with_ignore("run-as-root on\r\n", 0),
        "# pmta-ls: ignore[invalid-boolean]\r\nrun-as-root on\r\n"
    );
    expect![[r#"
        # pmta-ls: ignore[unused-definition]
        domain-macro one a.example.com,
        b.example.com
    "#]]
    .assert_eq(&with_ignore(
        "domain-macro one a.example.com,\nb.example.com\n",
        0,
    ));
}
