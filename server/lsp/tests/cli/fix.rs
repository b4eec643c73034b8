//! `check --fix` and its like.

use crate::sandbox::Sandbox;

const TEXT: &str = "# settings\nhttp_log_data on # why\nhttp-log-tls off\n";
const FIXED: &str = "# settings\nhttp-log-data yes # why\nhttp-log-tls no\n";

fn read(sandbox: &Sandbox, path: &str) -> String {
    std::fs::read_to_string(sandbox.path().join(path)).unwrap()
}

#[test]
fn safe_fixes_are_made_until_none_is_left() {
    let sandbox = Sandbox::new(&[("a.conf", TEXT)]);
    let ran = sandbox.run(&["check", "--fix", "a.conf"]);
    assert_eq!(read(&sandbox, "a.conf"), FIXED);
    assert_eq!(ran.findings(), "");
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert_eq!(ran.stderr, "checked 1 file, changed 1 file: no findings\n");
    let again = sandbox.run(&["check", "--fix", "a.conf"]);
    assert_eq!(read(&sandbox, "a.conf"), FIXED);
    assert_eq!(again.stderr, "checked 1 file: no findings\n");
}

#[test]
fn what_remains_decides_the_status() {
    let sandbox = Sandbox::new(&[("a.conf", "http_log_data on\nno-such-directive 1\n")]);
    let ran = sandbox.run(&["check", "--fix", "a.conf"]);
    assert_eq!(ran.status, 1);
    assert_eq!(ran.findings(), "a.conf:2:1 warning[unknown-directive]\n");
}

#[test]
fn unsafe_fixes_are_made_only_if_asked_for() {
    let text = "<domain example.com> max-smtp-out 20 use-starttls yes </domain>\n";
    let sandbox = Sandbox::new(&[("part.conf", text)]);
    sandbox.run(&["check", "--fix", "part.conf"]);
    assert_eq!(read(&sandbox, "part.conf"), text);
    sandbox.run(&["check", "--unsafe-fixes", "part.conf"]);
    assert_eq!(
        read(&sandbox, "part.conf"),
        "<domain example.com>\n    max-smtp-out 20\n    use-starttls yes\n</domain>\n"
    );
}

#[test]
fn included_files_of_a_named_configuration_are_fixed_too() {
    let files = [
        ("config", "http-log-data on\ninclude parts/a.conf\n"),
        ("parts/a.conf", "http-log-data on\n"),
    ];
    let sandbox = Sandbox::new(&files);
    sandbox.run(&["check", "--fix", "parts/a.conf"]);
    assert_eq!(read(&sandbox, "parts/a.conf"), "http-log-data yes\n");
    assert_eq!(read(&sandbox, "config"), files[0].1);
    sandbox.write("parts/a.conf", b"http-log-data off\n");
    sandbox.run(&["check", "--fix", "config"]);
    assert_eq!(read(&sandbox, "parts/a.conf"), "http-log-data no\n");
    assert!(read(&sandbox, "config").starts_with("http-log-data yes\n"));
}

#[test]
fn line_ends_and_the_byte_order_mark_stay() {
    let sandbox = Sandbox::new(&[]);
    sandbox.write(
        "a.conf",
        b"\xEF\xBB\xBFhttp-log-data on\r\n# c\r\n<domain a.example.com>\r\n",
    );
    sandbox.run(&["check", "--fix", "a.conf"]);
    let bytes = std::fs::read(sandbox.path().join("a.conf")).unwrap();
    assert_eq!(
        String::from_utf8(bytes).unwrap(),
        "\u{FEFF}http-log-data yes\r\n# c\r\n<domain a.example.com>\r\n</domain>\r\n"
    );
}

#[test]
fn files_that_are_not_utf_8_are_not_changed() {
    let sandbox = Sandbox::new(&[]);
    let utf_16: Vec<u8> = "\u{FEFF}http-log-data on\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let files: [(&str, &[u8]); 2] = [
        ("a.conf", b"# \xC4\xE3\nhttp-log-data on\n"),
        ("b.conf", &utf_16),
    ];
    for (path, bytes) in files {
        sandbox.write(path, bytes);
        let ran = sandbox.run(&["check", "--fix", path]);
        assert_eq!(std::fs::read(sandbox.path().join(path)).unwrap(), bytes);
        assert_eq!(ran.status, 1);
        let sentence = format!("pmta-ls: {path} is not fixed, for it is not UTF-8\n");
        assert!(ran.stderr.starts_with(&sentence), "{}", ran.stderr);
    }
}

#[test]
fn a_diff_is_shown_and_nothing_written() {
    let sandbox = Sandbox::new(&[("a.conf", TEXT)]);
    let ran = sandbox.run(&["check", "--diff", "a.conf"]);
    assert_eq!(read(&sandbox, "a.conf"), TEXT);
    assert_eq!(ran.status, 1);
    expect_test::expect![[r#"
        --- a.conf
        +++ a.conf
        @@ -1,3 +1,3 @@
         # settings
        -http_log_data on # why
        -http-log-tls off
        +http-log-data yes # why
        +http-log-tls no
    "#]]
    .assert_eq(&ran.stdout);
    assert_eq!(ran.stderr, "1 file would change\n");
    sandbox.write("a.conf", FIXED.as_bytes());
    let ran = sandbox.run(&["check", "--diff", "a.conf"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (0, ""));
}

#[test]
fn standard_input_is_fixed_to_standard_output() {
    let sandbox = Sandbox::new(&[]);
    let text = format!("{TEXT}no-such-directive 1\n");
    let arguments = ["check", "--fix", "--stdin-filename", "x.conf", "-"];
    let ran = sandbox.run_with(&arguments, &text, &[]);
    assert_eq!(ran.stdout, format!("{FIXED}no-such-directive 1\n"));
    assert!(ran.stderr.contains("x.conf:4:1"), "{}", ran.stderr);
    assert_eq!(ran.status, 1);
    assert!(!sandbox.path().join("x.conf").exists());
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_written_is_trouble() {
    use std::os::unix::fs::PermissionsExt;
    let sandbox = Sandbox::new(&[("a.conf", TEXT)]);
    let path = sandbox.path().join("a.conf");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o444)).unwrap();
    let ran = sandbox.run(&["check", "--fix", "a.conf"]);
    assert_eq!(ran.status, 2);
    assert!(
        ran.stderr
            .contains("cannot write a.conf: permission denied\nchecked 1 file: "),
        "{}",
        ran.stderr
    );
    assert_eq!(read(&sandbox, "a.conf"), TEXT);
}

#[cfg(unix)]
#[test]
fn what_is_reported_of_a_file_that_was_not_written_is_what_stands_in_it() {
    use std::os::unix::fs::PermissionsExt;
    let sandbox = Sandbox::new(&[
        ("config", "http-log-data on\ninclude a.conf\n"),
        ("a.conf", "# settings\n# more\nhttp-log-tls off\n"),
    ]);
    let path = sandbox.path().join("a.conf");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o444)).unwrap();
    let ran = sandbox.run(&["check", "--fix", "config"]);
    assert_eq!(ran.findings(), "a.conf:3:14 error[invalid-boolean]\n");
    let summary = "checked 2 files, changed 1 file: 1 error; 1 has a fix\n";
    assert!(ran.stderr.ends_with(summary), "{}", ran.stderr);
    assert_eq!(ran.status, 2);
    assert!(read(&sandbox, "config").starts_with("http-log-data yes\n"));
}
