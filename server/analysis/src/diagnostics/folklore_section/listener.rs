//! `listener NAME` with `port` and `interface`, `smtp-service PORT`: where the server listens.

use super::block::{Block, section};
use crate::diagnostics::{Fix, SectionSite};
use crate::value::AddressRange;

/// The fix that writes the `smtp-listener` line.
pub(super) fn fix(site: &SectionSite<'_>) -> Option<Fix> {
    let mut block = Block::of(site)?;
    let port = block.take(&["port"])?;
    let address = block
        .take(&["interface", "address", "bind-address", "ip"])
        .unwrap_or_else(|| "0.0.0.0".to_owned());
    let is_port = port.parse::<u16>().is_ok();
    if !is_port || AddressRange::read(&address).is_none() {
        return None;
    }
    let line = format!("smtp-listener {address}:{port}");
    let title = format!("Write `{line}`");
    let others = block.others();
    let lines: Vec<String> = std::iter::once(line).chain(others).collect();
    Some(block.replaced_by(title, &lines))
}

/// The fix for a section that is named by its port: what is left of it holds for all clients.
pub(super) fn by_port(site: &SectionSite<'_>) -> Option<Fix> {
    let block = Block::of(site)?;
    let port: u16 = site.argument().parse().ok()?;
    let line = format!("smtp-listener 0/0:{port}");
    let title = format!("Write `{line}` and `<source 0/0>`");
    let others: Vec<String> = block.others();
    let mut lines = vec![line];
    if !others.is_empty() {
        lines.extend(section("source", "0/0", &others));
    }
    Some(block.replaced_by(title, &lines))
}

/// The fix for a genuine tag with address and port inside.
pub(in crate::diagnostics) fn with_lines_inside(site: &SectionSite<'_>) -> Option<Fix> {
    let mut block = Block::of(site)?;
    let port = block.take(&["port"])?;
    let address = block
        .take(&["address", "interface", "bind-address", "ip"])
        .unwrap_or_else(|| "0.0.0.0".to_owned());
    let is_port = port.parse::<u16>().is_ok();
    if !is_port || AddressRange::read(&address).is_none() {
        return None;
    }
    let name = site.written_name();
    let body: Vec<String> = block.others();
    let title = format!("Write `<{name} {address}:{port}>`");
    Some(block.replaced_by(title, &section(name, &format!("{address}:{port}"), &body)))
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::diagnostics::test_support::fixed;

    #[test]
    fn address_and_port_become_one_line() {
        expect![[r#"
            smtp-listener 127.0.0.1:2525
            # inside only
            run-as-root no
        "#]]
        .assert_eq(&fixed(
            "listener smtp0\n  port 2525\n  interface 127.0.0.1\n  # inside only\nend listener\nrun-as-root no\n",
            "folklore-section",
        ));
    }

    #[test]
    fn a_block_without_end() {
        expect![[r#"
            smtp-listener 127.0.0.1:2525
            # in
            run-as-root no
        "#]]
        .assert_eq(&fixed(
            "listener smtp0\n  port 2525 # in\n  interface 127.0.0.1\nrun-as-root no\n",
            "folklore-section",
        ));
    }

    #[test]
    fn a_port_as_argument() {
        expect![[r#"
            smtp-listener 0/0:2525
            <source 0/0>
                # limits
                max-message-size 10M
            </source>
            run-as-root no
        "#]]
        .assert_eq(&fixed(
            "smtp-service 2525\n  # limits\n  max-message-size 10M\nend\nrun-as-root no\n",
            "folklore-section",
        ));
    }

    #[test]
    fn lines_inside_a_genuine_tag() {
        let text = "<smtp-listener>\n  <port>2525</port>\n  <address>127.0.0.1</address>\n  immediate-tls yes # at once\n</smtp-listener>\n";
        expect![[r#"
            <smtp-listener 127.0.0.1:2525>
                immediate-tls yes # at once
            </smtp-listener>
        "#]]
        .assert_eq(&fixed(text, "missing-section-argument"));
    }
}
