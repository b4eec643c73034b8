//! `domain-key-without-dkim-sign`: there is a key, and no domain is signed for.

use super::overview::Overview;
use super::{Finding, Group, Rule, Severity};

/// The rule.
pub static RULE: Rule = Rule {
    code: "domain-key-without-dkim-sign",
    severity: Severity::Information,
    group: Group::Settings,
    summary: "there is a key, and no domain is signed for",
    documentation: "A key is used for mail to domains that have `dkim-sign yes`.

```pmta
domain-key s1,example.com,/etc/pmta/s1.example.com.pem
```

```pmta
domain-key s1,example.com,/etc/pmta/s1.example.com.pem
<domain *>
    dkim-sign yes
</domain>
```",
};

pub(crate) fn check(overview: &Overview<'_>, findings: &mut Vec<Finding>) {
    if !overview.has_here("domain-key") {
        return;
    }
    let signs = |name| overview.some(name, |value| !matches!(value, "no" | "false"));
    if signs("dkim-sign") || signs("second-dkim-sign") || overview.may_have("dk-sign") {
        return;
    }
    let first = overview.here("domain-key").into_iter().next();
    findings.extend(first.map(|line| {
        let message = "No domain has `dkim-sign yes`, so nothing is signed with this key.";
        Finding::new(&RULE, line.range(), message)
    }));
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::overview::tests::found;
    use expect_test::expect;

    #[test]
    fn nothing_is_signed() {
        let text = "\
domain-key s1,*,/etc/pmta/a.pem
<domain *>
    dkim-sign no
</domain>
";
        expect![[r#"
            config:1 information: No domain has `dkim-sign yes`, so nothing is signed with this key.
        "#]]
        .assert_eq(&found(text, "domain-key-without-dkim-sign"));
    }

    #[test]
    fn something_is_signed() {
        let text = "\
domain-key s1,*,/etc/pmta/a.pem
<domain *>
    dkim-sign if-x-dkim-options-present
</domain>
";
        expect![[r#""#]].assert_eq(&found(text, "domain-key-without-dkim-sign"));
    }
}
