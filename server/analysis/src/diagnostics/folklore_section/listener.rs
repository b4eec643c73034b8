//! `listener NAME` with `port` and `interface`: where the server listens.

use super::block::Block;
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
    let others = block.others().into_iter().map(str::to_owned);
    let lines: Vec<String> = std::iter::once(line).chain(others).collect();
    Some(block.replaced_by(title, &lines))
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
}
