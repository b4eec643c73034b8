//! Exit statuses, streams, help.

use crate::sandbox::{Sandbox, command};
use std::io::{BufRead, BufReader};
use std::process::Stdio;

const CLEAN: &str = "postmaster postmaster@example.com\n";
const WARNING: &str = "postmaster postmaster@example.com\nno-such-directive 1\n";
const ERROR: &str = "postmaster postmaster@example.com\nrun-as-root on\n";

#[test]
fn the_status_tells_what_was_found() {
    let sandbox = Sandbox::new(&[
        ("clean.conf", CLEAN),
        ("warning.conf", WARNING),
        ("error.conf", ERROR),
    ]);
    for (arguments, status) in [
        (&["check", "clean.conf"][..], 0),
        (&["check", "warning.conf"], 1),
        (&["check", "error.conf"], 1),
        (&["check", "--fail-on", "error", "warning.conf"], 0),
        (&["check", "--fail-on", "error", "error.conf"], 1),
        (&["check", "--fail-on", "hint", "warning.conf"], 1),
        (&["check", "--fail-on", "never", "error.conf"], 0),
        (&["check", "none.conf"], 2),
        (&["check", "error.conf", "none.conf"], 2),
        (&["check", "--fail-on", "never", "none.conf"], 2),
        (&["check", "--fail-on", "some", "clean.conf"], 2),
        (&["check", "--format", "sarif", "clean.conf"], 0),
        (&["check", "--diff", "--format", "json", "clean.conf"], 2),
        (&["check", "--place", "nowhere", "clean.conf"], 2),
        (&["check", "--place", "domain"], 2),
        (&["check", "--stdin-filename", "x", "clean.conf"], 2),
        (&["check", "--no-such-option"], 2),
        (&["no-such-command"], 2),
        (&["--version"], 0),
        (&["--help"], 0),
        (&["check", "--help"], 0),
        (&["completions", "bash"], 0),
        (&["completions", "no-shell"], 2),
    ] {
        let ran = sandbox.run(arguments);
        assert_eq!(
            ran.status, status,
            "{arguments:?}\n{}\n{}",
            ran.stdout, ran.stderr
        );
    }
}

#[test]
fn findings_go_to_standard_output_and_all_else_to_standard_error() {
    let sandbox = Sandbox::new(&[("error.conf", ERROR), ("clean.conf", CLEAN)]);
    let ran = sandbox.run(&["check", "error.conf", "none.conf"]);
    assert_eq!(ran.findings(), "error.conf:2:13 error[invalid-boolean]\n");
    assert_eq!(
        ran.stderr,
        "pmta-ls: cannot check none.conf: there is no such file\n\
         checked 1 file: 1 error; 1 has a fix\n"
    );
    let ran = sandbox.run(&["check", "clean.conf"]);
    assert_eq!(
        (ran.stdout.as_str(), ran.stderr.as_str()),
        ("", "checked 1 file: no findings\n")
    );
}

#[test]
fn findings_are_shown_with_their_line() {
    let sandbox = Sandbox::new(&[(
        "mail.conf",
        "postmaster a@example.com\n<domain example.com>\n\tmax-msg-rate 3000/hour # é\n\tmax-smtp-out 10\n",
    )]);
    let ran = sandbox.run(&["check", "mail.conf"]);
    expect_test::expect![[r#"
        error[unclosed-section]: This section has no end: write `</domain>` where it ends.
         --> mail.conf:2:1
          |
        2 | <domain example.com>
          | ^^^^^^^^^^^^^^^^^^^^
          |
          = help: Insert `</domain>`
        note: `domain` is taken to end here.
         --> mail.conf:4:17
          |
        4 |     max-smtp-out 10
          |                    ^

        error[invalid-unit]: `3000/hour` is not a rate: the unit must be d, h, m or s, as in `3000/h`.
         --> mail.conf:3:19
          |
        3 |     max-msg-rate 3000/hour # é
          |                      ^^^^^
          |
          = help: Write `/h`

    "#]]
    .assert_eq(&ran.stdout);
}

#[test]
fn colours_follow_the_option_and_the_environment() {
    let sandbox = Sandbox::new(&[("error.conf", ERROR)]);
    let is_coloured = |arguments: &[&str], variables: &[(&str, &str)]| {
        sandbox
            .run_with(arguments, "", variables)
            .stdout
            .contains('\u{1b}')
    };
    assert!(
        !is_coloured(&["check", "error.conf"], &[]),
        "a pipe is no terminal"
    );
    assert!(is_coloured(
        &["check", "--color", "always", "error.conf"],
        &[]
    ));
    assert!(is_coloured(
        &["check", "--color", "always", "error.conf"],
        &[("NO_COLOR", "1")]
    ));
    assert!(!is_coloured(
        &["check", "--color", "never", "error.conf"],
        &[]
    ));
}

#[test]
fn findings_go_to_the_output_file() {
    let sandbox = Sandbox::new(&[("error.conf", ERROR)]);
    let ran = sandbox.run(&["check", "--output-file", "out.txt", "error.conf"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (1, ""));
    let written = std::fs::read_to_string(sandbox.path().join("out.txt")).unwrap();
    assert!(written.starts_with("error[invalid-boolean]"), "{written}");
    let ran = sandbox.run(&["check", "--output-file", "no/such/folder", "error.conf"]);
    assert_eq!(ran.status, 2);
    assert!(
        ran.stderr.contains("cannot write to no/such/folder"),
        "{}",
        ran.stderr
    );
}

#[test]
fn a_reader_that_goes_away_is_no_trouble() {
    let text = "no-such-directive 1\n".repeat(3_000);
    let sandbox = Sandbox::new(&[("many.conf", &text)]);
    for format in ["human", "json"] {
        let mut child = command(&["check", "--format", format, "many.conf"])
            .current_dir(sandbox.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(1));
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert!(
            stderr.starts_with("checked 1 file: ") && stderr.lines().count() == 1,
            "{stderr}"
        );
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_trouble() {
    let sandbox = Sandbox::new(&[("error.conf", ERROR)]);
    let ran = sandbox.run(&["check", "--output-file", "/dev/full", "error.conf"]);
    assert_eq!(ran.status, 2);
    assert!(
        ran.stderr.contains("cannot write to /dev/full"),
        "{}",
        ran.stderr
    );
}
