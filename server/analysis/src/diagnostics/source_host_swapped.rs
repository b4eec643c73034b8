//! `source-host-swapped`: host name and address of a source are in the wrong order.

use super::{DirectiveSite, Finding, Fix, Group, Rule, Safety, Severity};
use crate::meaning::Meaning;
use crate::value::AddressRange;

/// The rule.
pub static RULE: Rule = Rule {
    code: "source-host-swapped",
    severity: Severity::Error,
    group: Group::Settings,
    summary: "host name and address of a source are in the wrong order",
    documentation:
        "`smtp-source-host` takes the local address first, then the host name that goes with it.

```pmta
<virtual-mta mta1>
    smtp-source-host mta1.example.com 192.0.2.10
</virtual-mta>
```

```pmta
<virtual-mta mta1>
    smtp-source-host 192.0.2.10 mta1.example.com
</virtual-mta>
```

The fix puts them in order.",
};

/// The finding for a line with the two in the wrong order.
pub(crate) fn of(site: &DirectiveSite<'_>) -> Option<Finding> {
    let found = match site.judged.meaning {
        Meaning::Directive(entry) => entry,
        Meaning::SomewhereValid(entries) | Meaning::Misplaced(entries) => entries.first()?,
        _ => return None,
    };
    if found.name != "smtp-source-host" {
        return None;
    }
    let mut words = site
        .value()
        .split([' ', '\t'])
        .filter(|word| !word.is_empty());
    let (host, address) = (words.next()?, words.next()?);
    let is_name = host.contains(|sign: char| sign.is_ascii_alphabetic()) && !host.contains(':');
    if words.next().is_some() || !is_name || AddressRange::read(address).is_none() {
        return None;
    }
    let right = format!("{address} {host}");
    Some(
        Finding::new(
            &RULE,
            site.directive.value,
            format!("The address comes first: `smtp-source-host {right}`."),
        )
        .with_fix(Fix::replace(
            "Put the address first",
            Safety::Safe,
            site.directive.value,
            right,
        )),
    )
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::diagnostics::test_support::{findings, fixed};

    #[test]
    fn host_before_address() {
        let text = "<virtual-mta mta1>\n    smtp-source-host mta1.example.com  192.0.2.10 # swapped\n    smtp-source-host mta1.example.com 2001:db8::1\n</virtual-mta>\nsmtp-source-host relay 192.0.2/24\n";
        expect![[r#"
            2:22-50 error source-host-swapped: The address comes first: `smtp-source-host 192.0.2.10 mta1.example.com`.
            3:22-50 error source-host-swapped: The address comes first: `smtp-source-host 2001:db8::1 mta1.example.com`.
            5:18-34 error source-host-swapped: The address comes first: `smtp-source-host 192.0.2/24 relay`.
        "#]]
        .assert_eq(&findings(text));
        expect![[r#"
            <virtual-mta mta1>
                smtp-source-host 192.0.2.10 mta1.example.com # swapped
                smtp-source-host mta1.example.com 2001:db8::1
            </virtual-mta>
            smtp-source-host relay 192.0.2/24
        "#]]
        .assert_eq(&fixed(text, "source-host-swapped"));
    }

    #[test]
    fn right_order_and_other_mistakes() {
        expect![[r#"
            3:22-38 error invalid-value: `mta1.example.com` is not an address range such as `192.0.2.1` or `10/8` or a range such as `192.0.2.1-192.0.2.9`.
        "#]]
        .assert_eq(&findings(
            "<virtual-mta mta1>\n    smtp-source-host 192.0.2.10 mta1.example.com\n    smtp-source-host mta1.example.com\n</virtual-mta>\n",
        ));
    }
}
