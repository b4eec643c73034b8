//! `repeated-directive`: a line says again what another line said.

use super::{Group, Rule, Severity};

/// The rule.
pub static RULE: Rule = Rule {
    code: "repeated-directive",
    severity: Severity::Hint,
    group: Group::Order,
    summary: "a line says again what another line said",
    documentation: "The same setting stands twice in one section body with the same value. The second line changes
nothing, until one of the two is changed and the other forgotten.

```pmta
<domain example.com>
    max-smtp-out 20
    max-smtp-out 20
</domain>
```

The fix deletes the second line.",
};

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::diagnostics::test_support::{findings, fixed};

    #[test]
    fn the_second_line_is_deleted() {
        let text = "<domain example.com>\n    queue-to backup.queue\n    queue-to \"backup.queue\" # as before\n</domain>\n";
        expect![[r#"
            3:5-13 hint repeated-directive: `queue-to` is set to the same value above: this line changes nothing.
        "#]]
        .assert_eq(&findings(text));
        expect![[r#"
            <domain example.com>
                queue-to backup.queue
                # as before
            </domain>
        "#]]
        .assert_eq(&fixed(text, "repeated-directive"));
    }

    #[test]
    fn at_the_top_level() {
        let text = "run-as-root no\nhost-name mta1.example.com\n\nrun-as-root no\n\n# end\n";
        expect![[r#"
            4:1-12 hint repeated-directive: `run-as-root` is set to the same value above: this line changes nothing.
        "#]]
        .assert_eq(&findings(text));
        expect![[r#"
            run-as-root no
            host-name mta1.example.com


            # end
        "#]]
        .assert_eq(&fixed(text, "repeated-directive"));
    }
}
