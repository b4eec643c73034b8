//! `<include PATH>` and the like: a line of its own that is written as a tag.

use super::block::Block;
use crate::diagnostics::{Fix, Safety, SectionSite};
use crate::syntax::normalise;

/// The fix that writes the directive; what stands in the section stays as it is.
pub(super) fn fix(site: &SectionSite<'_>) -> Option<Fix> {
    let line = line(site)?;
    let title = format!("Write `{line}`");
    match Block::of(site) {
        Some(block) => {
            let others = block.others();
            let lines: Vec<String> = std::iter::once(line).chain(others).collect();
            Some(block.replaced_by(title, &lines))
        }
        None => Some(Fix::replace(title, Safety::Unsafe, site.tag.range, line)),
    }
}

fn line(site: &SectionSite<'_>) -> Option<String> {
    let argument = site.argument();
    match site.name.as_ref() {
        "include" => (!argument.is_empty()).then(|| format!("include {argument}")),
        "http-listener" | "http-mgmt-listener" => {
            let port = argument.rsplit_once(':').map_or(argument, |(_, port)| port);
            let port: u16 = port.trim_matches('"').parse().ok()?;
            Some(format!("http-mgmt-port {port}"))
        }
        "domain-key" => {
            let attribute = |names: &[&str]| {
                let mut attributes = site.tag.attributes.iter();
                let (_, value) = attributes.find(|(name, _)| {
                    names.contains(&normalise(site.item.slice(*name)).as_ref())
                })?;
                let value = site.item.slice(*value);
                let is_part = !value.is_empty() && !value.contains([' ', '\t', ',']);
                is_part.then_some(value)
            };
            let selector = attribute(&["name", "selector"])?;
            let domain = attribute(&["domain"])?;
            let file = attribute(&["path", "file", "key-file", "key"])?;
            Some(format!("domain-key {selector},{domain},{file}"))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::diagnostics::test_support::fixed;

    #[test]
    fn a_tag_becomes_a_line() {
        expect![[r#"
            include /etc/pmta/vmtas.conf
            run-as-root no
        "#]]
        .assert_eq(&fixed(
            "<include /etc/pmta/vmtas.conf>\nrun-as-root no\n",
            "folklore-section",
        ));
        expect![[r#"
            domain-key s1,example.com,/etc/pmta/s1.pem # key
        "#]]
        .assert_eq(&fixed(
            "<domain-key name=\"s1\" domain=\"example.com\" path=\"/etc/pmta/s1.pem\"/> # key\n",
            "folklore-section",
        ));
        expect![[r#"
            http-mgmt-port 8080
            # inside
        "#]]
        .assert_eq(&fixed(
            "<http-listener 127.0.0.1:8080>\n    # inside\n</http-listener>\n",
            "folklore-section",
        ));
    }
}
