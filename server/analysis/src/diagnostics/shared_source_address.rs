//! `shared-source-address`: two VirtualMTAs send from one address.

use std::net::IpAddr;

use rustc_hash::FxHashMap;

use super::overview::{Found, MOST_LINES, Overview};
use super::{Finding, Group, Rule, Severity};
use crate::workspace::FileRange;

/// The rule.
pub static RULE: Rule = Rule {
    code: "shared-source-address",
    severity: Severity::Hint,
    group: Group::Settings,
    summary: "two VirtualMTAs send from one address",
    documentation: "Receivers judge mail by the address it comes from, so VirtualMTAs that share one share its reputation.
That may be meant: to give kinds of mail their own limits.

```pmta
<virtual-mta news>
    smtp-source-host 192.0.2.10 out.example.com
</virtual-mta>
<virtual-mta invoices>
    smtp-source-host 192.0.2.10 out.example.com
</virtual-mta>
```

Configurations with more than 2,000 sending addresses are not looked through.",
};

pub(crate) fn check(overview: &Overview<'_>, findings: &mut Vec<Finding>) {
    let name = "smtp-source-host";
    if !overview.has_here(name) {
        return;
    }
    let lines = overview.everywhere(name);
    if lines.len() >= MOST_LINES {
        return;
    }
    let mut first: FxHashMap<String, Found<'_>> = FxHashMap::default();
    for line in lines {
        let value = line.value();
        let address = value.split_whitespace().next().unwrap_or_default();
        let is_in_virtual_mta = line.directive.place.name() == "virtual-mta";
        if !is_in_virtual_mta || address.parse::<IpAddr>().is_err() {
            continue;
        }
        let Some(other) = first.get(address) else {
            first.insert(address.to_owned(), line);
            continue;
        };
        let is_same_section = other.file == line.file && other.is_beside(&line);
        // A VirtualMTA that is defined twice is reported as such.
        let is_same_name = other.section_name() == line.section_name();
        if line.file == overview.site.file && !is_same_section && !is_same_name {
            let at = FileRange {
                file: other.file,
                range: other.range(),
            };
            let message = format!("Another VirtualMTA sends from {address} too.");
            let related = "It sends from the same address.";
            findings.push(Finding::new(&RULE, line.range(), message).with_related_in(at, related));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::overview::tests::found;
    use expect_test::expect;

    #[test]
    fn one_address_in_two() {
        let text = "\
<virtual-mta a>
    smtp-source-host 192.0.2.1 a.example.com
    smtp-source-host 192.0.2.1 b.example.com
</virtual-mta>
<virtual-mta b>
    smtp-source-host 192.0.2.1 a.example.com
    smtp-source-host 192.0.2.2 a.example.com
    smtp-source-host 198.51.100/24 a.example.com
</virtual-mta>
";
        expect![[r#"
            config:6 hint: Another VirtualMTA sends from 192.0.2.1 too.
        "#]]
        .assert_eq(&found(text, "shared-source-address"));
    }
}
