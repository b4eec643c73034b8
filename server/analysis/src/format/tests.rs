use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::*;
use crate::syntax::{Entry, EntryKind, SectionEnd};

/// The text after formatting, which is stable and changes white space only.
fn formatted(text: &str, options: &FormatOptions) -> String {
    let after = apply(text, &format(&Document::new(text), options));
    let again = apply(&after, &format(&Document::new(&after), options));
    assert_eq!(again, after, "a second time changes something");
    assert_eq!(content(&after), content(text), "more than white space");
    after
}

fn content(text: &str) -> String {
    text.split([' ', '\t', '\n', '\r']).collect()
}

fn check(text: &str, expected: &Expect) {
    expected.assert_eq(&formatted(text, &FormatOptions::default()));
}

/// Formatting changes nothing.
fn check_kept(text: &str) {
    assert_eq!(formatted(text, &FormatOptions::default()), text);
}

const SAMPLE: &str = "

# the server
postmaster\tyou@example.com
smtp-listener   0/0:25


  <virtual-mta   mta1 >
# its address
smtp-source-host 192.0.2.1    mta1.example.com   # first
\t<domain gmail.com>
max-smtp-out 20          # connections
 max-msg-rate   100/15m  # a rate
\t</domain >
    </virtual-mta>
<pattern-list p>
mail-from /a  b/   virtual-mta=mta1   
</pattern-list>
domain-macro free gmail.com,yahoo.com,   aol.com


";

