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
        &expect![[r##"
            "domain-macro" Directive
            "isp" Macro definition
            "gmail" Text
            "$tld" Macro
            ".com" Text
            "virtual-mta" Section
            "mta1" Name definition
            "# x" Comment
            "smtp-source-host" Directive
            "192.0.2.1" Number
            "a.example.com" Text
            "domain" Section
            "$isp" Macro
            ".com" Text
            "max-msg-rate" Directive
            "100/h" Number
            "dkim-sign" Directive
            "yes" Word
            "domain" Section
            "virtual-mta" Section
        "##]],
    );
    check(
        "<pattern-list p>\n  mail-from /a b/ virtual-mta=mta1\n</pattern-list>\n<source {pickup}>\n  pattern-list p\n  default-virtual-mta mta1\n</source>\n<bounce-category-patterns>\n  /a/ bad-mailbox\n</bounce-category-patterns>\n",
        &expect![[r#"
            "pattern-list" Section
            "p" Name definition
            "mail-from" Directive
            "/a b/" Regex
            "virtual-mta" Parameter
            "=" Operator
            "mta1" Name
            "pattern-list" Section
            "source" Section
            "{pickup}" Name definition built-in
            "pattern-list" Directive
            "p" Name
            "default-virtual-mta" Directive
            "mta1" Name
            "source" Section
            "bounce-category-patterns" Section
            "/a/" Regex
            "bad-mailbox" Name
            "bounce-category-patterns" Section
        "#]],
    );
}

#[test]
fn what_is_out_of_date_is_marked() {
    check(
        "spool-min-free-space 10\n",
        &expect![[r#"
        "spool-min-free-space" Directive deprecated
        "10" Number
    "#]],
    );
}

#[test]
fn broken_text_has_tokens_too() {
    check(
        "max-smtp-out = 20;\n<domain name=\"a\">\n</x>\n<!-- a\n b -->\nunheard-of thing\n",
        &expect![[r#"
            "max-smtp-out" Directive
            "=" Operator
            "20" Number
            "domain" Section
            "name" Parameter
            "a" Text definition
            "x" Section
            "<!-- a" Comment
            " b -->" Comment
            "unheard-of" Directive
        "#]],
    );
}

#[test]
fn a_range_has_the_tokens_that_touch_it() {
    let text = "run-as-root no\n".repeat(1_000);
    let document = Document::new(&text);
    let tokens = semantic_tokens(&document, TextRange::new(7_504, 7_520));
    let words: Vec<&str> = tokens
        .iter()
        .map(|token| token.range.slice(&text))
        .collect();
    assert_eq!(words, ["run-as-root", "no", "run-as-root"]);
}

#[test]
fn tokens_follow_the_place_of_the_file() {
    let text = "virtual-mta mta1\n";
    let all = TextRange::of(0, text.len());
    let mut document = Document::new(text);
    let alone = semantic_tokens(&document, all);
    assert!(alone[1].modifiers.definition);
    let pool = crate::catalog::Place::named("virtual-mta-pool").unwrap();
    document.set_included_in(vec![pool]);
    let included = semantic_tokens(&document, all);
    assert_eq!(included[1].kind, TokenKind::Name);
    assert!(!included[1].modifiers.definition);
}
