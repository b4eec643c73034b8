//! `<sender ADDRESS>`: which VirtualMTA sends the mail of an address, and how fast.

use super::block::{Block, line, section};
use super::surroundings::{Home, Route, Surroundings};
use crate::diagnostics::{Edit, Fix, SectionSite, conversion};
use crate::text::TextRange;

/// What the block says.
struct Parts<'s, 'a> {
    block: Block<'s, 'a>,
    /// The address.
    sender: String,
    /// The VirtualMTA that sends its mail.
    virtual_mta: String,
    /// Limits, as lines of the VirtualMTA.
    limits: Vec<String>,
    /// The envelope sender that replaces the address.
    bounces: Option<String>,
    /// What else stands in the block.
    others: Vec<String>,
}

fn parts<'s, 'a>(site: &'s SectionSite<'a>) -> Option<Parts<'s, 'a>> {
    let sender = site.argument();
    let is_address = sender.contains('@') && !sender.contains([' ', '\t', '"', '/', ',']);
    let mut block = Block::of(site)?;
    let virtual_mta = block
        .take(&["vmta", "virtual-mta"])
        .filter(|_| is_address)?;
    if virtual_mta.contains([' ', '\t', ',']) {
        return None;
    }
    let rate = block.take(&["max-msg-rate", "max-message-rate"]);
    let connections = block.take(&["max-conn", "max-connections", "max-smtp-out"]);
    let rate = rate.map(|rate| line("max-smtp-msg-rate", "virtual-mta", &rate));
    let connections = connections.map(|count| line("max-smtp-out", "virtual-mta", &count));
    let bounces = block.take(&["bounce-sender", "return-path", "bounce-address"]);
    let others = block.others();
    Some(Parts {
        block,
        sender: sender.to_owned(),
        virtual_mta,
        limits: rate.into_iter().chain(connections).collect(),
        bounces,
        others,
    })
}

/// The fix that says the same with a VirtualMTA, a rewrite list and a pattern list, none of which is
/// there yet.
pub(super) fn fix(site: &SectionSite<'_>) -> Option<Fix> {
    fix_among(site, &Surroundings::default(), &Route::default())
}

/// The name of the VirtualMTA that the block names.
pub(super) fn virtual_mta(site: &SectionSite<'_>) -> Option<String> {
    parts(site).map(|parts| parts.virtual_mta)
}

/// The same among what is there already: a VirtualMTA of that name gets the limits that it does not set,
/// a pattern list the rule.
pub(super) fn fix_among(
    site: &SectionSite<'_>,
    surroundings: &Surroundings,
    route: &Route,
) -> Option<Fix> {
    let parts = parts(site)?;
    let line_break = site.item.line_break();
    let mut lines: Vec<String> = Vec::new();
    let mut edits: Vec<Edit> = Vec::new();
    let mut settings = parts.limits.clone();
    let rewriting = parts.bounces.as_ref().map(|bounces| {
        (
            format!("{}-bounces", parts.virtual_mta),
            format!("mail-from {} {bounces}", parts.sender),
        )
    });
    match (&rewriting, &surroundings.rewrite_list) {
        (Some((_, rule)), Some(list)) => {
            edits.extend(list.with(std::slice::from_ref(rule), line_break))
        }
        (Some((list, _)), None) => settings.push(format!("rewrite-list {list}")),
        (None, _) => {}
    }
    settings.extend(parts.others.iter().cloned());
    match &surroundings.home {
        Home::New if settings.is_empty() => {}
        Home::New => add(
            &mut lines,
            section("virtual-mta", &parts.virtual_mta, &settings),
        ),
        Home::Here(body) => {
            let (there, missing): (Vec<String>, Vec<String>) =
                settings.into_iter().partition(|line| body.sets(line));
            let differing = there.into_iter().filter(|line| !body.holds(line));
            let remarks = differing.map(|line| format!("# for {}: {line}", parts.sender));
            let added: Vec<String> = missing.into_iter().chain(remarks).collect();
            edits.extend(body.with(&added, line_break));
        }
        Home::Elsewhere => {
            let name = &parts.virtual_mta;
            let remarks = settings
                .iter()
                .map(|line| format!("# for <virtual-mta {name}>: {line}"));
            lines.extend(remarks);
        }
    }
    if let (Some((list, rule)), None) = (&rewriting, &surroundings.rewrite_list) {
        add(
            &mut lines,
            section("rewrite-list", list, std::slice::from_ref(rule)),
        );
    }
    let rule = format!(
        "mail-from /^{}$/ virtual-mta={}",
        conversion::escaped(&parts.sender),
        parts.virtual_mta
    );
    let mut shared: Vec<String> = Vec::new();
    match &route.list {
        Some(list) => edits.extend(list.with(&[rule], line_break)),
        None => add(&mut shared, section("pattern-list", &route.name, &[rule])),
    }
    let named = format!("pattern-list {}", route.name);
    match &route.source {
        _ if route.is_named => {}
        Some(source) => edits.extend(source.with(&[named], line_break)),
        None => add(&mut shared, section("source", "127.0.0.1", &[named])),
    }
    // Blocks before this one may bring the same list: only one of them can be converted at a time.
    match surroundings.first_block.filter(|_| !shared.is_empty()) {
        Some(at) => {
            shared.push(String::new());
            let text = format!("{}{line_break}", shared.join(line_break));
            edits.push(Edit {
                range: TextRange::empty(at),
                text,
            });
        }
        None => add(&mut lines, shared),
    }
    let name = &parts.virtual_mta;
    let title = format!("Write a pattern list that chooses `{name}`; limits are those of `{name}`");
    let mut fix = if lines.is_empty() {
        parts.block.deleted(title)
    } else {
        parts.block.replaced_by(title, &lines)
    };
    for edit in &mut fix.edits {
        edit.range = edit.range.shifted(surroundings.start);
    }
    fix.edits.extend(edits);
    fix.edits.sort_by_key(|edit| edit.range);
    Some(fix)
}

