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
    expect![[r#"
        From <news@example.com> to <you@gmail.com>

          client        No client address is given: 127.0.0.1 is taken.
          source        <source 127.0.0.1> applies: 127.0.0.1 is in it. (config:16)
          relaying      Mail for any domain is accepted: always-allow-relaying is on. (config:17)
          pattern list  A mail-from rule is the first of the pattern list by-sender that matches. (config:38)
          pattern list  The rule chooses newsletters. (config:38)
          pool          The pool newsletters uses in turn news-1, news-2. (includes/virtual-mtas.conf:17)

        Queued in gmail.com/news-1 or gmail.com/news-2.

        gmail.com/news-1
          If the mail servers of gmail.com match *.mail.protection.outlook.com, its mail goes into the queue business.rollup. (includes/domains.conf:19)

        Virtual MTA Settings
        --------------------
          domain-key        s1,example.com,/etc/pmta/keys/s1.example.com.pem  config:43
          host-name         mail.example.com               config:5
          smtp-source-host  192.0.2.21 news-1.example.com  includes/virtual-mtas.conf:7, in the VirtualMTA

        Queue Settings
        --------------
          backoff-max-msg-rate     60/h           includes/domains.conf:33
          backoff-to-normal-after  2h             includes/domains.conf:34
          bounce-after             4d             includes/domains.conf:29
          dkim-sign                yes            includes/domains.conf:31
          max-msg-rate             5000/h         includes/virtual-mtas.conf:21, in the pool
              instead of 400/m (includes/domains.conf:6)
              not sure: The guide does not say whether a broad set inside a VirtualMTA or pool goes before a narrower one outside; that it does is assumed.
          max-smtp-out             20             includes/domains.conf:5
              instead of 10 (includes/domains.conf:27)
          retry-after              10m,30m,1h,4h  includes/domains.conf:28
          smtp-pattern-list        slow-down      includes/domains.conf:32
          use-starttls             yes            includes/domains.conf:30

        gmail.com/news-2
          If the mail servers of gmail.com match *.mail.protection.outlook.com, its mail goes into the queue business.rollup. (includes/domains.conf:19)

        Virtual MTA Settings
        --------------------
          domain-key        s1,example.com,/etc/pmta/keys/s1.example.com.pem  config:43
          host-name         mail.example.com               config:5
          smtp-source-host  192.0.2.22 news-2.example.com  includes/virtual-mtas.conf:11, in the VirtualMTA

        Queue Settings
        --------------
          backoff-max-msg-rate     60/h           includes/domains.conf:33
          backoff-to-normal-after  2h             includes/domains.conf:34
          bounce-after             4d             includes/domains.conf:29
          dkim-sign                yes            includes/domains.conf:31
          max-msg-rate             5000/h         includes/virtual-mtas.conf:21, in the pool
              instead of 400/m (includes/domains.conf:6)
              not sure: The guide does not say whether a broad set inside a VirtualMTA or pool goes before a narrower one outside; that it does is assumed.
          max-smtp-out             2              includes/virtual-mtas.conf:13, in the VirtualMTA
              instead of 20 (includes/domains.conf:5)
              instead of 10 (includes/domains.conf:27)
          retry-after              10m,30m,1h,4h  includes/domains.conf:28
          smtp-pattern-list        slow-down      includes/domains.conf:32
          use-starttls             yes            includes/domains.conf:30
    "#]].assert_eq(&String::from_utf8(output.stdout).unwrap());
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
