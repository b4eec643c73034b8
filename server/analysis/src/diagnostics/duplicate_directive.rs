//! `duplicate-directive`: a setting of one value is given two.

use super::{Group, Rule, Severity};

/// The rule.
pub static RULE: Rule = Rule {
    code: "duplicate-directive",
    severity: Severity::Warning,
    group: Group::Order,
    summary: "a setting of one value is given two",
    documentation: "A setting that takes one value stands twice in one section body, with different values. Which of them
counts is documented nowhere, so one of the lines does nothing, and nobody can tell which.

```pmta
<domain example.com>
    max-smtp-out 20
    max-smtp-out 5
</domain>
```

Keep the line that is meant. Lists of names may well add up and are left alone. Lines in different files, and those of the shipped defaults against
your own, are not compared, and neither are lines with a template marker between them.",
};

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::diagnostics::test_support::{findings, fixed};
    use crate::document::Document;

    #[test]
    fn two_values_in_one_section() {
        let text = "<domain example.com>\n    max-smtp-out 20\n    retry-after 10m\n    Max-Smtp-Out 5 # less\n</domain>\n";
        expect![[r#"
            4:5-17 warning duplicate-directive: `max-smtp-out` has one value, and another line sets it to a different one. Keep the line that is meant.
        "#]]
        .assert_eq(&findings(text));
        expect![[r#"
            <domain example.com>
                max-smtp-out 20
                retry-after 10m
                # less
            </domain>
        "#]]
        .assert_eq(&fixed(text, "duplicate-directive"));
    }

    #[test]
    fn two_values_at_the_top_level() {
        let text = "run-as-root no\n\n# limits\ntotal-max-smtp-out 100\nhost-name mta1.example.com\ntotal-max-smtp-out 200\n";
        expect![[r#"
            6:1-19 warning duplicate-directive: `total-max-smtp-out` has one value, and another line sets it to a different one. Keep the line that is meant.
        "#]]
        .assert_eq(&findings(text));
        expect![[r#"
            run-as-root no

            # limits
            total-max-smtp-out 100
            host-name mta1.example.com
        "#]]
        .assert_eq(&fixed(text, "duplicate-directive"));
    }

    #[test]
    fn an_edit_far_away_is_noticed() {
        let filler = "relay-domain example.com\n".repeat(2_000);
        let mut document =
            Document::new(&format!("total-max-smtp-out 1\n{filler}run-as-root no\n"));
        let codes = |document: &Document| {
            let findings = document.findings();
            findings.iter().map(|it| it.rule.code).collect::<Vec<_>>()
        };
        assert!(codes(&document).is_empty());
        let end = document.rope().len_bytes();
        document.edit(end..end, "total-max-smtp-out 2\n");
        assert_eq!(codes(&document), ["duplicate-directive"]);
        document.edit(0.."total-max-smtp-out 1\n".len(), "");
        assert!(codes(&document).is_empty());
    }

    #[test]
    fn what_may_be_repeated_or_stands_in_sections_of_its_own() {
        expect![[""]].assert_eq(&findings(
            "<acct-file /var/log/a.csv>\n    records r\n    records rb\n</acct-file>\nrelay-domain a.example.com\nrelay-domain b.example.com\n<domain a.example.com>\n    max-smtp-out 1\n</domain>\n<domain b.example.com>\n    max-smtp-out 2\n</domain>\n<pattern-list one>\n    rcpt-to /a/ virtual-mta={default}\n    rcpt-to /b/ virtual-mta={default}\n</pattern-list>\n<virtual-mta mta1>\n    max-smtp-out 1\n    <domain *>\n        max-smtp-out 2\n    </domain>\n</virtual-mta>\n",
        ));
    }

    #[test]
    fn lines_for_different_cases_of_a_template() {
        expect![[""]].assert_eq(&findings(
            "<domain example.com>\n<?php if ($warm): ?>\n    max-smtp-out 20\n<?php else: ?>\n    max-smtp-out 5\n<?php endif ?>\n</domain>\n",
        ));
    }
}
