//! `dkim-sign-without-key`: mail is to be signed, and there is no key.

use super::overview::Overview;
use super::partners::Reach;
use super::{Finding, Group, Rule, Severity, addition};

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
            || overview.is_doubtful("domain-key")
            || overview.is_on("process-x-dkim-key");
        if is_silent {
            continue;
        }
        let keys = Reach::of(&overview.everywhere("domain-key"));
        if keys.is_everything() {
            continue;
        }
        let lines = overview.here(name).into_iter();
        let without_key = lines.filter(|line| !keys.has(line));
        let on = without_key.filter(|line| crate::deployment::is_yes(&line.value()));
        findings.extend(on.take(1).map(|line| {
            let missing = if overview.has("domain-key") {
                "no `domain-key` is at the top level or in this VirtualMTA"
            } else {
                "there is no `domain-key` in this configuration"
            };
            let message = format!("`{name}` signs nothing: {missing}.");
            let key = "domain-key s1,*,/etc/pmta/s1.pem".to_owned();
            let title = format!("Add `{key}`");
            let edit = addition::above(overview.site.document, line.range(), &[key]);
            Finding::new(&RULE, line.range(), message).with_fix(addition::choice(title, vec![edit]))
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
    fn a_key_out_of_reach() {
        let text = "\
<virtual-mta m>
    domain-key s1,*,/etc/pmta/a.pem
    <domain *>
        dkim-sign yes
    </domain>
</virtual-mta>
<virtual-mta n>
    <domain *>
        dkim-sign yes
    </domain>
</virtual-mta>
";
        expect![[r#"
            config:9 information: `dkim-sign` signs nothing: no `domain-key` is at the top level or in this VirtualMTA.
        "#]].assert_eq(&found(text, "dkim-sign-without-key"));
        let in_pool =
            "<virtual-mta-pool p>\n    domain-key s1,*,/etc/pmta/a.pem\n</virtual-mta-pool>\n";
        let text = format!("{text}{in_pool}");
        expect![[r#""#]].assert_eq(&found(&text, "dkim-sign-without-key"));
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
