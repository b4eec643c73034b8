//! `settings`.

use expect_test::expect;

use crate::sandbox::Sandbox;

/// A configuration in two files.
fn sandbox() -> Sandbox {
    Sandbox::new(&[
        (
            "config",
            "log-file /var/log/pmta/pmta.log\n\
             include limits.conf\n\
             <virtual-mta news>\n\
             smtp-source-host 192.0.2.1 news.example.com\n\
             <domain gmail.com>\n\
             max-smtp-out 2\n\
             auth-password hunter2\n\
             </domain>\n\
             </virtual-mta>\n\
             <source 127.0.0.1>\n\
             always-allow-relaying true\n\
             default-virtual-mta news\n\
             </source>\n",
        ),
        (
            "limits.conf",
            "<domain *>\nmax-smtp-out 10\nuse-starttls true\n</domain>\n",
        ),
    ])
}

#[test]
fn what_lines_set_is_shown_with_the_lines() {
    let ran = sandbox().run(&["settings", "gmail.com/news"]);
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
    expect![[r#"
        gmail.com/news

        Virtual MTA Settings
        --------------------
          smtp-source-host  192.0.2.1 news.example.com  config:4, in the VirtualMTA

        Queue Settings
        --------------
          auth-password  ••••  config:7, in the VirtualMTA
          max-smtp-out   2     config:6, in the VirtualMTA
              instead of 10 (limits.conf:2)
          use-starttls   yes   limits.conf:3
    "#]]
    .assert_eq(&ran.stdout);
}

#[test]
fn the_plain_form_lists_everything_as_powermta_does() {
    let ran = sandbox().run(&["settings", "gmail.com/news", "--format", "plain"]);
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
    let (first, second) = ran.stdout.split_once("\n\n").unwrap();
    assert!(first.starts_with("Virtual MTA Settings\n--------------------\n"));
    assert!(first.contains("\nsmtp-source-host 192.0.2.1 news.example.com"));
    assert!(second.starts_with("Queue Settings\n--------------\n"));
    for line in [
        "max-smtp-out 2",
        "use-starttls yes",
        "dkim-sign no",
        "smtp-hosts \"\"",
        "backoff-max-msg-rate unlimited",
        "bounce-after 4d12h",
    ] {
        assert!(second.lines().any(|it| it == line), "{line}\n{second}");
    }
    assert!(!ran.stdout.contains("hunter2"));
}

#[test]
fn programs_get_one_object() {
    let ran = sandbox().run(&["settings", "gmail.com/news", "--format", "json"]);
    let answer: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(answer["queue"]["virtualMta"], "news");
    let settings = answer["settings"].as_array().unwrap();
    let setting = |name: &str| settings.iter().find(|it| it["name"] == name).unwrap();
    let out = setting("max-smtp-out");
    assert_eq!(out["value"], "2");
    assert_eq!(out["scope"], "virtual-mta");
    assert_eq!(
        out["place"],
        serde_json::json!({ "path": "config", "line": 6 })
    );
    assert_eq!(out["insteadOf"][0]["place"]["path"], "limits.conf");
    assert_eq!(setting("connect-timeout")["origin"], "default");
    assert!(!ran.stdout.contains("hunter2"));
}

#[test]
fn a_virtual_mta_that_is_not_there_and_trouble_have_their_status() {
    let sandbox = sandbox();
    let ran = sandbox.run(&["settings", "gmail.com/nobody"]);
    assert_eq!(ran.status, 1);
    assert!(ran.stdout.contains("There is no VirtualMTA nobody."));
    let ran = sandbox.run(&["settings", "gmail.com", "--config", "nowhere"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (2, ""));
    assert!(ran.stderr.contains("nowhere"), "{}", ran.stderr);
    sandbox.write("other/config", b"log-file /x\n");
    let ran = sandbox.run(&["settings", "gmail.com"]);
    assert_eq!(ran.status, 2);
    assert!(
        ran.stderr.contains("choose one with --config"),
        "{}",
        ran.stderr
    );
    let ran = sandbox.run(&["settings", "gmail.com", "--config", "config"]);
    assert_eq!(ran.status, 0);
    let ran = Sandbox::new(&[]).run(&["settings", "gmail.com"]);
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("no configuration"), "{}", ran.stderr);
}
