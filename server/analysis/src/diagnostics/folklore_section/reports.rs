//! `<fbl>`, `feedback-loop` and `<bounce-handler>`: where complaints and bounces come in.

use super::block::{Block, indented, section};
use crate::diagnostics::{Fix, SectionSite, conversion};

/// The fix that writes the genuine processor with the addresses in its list, and an accounting file for
/// a program that is fed.
pub(super) fn fix(site: &SectionSite<'_>, processor: &str) -> Option<Fix> {
    let mut block = Block::of(site)?;
    let mut addresses = block.take_all(&["address", "email", "mailbox"]);
    let argument = site.argument().trim_matches('"');
    if argument.contains('@') {
        addresses.insert(0, argument.to_owned());
    }
    let domains = block.take_all(&["domain", "fbl-domain"]);
    let is_word = |word: &String| !word.contains([' ', '\t', '"']);
    if addresses.is_empty() && domains.is_empty() || !addresses.iter().chain(&domains).all(is_word)
    {
        return None;
    }
    let addresses = addresses.iter().map(|address| {
        if address.starts_with('/') {
            format!("address {address}")
        } else {
            format!("address /^{}$/", conversion::escaped(address))
        }
    });
    let domains = domains.iter().map(|domain| format!("domain {domain}"));
    let list: Vec<String> = addresses.chain(domains).collect();
    let program = block.take(&["command", "process-cmd", "pipe"]);
    let mut body = section("address-list", "", &list);
    body.extend(block.others());
    let mut lines = section(processor, "", &body);
    if let Some(program) = program {
        let records = if processor == "bounce-processor" {
            "rb"
        } else {
            "f"
        };
        lines.push(String::new());
        lines.push(format!("<acct-file \"|{}\">", program.replace('"', "\\\"")));
        lines.extend(indented(&[format!("records {records}")]));
        lines.push("</acct-file>".to_owned());
    }
    let title = format!("Write `<{processor}>` with an `<address-list>`");
    Some(block.replaced_by(title, &lines))
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::diagnostics::test_support::{findings, fixed};

    #[test]
    fn addresses_stand_in_a_list() {
        let text = "<fbl>\n    # complaints\n    <address>fbl@example.com</address>\n</fbl>\n";
        let fixed = fixed(text, "folklore-section");
        expect![[r#"
            <feedback-loop-processor>
                <address-list>
                    address /^fbl@example\.com$/
                </address-list>
                # complaints
            </feedback-loop-processor>
        "#]]
        .assert_eq(&fixed);
        assert_eq!(findings(&fixed), "");
    }

    #[test]
    fn a_program_is_fed_by_an_accounting_file() {
        let text = "<bounce-handler returns@example.com>\n    command /usr/local/bin/returns --all\n</bounce-handler>\n";
        let fixed = fixed(text, "folklore-section");
        expect![[r#"
            <bounce-processor>
                <address-list>
                    address /^returns@example\.com$/
                </address-list>
            </bounce-processor>

            <acct-file "|/usr/local/bin/returns --all">
                records rb
            </acct-file>
        "#]]
        .assert_eq(&fixed);
        assert_eq!(findings(&fixed), "");
    }

    #[test]
    fn a_block_without_brackets() {
        let text = "feedback-loop\n    enabled true\n    address fbl@example.com # theirs\nrun-as-root no\n";
        expect![[r#"
            <feedback-loop-processor>
                <address-list>
                    address /^fbl@example\.com$/
                </address-list>
                # theirs
            </feedback-loop-processor>
            run-as-root no
        "#]]
        .assert_eq(&fixed(text, "folklore-section"));
    }

    #[test]
    fn without_an_address_a_person_decides() {
        expect![[r#"
            1:1-5 warning folklore-section: PowerMTA has no section `<fbl>`. Write <feedback-loop-processor> with <address-list>. Decide to which addresses reports come: they stand in the `<address-list>` of `<bounce-processor>` or `<feedback-loop-processor>`.
            2:5-12 warning folklore-directive: PowerMTA has no directive `enabled`. A processor is enabled by being there.
        "#]].assert_eq(&findings("<fbl>\n    enabled true\n</fbl>\n"));
    }
}
