//! What is read without a tree is what the tree tells.

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use tree_sitter::Parser;

use super::super::read::{for_each_view, is_settled, item_spans};
use super::{last_xml_comment, read};
use crate::catalog::{DIRECTIVES, SECTIONS};
use crate::document::Document;

/// Whether the text is plain. Fails if its two readings differ.
fn is_plain(text: &str) -> bool {
    let plain = read(text, last_xml_comment(text).is_some());
    if plain.odd_line_end.is_some() {
        return false;
    }
    let items = plain.items.into_iter();
    let items: Vec<_> = items.map(|item| (item.range, item.view)).collect();
    let mut parser = Parser::new();
    let language = tree_sitter::Language::new(tree_sitter_pmta::LANGUAGE);
    parser.set_language(&language).expect("the grammar fits");
    let tree = parser.parse(text, None).expect("nothing stops the parser");
    let spans = item_spans(tree.root_node(), text);
    let mut of_tree = Vec::new();
    for_each_view(tree.root_node(), spans.into_iter(), text, |span, view| {
        of_tree.push((span.range, view.clone()));
    });
    assert_eq!(items, of_tree, "{text:?}");
    let tree_is_settled = text.ends_with(['\n', '\r']) && is_settled(tree.root_node(), text);
    assert_eq!(plain.is_settled, tree_is_settled, "{text:?}");
    true
}

#[test]
fn plain_lines_are_read_without_a_tree() {
    for text in [
        "",
        "\n \n",
        "host-name mail.example.com\n",
        "host-name mail.example.com",
        "host-name mail.example.com # comment\r\n# another\r\n",
        "run-as-root\n",
        "# one\n# two\n\n# three\nsmtp-port 25\n",
        "smtp-port 25 # one\n# two\n",
        "log-file \"/var/log/pmta log\"\n",
        "domain-key a,example.com,/etc/pmta/a.pem\n",
        "max_smtp_out: 20\nmax-msg-rate/h 100\nmax-smtp-out : 20\n",
        "<virtual-mta a>\n  smtp-source-host 192.0.2.1 a.example.com\n  <domain *> # all\n    max-smtp-out 20\n  </domain>\n</virtual-mta> # end\n\n# next\n",
        "<source 192.0.2.0/24>\n\talways-allow-relaying yes\n</source>\n<spool /var/spool/pmta>\n</spool>\n",
        "<bounce-category-patterns>\n/spam [a-z]+\\.\\/x/ spam-related\n/./ other\n</bounce-category-patterns>\n",
        "max-smtp-out 20 max-msg-rate 100/h\n",
        "Copy code\nhost-name mail.example.com Use code with caution\n",
        "<no-such-section>\n  whatever else\n</no-such-section>\n",
    ] {
        assert!(is_plain(text), "{text:?}");
    }
}

#[test]
fn what_may_be_more_is_left_to_the_grammar() {
    for text in [
        "<domain a>\n",
        "</domain>\n",
        "<domain a>\n</DOMAIN>\n",
        "<domain a>\n<domain b>\n</domain>\n</domain>\n",
        "<domain a/>\n",
        "<domain name=\"a\">\n</domain>\n",
        "<domain> a\n</domain>\n",
        "<a>b</a>\n",
        "max-smtp-out = 20\n",
        "max-smtp-out=20\n",
        "max-smtp-out 20;\n",
        "domain-macro a b\n",
        "domain a {\n}\n",
        "listener x\n",
        "log-file a \\\n  b\n",
        "log-file \"a # b\"\n",
        "log-file \"a\n",
        "mail-from /x/ <pattern-list>\n",
        "/x/i other\n",
        "/x other\n",
        "&lt;domain a&gt;\n",
        "<!-- a -->\n",
        "; a\n",
        "{{ a }}\n",
        "host-name a\rsmtp-port 25\n",
        "host-name \u{e9}\n",
    ] {
        assert!(!is_plain(text), "{text:?}");
    }
}

#[test]
fn sections_nest_as_the_grammar_lets_them() {
    let mut plain = 0;
    for outer in SECTIONS {
        for inner in SECTIONS {
            for argument in ["", " x"] {
                let (outer, inner) = (outer.name, inner.name);
                let text = format!(
                    "<{outer}{argument}>\n<{inner}{argument}>\na b\n</{inner}>\n</{outer}>\nc d\n"
                );
                plain += usize::from(is_plain(&text));
            }
        }
    }
    assert!(plain > 10, "{plain}");
}

#[test]
fn all_directives_are_read_alike() {
    let mut plain = 0;
    for directive in DIRECTIVES {
        for value in ["", " 5", " yes # x", " a,b", " /x y/", " \"a b\" c"] {
            plain += usize::from(is_plain(&format!("{}{value}\n  x y\n", directive.name)));
        }
    }
    assert!(plain > DIRECTIVES.len() * 5, "{plain}");
}

