//! `<pool name="NAME">` with the addresses it sends from.

use super::block::{Block, line, section};
use crate::diagnostics::{Fix, SectionSite};
use crate::value::AddressRange;

/// The fix that writes a VirtualMTA for each address and a pool of them.
pub(super) fn fix(site: &SectionSite<'_>) -> Option<Fix> {
    let name = site.item.slice(site.tag.name_range(site.item.text)?);
    if name.is_empty() || name.contains([' ', '\t']) {
        return None;
    }
    let mut block = Block::of(site)?;
    let addresses = block.take(&["ips", "ip", "addresses"])?;
    let addresses: Vec<&str> = addresses
        .split([',', ' '])
        .filter(|address| !address.is_empty())
        .collect();
    let are_addresses = addresses
        .iter()
        .all(|address| AddressRange::read(address).is_some());
    if addresses.is_empty() || !are_addresses {
        return None;
    }
    let rate = block.take(&["max-msg-rate"]);
    let connections = block.take(&["concurrency", "max-conn"]);
    let per_address = block.take(&["max-conn-per-ip"]);
    let mut shared: Vec<String> = Vec::new();
    shared.extend(rate.map(|rate| line("max-smtp-msg-rate", "virtual-mta", &rate)));
    shared.extend(connections.map(|count| line("max-smtp-out", "virtual-mta", &count)));
    if let Some(count) = per_address {
        let limit = format!("source-ip-max-smtp-out 0/0 {count}");
        shared.extend(section("domain", "*", &[limit]));
    }
    let mut lines = Vec::new();
    let mut members: Vec<String> = Vec::new();
    for (index, address) in addresses.iter().enumerate() {
        let member = format!("{name}-{}", index.saturating_add(1));
        let mut body = vec![format!("smtp-source-host {address} {member}.example.com")];
        body.extend(shared.iter().cloned());
        lines.extend(section("virtual-mta", &member, &body));
        lines.push(String::new());
        members.push(format!("virtual-mta {member}"));
    }
    members.extend(block.others());
    lines.extend(section("virtual-mta-pool", name, &members));
    let title = format!("Write a VirtualMTA for each address and the pool `{name}`");
    Some(block.replaced_by(title, &lines))
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::diagnostics::test_support::{findings, fixed};

    #[test]
    fn each_address_becomes_a_virtual_mta() {
        let text = "<pool name=\"warmup\">\n  ips 203.0.113.20,203.0.113.21\n  max-msg-rate 5000/hour\n  max-conn-per-ip 200\n  concurrency 50\n  reputation-weight 0.8\n</pool>\n";
        let fixed = fixed(text, "folklore-section");
        expect![[r#"
            <virtual-mta warmup-1>
                smtp-source-host 203.0.113.20 warmup-1.example.com
                max-smtp-msg-rate 5000/h
                max-smtp-out 50
                <domain *>
                    source-ip-max-smtp-out 0/0 200
                </domain>
            </virtual-mta>

            <virtual-mta warmup-2>
                smtp-source-host 203.0.113.21 warmup-2.example.com
                max-smtp-msg-rate 5000/h
                max-smtp-out 50
                <domain *>
                    source-ip-max-smtp-out 0/0 200
                </domain>
            </virtual-mta>

            <virtual-mta-pool warmup>
                virtual-mta warmup-1
                virtual-mta warmup-2
            </virtual-mta-pool>
        "#]]
        .assert_eq(&fixed);
        assert_eq!(findings(&fixed), "");
    }

    #[test]
    fn without_addresses_there_is_nothing_to_write() {
        expect![[r#"
            1:1-6 warning folklore-section: PowerMTA has no section `<pool>`. Write <virtual-mta-pool NAME> plus one <virtual-mta> per address. Decide which addresses the pool has: a `<virtual-mta>` with `smtp-source-host ADDRESS HOST` for each, and `virtual-mta NAME` for each in the `<virtual-mta-pool>`.
            1:7-20 warning tag-attribute: Tags have no attributes in PowerMTA: the bare argument follows the name, as in `<pool x>`.
        "#]]
        .assert_eq(&findings("<pool name=\"warmup\">\n    max-smtp-out 50\n</pool>\n"));
    }
}
