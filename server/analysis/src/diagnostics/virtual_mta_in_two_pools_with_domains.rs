//! `virtual-mta-in-two-pools-with-domains`: a VirtualMTA would inherit from two pools.

use super::named::NameSite;
use super::{Finding, Group, Rule, Severity, wording};
use crate::facts::Role;
use crate::syntax::EntryKind;
use crate::workspace::FileId;

/// The rule.
pub static RULE: Rule = Rule {
    code: "virtual-mta-in-two-pools-with-domains",
    severity: Severity::Error,
    group: Group::References,
    summary: "a VirtualMTA is a member of two pools that both hold `<domain>` sections",
    documentation: r#"The members of a pool inherit the settings of its `<domain>` sections. A VirtualMTA that is a member
of two such pools would inherit twice, and PowerMTA does not take that.

```pmta
<virtual-mta-pool news>
    virtual-mta mta1
    <domain *>
        max-smtp-out 10
    </domain>
</virtual-mta-pool>
<virtual-mta-pool offers>
    virtual-mta mta1
    <domain *>
        max-smtp-out 20
    </domain>
</virtual-mta-pool>
```

Leave the `<domain>` sections to one of the pools, or make a second VirtualMTA with the same address:

```pmta
<virtual-mta-pool news>
    virtual-mta mta1
    <domain *>
        max-smtp-out 10
    </domain>
</virtual-mta-pool>
<virtual-mta-pool offers>
    virtual-mta mta1
</virtual-mta-pool>
```"#,
};

/// The finding about a member that an earlier pool with domains holds as well.
pub(super) fn finding(site: &NameSite<'_>) -> Option<Finding> {
    if site.written.name.role != Role::MemberWithDomains {
        return None;
    }
    let own = (site.at().file, site.written.item);
    let members = site.everywhere.iter();
    let mut members = members.filter(|other| other.role == Role::MemberWithDomains);
    let first = members.next()?;
    if (first.name.file, first.item) == own {
        return None;
    }
    // A pool that is defined twice is reported as such.
    if pool_name(site, own) == pool_name(site, (first.name.file, first.item)) {
        return None;
    }
    let text = wording::shown(site.written.text);
    let message = format!(
        "`{text}` is a member of another pool with `<domain>` sections; leave these to one of the two pools."
    );
    let finding = Finding::new(&RULE, site.written.range, message);
    Some(finding.with_related_in(first.name, "A member of this pool as well"))
}

/// The name in the first opening tag of an item.
fn pool_name(site: &NameSite<'_>, (file, item): (FileId, u32)) -> Option<String> {
    let document = site.file.workspace.document(file)?;
    let (_, text, view) = document.item_at(item as usize)?;
    let section = view.entries.iter().find_map(|entry| match &entry.kind {
        EntryKind::Section(section) => Some(section),
        _ => None,
    })?;
    let name = section.open.name_range(&text)?;
    Some(name.slice(&text).to_owned())
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::diagnostics::test_support::root_findings;

    fn pools(first: &str, second: &str) -> String {
        format!(
            "\
<virtual-mta-pool a>
    virtual-mta m
    virtual-mta n
{first}</virtual-mta-pool>
<virtual-mta-pool b>
    virtual-mta m
{second}</virtual-mta-pool>
<virtual-mta m>
    smtp-source-host 192.0.2.1 m.example.com
</virtual-mta>
<virtual-mta n>
    smtp-source-host 192.0.2.2 n.example.com
</virtual-mta>
"
        )
    }

    const DOMAIN: &str = "    <domain *>\n        max-smtp-out 10\n    </domain>\n";

    #[test]
    fn only_one_of_the_pools_of_a_virtual_mta_may_hold_domains() {
        expect![[r#"
            9:17-18 error virtual-mta-in-two-pools-with-domains: `m` is a member of another pool with `<domain>` sections; leave these to one of the two pools.
              2:17 A member of this pool as well
        "#]]
        .assert_eq(&root_findings(&pools(DOMAIN, DOMAIN)));
        assert_eq!(root_findings(&pools(DOMAIN, "")), "");
        assert_eq!(root_findings(&pools("", DOMAIN)), "");
    }
}
