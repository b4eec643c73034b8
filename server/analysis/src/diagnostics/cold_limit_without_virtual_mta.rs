//! `cold-limit-without-virtual-mta`: a limit for cold VirtualMTAs, and there is none.

use super::overview::Overview;
use super::{Finding, Group, Rule, Severity};

/// The rule.
pub static RULE: Rule = Rule {
    code: "cold-limit-without-virtual-mta",
    severity: Severity::Information,
    group: Group::Settings,
    summary: "a limit for cold VirtualMTAs, and there is none",
    documentation: "`max-cold-virtual-mta-msg` counts messages that are diverted to a `cold-virtual-mta`. Where no VirtualMTA
and no pool names one, there is nothing to count.",
};

pub(crate) fn check(overview: &Overview<'_>, findings: &mut Vec<Finding>) {
    let name = "max-cold-virtual-mta-msg";
    let is_silent = !overview.has_here(name)
        || overview.may_have("cold-virtual-mta")
        || overview.may_have("auto-cold-virtual-mta");
    if is_silent {
        return;
    }
    let lines = overview.here(name).into_iter();
    for line in lines.filter(|line| !line.value().starts_with("0/")) {
        let message =
            "No VirtualMTA or pool has a `cold-virtual-mta`, so there is nothing to limit.";
        findings.push(Finding::new(&RULE, line.range(), message));
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::overview::tests::found;
    use expect_test::expect;

    #[test]
    fn no_cold_virtual_mta() {
        let text = "\
<domain *>
    max-cold-virtual-mta-msg 5/d
</domain>
<domain a.example.com>
    max-cold-virtual-mta-msg 0/d
</domain>
";
        expect![[r#"
            config:2 information: No VirtualMTA or pool has a `cold-virtual-mta`, so there is nothing to limit.
        "#]].assert_eq(&found(text, "cold-limit-without-virtual-mta"));
    }
}
