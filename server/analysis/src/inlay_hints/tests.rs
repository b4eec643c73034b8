use expect_test::{Expect, expect};

use super::*;

const TEXT: &str = "domain-macro few a.com, b.com\n\
domain-macro many a.com, b.com, $few, d.com,\n  e.com\n\
<domain a>\n\
bounce-after 345600s\nretry-after 10m,90m,4d12h\nmax-msg-rate 100/15m\nmax-smtp-out 20\n\
max-msg-rate 500/h\nmax-msg-rate unlimited\nbounce-after 345600\n\
</domain>\n";

/// The text with the hints in it.
fn shown(options: InlayOptions) -> String {
    let document = Document::new(TEXT);
    let all = TextRange::of(0, TEXT.len());
    let mut shown = TEXT.to_owned();
    for hint in inlay_hints(&document, all, options).iter().rev() {
        shown.insert_str(hint.at as usize, &format!("[{}]", hint.label));
    }
    shown
}

fn check(options: InlayOptions, expected: &Expect) {
    expected.assert_eq(&shown(options));
}

#[test]
fn numbers_that_are_not_plain_are_explained() {
    check(
        InlayOptions::default(),
        &expect![[r#"
        domain-macro few a.com, b.com
        domain-macro many[5 items] a.com, b.com, $few, d.com,
          e.com
        <domain a>
        bounce-after 345600s[4 days]
        retry-after 10m,90m[1 hour 30 minutes],4d12h
        max-msg-rate 100/15m[400 an hour]
        max-smtp-out 20
        max-msg-rate 500/h
        max-msg-rate unlimited
        bounce-after 345600
        </domain>
    "#]],
    );
}

#[test]
fn each_kind_can_be_switched_off() {
    let none = InlayOptions {
        durations: false,
        rates: false,
        macro_sizes: false,
        inherited: false,
    };
    assert_eq!(shown(none), TEXT);
    for (options, hint) in [
        (
            InlayOptions {
                durations: true,
                ..none
            },
            "[4 days]",
        ),
        (
            InlayOptions {
                rates: true,
                ..none
            },
            "[400 an hour]",
        ),
        (
            InlayOptions {
                macro_sizes: true,
                ..none
            },
            "[5 items]",
        ),
    ] {
        let shown = shown(options);
        assert!(shown.contains(hint), "{shown}");
        let default = super::tests::shown(InlayOptions::default());
        assert!(
            shown.matches('[').count() < default.matches('[').count(),
            "{shown}"
        );
    }
}

#[test]
fn only_the_hints_of_the_range_come() {
    let document = Document::new(TEXT);
    let at = u32::try_from(TEXT.find("100/15m").unwrap()).unwrap();
    let hints = inlay_hints(
        &document,
        TextRange::new(at, at + 7),
        InlayOptions::default(),
    );
    assert_eq!(hints.len(), 1);
    assert_eq!(hints[0].label, "400 an hour");
}
