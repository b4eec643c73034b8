//! `unit-in-name`: the unit of a value stands in the name of its directive.

use super::{DirectiveSite, Edit, Finding, Fix, Group, Rule, Safety, Severity};
use crate::syntax::DirectiveForm;

/// The rule.
pub static RULE: Rule = Rule {
    code: "unit-in-name",
    severity: Severity::Warning,
    group: Group::Syntax,
    summary: "the unit of a value stands in the name of its directive",
    documentation: "A name holds no unit. The period of a rate follows the number.

```pmta
<domain example.com>
    max-msg-rate/s 500
</domain>
```

```pmta
<domain example.com>
    max-msg-rate 500/s
</domain>
```",
};

pub(crate) fn check(site: &DirectiveSite<'_>, findings: &mut Vec<Finding>) {
    let DirectiveForm::UnitInName(suffix) = site.directive.form else {
        return;
    };
    let written = site.item.slice(suffix);
    let name = site.written_name();
    let value = site.value();
    let is_bare_number = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
    let period = written
        .rsplit('/')
        .next()
        .filter(|unit| matches!(*unit, "s" | "m" | "h" | "d"));
    let mut edits = vec![Edit {
        range: suffix,
        text: String::new(),
    }];
    let (right, title) = match period {
        Some(unit) if is_bare_number => {
            edits.push(Edit {
                range: site.directive.value,
                text: format!("{value}/{unit}"),
            });
            (
                format!("write `{name} {value}/{unit}`"),
                format!("Write `{name} {value}/{unit}`"),
            )
        }
        _ => (
            "the unit belongs to the value".to_owned(),
            format!("Delete `{written}`"),
        ),
    };
    findings.push(
        Finding::new(
            &RULE,
            suffix,
            format!("`{written}` is no part of the name `{name}`: {right}."),
        )
        .with_fix(Fix {
            title,
            safety: Safety::Unsafe,
            edits,
        }),
    );
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::diagnostics::test_support::{findings, fixed};

    #[test]
    fn the_period_moves_behind_the_number() {
        let text = "<domain example.com>\n    max-msg-rate/g/s 500 # fast\n</domain>\n";
        expect![[r#"
            2:17-21 warning unit-in-name: `/g/s` is no part of the name `max-msg-rate`: write `max-msg-rate 500/s`.
        "#]].assert_eq(&findings(text));
        expect![[r#"
            <domain example.com>
                max-msg-rate 500/s # fast
            </domain>
        "#]]
        .assert_eq(&fixed(text, "unit-in-name"));
    }

    #[test]
    fn a_value_with_its_own_period_stays() {
        let text = "<domain example.com>\n    max-msg-rate/s 500/h\n</domain>\n";
        expect![[r#"
            2:17-19 warning unit-in-name: `/s` is no part of the name `max-msg-rate`: the unit belongs to the value.
        "#]].assert_eq(&findings(text));
        expect![[r#"
            <domain example.com>
                max-msg-rate 500/h
            </domain>
        "#]]
        .assert_eq(&fixed(text, "unit-in-name"));
    }
}
