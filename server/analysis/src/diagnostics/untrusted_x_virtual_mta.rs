//! `untrusted-x-virtual-mta`: strangers choose the VirtualMTA that sends their mail.

use super::exposure::{addresses, may_switch_off, may_switch_on, switched_on};
use super::{Finding, Fix, Group, Rule, Safety, SectionSite, Severity};

/// Most leading bits of an IPv4 range that is more than some hosts.
const WIDE_V4: u32 = 24;
/// Most leading bits of an IPv6 range that is more than some hosts.
const WIDE_V6: u32 = 48;

/// The rule.
pub static RULE: Rule = Rule {
    code: "untrusted-x-virtual-mta",
    severity: Severity::Information,
    group: Group::Security,
    summary: "strangers choose the VirtualMTA that sends their mail",
    documentation: "A `<source>` for a public range reads the X-Virtual-MTA header without a login. Whoever sends from
there chooses the address, the keys and the limits under which the mail goes out.

```pmta
<source 0/0>
    process-x-virtual-mta yes
</source>
```

Read the header only from hosts of your own, or after a login (`require-auth yes`).",
};

pub(crate) fn check(site: &SectionSite<'_>, findings: &mut Vec<Finding>) {
    let Some(directive) = switched_on(site, "process-x-virtual-mta") else {
        return;
    };
    let is_open = addresses(site).is_some_and(|range| {
        let wide = if range.is_v6() { WIDE_V6 } else { WIDE_V4 };
        range.bits() <= wide && !range.is_private()
    });
    if !is_open || may_switch_on(site, "require-auth") || may_switch_off(site, "smtp-service") {
        return;
    }
    findings.push(
        Finding::new(
            &RULE,
            directive.name.cover(directive.value),
            format!(
                "Whoever sends from `{}` chooses the VirtualMTA, and with it address, keys and \
                 limits. Read the header from your own hosts only, or ask for a login with \
                 `require-auth yes`.",
                site.argument()
            ),
        )
        .with_fix(Fix::replace(
            "Change to `no`",
            Safety::Alternative,
            directive.value,
            "no",
        )),
    );
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::diagnostics::test_support::file_findings;

    #[test]
    fn a_public_range_without_login() {
        expect![[r#"
            2:5-30 information untrusted-x-virtual-mta: Whoever sends from `0/0` chooses the VirtualMTA, and with it address, keys and limits. Read the header from your own hosts only, or ask for a login with `require-auth yes`.
            5:5-30 information untrusted-x-virtual-mta: Whoever sends from `203.0.113/24` chooses the VirtualMTA, and with it address, keys and limits. Read the header from your own hosts only, or ask for a login with `require-auth yes`.
        "#]]
        .assert_eq(&file_findings(
            "<source 0/0>\n    process-x-virtual-mta yes\n</source>\n<source 203.0.113/24>\n    process-x-virtual-mta yes\n</source>\n",
        ));
    }

    #[test]
    fn own_hosts_and_logins() {
        expect![[""]].assert_eq(&file_findings(
            "<source 127.0.0.1>\n    process-x-virtual-mta yes\n</source>\n<source 203.0.113.16/28>\n    process-x-virtual-mta yes\n</source>\n<source 10/8>\n    process-x-virtual-mta yes\n</source>\n<source 0/0>\n    process-x-virtual-mta yes\n    require-auth yes\n</source>\n<source {auth}>\n    process-x-virtual-mta yes\n</source>\n",
        ));
    }
}
