use expect_test::{Expect, expect};

use super::*;

fn shown(text: &str) -> String {
    let document = Document::new(text);
    let tokens = semantic_tokens(&document, TextRange::of(0, text.len()));
    let mut end = 0;
    let mut shown = String::new();
    for token in tokens {
        assert!(token.range.start >= end, "{token:?} overlaps");
        end = token.range.end;
        let word = token.range.slice(text);
        assert!(!word.is_empty() && !word.contains('\n'), "{token:?}");
        let mut marks = String::new();
        for (is_set, name) in [
            (token.modifiers.definition, " definition"),
            (token.modifiers.deprecated, " deprecated"),
            (token.modifiers.built_in, " built-in"),
        ] {
            if is_set {
                marks.push_str(name);
            }
        }
        shown.push_str(&format!("{word:?} {:?}{marks}\n", token.kind));
    }
    shown
}

fn check(text: &str, expected: &Expect) {
    expected.assert_eq(&shown(text));
}

#[test]
fn words_have_their_meaning() {
    check(
        "domain-macro isp gmail, $tld.com\n<virtual-mta \"mta1\"> # x\n  smtp-source-host 192.0.2.1 a.example.com\n  <domain $isp.com>\n    max-msg-rate 100/h\n    dkim-sign yes\n  </domain>\n</virtual-mta>\n",
        &expect![[r#""#]],
    );
    check(
        "<pattern-list p>\n  mail-from /a b/ virtual-mta=mta1\n</pattern-list>\n<source {pickup}>\n  pattern-list p\n  default-virtual-mta mta1\n</source>\n<bounce-category-patterns>\n  /a/ bad-mailbox\n</bounce-category-patterns>\n",
        &expect![[r#""#]],
    );
}

#[test]
fn what_is_out_of_date_is_marked() {
    check("spool-min-free-space 10\n", &expect![[r#""#]]);
}

#[test]
fn broken_text_has_tokens_too() {
    check(
        "max-smtp-out = 20;\n<domain name=\"a\">\n</x>\n<!-- a\n b -->\nunheard-of thing\n",
        &expect![[r#""#]],
    );
}

#[test]
fn a_range_has_the_tokens_that_touch_it() {
    let text = "run-as-root no\n".repeat(1_000);
    let document = Document::new(&text);
    let tokens = semantic_tokens(&document, TextRange::new(7_504, 7_520));
    let words: Vec<&str> = tokens.iter().map(|token| token.range.slice(&text)).collect();
    assert_eq!(words, ["run-as-root", "no", "run-as-root"]);
}
