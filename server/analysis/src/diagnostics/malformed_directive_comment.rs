//! `malformed-directive-comment`: a comment speaks to pmta-ls and is not understood.

use super::{CommentSite, Finding, Fix, Group, Rule, Safety, Severity};
use crate::remarks::{Order, Remark};
use crate::syntax::CommentForm;

/// The rule.
pub static RULE: Rule = Rule {
    code: "malformed-directive-comment",
    severity: Severity::Information,
    group: Group::Checker,
    summary: "a comment for pmta-ls is not understood",
    documentation:
        "A comment that begins with `# pmta-ls:` speaks to this program. One that it does not understand has no
effect, which is easily overlooked.

```pmta
max-msg-rate 100/H    # pmta-ls: ignore value-case
```

The codes stand in brackets:

```pmta
max-msg-rate 100/H    # pmta-ls: ignore[value-case]
```

Understood are:

- `# pmta-ls: ignore[CODE, CODE]` at the end of a line, or alone on the line above it
- `# pmta-ls: ignore-file[CODE, CODE]` anywhere in the file
- `# pmta-ls: place=SECTION` before the first directive of an included file
- `# pmta-ls: format off` and `# pmta-ls: format on`

PowerMTA itself sees comments only.",
};

pub(crate) fn check(site: &CommentSite<'_>, findings: &mut Vec<Finding>) {
    if site.form != CommentForm::Hash {
        return;
    }
    let Some(remark) = Remark::read(site.text()) else {
        return;
    };
    let start = site.entry.range.start;
    if let Order::Malformed(wrong) = remark.order {
        let finding = Finding::new(&RULE, wrong.range.shifted(start), wrong.message);
        findings.push(match wrong.corrected {
            Some(comment) => finding.with_fix(Fix::replace(
                format!("Write `{comment}`"),
                Safety::Safe,
                site.entry.range,
                comment,
            )),
            None => finding,
        });
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::diagnostics::test_support::{findings, fixed};

    #[test]
    fn what_is_not_understood_is_told() {
        let text = "# pmta-ls: ignore value-case\npostmaster a@example.com # pmta-ls: disable\n# pmta-ls is a program\n";
        expect![[r#"
            1:12-18 information malformed-directive-comment: The codes to ignore stand in brackets: `ignore[CODE, CODE]`.
            2:37-44 information malformed-directive-comment: pmta-ls understands `ignore[CODE]`, `ignore-file[CODE]`, `place=SECTION`, `format off` and `format on` here.
        "#]].assert_eq(&findings(text));
        assert!(
            fixed(text, "malformed-directive-comment")
                .starts_with("# pmta-ls: ignore[value-case]\n")
        );
    }
}
