//! Each limit is reached, told where there is something to tell, and holds.

#![allow(
    clippy::arithmetic_side_effects,
    reason = "a test that overflows should fail"
)]

use std::fs;
use std::time::{Duration, Instant};

use crate::sandbox::{Ran, Sandbox};

/// Longest time for anything that a limit keeps short, on a machine that has much to do.
const IN_TIME: Duration = Duration::from_secs(60);

/// Runs the program; it ends in time.
fn run(sandbox: &Sandbox, arguments: &[&str]) -> Ran {
    let started = Instant::now();
    let ran = sandbox.run(arguments);
    let took = started.elapsed();
    println!("limits: {arguments:?} {took:?}");
    assert!(took < IN_TIME, "{arguments:?}: {took:?}");
    ran
}

#[test]
fn a_file_that_is_too_large_is_not_read() {
    let sandbox = Sandbox::new(&[("config", "include large.conf\n")]);
    let large = fs::File::create(sandbox.path().join("large.conf")).unwrap();
    large.set_len((64 << 20) + 1).unwrap();
    let ran = run(&sandbox, &["check", "config"]);
    assert!(
        ran.stdout.contains("it is larger than 64 MiB"),
        "{}",
        ran.stdout
    );
    let ran = run(&sandbox, &["check", "large.conf"]);
    assert_eq!(ran.status, 2);
    assert!(
        ran.stderr
            .contains("cannot check large.conf: it is larger than 64 MiB"),
        "{}",
        ran.stderr
    );
}

#[test]
fn a_line_may_be_as_long_as_it_likes() {
    let members = "a.example.com,".repeat(40_000);
    let tags = "<domain example.com>".repeat(400);
    let quotes = "\"".repeat(50_000);
    let text = format!("domain-macro m {members}\npassword {quotes}\n{tags}\n");
    let sandbox = Sandbox::new(&[("long.conf", &text)]);
    let ran = run(&sandbox, &["check", "--format", "json", "long.conf"]);
    assert_eq!(ran.status, 1);
    assert!(run(&sandbox, &["fmt", "long.conf"]).status == 0);
}

#[test]
fn sections_may_nest_as_deep_as_they_like() {
    let open: String = (0..500).map(|_| "<virtual-mta v>\n<domain *>\n").collect();
    let close: String = (0..500).map(|_| "</domain>\n</virtual-mta>\n").collect();
    let odd: String = (0..200)
        .map(|number| format!("<level-{number}>\n"))
        .collect();
    let sandbox = Sandbox::new(&[("deep.conf", &format!("{open}{close}{odd}"))]);
    let ran = run(&sandbox, &["check", "deep.conf"]);
    assert_eq!(ran.status, 1, "{}", ran.stderr);
    assert!(
        ran.stdout.contains("Sections are read 24 deep"),
        "{}",
        ran.stdout
    );
}

#[test]
fn includes_are_followed_so_deep() {
    let files: Vec<(String, String)> = (0..40)
        .map(|number| {
            (
                format!("{number}.conf"),
                format!("include {}.conf\n", number + 1),
            )
        })
        .collect();
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .collect();
    let sandbox = Sandbox::new(&files);
    let ran = run(&sandbox, &["check", "0.conf"]);
    assert!(
        ran.stdout.contains("includes are nested more than 32 deep"),
        "{}",
        ran.stdout
    );
}

#[test]
fn so_many_files_are_read() {
    let sandbox = Sandbox::new(&[("config", "postmaster a@example.com\ninclude parts/*.conf\n")]);
    fs::create_dir(sandbox.path().join("parts")).unwrap();
    for number in 0..10_050 {
        fs::write(sandbox.path().join(format!("parts/{number}.conf")), "").unwrap();
    }
    let ran = run(&sandbox, &["check", "config"]);
    assert!(
        ran.stdout.contains("there are more than 10000 files"),
        "{}",
        ran.stdout
    );
    assert!(ran.stderr.contains("checked 10000 files"), "{}", ran.stderr);
}

#[test]
fn so_many_folders_are_searched() {
    let sandbox = Sandbox::new(&[("config", "include /opt/pmta/none/x.conf\n")]);
    for number in 0..5_100 {
        fs::create_dir(sandbox.path().join(format!("folder-{number}"))).unwrap();
    }
    let ran = run(&sandbox, &["check"]);
    assert!(
        ran.stdout.contains("Only the first 5000 folders"),
        "{}",
        ran.stdout
    );
}

#[cfg(unix)]
#[test]
fn wildcards_lead_into_so_many_folders() {
    let wildcards = "*/".repeat(30);
    let sandbox = Sandbox::new(&[("config", &format!("include {wildcards}x.conf\n"))]);
    for name in ["here", "there"] {
        std::os::unix::fs::symlink(sandbox.path(), sandbox.path().join(name)).unwrap();
    }
    let ran = run(&sandbox, &["check", "config"]);
    assert!(
        ran.stdout
            .contains("its wildcards lead into more than 5000 folders"),
        "{}",
        ran.stdout
    );
}

#[test]
fn an_expression_that_is_too_large_is_not_compiled() {
    let large = "a".repeat(40_000);
    let text = format!(
        "<smtp-pattern-list x>\n    reply /{large}/ mode=backoff\n    reply /(?:(?:a{{1,999}}){{1,999}}){{1,999}}/ mode=backoff\n</smtp-pattern-list>\n"
    );
    let sandbox = Sandbox::new(&[("large.conf", &text)]);
    let ran = run(&sandbox, &["check", "large.conf"]);
    assert_eq!(
        ran.stdout.matches("regex-limit").count(),
        2,
        "{}",
        ran.stdout
    );
}

#[test]
fn expressions_that_take_for_ever_are_given_up() {
    let rules =
        "    mail-from /^(a+)+c$/ virtual-mta=v\n    mail-from /^(a|aa|a*)*b$/ virtual-mta=v\n"
            .repeat(150);
    let text = format!(
        "<source 0/0>\n    always-allow-relaying yes\n    pattern-list slow\n</source>\n\
         <pattern-list slow>\n{rules}</pattern-list>\n<virtual-mta v>\n</virtual-mta>\n"
    );
    let sandbox = Sandbox::new(&[("config", &text)]);
    let sender = format!("{}@example.com", "a".repeat(5_000));
    let ran = run(
        &sandbox,
        &[
            "trace",
            "--mail-from",
            &sender,
            "--rcpt-to",
            "b@example.com",
            "--source",
            "192.0.2.1",
        ],
    );
    assert!(ran.stdout.contains("cannot be told"), "{}", ran.stdout);
}

#[test]
fn macros_that_double_are_not_multiplied_out() {
    let mut text = String::from("domain-macro m0 a.example.com,b.example.com\n");
    for number in 1..40 {
        text += &format!("domain-macro m{number} $m{0},$m{0}\n", number - 1);
    }
    text += "<domain $m39>\n    max-smtp-out 20\n</domain>\n<source 0/0>\n</source>\nlog-file x\n";
    let sandbox = Sandbox::new(&[("config", &text)]);
    assert!(run(&sandbox, &["check", "config"]).status < 2);
    assert!(run(&sandbox, &["settings", "a.example.com"]).status < 2);
}
