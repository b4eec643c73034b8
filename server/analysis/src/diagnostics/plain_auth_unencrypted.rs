//! `plain-auth-unencrypted`: passwords go over the network where others can read them.

use super::exposure::{addresses, is_doubtful, is_yes, may_switch_off, may_switch_on, switched_on};
use super::{DirectiveSite, Finding, Fix, Group, Rule, Safety, SectionSite, Severity};
use crate::catalog::Place;
use crate::meaning::{Meaning, catalog_name};
use crate::syntax::{Directive, EntryKind};
use crate::value::AddressRange;

/// The rule.
pub static RULE: Rule = Rule {
    code: "plain-auth-unencrypted",
    severity: Severity::Warning,
    group: Group::Security,
    summary: "passwords go over the network where others can read them",
    documentation: "With the PLAIN and LOGIN methods a password goes over the network as it is. Without TLS, everybody on
the way can read it and send mail in your name.

```pmta
<source 0/0>
    allow-unencrypted-plain-auth yes
</source>
```

Leave it at `no`, and offer TLS.

```pmta
<source 0/0>
    allow-unencrypted-plain-auth no
    allow-starttls yes
    require-starttls-before-auth yes
</source>
```

The same holds for `use-unencrypted-plain-auth` in a `<domain>` that logs in elsewhere. On this host
alone (`127.0.0.1`, `::1`) nobody listens in, and nothing is said.",
};

/// The login that others give to this server.
pub(crate) fn check_source(site: &SectionSite<'_>, findings: &mut Vec<Finding>) {
    let Some(directive) = switched_on(site, "allow-unencrypted-plain-auth") else {
        return;
    };
    let is_open = addresses(site).is_some_and(|range| !range.is_loopback());
    if !is_open
        || may_switch_on(site, "require-starttls-before-auth")
        || may_switch_off(site, "smtp-service")
        || may_switch_off(site, "allow-auth")
    {
        return;
    }
    findings.push(finding(
        directive,
        "Clients may send their passwords unencrypted, for everybody on the way to read. Change it \
         to `no` and offer TLS with `allow-starttls yes`.",
    ));
}

/// The login that this server gives to others.
pub(crate) fn check(site: &DirectiveSite<'_>, findings: &mut Vec<Finding>) {
    let Meaning::Directive(found) = site.judged.meaning else {
        return;
    };
    if found.name != "use-unencrypted-plain-auth" || !is_yes(site.value()) {
        return;
    }
    let is_domain = found.place.name() == "domain" && found.place != Place::GLOBAL;
    let beside = |name: &str, is_enough: fn(&str) -> bool| {
        let item = site.item;
        let mut lines = item
            .view
            .entries
            .iter()
            .filter(|entry| entry.parent == site.entry.parent);
        lines.any(|entry| match &entry.kind {
            EntryKind::Directive(line) => {
                let is_set =
                    catalog_name(item.text, line) == name && is_enough(item.slice(line.value));
                is_set || (name == "require-starttls" && is_doubtful(item.text, line, name))
            }
            _ => false,
        })
    };
    let is_safe = beside("smtp-hosts", is_this_host)
        || beside("route", is_this_host)
        || beside("require-starttls", is_yes)
        || beside("include", |_| true);
    if is_domain && !is_safe {
        findings.push(finding(
            site.directive,
            "Where the other server offers no TLS, it gets the password unencrypted, for everybody \
             on the way to read. Change it to `no`, or insist on TLS with `require-starttls yes`.",
        ));
    }
}

/// Whether all of a list of hosts are this one.
fn is_this_host(hosts: &str) -> bool {
    hosts.split([',', ';']).all(|host| {
        let host = host.trim().trim_matches('"');
        let inside = host
            .strip_prefix('[')
            .and_then(|host| host.split(']').next());
        let name = host.split(':').next().unwrap_or_default();
        let address = inside.map(|address| address.trim_start_matches("IPv6:"));
        name.eq_ignore_ascii_case("localhost")
            || AddressRange::read(address.unwrap_or(name)).is_some_and(AddressRange::is_loopback)
    })
}

fn finding(directive: &Directive, message: &str) -> Finding {
    Finding::new(&RULE, directive.name.cover(directive.value), message).with_fix(Fix::replace(
        "Change to `no`",
        Safety::Alternative,
        directive.value,
        "no",
    ))
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::diagnostics::test_support::file_findings;

    #[test]
    fn passwords_of_clients() {
        expect![[r#"
            2:5-37 warning plain-auth-unencrypted: Clients may send their passwords unencrypted, for everybody on the way to read. Change it to `no` and offer TLS with `allow-starttls yes`.
            5:5-38 warning plain-auth-unencrypted: Clients may send their passwords unencrypted, for everybody on the way to read. Change it to `no` and offer TLS with `allow-starttls yes`.
        "#]]
        .assert_eq(&file_findings(
            "<source 0/0>\n    allow-unencrypted-plain-auth yes\n</source>\n<source 10/8>\n    allow-unencrypted-plain-auth true\n</source>\n",
        ));
    }

    #[test]
    fn passwords_for_other_servers() {
        expect![[r#"
            2:5-35 warning plain-auth-unencrypted: Where the other server offers no TLS, it gets the password unencrypted, for everybody on the way to read. Change it to `no`, or insist on TLS with `require-starttls yes`.
            6:5-35 warning plain-auth-unencrypted: Where the other server offers no TLS, it gets the password unencrypted, for everybody on the way to read. Change it to `no`, or insist on TLS with `require-starttls yes`.
        "#]]
        .assert_eq(&file_findings(
            "<domain relay.example.com>\n    use-unencrypted-plain-auth yes\n</domain>\n<domain other.example.com>\n    smtp-hosts relay.example.com:2525\n    use-unencrypted-plain-auth yes\n</domain>\n",
        ));
    }

    #[test]
    fn this_host_and_what_insists_on_encryption() {
        expect![[""]].assert_eq(&file_findings(
            "<source 127.0.0.1>\n    allow-unencrypted-plain-auth yes\n</source>\n<source 0/0>\n    allow-unencrypted-plain-auth yes\n    require-starttls-before-auth yes\n</source>\n<source {auth}>\n    allow-unencrypted-plain-auth yes\n</source>\n<domain relay.example.com>\n    smtp-hosts [127.0.0.1]:2525, localhost:26\n    use-unencrypted-plain-auth yes\n</domain>\n<domain other.example.com>\n    use-unencrypted-plain-auth yes\n    require-starttls yes\n</domain>\n<domain third.example.com>\n    use-unencrypted-plain-auth no\n</domain>\n",
        ));
    }
}
