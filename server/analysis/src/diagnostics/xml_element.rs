//! `xml-element`: a directive is written as an XML element.

use super::{DirectiveSite, Finding, Fix, Group, Rule, Safety, Severity};
use crate::syntax::DirectiveForm;

/// The rule.
pub static RULE: Rule = Rule {
    code: "xml-element",
    severity: Severity::Warning,
    group: Group::Syntax,
    summary: "a directive is written as an XML element",
    documentation:
        "Tags stand around sections only. A directive is a line of its own: name, blank, value.

```pmta
<max-smtp-out>20</max-smtp-out>
```

```pmta
max-smtp-out 20
```",
};

pub(crate) fn check(site: &DirectiveSite<'_>, findings: &mut Vec<Finding>) {
    if site.directive.form != DirectiveForm::Element {
        return;
    }
    let (name, value) = (site.written_name(), site.value().trim());
    let line = if value.is_empty() {
        name.to_owned()
    } else {
        format!("{name} {value}")
    };
    findings.push(
        Finding::new(
            &RULE,
            site.entry.range,
            format!("Tags stand around sections only: a directive is written `{name} VALUE`."),
        )
        .with_fix(Fix::replace(
            "Write it as a directive",
            Safety::Safe,
            site.entry.range,
            line,
        )),
    );
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::diagnostics::test_support::{findings, fixed};

    #[test]
    fn the_element_is_read_as_a_directive() {
        expect![[r#"
            1:1-39 warning xml-element: Tags stand around sections only: a directive is written `http-mgmt-port VALUE`.
            1:17-22 error value-out-of-range: `80800` is too large: the last port is 65535.
        "#]].assert_eq(&findings("<http-mgmt-port>80800</http-mgmt-port>\nrun-as-root no\n"));
    }

    #[test]
    fn the_line_keeps_its_value_and_comment() {
        assert_eq!(
            fixed(
                "  <http-mgmt-port> 8080 </http-mgmt-port> # web\n",
                "xml-element"
            ),
            "  http-mgmt-port 8080 # web\n"
        );
    }
}
