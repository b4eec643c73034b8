//! `brace-block`: a section is written with braces.

use super::{Edit, Finding, Fix, Group, Rule, Safety, SectionSite, Severity};
use crate::meaning::Meaning;
use crate::syntax::SectionForm;
use crate::text::TextRange;

/// The rule.
pub static RULE: Rule = Rule {
    code: "brace-block",
    severity: Severity::Warning,
    group: Group::Syntax,
    summary: "a section is written with braces",
    documentation: "A section stands between two tags. Braces belong to some names, such as `{default}`, and open nothing.

```pmta
domain example.com {
    max-smtp-out 20
}
```

```pmta
<domain example.com>
    max-smtp-out 20
</domain>
```",
};

pub(crate) fn check(site: &SectionSite<'_>, findings: &mut Vec<Finding>) {
    let is_wrapper = matches!(site.judged.meaning, Meaning::Wrapper);
    if site
        .section
        .is_none_or(|section| section.form != SectionForm::Braces)
        || is_wrapper
    {
        return;
    }
    let open = site.tag.range;
    let brace = TextRange::new(open.end.saturating_sub(1), open.end);
    let name = site.written_name();
    let message = if name.is_empty() {
        "Braces group nothing in PowerMTA: write the lines without them.".to_owned()
    } else {
        format!(
            "A section is written `{}` … `</{name}>`, not with braces.",
            tag(site)
        )
    };
    let mut finding = Finding::new(&RULE, brace, message);
    if let Some((close, _)) = site.closing() {
        finding = finding
            .with_related(close, "The block ends here.")
            .with_fix(conversion(site, close));
    }
    findings.push(finding);
}

/// The opening tag the block should have.
fn tag(site: &SectionSite<'_>) -> String {
    match site.argument() {
        "" => format!("<{}>", site.written_name()),
        argument => format!("<{} {argument}>", site.written_name()),
    }
}

/// Tags in place of both braces; what stood with them on one line gets lines of its own.
fn conversion(site: &SectionSite<'_>, close: TextRange) -> Fix {
    let item = site.item;
    let open = site.tag.range;
    let body = item.slice(TextRange::new(open.end, close.start));
    if site.written_name().is_empty() {
        let before = body
            .len()
            .saturating_sub(body.trim_start_matches([' ', '\t']).len());
        let after = body
            .len()
            .saturating_sub(body.trim_end_matches([' ', '\t']).len());
        let opening = TextRange::new(
            open.start,
            open.end.saturating_add(TextRange::of(0, before).end),
        );
        let closing = TextRange::new(
            close
                .start
                .saturating_sub(TextRange::of(0, after).end)
                .max(opening.end),
            close.end,
        );
        return Fix {
            title: "Delete the braces".to_owned(),
            safety: Safety::Unsafe,
            edits: vec![
                Edit {
                    range: opening,
                    text: String::new(),
                },
                Edit {
                    range: closing,
                    text: String::new(),
                },
            ],
        };
    }
    let end_tag = format!("</{}>", site.written_name());
    let title = format!("Write `{}` and `{end_tag}`", tag(site));
    let is_one_line = !body.contains(['\n', '\r']);
    let (opening, closing) = if is_one_line {
        let blanks = body.len().saturating_sub(body.trim_start().len());
        let kept = body.trim_end().len().max(blanks);
        let line = format!("{}{}", item.line_break(), item.indentation(open.start));
        let inside = if body.trim().is_empty() {
            String::new()
        } else {
            format!("{line}    ")
        };
        (
            Edit {
                range: TextRange::new(
                    open.start,
                    open.end.saturating_add(TextRange::of(0, blanks).end),
                ),
                text: format!("{}{inside}", tag(site)),
            },
            Edit {
                range: TextRange::new(
                    open.end.saturating_add(TextRange::of(0, kept).end),
                    close.end,
                ),
                text: format!("{line}{end_tag}"),
            },
        )
    } else {
        (
            Edit {
                range: open,
                text: tag(site),
            },
            Edit {
                range: close,
                text: end_tag,
            },
        )
    };
    Fix {
        title,
        safety: Safety::Unsafe,
        edits: vec![opening, closing],
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::diagnostics::test_support::{findings, fixed};

    #[test]
    fn one_finding_a_block() {
        expect![[r#"
            1:20-21 warning brace-block: A section is written `<domain example.net>` … `</domain>`, not with braces.
            4:20-21 warning brace-block: A section is written `<domain example.org>` … `</domain>`, not with braces.
        "#]].assert_eq(&findings(
            "domain example.net { # limits\n    max-smtp-out 7\n}\ndomain example.org { max-smtp-out 3 }\n",
        ));
    }

    #[test]
    fn names_in_braces_are_no_blocks() {
        expect![[""]].assert_eq(&findings(
            "<source {pmta-auth}>\n    require-auth yes\n</source>\n",
        ));
    }

    #[test]
    fn tags_take_the_place_of_braces() {
        expect![[r#"
            <domain example.net> # limits
                max-smtp-out 7
            </domain>
            run-as-root no
        "#]]
        .assert_eq(&fixed(
            "domain example.net { # limits\n    max-smtp-out 7\n}\nrun-as-root no\n",
            "brace-block",
        ));
        assert_eq!(
            fixed("{ run-as-root no }\n", "brace-block"),
            "run-as-root no\n"
        );
        expect![[r#"
            <domain example.org>
                max-smtp-out 3
            </domain>
        "#]]
        .assert_eq(&fixed(
            "domain example.org { max-smtp-out 3 }\n",
            "brace-block",
        ));
    }
}
