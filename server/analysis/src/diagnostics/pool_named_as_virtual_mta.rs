//! `pool-named-as-virtual-mta`: a pool has the name of a VirtualMTA.

use super::named::NameSite;
use super::{Finding, Fix, Group, Rule, Safety, Severity, wording};
use crate::catalog::ReferenceKind;

/// The rule.
pub static RULE: Rule = Rule {
    code: "pool-named-as-virtual-mta",
    severity: Severity::Error,
    group: Group::References,
    summary: "a pool has the name of a VirtualMTA",
    documentation: r#"VirtualMTAs and pools share their names, and PowerMTA does not take a pool that has the name of a
VirtualMTA which is already defined.

```pmta
<virtual-mta offers>
    smtp-source-host 192.0.2.1 mta1.example.com
</virtual-mta>
<virtual-mta-pool offers>
    virtual-mta offers
</virtual-mta-pool>
```

```pmta
<virtual-mta offers-1>
    smtp-source-host 192.0.2.1 mta1.example.com
</virtual-mta>
<virtual-mta-pool offers>
    virtual-mta offers-1
</virtual-mta-pool>
```

Where the VirtualMTA comes after the pool, it is a warning: the manual speaks of the other order only."#,
};

/// The finding about the name of a pool that a VirtualMTA has as well.
pub(super) fn finding(site: &NameSite<'_>) -> Option<Finding> {
    let name = site.written.name;
    if name.is_folklore || name.kind != ReferenceKind::VirtualMtaOrPool {
        return None;
    }
    let own = site.everywhere.iter().position(|it| it.name == site.at())?;
    let (at, other) = site.everywhere.iter().enumerate().find(|(_, other)| {
        other.is_definition && !other.is_folklore && other.kind == ReferenceKind::VirtualMta
    })?;
    let text = wording::shown(site.written.text);
    let message = format!(
        "A VirtualMTA is called `{text}` as well, and both kinds share their names; give this pool another."
    );
    let mut finding = Finding::new(&RULE, site.written.range, message);
    if own < at {
        finding.severity = Severity::Warning;
    }
    let new_name = format!("{}-pool", site.written.text);
    let title = format!("Call this pool `{}`", wording::shown(&new_name));
    let range = site.written.range;
    finding = finding.with_fix(Fix::replace(title, Safety::Alternative, range, new_name));
    Some(finding.with_related_in(other.name, "The VirtualMTA of this name"))
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::diagnostics::test_support::root_findings;

    const VIRTUAL_MTA: &str =
        "<virtual-mta a>\n    smtp-source-host 192.0.2.1 a.example.com\n</virtual-mta>\n";
    const POOL: &str = "<virtual-mta-pool a>\n    virtual-mta a\n</virtual-mta-pool>\n";

    #[test]
    fn a_pool_may_not_have_the_name_of_a_virtual_mta() {
        expect![[r#"
            4:19-20 error pool-named-as-virtual-mta: A VirtualMTA is called `a` as well, and both kinds share their names; give this pool another.
              1:14 The VirtualMTA of this name
        "#]]
        .assert_eq(&root_findings(&format!("{VIRTUAL_MTA}{POOL}")));
    }

    #[test]
    fn the_other_order_is_less_sure() {
        expect![[r#"
            1:19-20 warning pool-named-as-virtual-mta: A VirtualMTA is called `a` as well, and both kinds share their names; give this pool another.
              4:14 The VirtualMTA of this name
        "#]]
        .assert_eq(&root_findings(&format!("{POOL}{VIRTUAL_MTA}")));
    }
}
