//! `unexpected-section-argument`: a section takes nothing in its tag.

use super::{Finding, Fix, Group, Rule, Safety, SectionSite, Severity};
use crate::meaning::Meaning;
use crate::text::TextRange;

/// The rule.
pub static RULE: Rule = Rule {
    code: "unexpected-section-argument",
    severity: Severity::Warning,
    group: Group::Structure,
    summary: "a section takes nothing in its tag",
    documentation: "Some sections exist once and have no name, so their tag stands alone.

```pmta
<dns main>
    precached-max-domains 1000
</dns>
```

```pmta
<dns>
    precached-max-domains 1000
</dns>
```",
};

pub(crate) fn check(site: &SectionSite<'_>, findings: &mut Vec<Finding>) {
    let Meaning::Section(section) = site.judged.meaning else {
        return;
    };
    let Some(argument) = site.tag.argument else {
        return;
    };
    if section.argument.is_some() || !site.tag.attributes.is_empty() {
        return;
    }
    let removed = TextRange::new(site.tag.name.end, argument.end);
    findings.push(
        Finding::new(
            &RULE,
            argument,
            format!("`<{}>` takes no argument.", site.written_name()),
        )
        .with_fix(Fix::replace(
            format!("Write `<{}>`", site.written_name()),
            Safety::Safe,
            removed,
            "",
        )),
    );
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::test_support::{findings, fixed};
    use expect_test::expect;

    #[test]
    fn a_name_too_many() {
        let text = r#"<dns main>
    precached-max-domains 1000
</dns>
<bounce-category-patterns >
    // other
</bounce-category-patterns>
"#;
        expect![[r#"
            1:6-10 warning unexpected-section-argument: `<dns>` takes no argument.
        "#]]
        .assert_eq(&findings(text));
        expect![[r#"
            <dns>
                precached-max-domains 1000
            </dns>
            <bounce-category-patterns >
                // other
            </bounce-category-patterns>
        "#]]
        .assert_eq(&fixed(text, "unexpected-section-argument"));
    }
}
