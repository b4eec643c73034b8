//! `<source-pool RANGE>` and `<smtp-source HOST>`: addresses that mail is sent from.

use super::block::{Block, name_of, section};
use crate::diagnostics::{Fix, SectionSite};
use crate::value::AddressRange;

/// What is written behind a host name that nobody gave.
const MADE_UP: &str = "# made-up host name: write the one that the address resolves to";

/// The fix that writes a VirtualMTA which sends from a range of addresses in turn.
pub(super) fn pool(site: &SectionSite<'_>) -> Option<Fix> {
    let range = site.argument();
    AddressRange::read(range)?;
    let name = format!("pool-{}", name_of(range));
    let address = format!("smtp-source-host {range} {name}.example.com {MADE_UP}");
    virtual_mta(Block::of(site)?, &name, address)
}

/// The fix that writes a VirtualMTA which sends from one address under the name of the section.
pub(super) fn source(site: &SectionSite<'_>) -> Option<Fix> {
    let host = site.argument();
    let mut block = Block::of(site)?;
    let address = block.take(&["ip", "address", "source-ip"])?;
    AddressRange::read(&address)?;
    let is_host = host.contains('.') && name_of(host) == host;
    let line = format!("smtp-source-host {address} {host}");
    is_host.then(|| virtual_mta(block, host, line))?
}

fn virtual_mta(block: Block<'_, '_>, name: &str, address: String) -> Option<Fix> {
    let others = block.others();
    let body: Vec<String> = std::iter::once(address).chain(others).collect();
    let title = format!("Write `<virtual-mta {name}>` with its `smtp-source-host`");
    Some(block.replaced_by(title, &section("virtual-mta", name, &body)))
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::diagnostics::test_support::{findings, fixed};

    #[test]
    fn a_range_is_used_in_turn() {
        let text = "<source-pool 192.0.2.0/28>\n    random-ip yes\n    max-smtp-out 1000 # all\n</source-pool>\n";
        let fixed = fixed(text, "folklore-section");
        expect![[r#"
            <virtual-mta pool-192.0.2.0-28>
                smtp-source-host 192.0.2.0/28 pool-192.0.2.0-28.example.com # made-up host name: write the one that the address resolves to
                max-smtp-out 1000 # all
            </virtual-mta>
        "#]].assert_eq(&fixed);
        assert_eq!(findings(&fixed), "");
    }

    #[test]
    fn an_address_with_its_host() {
        let text = "<smtp-source mail.example.com>\n    ip 203.0.113.5\n</smtp-source>\n";
        let fixed = fixed(text, "folklore-section");
        expect![[r#"
            <virtual-mta mail.example.com>
                smtp-source-host 203.0.113.5 mail.example.com
            </virtual-mta>
        "#]]
        .assert_eq(&fixed);
        assert_eq!(findings(&fixed), "");
    }
}