#[test]
fn sections_indent_and_one_blank_stands_before_a_value() {
    check(
        SAMPLE,
        &expect![[r#"
            # the server
            postmaster you@example.com
            smtp-listener 0/0:25

            <virtual-mta mta1>
                # its address
                smtp-source-host 192.0.2.1 mta1.example.com   # first
                <domain gmail.com>
                    max-smtp-out 20       # connections
                    max-msg-rate 100/15m  # a rate
                </domain>
            </virtual-mta>
            <pattern-list p>
                mail-from /a  b/ virtual-mta=mta1
            </pattern-list>
            domain-macro free gmail.com,yahoo.com, aol.com
        "#]],
    );
}

#[test]
fn tabs() {
    let options = FormatOptions {
        indent_style: IndentStyle::Tabs,
        ..FormatOptions::default()
    };
    let after = formatted(SAMPLE, &options);
    assert!(
        after.contains("\n\t\tmax-smtp-out 20       # connections\n"),
        "{after}"
    );
    assert!(
        after.contains("\n\t\tmax-msg-rate 100/15m  # a rate\n"),
        "{after}"
    );
}

#[test]
fn two_columns_a_level() {
    let options = FormatOptions {
        indent_width: 2,
        ..FormatOptions::default()
    };
    let after = formatted(SAMPLE, &options);
    assert!(
        after.contains("\n  <domain gmail.com>\n    max-smtp-out 20"),
        "{after}"
    );
}

#[test]
fn aligned_values() {
    let options = FormatOptions {
        align_values: true,
        ..FormatOptions::default()
    };
    let text = "postmaster a@example.com\nhost-name   mail.example.com\n# a remark\nrun-as-root no\n\n\
        <domain example.com>\nmax-smtp-out 20 # a\nmax-msg-rate 100/h # b\nretry-after 10m\n</domain>\n";
    expect![[r#"
        postmaster  a@example.com
        host-name   mail.example.com
        # a remark
        run-as-root no

        <domain example.com>
            max-smtp-out 20 # a
            max-msg-rate 100/h # b
            retry-after  10m
        </domain>
    "#]]
    .assert_eq(&formatted(text, &options));
}

#[test]
fn long_macro_lists_are_wrapped_only_if_asked() {
    let items: Vec<String> = (0..12)
        .map(|number| format!("d{number}.example.com"))
        .collect();
    let text = format!("domain-macro all {} # ours\n", items.join(", "));
    assert_eq!(formatted(&text, &FormatOptions::default()), text);
    let options = FormatOptions {
        wrap_macros: true,
        ..FormatOptions::default()
    };
    expect![[r#"
        domain-macro all d0.example.com, d1.example.com, d2.example.com, d3.example.com, d4.example.com,
            d5.example.com, d6.example.com, d7.example.com, d8.example.com, d9.example.com, d10.example.com,
            d11.example.com # ours
    "#]]
    .assert_eq(&formatted(&text, &options));
}

#[test]
fn lists_that_would_not_go_on_are_not_wrapped() {
    let options = FormatOptions {
        wrap_macros: true,
        ..FormatOptions::default()
    };
    let many = "a.example.com, ".repeat(8);
    for last in [
        "b c", "b\u{b}c", "b\u{a0}c", "</b", "/b/", "b=c", ";b", "b \\", "{b }",
    ] {
        let text = format!("domain-macro all {many}{last}");
        assert_eq!(formatted(&text, &options), text);
    }
}

#[test]
fn lists_that_go_on_are_indented() {
    check(
        "domain-macro all a.example.com,\nb.example.com,\n        c.example.com\ndomain-macro more\n  a.com, b.com\nrun-as-root no\n",
        &expect![[r#"
            domain-macro all a.example.com,
                b.example.com,
                c.example.com
            domain-macro more
                a.com, b.com
            run-as-root no
        "#]],
    );
}

#[test]
fn what_is_not_white_space_between_words_stays() {
    check_kept("custom-dsn-from-header \"a   b\"\n");
    check_kept("<smtp-pattern-list p>\n    reply /a   b\\ / mode=backoff\n</smtp-pattern-list>\n");
    check_kept("#   a     comment   with blanks\n");
    check_kept("domain-macro list a.com,b.com\n");
    check_kept("# no line break at the end\nrun-as-root no");
    check_kept("run-as-root\u{a0} no\n");
    check_kept(
        "<bounce-category-patterns>\n    /a   b/ bad-mailbox\n</bounce-category-patterns>\n",
    );
    check_kept("max-smtp-out 20#glued\n");
}

#[test]
fn what_is_not_read_for_sure_stays() {
    // Text that lost its line breaks.
    check_kept("<domain a>   max-smtp-out   20   </domain>\n");
    // A block that stands on its indentation.
    check_kept("domain example.com\n      max-smtp-out   20\n      retry-after 10m\n");
    check_kept("domain example.com\n      <virtual-mta a>\n");
    check_kept("domain example.com\n\n      <virtual-mta a>\n");
    // Marks of a template.
    check_kept("  {% if x %}\nrun-as-root no\n");
    check_kept("command \"a b   \n");
    check_kept("run-as-root no \\   \n");
    // Indentation tells whether a joined line begins anew.
    check_kept("domain-macro m \\\n    domain-macro m \\\n");
    check_kept("domain d \\\n# c\n      <virtual-mta v>\n");
    check_kept("<!-- one\n      two\n\n\n  three -->\n");
    check_kept("   <x/>\n");
}

#[test]
fn sections_without_end_keep_their_indentation() {
    check(
        "<virtual-mta a>\n   smtp-source-host   192.0.2.1 a.example.com\n      <domain x>\n  retry-after   10m\n</virtual-mta>\n",
        &expect![[r#"
            <virtual-mta a>
                smtp-source-host 192.0.2.1 a.example.com
                <domain x>
              retry-after 10m
            </virtual-mta>
        "#]],
    );
    // The start was lost: the lines before the end keep their place.
    check(
        "run-as-root   no\n\n    max-smtp-out   20\n\n    <domain a>\n      retry-after 10m\n    </domain>\n</virtual-mta>\n",
        &expect![[r#"
            run-as-root no

                max-smtp-out 20

                <domain a>
                  retry-after 10m
                </domain>
            </virtual-mta>
        "#]],
    );
}

#[test]
fn formatting_is_off_between_comments() {
    check(
        "  # pmta-ls: format off\n  a   b\n\n\n  <domain x>\n# pmta-ls: format on\n  max-smtp-out    1\n </domain>\n",
        &expect![[r#"
            # pmta-ls: format off
              a   b


              <domain x>
                # pmta-ls: format on
                max-smtp-out 1
            </domain>
        "#]],
    );
}

#[test]
fn line_ends_stay_as_they_are() {
    let text = "<domain a>\r\nmax-smtp-out  20 \r\n\r\n\r\n</domain>\r\rrun-as-root no\r";
    assert_eq!(
        formatted(text, &FormatOptions::default()),
        "<domain a>\r\n    max-smtp-out 20\r\n\r\n</domain>\r\rrun-as-root no\r"
    );
}

#[test]
fn comments_stand_where_they_stood() {
    check(
        "<domain a> # first\n# about the rate\nmax-msg-rate  100/h   # alone\n\nmax-smtp-out   20   # x\nmax-rcpt-per-message 5\n# the end\n</domain>\n# behind\n",
        &expect![[r#"
            <domain a> # first
                # about the rate
                max-msg-rate 100/h   # alone

                max-smtp-out 20   # x
                max-rcpt-per-message 5
                # the end
            </domain>
            # behind
        "#]],
    );
}

#[test]
fn the_files_of_any_editor_are_left_at_the_ends() {
    assert_eq!(formatted("\n\n", &FormatOptions::default()), "");
    assert_eq!(formatted("  \n a", &FormatOptions::default()), "a");
    assert_eq!(formatted("", &FormatOptions::default()), "");
}

fn in_range(text: &str, start: usize, end: usize) -> String {
    let document = Document::new(text);
    let range = TextRange::of(start, end);
    let edits = format_range(&document, range, &FormatOptions::default());
    apply(text, &edits)
}

#[test]
fn a_range_changes_as_with_the_document_and_nothing_else_does() {
    let text = "<domain a>\nmax-smtp-out   20\nretry-after  10m\n</domain>\n";
    let line = text.find("max").unwrap();
    assert_eq!(
        in_range(text, line, line),
        "<domain a>\n    max-smtp-out 20\nretry-after  10m\n</domain>\n"
    );
    let next = text.find("retry").unwrap();
    assert_eq!(in_range(text, line, next), in_range(text, line, line));
}

#[test]
fn a_range_knows_of_ends_that_close_nothing_farther_below() {
    for end in ["end", "end listener", "}", "</domain>"] {
        let text = format!("max-smtp-out 20\n  retry-after  10m\n\n{end}\n");
        let line = text.find("retry").unwrap();
        let of_all = apply(
            &text,
            &format(&Document::new(&text), &FormatOptions::default()),
        );
        assert_eq!(in_range(&text, line, line), of_all, "{end}");
        assert!(of_all.contains("\n  retry-after 10m\n"), "{of_all}");
    }
}

#[test]
fn a_range_knows_what_a_line_that_looks_ahead_sees() {
    let text = "retry-after  10m\ndomain-macro m a.com\n\n=\n";
    let options = FormatOptions {
        align_values: true,
        ..FormatOptions::default()
    };
    let document = Document::new(text);
    let edits = format_range(&document, TextRange::of(0, 1), &options);
    assert_eq!(apply(text, &edits), formatted(text, &options));
    assert_eq!(
        formatted(text, &options),
        text.replace("retry-after  ", "retry-after ")
    );
}

fn typed(text: &str, sign: char) -> String {
    let offset = text.find("$0").unwrap();
    let text = text.replacen("$0", "", 1);
    let document = Document::new(&text);
    let edits = format_on_type(&document, offset, sign, &FormatOptions::default());
    apply(&text, &edits)
}

#[test]
fn a_new_line_is_indented() {
    for (before, after) in [
        (
            "<domain a>\n$0\n</domain>\n",
            "<domain a>\n    \n</domain>\n",
        ),
        ("<domain a>\n$0", "<domain a>\n    "),
        ("  <domain a>\n$0\n", "  <domain a>\n      \n"),
        ("<domain a>\n    $0</domain>\n", "<domain a>\n</domain>\n"),
        (
            "<domain a>\n</domain>\n    $0\n",
            "<domain a>\n</domain>\n\n",
        ),
        (
            "<virtual-mta a>\n    <domain b>\n    </domain>\n$0\n</virtual-mta>\n",
            "<virtual-mta a>\n    <domain b>\n    </domain>\n    \n</virtual-mta>\n",
        ),
        (
            "<domain a>\n$0max-smtp-out   2\n</domain>\n",
            "<domain a>\n    max-smtp-out   2\n</domain>\n",
        ),
        ("run-as-root no\n$0", "run-as-root no\n"),
    ] {
        assert_eq!(typed(before, '\n'), after, "{before}");
    }
}

#[test]
fn a_new_tag_gets_its_end() {
    for (before, after) in [
        ("<domain a>$0\n", "<domain a></domain>\n"),
        (
            "<virtual-mta a>\n    <domain b>$0\n</virtual-mta>\n",
            "<virtual-mta a>\n    <domain b></domain>\n</virtual-mta>\n",
        ),
        (
            "<domain a>$0\n<domain b>\n</domain>\n",
            "<domain a></domain>\n<domain b>\n</domain>\n",
        ),
        ("<domain a>$0\n</domain>\n", "<domain a>\n</domain>\n"),
        ("<domain a>$0 # x\n", "<domain a> # x\n"),
        ("<unheard-of>$0\n", "<unheard-of>\n"),
        ("</domain>$0\n", "</domain>\n"),
        ("postmaster <a>$0\n", "postmaster <a>\n"),
        (
            "<pattern-list p>\n    mail-from /x/ <pattern-list>$0\n</pattern-list>\n",
            "<pattern-list p>\n    mail-from /x/ <pattern-list></pattern-list>\n</pattern-list>\n",
        ),
    ] {
        assert_eq!(typed(before, '>'), after, "{before}");
    }
}

/// Texts of which nobody knows what they are.
fn any_text() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "\n",
        "\r\n",
        "\n\n\n",
        " ",
        "   ",
        "\t",
        "#",
        " # x",
        "\"",
        "/",
        "/a  b/ ",
        "<",
        ">",
        "</",
        "{",
        "}",
        "=",
        ",",
        ";",
        "\\",
        "x",
        "é",
        "<domain x>\n",
        "</domain>\n",
        "<virtual-mta v>\n",
        "</virtual-mta>\n",
        "<pattern-list p>\n",
        "</pattern-list>\n",
        "mail-from /x/ <pattern-list>\n",
        "domain-macro m a.com,\n",
        "domain-macro m\n",
        "domain-macro m a.example.com, b.example.com, c.example.com, d.example.com, e.example.com, f.com,",
        "max-smtp-out  20\n",
        "retry-after 10m   # y\n",
        "end\n",
        "listener x\n",
        "domain x {\n",
        "domain x\n",
        "<!-- x",
        "-->",
        "{% if %}\n",
        "# pmta-ls: format off\n",
        "# pmta-ls: format on\n",
        "command \"a  b\"\n",
        "# region\n",
    ]);
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

fn any_options() -> impl Strategy<Value = FormatOptions> {
    (1u8..9, any::<bool>(), any::<bool>(), any::<bool>()).prop_map(
        |(indent_width, tabs, align_values, wrap_macros)| FormatOptions {
            indent_width,
            indent_style: if tabs {
                IndentStyle::Tabs
            } else {
                IndentStyle::Spaces
            },
            align_values,
            wrap_macros,
        },
    )
}

/// The constructs of a text without their positions.
fn kinds(text: &str) -> Vec<String> {
    let document = Document::new(text);
    let mut kinds = Vec::new();
    document.for_each_view(TextRange::of(0, text.len()), |_, text, view| {
        for (index, entry) in view.entries.iter().enumerate() {
            let mut range = entry.range;
            let name = match &entry.kind {
                EntryKind::Directive(directive) => directive.name.slice(text),
                EntryKind::Section(section) => {
                    let of_section = &view.entries[index..section.last as usize];
                    range.end = of_section.iter().filter_map(own_end).max().unwrap();
                    section.open.name.slice(text)
                }
                _ => "",
            };
            let kind = format!("{:?}", std::mem::discriminant(&entry.kind));
            let content: String = content(range.slice(text));
            kinds.push(format!("{kind} {name} {content}"));
        }
    });
    kinds
}

/// Where what an entry itself says ends. A comment says nothing here: behind the last line of a
/// section without an end it stands as well before what follows.
fn own_end(entry: &Entry) -> Option<u32> {
    match &entry.kind {
        EntryKind::Comment(_) => None,
        EntryKind::Section(section) => Some(match section.end {
            SectionEnd::Closed(all, _) => all.end,
            SectionEnd::Missing => section.open.range.end,
        }),
        _ => Some(entry.range.end),
    }
}

/// Texts of lines that somebody wanted to join, and of ends that close nothing.
fn joined_text() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "    ",
        "\t",
        "\n",
        "\\\n",
        "a b \\\n",
        "# c\n",
        "</x>\n",
        "</domain> \\\n",
        "<domain x>\n",
        "domain d\n",
        "domain d \\\n",
        "pool p\n",
        "virtual-mta v\n",
        "virtual-mta v \\\n",
        "<virtual-mta v>\n",
        "domain-macro m a.com,\n",
        "domain-macro m \\\n",
    ]);
    prop::collection::vec(piece, 0..16).prop_map(|pieces| pieces.concat())
}

#[test]
fn a_list_that_may_be_wrapped_is_not_aligned() {
    let list = ["a.example.com"; 5].join(", ");
    let options = FormatOptions {
        align_values: true,
        wrap_macros: true,
        ..FormatOptions::default()
    };
    for (end, broken) in [
        (", b.com", ", b.com"),
        (", bbbbbbb.com", ",\n    bbbbbbb.com"),
    ] {
        let text =
            |end| format!("bounce-upon-no-mx yes\ndomain-macro m {list}{end}\nrun-as-root no\n");
        assert_eq!(formatted(&text(end), &options), text(broken));
    }
}

#[test]
fn a_comment_behind_a_block_without_end_goes_with_what_follows() {
    let text = "domain d\n    x 1\n# c\n    <virtual-mta v>\n";
    let after = formatted(text, &FormatOptions::default());
    assert_eq!(after, "domain d\n    x 1\n# c\n<virtual-mta v>\n");
    assert_eq!(kinds(&after), kinds(text));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn joined_lines_stay_joined(text in joined_text(), options in any_options()) {
        let after = formatted(&text, &options);
        prop_assert_eq!(kinds(&after), kinds(&text), "{}", after);
    }
}

proptest! {
    #[test]
    fn any_text_is_formatted_once_and_for_all(text in any_text(), options in any_options()) {
        let after = formatted(&text, &options);
        prop_assert_eq!(kinds(&after), kinds(&text), "{}", after);
    }

    #[test]
    fn any_range_is_formatted_as_the_document_is(
        text in prop_oneof![any_text(), joined_text()], start in 0usize..200, length in 0usize..100, options in any_options(),
    ) {
        let document = Document::new(&text);
        let range = TextRange::of(start, start + length);
        let all = format(&document, &options);
        for edit in format_range(&document, range, &options) {
            prop_assert!(all.contains(&edit), "{edit:?} is not among {all:?}");
        }
    }
}

/// One text in every style, with tabs shown as arrows.
#[test]
fn each_style_has_its_look() {
    let text = "domain-macro freemail gmail.com, yahoo.com,hotmail.com, outlook.com, aol.com, icloud.com, gmx.net, example.com, example.net\n<virtual-mta news>\nsmtp-source-host   192.0.2.1 news.example.com # one\nmax-smtp-out 20 # two\n\n\n<domain $freemail>\n        retry-after  10m\nmax-msg-rate 100/h\n  </domain>\n</virtual-mta>\n";
    let plain = FormatOptions::default();
    let look = |options: FormatOptions| formatted(text, &options).replace('\t', "->");
    expect![[r#"
        domain-macro freemail gmail.com, yahoo.com,hotmail.com, outlook.com, aol.com, icloud.com, gmx.net, example.com, example.net
        <virtual-mta news>
            smtp-source-host 192.0.2.1 news.example.com # one
            max-smtp-out 20 # two

            <domain $freemail>
                retry-after 10m
                max-msg-rate 100/h
            </domain>
        </virtual-mta>
    "#]].assert_eq(&look(plain));
    expect![[r#"
        domain-macro freemail gmail.com, yahoo.com,hotmail.com, outlook.com, aol.com, icloud.com, gmx.net, example.com, example.net
        <virtual-mta news>
          smtp-source-host 192.0.2.1 news.example.com # one
          max-smtp-out 20 # two

          <domain $freemail>
            retry-after 10m
            max-msg-rate 100/h
          </domain>
        </virtual-mta>
    "#]].assert_eq(&look(FormatOptions {
        indent_width: 2,
        ..plain
    }));
    expect![[r#"
        domain-macro freemail gmail.com, yahoo.com,hotmail.com, outlook.com, aol.com, icloud.com, gmx.net, example.com, example.net
        <virtual-mta news>
        ->smtp-source-host 192.0.2.1 news.example.com # one
        ->max-smtp-out 20 # two

        -><domain $freemail>
        ->->retry-after 10m
        ->->max-msg-rate 100/h
        -></domain>
        </virtual-mta>
    "#]].assert_eq(&look(FormatOptions {
        indent_style: IndentStyle::Tabs,
        ..plain
    }));
    expect![[r#"
        domain-macro freemail gmail.com, yahoo.com,hotmail.com, outlook.com, aol.com, icloud.com, gmx.net, example.com, example.net
        <virtual-mta news>
            smtp-source-host 192.0.2.1 news.example.com # one
            max-smtp-out     20 # two

            <domain $freemail>
                retry-after  10m
                max-msg-rate 100/h
            </domain>
        </virtual-mta>
    "#]].assert_eq(&look(FormatOptions {
        align_values: true,
        ..plain
    }));
    expect![[r#"
        domain-macro freemail gmail.com, yahoo.com,hotmail.com, outlook.com, aol.com, icloud.com, gmx.net,
            example.com, example.net
        <virtual-mta news>
            smtp-source-host 192.0.2.1 news.example.com # one
            max-smtp-out 20 # two

            <domain $freemail>
                retry-after 10m
                max-msg-rate 100/h
            </domain>
        </virtual-mta>
    "#]].assert_eq(&look(FormatOptions {
        wrap_macros: true,
        ..plain
    }));
}
