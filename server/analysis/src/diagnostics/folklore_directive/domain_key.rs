//! The lines for selector, domain and key file of DKIM, which are one `domain-key` line.

use crate::catalog;
use crate::diagnostics::{DirectiveSite, Edit, Fix, Item, Safety, deletion};
use crate::meaning::{Judged, catalog_name};
use crate::syntax::{Directive, Entry, EntryKind, Section};
use crate::text::TextRange;

/// Names of the line that holds the selector.
const SELECTOR: [&str; 2] = ["dkim-selector", "selector"];

/// Names of the line that holds the path of the private key.
const KEY_FILE: [&str; 5] = [
    "dkim-key-file",
    "dkim-private-key-file",
    "private-key-file",
    "key-file",
    "dkim-key",
];

/// Names of the line that holds the signing domain.
const DOMAIN: [&str; 2] = ["dkim-domain", "domain"];

/// The genuine directive that also tells the domain, behind its `@`. It stays.
const IDENTITY: [&str; 1] = ["dkim-identity"];

/// How many constructs before and behind the line are searched for the other parts.
const REACH: usize = 24;

/// A line that holds one part.
#[derive(Clone, Copy)]
struct PartLine<'a> {
    entry: &'a Entry,
    value: &'a str,
}

/// The fix that puts the parts together, the same on each of them.
pub(super) fn fix(site: &DirectiveSite<'_>) -> Option<Fix> {
    let selector = part(site, &SELECTOR)?;
    let key_file = part(site, &KEY_FILE)?;
    let domain = part(site, &DOMAIN);
    let identity = part(site, &IDENTITY).and_then(|line| line.value.rsplit_once('@'));
    let signing_domain = domain
        .map(|line| line.value)
        .or(identity.map(|(_, domain)| domain))
        .unwrap_or("*");
    let parts = [selector.value, signing_domain, key_file.value];
    if parts
        .iter()
        .any(|part| part.is_empty() || part.contains([' ', '\t', ',', '"']))
    {
        return None;
    }
    let line = format!("domain-key {}", parts.join(","));
    let replaced = [Some(selector), Some(key_file), domain];
    let mut lines: Vec<TextRange> = replaced
        .into_iter()
        .flatten()
        .map(|line| line.entry.range)
        .collect();
    lines.sort_unstable();
    let (first, others) = lines.split_first()?;
    let delete = |range: &TextRange| deletion::directive(site.item, *range);
    let mut edits: Vec<Edit> = others.iter().map(delete).collect();
    if let Some((start, indentation)) = insertion(site) {
        let text = format!("{indentation}{line}{}", site.item.line_break());
        edits.push(Edit {
            range: TextRange::empty(start),
            text,
        });
        edits.push(delete(first));
    } else {
        edits.push(Edit {
            range: *first,
            text: line.clone(),
        });
    }
    Some(Fix {
        title: format!("Write `{line}`"),
        safety: Safety::Unsafe,
        edits: deletion::apart(edits),
    })
}

/// The only line beside the site, or itself, that has one of these names.
fn part<'a>(site: &DirectiveSite<'a>, names: &[&str]) -> Option<PartLine<'a>> {
    let item = site.item;
    let first = (site.index as usize).saturating_sub(REACH);
    let mut found = item
        .view
        .entries
        .iter()
        .skip(first)
        .take(REACH.saturating_mul(2))
        .filter(|entry| entry.parent == site.entry.parent)
        .filter_map(|entry| match &entry.kind {
            EntryKind::Directive(directive) if is_named(item, directive, names) => Some(PartLine {
                entry,
                value: unquoted(item, directive),
            }),
            _ => None,
        });
    match (found.next(), found.next()) {
        (Some(line), None) => Some(line),
        _ => None,
    }
}

fn is_named(item: Item<'_>, directive: &Directive, names: &[&str]) -> bool {
    names.contains(&catalog_name(item.text, directive).as_ref())
}

/// The value without the quotes around it.
fn unquoted<'a>(item: Item<'a>, directive: &Directive) -> &'a str {
    let value = item.slice(directive.value);
    value
        .strip_prefix('"')
        .and_then(|inner| inner.strip_suffix('"'))
        .unwrap_or(value)
}

