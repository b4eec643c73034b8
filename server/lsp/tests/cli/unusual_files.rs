//! Files that are not what one expects.

use crate::sandbox::Sandbox;

#[test]
fn what_is_no_file_is_refused_and_the_rest_is_checked() {
    let sandbox = Sandbox::new(&[("mail.conf", "run-as-root on\n"), ("config/inner", "")]);
    for (path, sentence) in [
        ("/dev/zero", "it is a device or a pipe, not a file"),
        ("none.conf", "there is no such file"),
        ("mail.conf/x", "cannot check mail.conf/x: "),
    ] {
        if path.starts_with("/dev") && cfg!(not(unix)) {
            continue;
        }
        let ran = sandbox.run(&["check", path, "mail.conf"]);
        assert_eq!(ran.status, 2);
        assert!(ran.stderr.contains(sentence), "{}", ran.stderr);
        assert_eq!(ran.findings(), "mail.conf:1:13 error[invalid-boolean]\n");
    }
    // A folder that is named like a configuration is searched, and holds none.
    let ran = sandbox.run(&["check", "config"]);
    assert!(
        ran.stderr.contains("found no configuration below config"),
        "{}",
        ran.stderr
    );
}

#[cfg(unix)]
#[test]
fn a_pipe_is_not_waited_for() {
    let sandbox = Sandbox::new(&[(
        "config",
        "postmaster a@example.com\ninclude pipe\ninclude *.conf\n",
    )]);
    let pipe = sandbox.path().join("pipe");
    let made = std::process::Command::new("mkfifo")
        .arg(&pipe)
        .status()
        .unwrap();
    assert!(made.success());
    assert_eq!(
        sandbox.run(&["check", "config"]).findings(),
        "config:2:9 warning[include-refused]\n\
         config:3:9 information[include-matches-nothing]\n"
    );
    let ran = sandbox.run(&["check", "pipe"]);
    assert_eq!(ran.status, 2);
    assert!(
        ran.stderr
            .contains("cannot check pipe: it is a device or a pipe, not a file"),
        "{}",
        ran.stderr
    );
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_is_trouble() {
    use std::os::unix::fs::PermissionsExt;
    let sandbox = Sandbox::new(&[("secret.conf", "x"), ("mail.conf", "run-as-root on\n")]);
    let path = sandbox.path().join("secret.conf");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o000)).unwrap();
    if std::fs::read(&path).is_ok() {
        return; // The super-user may read everything.
    }
    let ran = sandbox.run(&["check", "secret.conf", "mail.conf"]);
    assert_eq!(ran.status, 2);
    assert!(
        ran.stderr
            .contains("cannot check secret.conf: it may not be read"),
        "{}",
        ran.stderr
    );
    assert_eq!(ran.findings(), "mail.conf:1:13 error[invalid-boolean]\n");
}

#[test]
fn columns_count_characters() {
    let sandbox = Sandbox::new(&[]);
    sandbox.write(
        "crlf.conf",
        b"postmaster a@example.com\r\n\trun-as-root on\r\n",
    );
    sandbox.write("bom.conf", b"\xEF\xBB\xBFrun-as-root on\n");
    sandbox.write(
        "gbk.conf",
        b"# \xc4\xe3\xba\xc3\nhost-name \xc4\xe3.example.com\n<domain \xc4\xe3> run-as-root on\n",
    );
    sandbox.write("wide.conf", "<domain 例え.example>\n    use-starttls on # 例\n</domain>\n<domain \"é\">\n    \t use-starttls on\n</domain>\n".as_bytes());
    assert_eq!(
        sandbox.run(&["check", "crlf.conf"]).findings(),
        "crlf.conf:2:14 error[invalid-boolean]\n"
    );
    assert_eq!(
        sandbox.run(&["check", "bom.conf"]).findings(),
        "bom.conf:1:13 error[invalid-boolean]\n"
    );
    let gbk = sandbox.run(&["check", "--format", "json", "gbk.conf"]);
    assert!(gbk.stdout.contains(r#""line":1,"column":3,"endLine":1,"endColumn":4,"severity":"warning","code":"invalid-encoding""#), "{}", gbk.stdout);
    assert_eq!(gbk.stdout.matches("invalid-encoding").count(), 1);
    assert_eq!(
        sandbox.run(&["check", "wide.conf"]).findings(),
        "wide.conf:2:18 error[invalid-boolean]\nwide.conf:5:20 error[invalid-boolean]\n"
    );
}

#[test]
fn a_long_line_is_cut_around_what_is_wrong() {
    let items: Vec<String> = (0..800)
        .map(|number| format!("d{number}.example"))
        .collect();
    let text = format!(
        "run-as-root on {}\nhost-name {} x\n",
        "x".repeat(10_000),
        items.join(",")
    );
    let sandbox = Sandbox::new(&[("long.conf", &text)]);
    let ran = sandbox.run(&["check", "long.conf"]);
    assert_eq!(ran.status, 1);
    for line in ran.stdout.lines().filter(|line| line.contains(" | ")) {
        assert!(line.chars().count() < 230, "{line}");
    }
}

#[test]
fn nothing_in_a_file_steers_the_terminal() {
    let sandbox = Sandbox::new(&[(
        "odd.conf",
        "no-\u{1b}[31msuch \u{1b}]0;title\u{7}\nrun-as-root \u{1b}[2J\n<dom\u{1b}ain x>\n</dom\u{1b}ain>\n\u{0}\n",
    )]);
    for arguments in [
        &["check", "odd.conf"][..],
        &["check", "--format", "json", "odd.conf"],
        &["check", "\u{1b}[31m.conf"],
        &["explain", "\u{1b}[31m"],
    ] {
        let ran = sandbox.run(arguments);
        assert!(
            !ran.stdout.contains(['\u{1b}', '\u{7}', '\u{0}']),
            "{}",
            ran.stdout
        );
        assert!(!ran.stderr.contains(['\u{1b}', '\u{7}']), "{}", ran.stderr);
    }
}

#[test]
fn any_bytes_are_checked() {
    let sandbox = Sandbox::new(&[]);
    let mut bytes: Vec<u8> = Vec::new();
    let mut state: u32 = 1;
    for _ in 0..20_000 {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        bytes.push((state >> 24) as u8);
    }
    sandbox.write("noise.conf", &bytes);
    sandbox.write("empty.conf", b"");
    sandbox.write("nul.conf", &[0; 100]);
    sandbox.write(
        "utf16.conf",
        b"\xFF\xFEr\0u\0n\0-\0a\0s\0-\0r\0o\0o\0t\0 \0o\0n\0\n\0",
    );
    for format in ["human", "json"] {
        for file in ["noise.conf", "empty.conf", "nul.conf"] {
            let ran = sandbox.run(&["check", "--format", format, file]);
            assert!(ran.status == 0 || ran.status == 1, "{file}: {}", ran.stderr);
        }
    }
    assert_eq!(
        sandbox.run(&["check", "utf16.conf"]).findings(),
        "utf16.conf:1:13 error[invalid-boolean]\n"
    );
}
