//! What must hold for any text.

use proptest::prelude::*;

use super::support::{check_invariants, kind_named};
use crate::catalog::{DIRECTIVES, KINDS};
use crate::value::{Context, describe, parse, unquote};

/// Text near to what values are made of.
fn texts() -> impl Strategy<Value = String> {
    let bits = prop::sample::select(vec![
        "yes",
        "on",
        "10",
        "m",
        "/",
        "h",
        " ",
        "  ",
        "\t",
        "\"",
        "\\",
        ",",
        ";",
        ":",
        "=",
        "[",
        "]",
        "*",
        ".",
        "!",
        "<",
        ">",
        "@",
        "$",
        "{vault}:",
        "192.0.2.1",
        "::1",
        "virtual-mta",
        "mode=backoff",
        "é",
        "\u{a0}",
        "https://",
        "lookup-mx:",
        "/(/",
        "//",
        "0",
        "99999999999999999999",
        "pattern-list",
        "header_",
        "<pattern-list>",
        "'",
        "#",
        "\r",
        "-",
        "subaccount=",
        "call-to:",
        "unlimited",
    ]);
    prop_oneof![
        prop::collection::vec(bits, 0..9).prop_map(|bits| bits.concat()),
        any::<String>(),
    ]
}

/// Examples of the catalog, cut, doubled or mixed.
fn broken_examples() -> impl Strategy<Value = (usize, String)> {
    (0..DIRECTIVES.len(), any::<prop::sample::Index>(), texts()).prop_map(|(at, cut, text)| {
        let example = DIRECTIVES[at].example;
        let value = example.split_once(' ').map_or("", |(_, value)| value);
        let places: Vec<usize> = value
            .char_indices()
            .map(|(at, _)| at)
            .chain([value.len()])
            .collect();
        let (before, after) = value.split_at(places[cut.index(places.len())]);
        (at, format!("{before}{text}{after}"))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn any_text_with_any_spec_is_read(at in 0..DIRECTIVES.len(), text in texts(), cut: bool) {
        let spec = &DIRECTIVES[at].value;
        check_invariants(&text, &parse(spec, &text, Context { cut_by_comment: cut }));
        let _ = describe(spec, &text);
        let _ = unquote(&text);
    }

    #[test]
    fn broken_examples_are_read((at, text) in broken_examples()) {
        let spec = &DIRECTIVES[at].value;
        let text = text.trim();
        check_invariants(text, &parse(spec, text, Context::default()));
        let _ = describe(spec, text);
    }

    #[test]
    fn any_text_of_any_kind_is_read(at in 0..KINDS.len(), text in texts()) {
        if let Some(spec) = kind_named(KINDS[at].name) {
            check_invariants(&text, &parse(spec, &text, Context::default()));
        }
    }
}