/// Adds lines behind an empty one.
fn add(lines: &mut Vec<String>, more: Vec<String>) {
    if !lines.is_empty() && !more.is_empty() {
        lines.push(String::new());
    }
    lines.extend(more);
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::diagnostics::test_support::{
        file_findings, file_fixed, findings, fixed, root_fixed,
    };

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

    #[test]
    fn what_is_there_already_is_used() {
        let text = format!(
            "<virtual-mta txn-vmta>\n    smtp-source-host 203.0.113.30 txn.example.com\n    max-smtp-out 50\n</virtual-mta>\n<pattern-list by-sender>\n    rcpt-to /@example\\.org$/ virtual-mta=other\n</pattern-list>\n<source 192.0.2.0/24>\n    pattern-list by-sender\n</source>\n{SENDER}"
        );
        expect![[r#"
            <virtual-mta txn-vmta>
                smtp-source-host 203.0.113.30 txn.example.com
                max-smtp-out 50
                max-smtp-msg-rate 3000/h
                rewrite-list txn-vmta-bounces
                # receipts
                # for transactional@service.example.com: max-smtp-out 80
            </virtual-mta>
            <pattern-list by-sender>
                rcpt-to /@example\.org$/ virtual-mta=other
                mail-from /^transactional@service\.example\.com$/ virtual-mta=txn-vmta
            </pattern-list>
            <source 192.0.2.0/24>
                pattern-list by-sender
            </source>
            <rewrite-list txn-vmta-bounces>
                mail-from transactional@service.example.com bounces+service@example.com
            </rewrite-list>
        "#]]
        .assert_eq(&file_fixed(&text, "folklore-section"));
    }

    #[test]
    fn a_rule_comes_before_the_one_for_all_and_the_source_gets_the_list() {
        let text = "<source 127.0.0.1>\n    always-allow-relaying yes\n</source>\n<pattern-list senders>\n    mail-from /^a@example\\.com$/ virtual-mta=a\n    mail-from // virtual-mta=rest\n</pattern-list>\n<sender b@example.com>\n    vmta b\n</sender>\nrun-as-root no\n";
        expect![[r#"
            <source 127.0.0.1>
                always-allow-relaying yes
                pattern-list senders
            </source>
            <pattern-list senders>
                mail-from /^a@example\.com$/ virtual-mta=a
                mail-from /^b@example\.com$/ virtual-mta=b
                mail-from // virtual-mta=rest
            </pattern-list>
            run-as-root no
        "#]]
        .assert_eq(&file_fixed(text, "folklore-section"));
    }

    #[test]
    fn several_blocks_share_a_list() {
        let text = "<sender a@example.com>\n    vmta a\n</sender>\n<sender b@example.com>\n    vmta a\n</sender>\n";
        let once = file_fixed(text, "folklore-section");
        let twice = file_fixed(&once, "folklore-section");
        expect![[r#"
            <pattern-list senders>
                mail-from /^a@example\.com$/ virtual-mta=a
                mail-from /^b@example\.com$/ virtual-mta=a
            </pattern-list>

            <source 127.0.0.1>
                pattern-list senders
            </source>
        "#]]
        .assert_eq(&twice);
        expect![[r#""#]].assert_eq(&file_findings(&twice));
    }

    #[test]
    fn a_virtual_mta_of_another_file_is_told_what_it_needs() {
        expect![[r#"
            # for <virtual-mta a>: max-smtp-out 5

            <pattern-list senders>
                mail-from /^a@example\.com$/ virtual-mta=a
            </pattern-list>

            <source 127.0.0.1>
                pattern-list senders
            </source>
            log-file /var/log/pmta/log
            include a.conf
        "#]].assert_eq(&root_fixed(
            "<sender a@example.com>\n    vmta a\n    max-conn 5\n</sender>\nlog-file /var/log/pmta/log\ninclude a.conf\n#- /etc/pmta/a.conf\n<virtual-mta a>\n    smtp-source-host 192.0.2.1 a.example.com\n</virtual-mta>\n",
            "folklore-section",
        ));
    }
}
