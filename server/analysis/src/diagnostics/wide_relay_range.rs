//! `wide-relay-range`: a very large network may send mail to everybody over this server.

use super::exposure::{addresses, may_switch_off, may_switch_on, switched_on};
use super::{Finding, Group, Rule, SectionSite, Severity};

/// Fewest leading bits of an IPv4 range that one network is likely to own.
const NARROW_V4: u32 = 16;
/// Fewest leading bits of an IPv6 range that one network is likely to own.
const NARROW_V6: u32 = 32;

/// The rule.
pub static RULE: Rule = Rule {
    code: "wide-relay-range",
    severity: Severity::Information,
    group: Group::Security,
    summary: "a very large network may send mail to everybody over this server",
    documentation: "A `<source>` for a range shorter than `/16` (`/32` of IPv6) lets its clients relay to any domain without
a login. So large a range holds more hosts than those that feed the server.

```pmta
<source 203/8>
    always-allow-relaying yes
</source>
```

Name the addresses of the hosts that feed the server, or ask for a login with `require-auth yes`.",
};

pub(crate) fn check(site: &SectionSite<'_>, findings: &mut Vec<Finding>) {
    let Some(range) = addresses(site) else {
        return;
    };
    let narrow = if range.is_v6() { NARROW_V6 } else { NARROW_V4 };
    let is_wide = !range.is_everything() && range.bits() < narrow && !range.is_private();
    if !is_wide
        || switched_on(site, "always-allow-relaying").is_none()
        || may_switch_on(site, "require-auth")
        || may_switch_off(site, "smtp-service")
    {
        return;
    }
    let Some(argument) = site.tag.argument else {
        return;
    };
    findings.push(Finding::new(
        &RULE,
        argument,
        format!(
            "All hosts of `{}` can send mail to anybody over this server. Name the addresses of \
             your own hosts, or ask for a login with `require-auth yes`.",
            site.argument()
        ),
    ));
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::diagnostics::test_support::file_findings;

    #[test]
    fn ranges_larger_than_one_network() {
        expect![[r#"
            1:9-14 information wide-relay-range: All hosts of `203/8` can send mail to anybody over this server. Name the addresses of your own hosts, or ask for a login with `require-auth yes`.
            4:9-18 information wide-relay-range: All hosts of `2001::/16` can send mail to anybody over this server. Name the addresses of your own hosts, or ask for a login with `require-auth yes`.
        "#]]
        .assert_eq(&file_findings(
            "<source 203/8>\n    always-allow-relaying yes\n</source>\n<source 2001::/16>\n    always-allow-relaying yes\n</source>\n",
        ));
    }

    #[test]
    fn own_networks_private_ones_and_logins() {
        expect![[""]].assert_eq(&file_findings(
            "<source 203.0/16>\n    always-allow-relaying yes\n</source>\n<source 10/8>\n    always-allow-relaying yes\n</source>\n<source 198/8>\n    always-allow-relaying yes\n    require-auth true\n</source>\n<source 199/8>\n    always-allow-relaying no\n</source>\n",
        ));
    }
}
