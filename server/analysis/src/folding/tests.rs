use expect_test::{Expect, expect};

use super::*;

fn check(text: &str, expected: &Expect) {
    let folds = folding(&Document::new(text));
    let line = |byte: u32| text[..byte as usize].matches('\n').count() + 1;
    let shown: String = folds
        .iter()
        .map(|fold| {
            let (first, last) = (line(fold.range.start), line(fold.range.end));
            format!("{first}-{last} {:?}\n", fold.kind)
        })
        .collect();
    expected.assert_eq(&shown);
}

#[test]
fn sections_fold_up_to_their_end_tags() {
    check(
        "<virtual-mta a>\n  <domain b>\n    max-smtp-out 1\n  </domain>\n\n</virtual-mta>\n<domain c>\n</domain>\n<domain d>\n  retry-after 1m\n\n# x\n",
        &expect![[r#"
            1-4 Section
            2-3 Section
            9-12 Section
        "#]],
    );
}

#[test]
fn comments_and_like_directives_fold() {
    check(
        "# a\n# b\n\n# c\nrelay-domain a.com\nrelay-domain b.com # x\nrelay-domain c.com\n\nrelay-domain d.com\nrelay-domain e.com\nrun-as-root no\n",
        &expect![[r#"
            1-2 Comments
            5-7 Alike
        "#]],
    );
    check(
        "<virtual-mta-pool p>\n  virtual-mta a\n  virtual-mta b\n  virtual-mta c\n</virtual-mta-pool>\n<bounce-category-patterns>\n/a/ x\n/b/ y\n/c/ x\n</bounce-category-patterns>\n",
        &expect![[r#"
            1-4 Section
            2-4 Alike
            6-9 Section
            7-9 Alike
        "#]],
    );
}

#[test]
fn regions_fold() {
    check(
        "# region outer\n<domain a>\n  # region inner\n  retry-after 1m\n  # endregion\n</domain>\n# endregion\n#endregion\n# region open\n",
        &expect![[r#"
            1-7 Region
            2-5 Section
            3-5 Region
        "#]],
    );
}

#[test]
fn lines_alike_fold_across_the_cuts_of_a_document() {
    let text = "relay-domain example.com\n".repeat(2_000);
    let folds = folding(&Document::new(&text));
    assert_eq!(folds.len(), 1);
    assert_eq!(folds[0].range.end as usize, text.len() - 1);
}
