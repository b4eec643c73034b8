//! `dkim-sign-without-key`: mail is to be signed, and there is no key.

use super::overview::Overview;
use super::{Finding, Group, Rule, Severity};

/// The rule.
pub static RULE: Rule = Rule {
    code: "dkim-sign-without-key",
    severity: Severity::Information,
    group: Group::Settings,
    summary: "mail is to be signed, and there is no key",
    documentation: "`dkim-sign yes` signs with the key of a `domain-key` line, at the top level, in the VirtualMTA or its
pool. Without one, mail goes out unsigned and nothing is said.

```pmta
<domain *>
    dkim-sign yes
</domain>
```

```pmta
domain-key s1,example.com,/etc/pmta/s1.example.com.pem
<domain *>
    dkim-sign yes
</domain>
```",
};

pub(crate) fn check(overview: &Overview<'_>, findings: &mut Vec<Finding>) {
    for name in ["dkim-sign", "second-dkim-sign"] {
        // A key may also come with each message.
        let is_silent = !overview.has_here(name)
            || overview.may_have("domain-key")
            || overview.is_on("process-x-dkim-key");
        if is_silent {
            continue;
        }
        let lines = overview.here(name).into_iter();
        let on = lines.filter(|line| crate::deployment::is_yes(&line.value()));
        findings.extend(on.take(1).map(|line| {
            let message =
                format!("`{name}` signs nothing: there is no `domain-key` in this configuration.");
            Finding::new(&RULE, line.range(), message)
        }));
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::overview::tests::found;
    use expect_test::expect;

    #[test]
    fn no_key_anywhere() {
        let text = "\
<domain *>
    dkim-sign yes
</domain>
<domain b.example.com>
    dkim-sign no
</domain>
";
        expect![[r#"
            config:2 information: `dkim-sign` signs nothing: there is no `domain-key` in this configuration.
        "#]].assert_eq(&found(text, "dkim-sign-without-key"));
    }

    #[test]
    fn a_key_anywhere() {
        let text = "\
<virtual-mta m>
    domain-key s1,*,/etc/pmta/a.pem
</virtual-mta>
<domain *>
    dkim-sign yes
</domain>
";
        expect![[r#""#]].assert_eq(&found(text, "dkim-sign-without-key"));
    }
}
