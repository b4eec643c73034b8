//! `name-case-mismatch`: a name is defined, with other capitals.

use super::named::NameSite;
use super::{Finding, Fix, Group, Rule, Safety, Severity};

/// The rule.
pub static RULE: Rule = Rule {
    code: "name-case-mismatch",
    severity: Severity::Hint,
    group: Group::References,
    summary: "a name is defined with other capitals",
    documentation: r#"The manual does not say whether `MTA1` and `mta1` are the same name. Write both alike, and it does
not matter.

```pmta
<virtual-mta MTA1>
    smtp-source-host 192.0.2.1 mta1.example.com
</virtual-mta>
<virtual-mta-pool pool1>
    virtual-mta mta1
</virtual-mta-pool>
```

```pmta
<virtual-mta mta1>
    smtp-source-host 192.0.2.1 mta1.example.com
</virtual-mta>
<virtual-mta-pool pool1>
    virtual-mta mta1
</virtual-mta-pool>
```

Names of directives, sections and queues do not depend on capitals."#,
};

/// The finding about a name that nothing defines, if something defines one that differs in case alone.
pub(super) fn finding(site: &NameSite<'_>) -> Option<Finding> {
    let mut spellings = site.table.spellings(site.key.space, &site.key.name);
    let (defined, _) = spellings.find(|(_, entry)| entry.total().is_defined())?;
    let message = format!(
        "This is defined as `{}`, with other capitals; write both alike.",
        defined.name
    );
    let fix = Fix::replace(
        format!("Change to `{}`", defined.name),
        Safety::Safe,
        site.written.range,
        &*defined.name,
    );
    Some(Finding::new(&RULE, site.written.range, message).with_fix(fix))
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::diagnostics::test_support::{root_findings, root_fixed};

    const TEXT: &str = "\
<virtual-mta MTA1>
    smtp-source-host 192.0.2.1 mta1.example.com
</virtual-mta>
<virtual-mta-pool pool1>
    virtual-mta mta1
</virtual-mta-pool>
";

    #[test]
    fn a_name_with_other_capitals_is_no_missing_name() {
        expect![[r#"
            5:17-21 hint name-case-mismatch: This is defined as `MTA1`, with other capitals; write both alike.
        "#]]
        .assert_eq(&root_findings(TEXT));
        let fixed = root_fixed(TEXT, "name-case-mismatch");
        assert!(fixed.contains("    virtual-mta MTA1\n"), "{fixed}");
        assert_eq!(root_findings(&fixed), "");
    }

    #[test]
    fn queues_are_named_without_regard_to_case() {
        let text = "<domain Queue.Example.com>\n    max-smtp-out 5\n</domain>\n<domain example.com>\n    queue-to queue.example.com\n</domain>\n";
        assert_eq!(root_findings(text), "");
    }
}