/// Where the new line goes, with its indentation: before the innermost section around the site that
/// stands where keys may stand. None if they may stand beside the site.
fn insertion<'a>(site: &DirectiveSite<'a>) -> Option<(u32, &'a str)> {
    let may_stand = |judged: Judged| {
        judged
            .location
            .place()
            .is_some_and(|place| catalog::directive_in("domain-key", place).is_some())
    };
    if may_stand(site.judged) {
        return None;
    }
    let ancestors: Vec<(u32, &Section)> = site.item.view.ancestors(site.entry).collect();
    let allows_keys = |index: u32| {
        site.item
            .judged
            .get(index as usize)
            .copied()
            .is_some_and(may_stand)
    };
    let (_, section) = ancestors
        .iter()
        .find(|(index, _)| allows_keys(*index))
        .or(ancestors.last())?;
    let start = section.open.range.start;
    let (line, _) = site.item.line_around(start);
    let before = site.item.slice(TextRange::new(line.start, start)).trim();
    if before.is_empty() || (before.starts_with("<!--") && before.ends_with("-->")) {
        Some((line.start, site.item.indentation(start)))
    } else {
        Some((start, ""))
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::diagnostics::test_support::{findings, fixed};
    use crate::document::Document;

    #[test]
    fn the_lines_become_one_above_the_section() {
        let text = "# keys\n\n<domain gmail.com>\n    dkim-sign yes\n    dkim-identity @example.com\n    dkim-selector mail\n    dkim-key-file \"/etc/pmta/dkim.key\" # private\n</domain>\n";
        expect![[r#"
            6:5-18 warning folklore-directive: PowerMTA has no directive `dkim-selector`. The selector is the first part of domain-key; <domain> only switches signing on with dkim-sign.
            7:5-18 warning folklore-directive: PowerMTA has no directive `dkim-key-file`. The private key is the third part of domain-key, set at the top level or in <virtual-mta>.
        "#]].assert_eq(&findings(text));
        expect![[r#"
            # keys

            domain-key mail,example.com,/etc/pmta/dkim.key
            <domain gmail.com>
                dkim-sign yes
                dkim-identity @example.com
                # private
            </domain>
        "#]]
        .assert_eq(&fixed(text, "folklore-directive"));
    }

    #[test]
    fn on_one_line_they_leave_their_blanks() {
        let text = "<domain gmail.com> dkim-sign yes dkim-identity @example.com dkim-selector mail dkim-key-file /etc/pmta/dkim.key </domain>\n";
        expect![[r#"
            domain-key mail,example.com,/etc/pmta/dkim.key
            <domain gmail.com> dkim-sign yes dkim-identity @example.com </domain>
        "#]]
        .assert_eq(&fixed(text, "folklore-directive"));
    }

    #[test]
    fn each_of_the_lines_offers_the_same_fix() {
        let text = "<!-- Gmail --> <domain gmail.com> dkim-sign yes dkim-identity @yourdomain.com dkim-selector mail dkim-key-file /etc/pmta/dkim.key </domain>\n";
        let findings = Document::new(text).findings();
        let mut fixes = findings
            .iter()
            .filter(|finding| finding.rule.code == "folklore-directive")
            .map(|finding| &finding.fixes);
        let first = fixes.next().unwrap();
        assert_eq!(first.len(), 1);
        assert_eq!(
            first[0].title,
            "Write `domain-key mail,yourdomain.com,/etc/pmta/dkim.key`"
        );
        assert_eq!(fixes.next(), Some(first));
        assert_eq!(fixes.next(), None);
    }

    #[test]
    fn where_keys_may_stand_the_line_is_replaced() {
        let text = "<virtual-mta mta1>\n    dkim-selector mail\n    dkim-key-file /etc/pmta/dkim.key\n</virtual-mta>\n";
        expect![[r#"
            <virtual-mta mta1>
                domain-key mail,*,/etc/pmta/dkim.key
            </virtual-mta>
        "#]]
        .assert_eq(&fixed(text, "folklore-directive"));
    }

    #[test]
    fn inside_a_virtual_mta_the_key_stays_its_own() {
        let text = "<virtual-mta mta1>\n    <domain *>\n        dkim-domain example.org\n        dkim-selector mail\n        dkim-key-file /etc/pmta/dkim.key\n    </domain>\n</virtual-mta>\n";
        expect![[r#"
            <virtual-mta mta1>
                domain-key mail,example.org,/etc/pmta/dkim.key
                <domain *>
                </domain>
            </virtual-mta>
        "#]]
        .assert_eq(&fixed(text, "folklore-directive"));
    }

    #[test]
    fn without_all_parts_there_is_no_fix() {
        expect![[r#"
            2:5-18 warning folklore-directive: PowerMTA has no directive `dkim-selector`. The selector is the first part of domain-key; <domain> only switches signing on with dkim-sign. Decide which selector, domain and key file belong together: `domain-key SELECTOR,DOMAIN,FILE` at the top level or in a `<virtual-mta>` names all three.
        "#]].assert_eq(&findings("<domain gmail.com>\n    dkim-selector mail\n</domain>\n"));
    }
}
