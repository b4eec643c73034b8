//! `assignment`: `=` or `:` between a directive and its value.

use super::{DirectiveSite, Finding, Fix, Group, Rule, Safety, Severity};
use crate::catalog;
use crate::meaning::Meaning;
use crate::syntax::DirectiveForm;
use crate::text::TextRange;
use crate::value::{self, Context};

/// The rule.
pub static RULE: Rule = Rule {
    code: "assignment",
    severity: Severity::Warning,
    group: Group::Syntax,
    summary: "`=` or `:` between a directive and its value",
    documentation: "A directive's value follows its name after a blank. `=` has a meaning only inside some values, such
as `source=NAME`.

```pmta
http-mgmt-port = 8080
run-as-root: no
```

```pmta
http-mgmt-port 8080
run-as-root no
```",
};

pub(crate) fn check(site: &DirectiveSite<'_>, findings: &mut Vec<Finding>) {
    let directive = site.directive;
    let (DirectiveForm::Assignment(sign) | DirectiveForm::Colon(sign)) = directive.form else {
        return;
    };
    if matches!(
        site.judged.meaning,
        Meaning::UnknownDirective | Meaning::Folklore(_) | Meaning::Other
    ) || is_explanation(site)
    {
        return;
    }
    let written = site.item.slice(sign);
    let (between, blank) = if directive.value.is_empty() {
        (TextRange::new(directive.name.end, sign.end), "")
    } else {
        (
            TextRange::new(directive.name.end, directive.value.start),
            " ",
        )
    };
    let mut finding = Finding::new(
        &RULE,
        sign,
        format!(
            "`{}` and its value are separated by a blank, not by `{written}`.",
            site.written_name()
        ),
    );
    if !site.written_name().contains([' ', '\t']) {
        finding = finding.with_fix(Fix::replace(
            format!("Delete `{written}`"),
            Safety::Safe,
            between,
            blank,
        ));
    }
    findings.push(finding);
}

/// Values of this many words that no directive of the name takes are prose.
const PROSE_WORDS: usize = 3;

/// `name: what it does`, a line of a list in a text about configuration.
fn is_explanation(site: &DirectiveSite<'_>) -> bool {
    let value = site.value();
    matches!(site.directive.form, DirectiveForm::Colon(_))
        && value
            .split_whitespace()
            .nth(PROSE_WORDS.saturating_sub(1))
            .is_some()
        && !catalog::directives_named(&site.name).iter().any(|entry| {
            let parsed = value::parse(&entry.value, value, Context::default());
            parsed.problems.is_empty() && parsed.rest.is_empty()
        })
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::diagnostics::test_support::{findings, fixed};

    #[test]
    fn equals_signs_and_colons_behind_known_names() {
        expect![[r#"
            1:16-17 warning assignment: `http-mgmt-port` and its value are separated by a blank, not by `=`.
            2:10-11 warning assignment: `host-name` and its value are separated by a blank, not by `=`.
            3:12-13 warning assignment: `run-as-root` and its value are separated by a blank, not by `:`.
            4:10-11 warning assignment: `log-file` and its value are separated by a blank, not by `:`.
        "#]].assert_eq(&findings(
            "http-mgmt-port = 8080\nhost-name=mail.example.com\nrun-as-root: no\nlog-file : /var/log/pmta/log\n",
        ));
    }

    #[test]
    fn prose_and_values_with_signs_are_left_alone() {
        expect![[""]].assert_eq(&findings(
            "smtp-listener 192.0.2.1:25 source=inside\n<source inside>\n    default-virtual-mta v1\n</source>\n",
        ));
    }

    #[test]
    fn an_explanation_is_no_assignment() {
        expect![[r#"
            2:19-25 error invalid-value: `limits` is not a rate such as `500/h` or `100/15m`, `unlimited` or `0`.
        "#]].assert_eq(&findings("<domain example.net>\n    max-msg-rate: limits messages per hour\n</domain>\n"));
    }

    #[test]
    fn the_sign_becomes_one_blank() {
        assert_eq!(
            fixed("http-mgmt-port  =  8080 # web\n", "assignment"),
            "http-mgmt-port 8080 # web\n"
        );
        assert_eq!(
            fixed("host-name=mail.example.com\n", "assignment"),
            "host-name mail.example.com\n"
        );
        assert_eq!(fixed("run-as-root: no\n", "assignment"), "run-as-root no\n");
    }
}
