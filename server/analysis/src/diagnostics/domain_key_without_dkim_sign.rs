//! `domain-key-without-dkim-sign`: there is a key, and no domain is signed for.

use super::overview::{MOST_LINES, Overview};
use super::partners::Reach;
use super::{Finding, Group, Rule, Severity, addition};

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
    let names = ["dkim-sign", "second-dkim-sign"];
    if overview.may_have("dk-sign") || names.iter().any(|name| overview.is_doubtful(name)) {
        return;
    }
    let lines = names.into_iter().filter(|name| overview.has(name));
    let mut signing: Vec<_> = lines.flat_map(|name| overview.everywhere(name)).collect();
    // Where there are too many lines to look at, some of them sign.
    if signing.len() < MOST_LINES {
        signing.retain(|line| !matches!(line.value().as_str(), "no" | "false"));
    }
    let signing = Reach::of(&signing);
    if signing.is_everything() {
        return;
    }
    let mut lines = overview.here("domain-key").into_iter();
    findings.extend(lines.find(|line| !signing.has(line)).map(|line| {
        let message =
            "No domain that counts here has `dkim-sign yes`, so nothing is signed with this key.";
        let lines = ["<domain *>", "    dkim-sign yes", "</domain>"].map(str::to_owned);
        let edit = addition::behind(overview.site.document, line.range(), &lines);
        let title = "Sign all mail: add `<domain *>` with `dkim-sign yes`".to_owned();
        Finding::new(&RULE, line.range(), message).with_fix(addition::choice(title, vec![edit]))
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
            config:1 information: No domain that counts here has `dkim-sign yes`, so nothing is signed with this key.
        "#]]
        .assert_eq(&found(text, "domain-key-without-dkim-sign"));
    }

    #[test]
    fn another_virtual_mta_signs() {
        let text = "\
<virtual-mta m>
    domain-key s1,*,/etc/pmta/a.pem
</virtual-mta>
<virtual-mta n>
    <domain *>
        dkim-sign yes
    </domain>
</virtual-mta>
";
        expect![[r#"
            config:2 information: No domain that counts here has `dkim-sign yes`, so nothing is signed with this key.
        "#]].assert_eq(&found(text, "domain-key-without-dkim-sign"));
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
