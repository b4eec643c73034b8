//! `cold-virtual-mta-without-limit`: a cold VirtualMTA gets no mail.

use super::overview::Overview;
use super::partners::Reach;
use super::{Finding, Group, Rule, Severity, addition};

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
    if !overview.has_here("cold-virtual-mta") || overview.is_doubtful("max-cold-virtual-mta-msg") {
        return;
    }
    let limits = Reach::of(&overview.everywhere("max-cold-virtual-mta-msg"));
    if limits.is_everything() {
        return;
    }
    let lines = overview.here("cold-virtual-mta").into_iter();
    for line in lines.filter(|line| !limits.has(line)) {
        let message =
            "No domain that counts here has `max-cold-virtual-mta-msg`, so no mail is diverted.";
        let lines = [
            "<domain *>",
            "    max-cold-virtual-mta-msg 50/day",
            "</domain>",
        ];
        let lines = lines.map(str::to_owned);
        let edit = addition::behind(overview.site.document, line.range(), &lines);
        let title = "Add `max-cold-virtual-mta-msg 50/day` for all domains".to_owned();
        let fix = addition::choice(title, vec![edit]);
        findings.push(Finding::new(&RULE, line.range(), message).with_fix(fix));
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
            config:2 information: No domain that counts here has `max-cold-virtual-mta-msg`, so no mail is diverted.
        "#]]
        .assert_eq(&found(text, "cold-virtual-mta-without-limit"));
    }

    #[test]
    fn a_limit_in_another_virtual_mta() {
        let text = "\
<virtual-mta warm>
    cold-virtual-mta cold
</virtual-mta>
<virtual-mta cold>
    <domain *>
        max-cold-virtual-mta-msg 5/d
    </domain>
</virtual-mta>
";
        expect![[r#"
            config:2 information: No domain that counts here has `max-cold-virtual-mta-msg`, so no mail is diverted.
        "#]].assert_eq(&found(text, "cold-virtual-mta-without-limit"));
        let at_top = "<domain *>\n    max-cold-virtual-mta-msg 5/d\n</domain>\n";
        let text = format!("{text}{at_top}");
        expect![[r#""#]].assert_eq(&found(&text, "cold-virtual-mta-without-limit"));
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
