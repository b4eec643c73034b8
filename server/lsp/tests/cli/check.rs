//! Which files are checked, and in which place.

use crate::sandbox::Sandbox;

const ROOT: &str = "postmaster postmaster@example.com\n";
const LOOKS_LIKE_ROOT: &str = "postmaster postmaster@example.com\nsmtp-listener 0.0.0.0:25\n\
    <source 127.0.0.1>\n    smtp-service yes\n</source>\nrun-as-root on\n";

#[test]
fn standard_input_is_a_file() {
    let sandbox = Sandbox::new(&[]);
    let text = "postmaster a@example.com\nrun-as-root on\n";
    let ran = sandbox.run_with(&["check", "-"], text, &[]);
    assert_eq!(ran.findings(), "<stdin>:2:13 error[invalid-boolean]\n");
    let ran = sandbox.run_with(
        &["check", "-", "--stdin-filename", "new/mail.conf"],
        text,
        &[],
    );
    assert_eq!(
        ran.findings(),
        "new/mail.conf:2:13 error[invalid-boolean]\n"
    );
    let ran = sandbox.run_with(&["check", "-"], "", &[]);
    assert_eq!((ran.status, ran.stdout.as_str()), (0, ""));
}

#[test]
fn standard_input_takes_the_place_of_the_file_it_names() {
    let sandbox = Sandbox::new(&[
        (
            "config",
            "postmaster a@example.com\n<virtual-mta a>\n    include part.conf\n</virtual-mta>\n",
        ),
        ("part.conf", "no-such-directive 1\n"),
    ]);
    let ran = sandbox.run_with(
        &["check", "-", "--stdin-filename", "part.conf"],
        "smtp-source-host 192.0.2.1 mail.example.com\nretry-after 10m\n",
        &[],
    );
    assert_eq!(
        ran.findings(),
        "part.conf:2:1 warning[misplaced-directive]\n"
    );
    let ran = sandbox.run_with(
        &["check", "-", "config", "--stdin-filename", "part.conf"],
        "max-smtp-out 1\n",
        &[],
    );
    assert_eq!(
        (ran.status, ran.stderr.as_str()),
        (0, "checked 2 files: no findings\n")
    );
}

#[test]
fn the_place_can_be_told() {
    let sandbox = Sandbox::new(&[
        ("part.conf", "max-msg-rate 10/h\n"),
        ("told.conf", "# pmta-ls: place=source\nmax-msg-rate 10/h\n"),
    ]);
    assert_eq!(
        sandbox
            .run(&["check", "--place", "domain", "part.conf"])
            .findings(),
        ""
    );
    for place in ["virtual-mta", "global", "domain,virtual-mta"] {
        let ran = sandbox.run(&["check", "--place", place, "part.conf"]);
        assert_eq!(
            ran.findings(),
            "part.conf:1:1 warning[misplaced-directive]\n",
            "{place}"
        );
    }
    let told = sandbox.run(&["check", "--place", "domain", "told.conf"]);
    assert_eq!(told.status, 1, "{}", told.stdout);
    let piped = sandbox.run_with(
        &["check", "--place", "domain,virtual-mta", "-"],
        "max-smtp-out 2\n",
        &[],
    );
    assert_eq!(piped.status, 0, "{}", piped.stdout);
}

#[test]
fn a_folder_stands_for_its_roots() {
    let sandbox = Sandbox::new(&[
        (
            "a/config",
            "postmaster a@example.com\nrun-as-root on\ninclude part.conf\n",
        ),
        ("a/part.conf", "run-as-root off\n"),
        ("b/mail.conf", LOOKS_LIKE_ROOT),
        ("b/notes.conf", "no-such-directive 1\n"),
        ("b/.git/config", "run-as-root on\n"),
        ("empty/readme.md", ""),
    ]);
    let expected = "a/config:2:13 error[invalid-boolean]\n\
                    a/part.conf:1:13 error[invalid-boolean]\n\
                    b/mail.conf:6:13 error[invalid-boolean]\n";
    assert_eq!(sandbox.run(&["check"]).findings(), expected);
    assert_eq!(sandbox.run(&["check", "."]).findings(), expected);
    assert_eq!(sandbox.run(&["check", "a", "b/"]).findings(), expected);
    let ran = sandbox.run(&["check", "empty"]);
    assert_eq!(ran.status, 2);
    assert!(
        ran.stderr.contains("found no configuration below empty"),
        "{}",
        ran.stderr
    );
}

