//! The page this server was made for: completion inside a line that lost its line breaks works as in
//! the split file.

use expect_test::expect;

use super::support::{all, labels};

const FLAT: &str = "<!-- The big ones: Gmail --> <domain gmail.com> max-msg-rate 80/s <!-- Don't hurry --> \
    max-rcpt-per-transaction 90 <!-- A batch --> max-smtp-out 25 <!-- At the same time --> retry-after 15m \
    dkim-sign yes dkim-identity @yourdomain.com dkim-selector mail dkim-key-file /etc/pmta/dkim.key </domain>\n";

/// Puts the cursor behind a text in the flattened line.
fn behind(text: &str) -> String {
    FLAT.replacen(text, &format!("{text}$0"), 1)
}

#[test]
fn values_in_the_flattened_line() {
    let split = all("<domain gmail.com>\n    max-smtp-out $0\n</domain>\n");
    expect![[r#"
        20 | default
    "#]]
    .assert_eq(&split);
    assert_eq!(all(&behind("max-smtp-out ")), split);
    assert_eq!(
        all(&FLAT.replacen("max-smtp-out 25", "max-smtp-out $0", 1)),
        split
    );
    let cut = behind("max-smtp-out ");
    let cut = &cut[..cut.find("$0").unwrap() + 2];
    assert_eq!(all(cut), split);
    // Without the comments, only the catalog tells where a directive begins.
    assert_eq!(
        all("<domain gmail.com> max-msg-rate 80/s max-smtp-out $0 retry-after 15m </domain>\n"),
        split
    );
}

#[test]
fn each_value_of_the_flattened_line_completes_as_in_the_split_file() {
    for (name, rest) in [
        ("max-msg-rate 8", "0/s"),
        ("retry-after 15", "m"),
        ("dkim-sign ", "yes"),
        ("dkim-identity ", "@yourdomain.com"),
    ] {
        let split = labels(&format!("<domain gmail.com>\n{name}$0\n</domain>\n"));
        assert!(!split.is_empty(), "{name}");
        assert_eq!(labels(&behind(name)), split, "{name}{rest}");
        assert_eq!(
            labels(&FLAT.replacen(&format!("{name}{rest}"), &format!("{name}$0"), 1)),
            split,
            "{name}"
        );
    }
}

#[test]
fn names_in_the_flattened_line() {
    let wanted: std::collections::BTreeSet<String> = labels("<domain gmail.com>\n$0\n</domain>\n")
        .into_iter()
        .collect();
    for text in [
        "<domain gmail.com> $0 max-msg-rate 80/s </domain>",
        "<domain gmail.com> max-msg-rate 80/s $0",
        "<domain gmail.com> max-msg-rate 80/s <!-- Don't --> $0</domain>",
    ] {
        let offered: std::collections::BTreeSet<String> = labels(text).into_iter().collect();
        assert_eq!(offered, wanted, "{text}");
    }
    assert!(
        labels("<domain gmail.com> max-msg-rate 80/s max-smt$0")
            .contains(&"max-smtp-out".to_owned())
    );
    assert_eq!(
        labels("<domain gmail.com> max-msg-rate 80/s </$0"),
        ["</domain>"]
    );
}
