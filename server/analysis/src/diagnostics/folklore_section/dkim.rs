//! `<dkim>` with selector, domain and key file: what is signed, and with which key.

use super::block::{Block, section as section_lines};
use crate::catalog;
use crate::diagnostics::{Edit, Fix, SectionSite, exposure};
use crate::text::TextRange;

/// The fix that writes `domain-key` where keys may stand, and `dkim-sign` where the block stood.
pub(super) fn fix(site: &SectionSite<'_>) -> Option<Fix> {
    let mut block = Block::of(site)?;
    let selector = block.take(&["selector", "dkim-selector"])?;
    let key_file = block.take(&["key-file", "dkim-key-file", "private-key-file", "key"])?;
    let domain = block.take(&["domain", "dkim-domain"]);
    let domain = domain.unwrap_or_else(|| "*".to_owned());
    if [&selector, &domain, &key_file]
        .iter()
        .any(|part| part.contains([' ', '\t', ',']))
    {
        return None;
    }
    let is_signed = block.take(&["sign", "dkim-sign"]);
    let key = format!("domain-key {selector},{domain},{key_file}");
    let title = format!("Write `{key}`");
    let others = block.others();
    let here = site.judged.location.place()?;
    let sign = is_signed
        .filter(|value| exposure::is_yes(value))
        .map(|_| "dkim-sign yes".to_owned());
    if catalog::directive_in("domain-key", here).is_some() {
        let sign = sign
            .into_iter()
            .flat_map(|line| section_lines("domain", "*", &[line]));
        let lines: Vec<String> = std::iter::once(key).chain(sign).chain(others).collect();
        return Some(block.replaced_by(title, &lines));
    }
    let item = site.item;
    let around: Vec<_> = item.view.ancestors(site.entry).collect();
    let allows_keys = |index: u32| {
        let place = item.judged.get(index as usize)?.location.place()?;
        catalog::directive_in("domain-key", place)
    };
    let (_, section) = around
        .iter()
        .find(|(index, _)| allows_keys(*index).is_some())
        .or(around.last())?;
    let above = section.open.range.start;
    let (line, _) = item.line_around(above);
    let lines: Vec<String> = sign.into_iter().chain(others).collect();
    let mut fix = block.replaced_by(title, &lines);
    fix.edits.insert(
        0,
        Edit {
            range: TextRange::empty(line.start),
            text: format!("{}{key}{}", item.indentation(above), item.line_break()),
        },
    );
    Some(fix)
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::diagnostics::test_support::{findings, fixed};

    #[test]
    fn the_key_stands_above_and_the_domain_signs() {
        let text = "<domain example.com>\n    <dkim>\n        sign yes\n        selector 2024\n        # private\n        domain example.net\n        key-file /etc/pmta/dkim.pem\n    </dkim>\n</domain>\n";
        let fixed = fixed(text, "folklore-section");
        expect![[r#"
            domain-key 2024,example.net,/etc/pmta/dkim.pem
            <domain example.com>
                dkim-sign yes
                # private
            </domain>
        "#]]
        .assert_eq(&fixed);
        assert_eq!(findings(&fixed), "");
    }

    #[test]
    fn at_the_top_level_all_domains_sign() {
        let text = "run-as-root no\n<dkim>\n    sign yes\n    selector s1\n    domain example.net\n    key-file /etc/pmta/dkim.pem\n</dkim>\n";
        expect![[r#"
            run-as-root no
            domain-key s1,example.net,/etc/pmta/dkim.pem
            <domain *>
                dkim-sign yes
            </domain>
        "#]]
        .assert_eq(&fixed(text, "folklore-section"));
    }

    #[test]
    fn without_selector_or_key_a_person_decides() {
        expect![[r#"
            1:1-6 warning folklore-section: PowerMTA has no section `<dkim>`. Write dkim-sign yes in <domain> + domain-key 2024,example.com,/path in <virtual-mta>. Decide which selector, domain and key file belong together: `domain-key SELECTOR,DOMAIN,FILE` names all three.
            2:5-9 warning folklore-directive: PowerMTA has no directive `sign`. Signing is switched on with dkim-sign yes in <domain>.
        "#]].assert_eq(&findings("<dkim>\n    sign yes\n</dkim>\n"));
    }
}
