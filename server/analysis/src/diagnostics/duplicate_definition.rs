//! `duplicate-definition`: a name is defined twice.

use super::named::NameSite;
use super::{Finding, Group, Rule, Severity, wording};
use crate::catalog::ReferenceKind;

/// The rule.
pub static RULE: Rule = Rule {
    code: "duplicate-definition",
    severity: Severity::Warning,
    group: Group::References,
    summary: "a name is defined twice",
    documentation: r#"Two sections or macros of the same kind have the same name. Which of them counts, or whether both
do, is written nowhere, so one of them may have no effect.

```pmta
<virtual-mta mta1>
    smtp-source-host 192.0.2.1 mta1.example.com
</virtual-mta>
<virtual-mta mta1>
    smtp-source-host 192.0.2.2 mta2.example.com
</virtual-mta>
```

Give each a name of its own, or put both together:

```pmta
<virtual-mta mta1>
    smtp-source-host 192.0.2.1 mta1.example.com
</virtual-mta>
<virtual-mta mta2>
    smtp-source-host 192.0.2.2 mta2.example.com
</virtual-mta>
```

Nothing is reported while the configuration is not known as a whole."#,
};

/// The finding about a definition that is not the first of its name and kind.
pub(super) fn finding(site: &NameSite<'_>) -> Option<Finding> {
    let name = site.written.name;
    if name.is_folklore {
        return None;
    }
    let mut alike = site
        .everywhere
        .iter()
        .filter(|other| other.is_definition && !other.is_folklore && other.kind == name.kind);
    let first = alike.next()?;
    if first.name == site.at() {
        return None;
    }
    let what = match name.kind {
        ReferenceKind::VirtualMtaOrPool => "pool",
        kind => kind.noun(),
    };
    let text = wording::shown(site.written.text);
    let message = format!(
        "The {what} `{text}` is defined before; give this one another name, or put both together."
    );
    let finding = Finding::new(&RULE, site.written.range, message);
    Some(finding.with_related_in(first.name, "The first definition"))
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::diagnostics::test_support::root_findings;

    #[test]
    fn the_second_definition_is_reported_with_the_first() {
        let text = "\
<virtual-mta a>
    smtp-source-host 192.0.2.1 a.example.com
</virtual-mta>
<virtual-mta b>
    smtp-source-host 192.0.2.2 b.example.com
</virtual-mta>
<virtual-mta \"a\">
    smtp-source-host 192.0.2.3 c.example.com
</virtual-mta>
";
        expect![[r#"
            7:15-16 warning duplicate-definition: The VirtualMTA `a` is defined before; give this one another name, or put both together.
              1:14 The first definition
        "#]]
        .assert_eq(&root_findings(text));
    }

    #[test]
    fn domains_and_client_addresses_are_no_names() {
        let text = "\
<domain example.com>
    max-smtp-out 5
</domain>
<virtual-mta a>
    smtp-source-host 192.0.2.1 a.example.com
    <domain example.com>
        max-smtp-out 5
    </domain>
</virtual-mta>
<bounce-category-patterns>
    /a/ spam-related
    /b/ spam-related
</bounce-category-patterns>
";
        assert_eq!(root_findings(text), "");
    }
}
