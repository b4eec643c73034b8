//! `missing-postmaster`: nobody is named whom PowerMTA can write to.

use super::overview::Overview;
use super::{Finding, Group, Rule, Severity, addition};
use crate::text::TextRange;

/// The rule.
pub static RULE: Rule = Rule {
    code: "missing-postmaster",
    severity: Severity::Hint,
    group: Group::Settings,
    summary: "nobody is named whom PowerMTA can write to",
    documentation: "The `postmaster` gets reports of crashes, notices that the licence ends, and the mail for this server's
own postmaster and abuse addresses. The guide wants it always set.

```pmta
postmaster postmaster@example.com
```",
};

pub(crate) fn check(overview: &Overview<'_>, findings: &mut Vec<Finding>) {
    if !overview.is_sure_root() || overview.may_have("postmaster") {
        return;
    }
    let message =
        "No line has `postmaster`: PowerMTA has nobody to write to when something is wrong.";
    let line = "postmaster postmaster@example.com";
    let edit = addition::at_end(overview.site.document, line);
    let fix = addition::choice(format!("Add `{line}`"), vec![edit]);
    findings.push(Finding::new(&RULE, TextRange::empty(0), message).with_fix(fix));
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::overview::tests::found;
    use expect_test::expect;

    #[test]
    fn nobody() {
        let text = "\
smtp-listener 192.0.2.1:25
<source 192.0.2.2>
</source>
";
        expect![[r#"
            config:1 hint: No line has `postmaster`: PowerMTA has nobody to write to when something is wrong.
        "#]].assert_eq(&found(text, "missing-postmaster"));
    }

    #[test]
    fn somebody() {
        let text = "\
postmaster a@example.com
";
        expect![[r#""#]].assert_eq(&found(text, "missing-postmaster"));
    }
}
