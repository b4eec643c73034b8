//! `cold-virtual-mta-without-limit`: a cold VirtualMTA gets no mail.

use super::overview::Overview;
use super::{Finding, Group, Rule, Severity};

/// The rule.
pub static RULE: Rule = Rule {
    code: "cold-virtual-mta-without-limit",
    severity: Severity::Information,
    group: Group::Settings,
    summary: "a cold VirtualMTA gets no mail",
    documentation: "`cold-virtual-mta` diverts as many of each day's messages as `max-cold-virtual-mta-msg` says, and that is
none by default.

```pmta
<virtual-mta warm>
    cold-virtual-mta cold
</virtual-mta>
```

```pmta
<virtual-mta warm>
    cold-virtual-mta cold
    <domain *>
        max-cold-virtual-mta-msg 50/day
    </domain>
</virtual-mta>
```",
};

pub(crate) fn check(overview: &Overview<'_>, findings: &mut Vec<Finding>) {
    if !overview.has_here("cold-virtual-mta") || overview.may_have("max-cold-virtual-mta-msg") {
        return;
    }
    for line in overview.here("cold-virtual-mta") {
        let message = "No domain has `max-cold-virtual-mta-msg`, so no mail is diverted.";
        findings.push(Finding::new(&RULE, line.range(), message));
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::overview::tests::found;
    use expect_test::expect;

    #[test]
    fn no_limit() {
        let text = "\
<virtual-mta warm>
    cold-virtual-mta cold
</virtual-mta>
<virtual-mta cold>
</virtual-mta>
";
        expect![[r#"
            config:2 information: No domain has `max-cold-virtual-mta-msg`, so no mail is diverted.
        "#]]
        .assert_eq(&found(text, "cold-virtual-mta-without-limit"));
    }

    #[test]
    fn a_limit() {
        let text = "\
<virtual-mta warm>
    cold-virtual-mta cold
    <domain *>
        max-cold-virtual-mta-msg 5/d
    </domain>
</virtual-mta>
";
        expect![[r#""#]].assert_eq(&found(text, "cold-virtual-mta-without-limit"));
    }
}
