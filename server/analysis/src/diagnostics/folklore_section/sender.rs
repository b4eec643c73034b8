//! `<sender ADDRESS>`: which VirtualMTA sends the mail of an address, and how fast.

use super::block::{Block, line, section};
use crate::diagnostics::{Fix, SectionSite};

/// Name of the pattern list that the conversion writes.
const PATTERN_LIST: &str = "senders";

/// The fix that says the same with a VirtualMTA, a rewrite list and a pattern list.
pub(super) fn fix(site: &SectionSite<'_>) -> Option<Fix> {
    let sender = site.argument();
    let is_address = sender.contains('@') && !sender.contains([' ', '\t', '"', '/', ',']);
    let mut block = Block::of(site)?;
    let name = block
        .take(&["vmta", "virtual-mta"])
        .filter(|_| is_address)?;
    if name.contains([' ', '\t', ',']) {
        return None;
    }
    let rate = block.take(&["max-msg-rate", "max-message-rate"]);
    let connections = block.take(&["max-conn", "max-connections", "max-smtp-out"]);
    let bounces = block.take(&["bounce-sender", "return-path", "bounce-address"]);
    let bounces = bounces.map(|address| (format!("{name}-bounces"), address));

    let rate = rate.map(|rate| line("max-smtp-msg-rate", "virtual-mta", &rate));
    let connections = connections.map(|count| line("max-smtp-out", "virtual-mta", &count));
    let rewriting = bounces
        .as_ref()
        .map(|(list, _)| format!("rewrite-list {list}"));
    let others = block.others();
    let settings: Vec<String> = rate
        .into_iter()
        .chain(connections)
        .chain(rewriting)
        .chain(others)
        .collect();
    let mut lines = Vec::new();
    if !settings.is_empty() {
        lines.extend(section("virtual-mta", &name, &settings));
        lines.push(String::new());
    }
    if let Some((list, address)) = bounces {
        let rule = format!("mail-from {sender} {address}");
        lines.extend(section("rewrite-list", &list, &[rule]));
        lines.push(String::new());
    }
    let rule = format!("mail-from /^{}$/ virtual-mta={name}", escaped(sender));
    lines.extend(section("pattern-list", PATTERN_LIST, &[rule]));
    lines.push(String::new());
    let named = format!("pattern-list {PATTERN_LIST}");
    lines.extend(section("source", "127.0.0.1", &[named]));
    let title = format!("Write a pattern list that chooses `{name}`; limits are those of `{name}`");
    Some(block.replaced_by(title, &lines))
}

/// An address as a regular expression that matches it alone.
fn escaped(address: &str) -> String {
    let mut pattern = String::with_capacity(address.len());
    for sign in address.chars() {
        if !sign.is_alphanumeric() && !matches!(sign, '@' | '-' | '_' | '=') {
            pattern.push('\\');
        }
        pattern.push(sign);
    }
    pattern
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::diagnostics::test_support::{findings, fixed};

    const SENDER: &str = "<sender transactional@service.example.com>\n  # receipts\n  vmta txn-vmta\n  max-msg-rate 3000/hour\n  max-conn 80\n  bounce-sender bounces+service@example.com\n</sender>\n";

    #[test]
    fn the_block_becomes_genuine_sections() {
        let fixed = fixed(SENDER, "folklore-section");
        expect![[r#"
            <virtual-mta txn-vmta>
                max-smtp-msg-rate 3000/h
                max-smtp-out 80
                rewrite-list txn-vmta-bounces
                # receipts
            </virtual-mta>

            <rewrite-list txn-vmta-bounces>
                mail-from transactional@service.example.com bounces+service@example.com
            </rewrite-list>

            <pattern-list senders>
                mail-from /^transactional@service\.example\.com$/ virtual-mta=txn-vmta
            </pattern-list>

            <source 127.0.0.1>
                pattern-list senders
            </source>
        "#]]
        .assert_eq(&fixed);
        assert_eq!(findings(&fixed), "");
    }

    #[test]
    fn without_a_virtual_mta_there_is_nothing_to_choose() {
        let text = "<sender a@example.com>\n    max-conn 80\n</sender>\n";
        expect![[r#"
            1:1-8 warning folklore-section: PowerMTA has no section `<sender>`. Write <pattern-list NAME> + <virtual-mta VMTA> (+ <rewrite-list NAME>). Decide which VirtualMTA sends this mail: `mail-from /^ADDRESS$/ virtual-mta=NAME` in the `<pattern-list>` that the `<source>` names.
            2:5-13 warning folklore-directive: PowerMTA has no directive `max-conn`. The cap on simultaneous outgoing connections is max-smtp-out (per queue in <domain>, in total in <virtual-mta>).
        "#]]
        .assert_eq(&findings(text));
    }
}
