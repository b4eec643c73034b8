//! `statement-semicolon`: a `;` ends the line.

use super::{DirectiveSite, Finding, Fix, Group, Rule, Safety, Severity};
use crate::meaning::Meaning;
use crate::syntax::DirectiveForm;
use crate::text::TextRange;

/// The rule.
pub static RULE: Rule = Rule {
    code: "statement-semicolon",
    severity: Severity::Warning,
    group: Group::Syntax,
    summary: "a `;` ends the line",
    documentation: "A directive ends with its line and needs no sign for it. Only in `smtp-hosts` has `;` a meaning: it
separates levels of preference.

```pmta
http-mgmt-port 8080;
```

```pmta
http-mgmt-port 8080
```",
};

/// Directives whose value is a list in which `;` separates.
const WITH_LEVELS: [&str; 2] = ["smtp-hosts", "route"];

pub(crate) fn check(site: &DirectiveSite<'_>, findings: &mut Vec<Finding>) {
    let Some(end) = site.directive.statement_end else {
        return;
    };
    let is_prose = matches!(site.judged.meaning, Meaning::UnknownDirective)
        && site.directive.form == DirectiveForm::Plain;
    if is_prose || WITH_LEVELS.contains(&&*site.name) {
        return;
    }
    let from = site
        .directive
        .value
        .end
        .max(site.directive.name.end)
        .min(end.start);
    findings.push(
        Finding::new(
            &RULE,
            end,
            "A directive ends with its line: no `;` is needed, and PowerMTA reads it as text.",
        )
        .with_fix(Fix::replace(
            "Delete `;`",
            Safety::Safe,
            TextRange::new(from, end.end),
            "",
        )),
    );
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::diagnostics::test_support::{findings, fixed};

    #[test]
    fn at_the_end_of_a_line_only() {
        expect![[r#"
            1:20-21 warning statement-semicolon: A directive ends with its line: no `;` is needed, and PowerMTA reads it as text.
            2:16-17 warning statement-semicolon: A directive ends with its line: no `;` is needed, and PowerMTA reads it as text.
        "#]].assert_eq(&findings(
            "http-mgmt-port 8080;\nrun-as-root no ; # never\n<domain example.net>\n    smtp-hosts a.example.net;b.example.net\n</domain>\n",
        ));
    }

    #[test]
    fn the_sign_goes_with_the_blanks_before_it() {
        assert_eq!(
            fixed("run-as-root no ; # never\n", "statement-semicolon"),
            "run-as-root no # never\n"
        );
    }
}
