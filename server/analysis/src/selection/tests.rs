use expect_test::{Expect, expect};

use super::*;
use crate::fixture::fixture;

fn check(text: &str, expected: &Expect) {
    let fixture = fixture(text);
    let document = fixture.workspace.document(fixture.at.file).unwrap();
    let shown: String = selection(&fixture.workspace, fixture.at)
        .iter()
        .map(|range| format!("{:?}\n", document.slice(range.as_usize())))
        .collect();
    expected.assert_eq(&shown);
}

#[test]
fn a_selection_grows_from_part_to_file() {
    check(
        "run-as-root no\n<virtual-mta a>\n  smtp-source-host 192.0.2.1 mta.exa$0mple.com # x\n  host-name b\n</virtual-mta>\n",
        &expect![[r#"
            "mta.example.com"
            "192.0.2.1 mta.example.com"
            "smtp-source-host 192.0.2.1 mta.example.com"
            "smtp-source-host 192.0.2.1 mta.example.com # x\n  host-name b"
            "<virtual-mta a>\n  smtp-source-host 192.0.2.1 mta.example.com # x\n  host-name b\n</virtual-mta>"
            "run-as-root no\n<virtual-mta a>\n  smtp-source-host 192.0.2.1 mta.example.com # x\n  host-name b\n</virtual-mta>\n"
        "#]],
    );
    check(
        "<domain a.exam$0ple.com>\n  retry-after 10m\n</domain>\n",
        &expect![[r#"
            "a.example.com"
            "<domain a.example.com>"
            "<domain a.example.com>\n  retry-after 10m\n</domain>"
            "<domain a.example.com>\n  retry-after 10m\n</domain>\n"
        "#]],
    );
}

#[test]
fn comments_are_selected_one_by_one_and_together() {
    check(
        "# a\n# b$0\n# c\n\n# d\n",
        &expect![[r##"
            "# b"
            "# a\n# b\n# c"
            "# a\n# b\n# c\n\n# d\n"
        "##]],
    );
}

#[test]
fn between_all_things_there_is_the_file() {
    check(
        "$0",
        &expect![[r#"
        ""
    "#]],
    );
    check(
        "run-as-root no\n\n$0\n",
        &expect![[r#"
        "run-as-root no\n\n\n"
    "#]],
    );
}