/// Pieces of lines: those that are plain, and those that make something else of a line.
pub(crate) fn line() -> impl Strategy<Value = String> {
    let first = prop::sample::select(vec![
        "host-name",
        "max-smtp-out",
        "Max_Smtp_Out",
        "domain-macro",
        "listener",
        "end",
        "domain",
        "smtp-service",
        "smtp-pattern-list",
        "no-such-name",
        "copy",
        "Copy code",
        "a:",
        "a/b",
        "*",
        "$x",
        "-",
        "10.0.0.0/8",
        "/a b/",
        "/a\\/b/",
        "/a",
        "#",
        "#!",
        ";",
        "<domain x>",
        "<virtual-mta x>",
        "<pattern-list x>",
        "<pattern-list>",
        "<domain  *.x , y >",
        "<x>",
        "</domain>",
        "</virtual-mta>",
        "</pattern-list>",
        "</x>",
        "<x",
        "<x/>",
        "<x /y>",
        "&lt;x&gt;",
        "<!--",
        "-->",
        "{",
        "}",
        "\u{a0}x",
        "\u{a0}",
        "\r",
        "\rx",
        " \r#",
        "#\u{e9}",
        "include",
        "pool a {",
        "\u{b}x",
    ]);
    let rest = prop::collection::vec(
        prop::sample::select(vec![
            "",
            "5",
            "yes",
            "max-msg-rate",
            "100/h",
            "a,b,",
            "\"x\"",
            "\"",
            "\"a\\\"",
            "\\",
            "a\\b",
            "=",
            "a=b",
            "=c",
            "{",
            "}",
            "{x}",
            "#",
            "# x",
            "x#y",
            "<x>",
            "</x>",
            "<",
            ">",
            "&",
            ";",
            "x;y",
            "[a, b]",
            "[",
            "]",
            "/x/",
            "/x y/i",
            "/",
            "$m",
            "!--",
            "\u{e9}",
            "\u{a0}",
            ":",
            "\r",
            "Use code with caution",
        ]),
        0..4,
    );
    let indent = prop::sample::select(vec!["", "", "", "  ", "\t"]);
    let end = prop::sample::select(vec!["\n", "\n", "\n", "\r\n", " \n", "\n\n", " \t\n"]);
    let gap = prop::sample::select(vec![" ", " ", "  ", "\t", ""]);
    (indent, first, gap, rest, end).prop_map(|(indent, first, gap, rest, end)| {
        let rest: String = rest.iter().flat_map(|word| [gap, *word]).collect();
        format!("{indent}{first}{rest}{end}")
    })
}

/// Lines of which many are plain.
pub(crate) fn text() -> impl Strategy<Value = String> {
    let section = prop::collection::vec(line(), 0..3).prop_map(|lines| {
        let lines = lines.concat();
        format!("<virtual-mta x>\n<domain y>\n{lines}</domain>\n{lines}</virtual-mta>\n")
    });
    prop::collection::vec(prop_oneof![3 => line(), 1 => section], 0..6).prop_map(|it| it.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn both_readings_agree(text in text()) {
        is_plain(&text);
        for line in text.split_inclusive('\n') {
            is_plain(line);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn edits_of_plain_runs_read_as_fresh_ones(text in text(), insert in line(), at in any::<prop::sample::Index>()) {
        let lines: Vec<usize> = text.match_indices('\n').map(|(at, _)| at.saturating_add(1)).collect();
        let start = if lines.is_empty() { 0 } else { lines[at.index(lines.len())] };
        let mut document = Document::new(&text);
        document.edit(start..start, &insert);
        let fresh = Document::new(&format!("{}{insert}{}", &text[..start], &text[start..]));
        prop_assert_eq!(document.shape(), fresh.shape());
    }
}

/// Real configurations, where they stand beside the repository, and the examples.
#[expect(clippy::disallowed_methods, reason = "tests read what they test with")]
fn configurations() -> Vec<String> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut files = Vec::new();
    let mut folders = vec![
        workspace.join("docs/examples"),
        workspace.join("../shared/corpus"),
    ];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(text) = fs::read_to_string(&path) {
                files.push(text);
            }
        }
    }
    files
}

#[test]
fn real_configurations_are_read_alike() {
    let (mut lines, mut plain_lines) = (0, 0);
    for text in configurations() {
        let all: Vec<&str> = text.split_inclusive('\n').collect();
        for size in [1, 7, 60] {
            for part in all.chunks(size) {
                let is_plain = is_plain(&part.concat());
                if size == 1 {
                    lines += 1;
                    plain_lines += usize::from(is_plain);
                }
            }
        }
        is_plain(&text);
    }
    // Tags alone on a line are sections without end.
    assert!(
        plain_lines * 10 > lines * 6,
        "{plain_lines} of {lines} lines"
    );
}
