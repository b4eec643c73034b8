//! `semicolon-comment`: a comment begins with `;`.

use super::{CommentSite, Finding, Fix, Group, Rule, Safety, Severity};
use crate::syntax::CommentForm;
use crate::text::TextRange;

/// The rule.
pub static RULE: Rule = Rule {
    code: "semicolon-comment",
    severity: Severity::Warning,
    group: Group::Syntax,
    summary: "a comment begins with `;`",
    documentation:
        "Comments begin with `#`. A `;` starts one in other programs' files, not in PowerMTA's.

```pmta
; general settings
```

```pmta
# general settings
```",
};

pub(crate) fn check(site: &CommentSite<'_>, findings: &mut Vec<Finding>) {
    if site.form != CommentForm::Semicolon {
        return;
    }
    let text = site.text();
    let count = text
        .len()
        .saturating_sub(text.trim_start_matches(';').len());
    let signs = TextRange::of(0, count).shifted(site.entry.range.start);
    findings.push(
        Finding::new(
            &RULE,
            site.entry.range,
            "A comment begins with `#` in PowerMTA, not with `;`.",
        )
        .with_fix(Fix::replace(
            "Write `#`",
            Safety::Safe,
            signs,
            "#".repeat(count),
        )),
    );
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::diagnostics::test_support::{findings, fixed};

    #[test]
    fn only_at_the_start_of_a_line() {
        expect![[r#"
            1:1-10 warning semicolon-comment: A comment begins with `#` in PowerMTA, not with `;`.
            4:3-12 warning semicolon-comment: A comment begins with `#` in PowerMTA, not with `;`.
        "#]].assert_eq(&findings(
            "; general\nrun-as-root no\n<domain example.net>\n  ;; limits\n  smtp-hosts a.example.net;b.example.net\n</domain>\n",
        ));
        assert_eq!(fixed("  ;; limits\n", "semicolon-comment"), "  ## limits\n");
    }
}
