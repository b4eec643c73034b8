//! `cold-limit-without-virtual-mta`: a limit for cold VirtualMTAs, and there is none.

use super::overview::Overview;
use super::partners::Reach;
use super::{Finding, Group, Rule, Safety, Severity, addition};

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
        || overview.may_have("auto-cold-virtual-mta")
        || overview.is_doubtful("cold-virtual-mta");
    if is_silent {
        return;
    }
    let diverting = Reach::of(&overview.everywhere("cold-virtual-mta"));
    if diverting.is_everything() {
        return;
    }
    let lines = overview.here(name).into_iter();
    let lines = lines.filter(|line| !diverting.has(line));
    for line in lines.filter(|line| !line.value().starts_with("0/")) {
        let message = if overview.has("cold-virtual-mta") {
            "Its VirtualMTA has no `cold-virtual-mta`, so there is nothing to limit."
        } else {
            "No VirtualMTA or pool has a `cold-virtual-mta`, so there is nothing to limit."
        };
        let delete = addition::delete(overview.site.document, line.range(), Safety::Alternative);
        findings.push(Finding::new(&RULE, line.range(), message).with_fix(delete));
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::overview::tests::found;
    use expect_test::expect;

    #[test]
    fn a_cold_virtual_mta_elsewhere() {
        let text = "\
<virtual-mta a>
    cold-virtual-mta c
    <domain *>
        max-cold-virtual-mta-msg 5/d
    </domain>
</virtual-mta>
<virtual-mta b>
    <domain *>
        max-cold-virtual-mta-msg 5/d
    </domain>
</virtual-mta>
<virtual-mta c>
</virtual-mta>
<domain *>
    max-cold-virtual-mta-msg 5/d
</domain>
";
        expect![[r#"
            config:9 information: Its VirtualMTA has no `cold-virtual-mta`, so there is nothing to limit.
        "#]].assert_eq(&found(text, "cold-limit-without-virtual-mta"));
    }

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
