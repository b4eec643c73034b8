//! `assignment`: `=` or `:` between a directive and its value.

use super::{DirectiveSite, Finding, Fix, Group, Rule, Safety, Severity};
use crate::meaning::Meaning;
use crate::syntax::DirectiveForm;
use crate::text::TextRange;

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
max-smtp-out: 20
```

```pmta
http-mgmt-port 8080
max-smtp-out 20
```",
};

pub(crate) fn check(site: &DirectiveSite<'_>, findings: &mut Vec<Finding>) {
    let directive = site.directive;
    let (DirectiveForm::Assignment(sign) | DirectiveForm::Colon(sign)) = directive.form else { return };
    if matches!(site.judged.meaning, Meaning::UnknownDirective | Meaning::Other) {
        return;
    }
    let written = site.item.slice(sign);
    let (between, blank) = if directive.value.is_empty() {
        (TextRange::new(directive.name.end, sign.end), "")
    } else {
        (TextRange::new(directive.name.end, directive.value.start), " ")
    };
    findings.push(
        Finding::new(
            &RULE,
            sign,
            format!("`{}` and its value are separated by a blank, not by `{written}`.", site.written_name()),
        )
        .with_fix(Fix::replace(format!("Delete `{written}`"), Safety::Safe, between, blank)),
    );
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::diagnostics::test_support::{findings, fixed};

    #[test]
    fn equals_signs_and_colons_behind_known_names() {
        expect![[""]].assert_eq(&findings(
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
    fn the_sign_becomes_one_blank() {
        assert_eq!(fixed("http-mgmt-port  =  8080 # web\n", "assignment"), "http-mgmt-port 8080 # web\n");
        assert_eq!(fixed("host-name=mail.example.com\n", "assignment"), "host-name mail.example.com\n");
        assert_eq!(fixed("run-as-root: no\n", "assignment"), "run-as-root no\n");
    }
}
