//! `duplicate-section`: a section stands twice in one scope.

use super::{Edit, Finding, Fix, Group, Rule, Safety, Severity, wording};
use crate::text::TextRange;

/// The rule.
pub static RULE: Rule = Rule {
    code: "duplicate-section",
    severity: Severity::Information,
    group: Group::Order,
    summary: "a section stands twice in one scope",
    documentation: "Two sections with the same tag and argument stand in one scope. How their settings work together is
documented nowhere, and whoever reads one of them does not see the other.

```pmta
<domain example.com>
    max-smtp-out 20
</domain>
<domain example.com>
    retry-after 10m
</domain>
```

The fix moves the lines of the second section to the end of the first. It has to be asked for, as
the order of the lines may matter.",
};

/// The finding on the opening tag of the second section.
pub(super) fn finding(tag: &str, first: TextRange, second: TextRange, merge: Vec<Edit>) -> Finding {
    let finding = Finding::new(
        &RULE,
        second,
        format!(
            "`{}` stands here a second time: one section should hold its settings.",
            wording::shown(tag)
        ),
    )
    .with_related(first, "It begins here.");
    if merge.is_empty() {
        return finding;
    }
    finding.with_fix(Fix {
        title: "Move the lines into the first section".to_owned(),
        safety: Safety::Unsafe,
        edits: merge,
    })
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::diagnostics::test_support::{findings, fixed};

    #[test]
    fn the_lines_move_into_the_first() {
        let text = "<domain example.com>\n    max-smtp-out 20\n</domain>\n\n<source 127.0.0.1>\n    smtp-service yes\n</source>\n\n# retries\n<domain Example.com>\n    # soon\n    retry-after 10m\n</domain>\n";
        expect![[r#"
            10:1-21 information duplicate-section: `<domain Example.com>` stands here a second time: one section should hold its settings.
        "#]]
        .assert_eq(&findings(text));
        expect![[r#"
            <domain example.com>
                max-smtp-out 20
                # soon
                retry-after 10m
            </domain>

            <source 127.0.0.1>
                smtp-service yes
            </source>

            # retries
        "#]]
        .assert_eq(&fixed(text, "duplicate-section"));
    }

    #[test]
    fn inside_a_virtual_mta() {
        let text = "<virtual-mta mta1>\n    <domain *>\n        max-smtp-out 20\n    </domain>\n    <domain *>\n        retry-after 10m\n    </domain>\n</virtual-mta>\n<domain *>\n    log-connections no\n</domain>\n";
        expect![[r#"
            5:5-15 information duplicate-section: `<domain *>` stands here a second time: one section should hold its settings.
        "#]]
        .assert_eq(&findings(text));
        expect![[r#"
            <virtual-mta mta1>
                <domain *>
                    max-smtp-out 20
                    retry-after 10m
                </domain>
            </virtual-mta>
            <domain *>
                log-connections no
            </domain>
        "#]]
        .assert_eq(&fixed(text, "duplicate-section"));
    }

    #[test]
    fn a_name_that_is_defined_twice_is_another_matter() {
        expect![[""]].assert_eq(&findings(
            "<virtual-mta mta1>\n</virtual-mta>\n<virtual-mta mta1>\n</virtual-mta>\n<acct-file /var/log/a.csv>\n    records d\n</acct-file>\n<acct-file /var/log/A.csv>\n    records b\n</acct-file>\n",
        ));
    }
}
