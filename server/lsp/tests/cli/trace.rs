//! `trace`.

use std::path::Path;

use expect_test::expect;

use crate::sandbox::{Sandbox, command};

/// What the README shows.
#[test]
fn the_example_deployment() {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/examples");
    let arguments = [
        "trace",
        "--config",
        "config",
        "--mail-from",
        "news@example.com",
        "--rcpt-to",
        "you@gmail.com",
    ];
    let output = command(&arguments).current_dir(examples).output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    expect![[r#""#]].assert_eq(&String::from_utf8(output.stdout).unwrap());
}

/// Mail of users only, which a header sorts.
fn sandbox() -> Sandbox {
    let config = "\
smtp-listener 192.0.2.1:587
<source 0/0>
    require-auth yes
</source>
<source {auth}>
    always-allow-relaying yes
    pattern-list by-class
</source>
<smtp-user app>
    password hunter2
</smtp-user>
<pattern-list by-class>
    header X-Class /^\\s*bulk/ virtual-mta=bulk
</pattern-list>
<virtual-mta bulk>
</virtual-mta>
";
    Sandbox::new(&[("config", config)])
}

#[test]
fn a_message_of_a_user_with_a_header() {
    let arguments = [
        "trace",
        "--mail-from",
        "<me@example.com>",
        "--rcpt-to",
        "<you@example.org>",
        "--source",
        "203.0.113.5",
        "--listener",
        "192.0.2.1:587",
        "--auth",
        "app",
        "--header",
        "x-class: bulk mail",
        "--format",
        "json",
    ];
    let ran = sandbox().run(&arguments);
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
    let route: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(route["outcome"], "queued");
    assert_eq!(route["queues"][0]["queue"]["virtualMta"], "bulk");
    assert_eq!(route["queues"][0]["queue"]["domain"], "example.org");
    let steps = route["steps"].as_array().unwrap();
    let rule = steps
        .iter()
        .find(|step| step["place"]["line"] == 13)
        .unwrap();
    assert_eq!(rule["about"], "pattern list");
    assert!(!ran.stdout.contains("hunter2"));
}

#[test]
fn a_message_that_is_refused_is_answered_too() {
    let ran = sandbox().run(&[
        "trace",
        "--mail-from",
        "me@example.com",
        "--rcpt-to",
        "you@example.org",
    ]);
    assert_eq!(ran.status, 0);
    assert!(
        ran.stdout.contains("Refused. Authentication is required"),
        "{}",
        ran.stdout
    );
}

#[test]
fn wrong_arguments_are_told() {
    for wrong in [
        ["--source", "here"],
        ["--listener", "192.0.2.1"],
        ["--header", "no colon"],
    ] {
        let mut arguments = vec![
            "trace",
            "--mail-from",
            "a@example.com",
            "--rcpt-to",
            "b@example.com",
        ];
        arguments.extend(wrong);
        let ran = sandbox().run(&arguments);
        assert_eq!((ran.status, ran.stdout.as_str()), (2, ""), "{wrong:?}");
    }
}