#[test]
fn nothing_to_check_is_trouble() {
    let ran = Sandbox::new(&[]).run(&["check"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (2, ""));
    assert!(
        ran.stderr
            .contains("found no configuration below the working directory"),
        "{}",
        ran.stderr
    );
    let ran = Sandbox::new(&[]).run(&["check", "--format", "json"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (2, "[]\n"));
}

#[test]
fn a_project_names_its_roots() {
    let sandbox = Sandbox::new(&[
        (
            "pmta-ls.toml",
            "roots = [\"deploy/main.txt\"]\n[paths]\n\"/etc/pmta/in\" = \"files\"\n",
        ),
        (
            "deploy/main.txt",
            "postmaster a@example.com\nlog-file /var/log/pmta/log\ninclude /etc/pmta/in/a.conf\n",
        ),
        ("files/a.conf", "run-as-root on\n"),
        ("other/config", "run-as-root on\n"),
        ("sub/folder/x", ""),
    ]);
    let expected = "files/a.conf:1:13 error[invalid-boolean]\n";
    assert_eq!(sandbox.run(&["check"]).findings(), expected);
    assert_eq!(sandbox.run(&["check", "files/a.conf"]).findings(), expected);
    assert_eq!(
        sandbox.run(&["check", "other"]).findings(),
        "other/config:1:13 error[invalid-boolean]\n"
    );
}

#[test]
fn a_bad_project_file_is_trouble_but_no_end() {
    let sandbox = Sandbox::new(&[
        ("pmta-ls.toml", "root = []\n"),
        ("config", "run-as-root on\n"),
    ]);
    let ran = sandbox.run(&["check", "config"]);
    assert_eq!(ran.status, 2);
    assert_eq!(ran.findings(), "config:1:13 error[invalid-boolean]\n");
    let sentence =
        "pmta-ls: pmta-ls.toml line 1: there is no setting `root`; did you mean `roots`?\n";
    assert!(ran.stderr.starts_with(sentence), "{}", ran.stderr);
}

#[test]
fn a_root_of_the_project_that_is_not_there_is_trouble() {
    let sandbox = Sandbox::new(&[
        ("pmta-ls.toml", "roots = [\"none\", \"config\"]\n"),
        ("config", ROOT),
    ]);
    let ran = sandbox.run(&["check"]);
    assert_eq!(ran.status, 2);
    assert!(
        ran.stderr
            .contains("cannot check none: there is no such file"),
        "{}",
        ran.stderr
    );
    assert!(ran.stderr.contains("checked 1 file"), "{}", ran.stderr);
}

#[test]
fn paths_are_shown_as_given() {
    let sandbox = Sandbox::new(&[
        ("config", "run-as-root on\ninclude parts/a.conf\n"),
        ("parts/a.conf", "run-as-root on\n"),
    ]);
    let absolute = sandbox.path().join("config");
    let absolute = absolute.to_str().unwrap();
    let ran = sandbox.run(&["check", absolute, "./parts/../parts/a.conf"]);
    assert!(
        ran.stdout.contains(&format!("--> {absolute}:1:13")),
        "{}",
        ran.stdout
    );
    assert!(
        ran.stdout.contains("--> ./parts/../parts/a.conf:1:13"),
        "{}",
        ran.stdout
    );
    let ran = sandbox.run(&["check", "config", "./config", absolute]);
    assert_eq!(
        ran.findings(),
        "config:1:13 error[invalid-boolean]\nparts/a.conf:1:13 error[invalid-boolean]\n"
    );
}
