//! Values: what is accepted, what is underlined, and what is said about it.

mod properties;
mod support;

use expect_test::{expect, expect_file};

use super::{Context, describe, expected, parse};
use crate::catalog::{DIRECTIVES, KINDS};
use support::{annotated, fixed, kind_named, of_kind, problems, render, spec};

#[test]
fn kinds_accept_and_refuse_as_the_catalog_says() {
    let mut wrong = Vec::new();
    for kind in KINDS {
        let Some(spec) = kind_named(kind.name) else {
            continue;
        };
        for text in kind.valid {
            let found = problems(spec, text);
            if !found.is_empty() {
                wrong.push(format!("{} refuses {text:?}: {found:?}", kind.name));
            }
        }
        for text in kind.invalid {
            if problems(spec, text).is_empty() {
                wrong.push(format!("{} accepts {text:?}", kind.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn examples_of_the_catalog_are_fine() {
    let mut wrong = Vec::new();
    for directive in DIRECTIVES {
        for line in directive.example.lines() {
            let line = line.trim();
            let value = if directive.name == "/REGEX/" {
                line.rsplit_once(char::is_whitespace)
                    .map_or("", |(_, category)| category)
            } else {
                match line.split_once(char::is_whitespace) {
                    Some((name, value)) if name.eq_ignore_ascii_case(directive.name) => {
                        value.trim()
                    }
                    _ => continue,
                }
            };
            let found = problems(&directive.value, value);
            if !found.is_empty() {
                wrong.push(format!("{line}: {found:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn wrong_parts_are_underlined() {
    let file = expect_file!["tests/values.txt"];
    let found: String = file
        .data()
        .lines()
        .filter(|line| !line.trim_start().starts_with(['^', '~']))
        .map(|line| match line {
            "" => "\n".to_owned(),
            line if line.starts_with('#') => format!("{line}\n"),
            line => annotated(line),
        })
        .collect();
    file.assert_eq(&found);
}

#[test]
fn each_kind_says_what_it_wants() {
    let file = expect_file!["tests/kinds.txt"];
    let mut shown = String::new();
    let mut kind = None;
    let (mut right, mut wrong) = (Vec::new(), Vec::new());
    for line in file.data().lines() {
        let is_answer = line.starts_with([' ', '^', '~']);
        if let Some(name) = line.strip_prefix("## ") {
            kind = Some((name.to_owned(), of_kind(name)));
        }
        match &kind {
            _ if is_answer => {}
            Some((name, spec)) if !line.is_empty() && !line.starts_with('#') => {
                let parsed = parse(spec, line, Context::default());
                let is_right = parsed.problems.is_empty() && parsed.rest.is_empty();
                let values = if is_right { &mut right } else { &mut wrong };
                values.push(name.clone());
                shown.push_str(&render(line, &parsed));
            }
            _ => shown.push_str(&format!("{line}\n")),
        }
    }
    file.assert_eq(&shown);
    for known in KINDS
        .iter()
        .filter(|known| kind_named(known.name).is_some())
    {
        let holds = |values: &[String]| values.iter().any(|name| name == known.name);
        assert!(holds(&right), "no right value of the kind {}", known.name);
        assert!(holds(&wrong), "no wrong value of the kind {}", known.name);
    }
}

#[test]
fn safe_fixes_repair() {
    for (directive, text, want) in [
        ("accept-invalid-recipients", "on", "yes"),
        ("accept-invalid-recipients", "Disabled", "no"),
        ("accept-invalid-recipients", "\"off\"", "\"no\""),
        ("accept-invalid-recipients", "NO", "no"),
        ("bounce-after", "4 d", "4d"),
        ("bounce-after", "4d 12 hours", "4d12h"),
        ("bounce-after", "2days", "2d"),
        ("bounce-after", "10M", "10m"),
        ("max-message-size", "1GB", "1g"),
        ("max-message-size", "10 M", "10M"),
        ("max-message-size", "10 kbytes", "10k"),
        ("max-connect-rate", "3000/hour", "3000/h"),
        ("max-connect-rate", "3000/hours", "3000/h"),
        ("max-connect-rate", "100/15minutes", "100/15m"),
        ("max-connect-rate", "3/second", "3/s"),
        ("max-connect-rate", "3/Days", "3/d"),
        ("max-connect-rate", "500/H", "500/h"),
        ("max-connect-rate", "3000 per hour", "3000/h"),
        ("max-connect-rate", "500 /h", "500/h"),
        ("max-cold-virtual-mta-msg", "50/days", "50/day"),
        ("http-mgmt-source", "10.1.*.*", "10.1/16"),
        (
            "http-mgmt-source",
            "192.0.2.0/255.255.255.0",
            "192.0.2.0/24",
        ),
        ("name-server", "[::1]", "::1"),
        ("bcc", "<you@example.com>", "you@example.com"),
        ("rcpt-to", "/x/i virtual-mta=a", "/x/ virtual-mta=a"),
        (
            "rcpt-to",
            "/a/b/c/ virtual-mta=a",
            r"/a\/b\/c/ virtual-mta=a",
        ),
        ("reply", "/x/ Mode=Backoff", "/x/ mode=backoff"),
        ("http-tls-ciphers", "HIGH !ADH", "HIGH:!ADH"),
        ("retry-after", "10m,,1h", "10m,1h"),
    ] {
        let spec = spec(directive);
        assert_eq!(
            fixed(spec, text).as_deref(),
            Some(want),
            "{directive} {text}"
        );
        assert_eq!(
            problems(spec, want),
            Vec::<String>::new(),
            "{directive} {want}"
        );
    }
}

#[test]
fn unclear_values_have_no_safe_fix() {
    for (directive, text) in [
        ("max-connect-rate", "10/week"),
        ("max-connect-rate", "1000/60"),
        ("bounce-after", "2months"),
        ("bounce-after", "600"),
        ("bounce-after", "12h 4d"),
        ("max-message-size", "1.5G"),
        ("type", "discrad"),
        ("rcpt-to", "/x/ virtual-mta pool"),
        ("use-proxy", "[\"a\", \"b\"]"),
    ] {
        assert_eq!(fixed(spec(directive), text), None, "{directive} {text}");
    }
}

#[test]
fn messages_say_what_is_wrong_and_what_is_right() {
    let shown: String = [
        ("max-connect-rate", "3000/hour"),
        ("bounce-after", "600"),
        ("type", "discrad"),
        ("rcpt-to", "/x/ virtual-mata=pool"),
        ("reply", "/x/ mode=temp"),
        ("smtp-source-host", "192.0.2.10"),
        ("http-access", "192.0.2.300 monitor"),
        ("rcpt-to", "/(a/ virtual-mta=a"),
    ]
    .iter()
    .map(|(directive, text)| render(text, &parse(spec(directive), text, Context::default())))
    .collect();
    expect![[r#"
        3000/hour
            ^^^^^ invalid-unit: `3000/hour` is not a rate: the unit must be d, h, m or s, as in `3000/h`.
          safe: 3000/h
        600
        ^^^ missing-unit: `600` has no unit, and is taken for seconds: `600s` or, say, `600m` says what is meant.
          alt: 600s
          alt: 600m
          alt: 600h
          alt: 600d
        discrad
        ^^^^^^^ unknown-word: `discrad` is not one of `smtp`, `pipe`, `file`, `discard` or `http-delivery`. Did you mean `discard`?
          alt: discard
        /x/ virtual-mata=pool
            ^^^^^^^^^^^^ unknown-word: `virtual-mata` is not one of `virtual-mta=`, `recipient-priority=` or `call-to:`. Did you mean `virtual-mta`?
          alt: /x/ virtual-mta=pool
        /x/ mode=temp
                 ^^^^ unknown-word: `mode` is `normal` or `backoff`, not `temp`.
        192.0.2.10
                  ^ missing-value: No host here: a host name such as `mail.example.com` is needed.
        192.0.2.300 monitor
                ^^^ invalid-value: `300` is no part of an address: the numbers go from 0 to 255, without leading zeros.
        /(a/ virtual-mta=a
         ^ invalid-regex: The expression is not valid: the bracket is not closed by `)`.
    "#]]
    .assert_eq(&shown);
}

#[test]
fn secrets_do_not_show_in_messages() {
    for directive in DIRECTIVES.iter().filter(|directive| directive.value.secret) {
        for text in ["hunter2!", "\"hunter2!\" more", "\"hunter2!"] {
            for problem in parse(&directive.value, text, Context::default()).problems {
                assert!(!problem.message.contains("hunter2"), "{}", problem.message);
            }
        }
    }
}

#[test]
fn expressions_are_compiled_and_the_wrong_sign_is_marked() {
    let regex = of_kind("regex");
    let mut wrong = Vec::new();
    for (text, want) in [
        ("/a**/", "invalid-regex \"*\""),
        ("/(ab/", "invalid-regex \"(\""),
        ("/a[bc/", "invalid-regex \"[\""),
        ("/a)b/", "invalid-regex \")\""),
        ("/[z-a]/", "invalid-regex \"-\""),
        ("/(?<=a+)b/", "invalid-regex \"(\""),
        ("/((((a{900}){900}){900}){900})/", "regex-limit"),
        (r"/\p{Nope}/", "invalid-regex \"}\""),
        ("/ü(/", "invalid-regex \"(\""),
        ("/x/i", "regex-flags \"i\""),
        ("/x", "unclosed-regex \"/x\""),
        (r"/x\/", r#"unclosed-regex "/x\\/""#),
        ("/a/b/", "invalid-value \"/\""),
    ] {
        let found = problems(regex, text);
        if found.len() != 1 || !found[0].starts_with(want) {
            wrong.push(format!("{text}: {found:?}, not {want}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    for text in [
        "//",
        "/a++/",
        r"/\Qa.b\E/",
        "/(?i)x/",
        "/(?-i)x/",
        "/(?<n>a)(?&n)/",
        r"/\x23/",
        "/(*UTF8)é/",
        r"/\d{2,3}+/",
        "/a b/",
        "/(?|a|b)/",
        r"/5\.1\.1 \S+ recipient/",
    ] {
        assert_eq!(problems(regex, text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn a_comment_cuts_an_expression_off() {
    let context = Context {
        cut_by_comment: true,
    };
    let parsed = parse(of_kind("regex"), r"/address rejected \(", context);
    assert_eq!(parsed.problems[0].rule.code, "regex-cut-by-comment");
    assert!(parsed.rest.is_empty());
    assert!(
        parse(of_kind("regex"), "/complete/", context)
            .problems
            .is_empty()
    );
}

#[test]
fn pieces_are_leaves_with_names_and_without_quotes() {
    let show = |directive: &str, text: &str| -> Vec<String> {
        let parsed = parse(spec(directive), text, Context::default());
        let piece = |piece: &super::Piece| {
            let (inner, outer) = (piece.range.slice(text), piece.outer.slice(text));
            format!("{} {inner} [{outer}]", piece.name.unwrap_or("-"))
        };
        parsed.pieces.iter().map(piece).collect()
    };
    assert_eq!(
        show("rcpt-to", "/x/ virtual-mta=\"a b\",recipient-priority=90"),
        [
            "pattern x [/x/]",
            "result a b [virtual-mta=\"a b\"]",
            "result 90 [recipient-priority=90]"
        ]
    );
    assert_eq!(
        show("smtp-listener", "0/0:25 source=mta1"),
        [
            "address 0/0 [0/0]",
            "port 25 [25]",
            "source mta1 [source=mta1]"
        ]
    );
    assert_eq!(
        show("domain-key", "s1,*,\"c:\\k d\""),
        [
            "selector s1 [s1]",
            "domain * [*]",
            "key c:\\k d [\"c:\\k d\"]"
        ]
    );
    // What could not be read is no piece; what follows it is, where it can be told.
    assert_eq!(show("records", "d,nope,b"), ["- d [d]", "- b [b]"]);
    assert_eq!(
        show("smtp-source-host", "mail 192.0.2.1"),
        ["host 192.0.2.1 [192.0.2.1]"]
    );
}

#[test]
fn values_are_described() {
    for (kind, text, want) in [
        ("bool", "yes", "on"),
        ("bool", "false", "off"),
        ("duration", "4d12h", "4 days 12 hours"),
        ("duration", "1m", "1 minute"),
        ("duration", "600", "600 seconds"),
        ("size", "250M", "250 megabytes (262144000 bytes)"),
        ("size", "1024b", "1024 bytes"),
        ("rate", "100/15m", "100 in 15 minutes, 400 an hour"),
        ("rate", "500/h", "500 an hour"),
        ("rate", "100/d", "100 a day, about 4 an hour"),
        ("data-rate", "10g/2h", "10 gigabytes in 2 hours"),
        ("daily-limit", "50/day", "50 a day, about 2 an hour"),
        (
            "cidr",
            "10/8",
            "10.0.0.0 to 10.255.255.255, 16777216 addresses",
        ),
        (
            "cidr",
            "192.0.2.1-192.0.2.9",
            "192.0.2.1 to 192.0.2.9, 9 addresses",
        ),
        ("cidr", "192.0.2.1-9", "192.0.2.1 to 192.0.2.9, 9 addresses"),
        ("cidr", "0/0", "all IPv4 addresses"),
        ("cidr", "192.0.2.7/32", "the address 192.0.2.7"),
        (
            "cidr",
            "2001:db8::/32",
            "2001:db8:: to 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff",
        ),
        ("domain-pattern", "*", "all domains"),
        (
            "domain-pattern",
            "[*.]example.com",
            "example.com and its subdomains",
        ),
    ] {
        assert_eq!(
            describe(of_kind(kind), text).as_deref(),
            Some(want),
            "{kind} {text}"
        );
        let quoted = format!("\"{text}\"");
        assert_eq!(
            describe(of_kind(kind), &quoted).as_deref(),
            Some(want),
            "{kind} {quoted}"
        );
    }
    for (kind, text) in [
        ("duration", ""),
        ("rate", "x"),
        ("cidr", "10/99"),
        ("word", "a"),
        ("size", "x"),
    ] {
        assert_eq!(describe(of_kind(kind), text), None, "{kind} {text}");
    }
    assert_eq!(
        describe(spec("retry-after"), "10m,1h").as_deref(),
        Some("10 minutes, 1 hour")
    );
}

#[test]
fn every_spec_can_be_put_in_words() {
    for directive in DIRECTIVES {
        let words = expected(&directive.value);
        assert!(
            !words.is_empty() && !words.contains("``"),
            "{}: {words}",
            directive.name
        );
    }
}
