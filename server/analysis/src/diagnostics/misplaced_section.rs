//! `misplaced-section`: a section of PowerMTA stands where it may not.

use super::{Finding, Group, Rule, SectionSite, Severity, wording};
use crate::catalog::{self, Place};
use crate::meaning::Meaning;
use crate::text::TextRange;

/// The rule.
pub static RULE: Rule = Rule {
    code: "misplaced-section",
    severity: Severity::Warning,
    group: Group::Names,
    summary: "a section of PowerMTA stands where it may not",
    documentation: "Every section has places where it may stand: most at the top level only, `<domain>` also inside
`<virtual-mta>`, `<address-list>` inside the processors.

```pmta
<virtual-mta mta1>
    <source 192.0.2.10>
        log-connections yes
    </source>
</virtual-mta>
```

```pmta
<source 192.0.2.10>
    log-connections yes
</source>
<virtual-mta mta1>
    smtp-source-host 198.51.100.1 mta1.example.com
</virtual-mta>
```

The lines inside a misplaced section are judged as if it stood in its right place.",
};

pub(crate) fn check(site: &SectionSite<'_>, findings: &mut Vec<Finding>) {
    let Meaning::Section(section) = site.judged.meaning else {
        return;
    };
    let Some(place) = site.place() else { return };
    let is_directive =
        site.section.is_none() && catalog::directive_in(section.name, place).is_some();
    if !section.nests_in.contains(&place) && !is_directive {
        findings.push(finding(site.tag.name, section, place.name()));
    }
}

/// The finding for a section that stands directly inside `outer`: a section's name, or `global`.
pub(crate) fn finding(name: TextRange, section: &catalog::Section, outer: &str) -> Finding {
    let here = if outer == Place::GLOBAL.name() {
        "at the top level".to_owned()
    } else {
        format!("in `<{outer}>`")
    };
    let is_allowed_inline = section.nests_in.iter().any(|place| place.name() == outer);
    let message = if is_allowed_inline {
        format!(
            "`<{}>` stands {here} only at the end of a rule's line and without a name.",
            section.name
        )
    } else {
        let right = wording::in_places(section.nests_in.iter().copied());
        format!("`<{}>` belongs {right}, not {here}.", section.name)
    };
    Finding::new(&RULE, name, message)
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::diagnostics::test_support::findings;

    #[test]
    fn a_section_at_the_top_level_that_belongs_inside_another() {
        expect![[r#"
            2:2-16 warning misplaced-section: `<email-patterns>` belongs in `<bounce-processor>` or in `<feedback-loop-processor>`, not at the top level.
        "#]].assert_eq(&findings("smtp-listener 0/0:25\n<email-patterns>\n</email-patterns>\n"));
    }

    #[test]
    fn a_section_inside_one_that_cannot_hold_it() {
        expect![[r#"
            2:6-12 warning misplaced-section: `<source>` belongs at the top level, not in `<virtual-mta>`.
        "#]].assert_eq(&findings(
            "<virtual-mta mta1>\n    <source 192.0.2.10>\n        log-connections yes\n    </source>\n    smtp-source-host 192.0.2.1 mta1.example.com\n</virtual-mta>\n",
        ));
    }

    #[test]
    fn a_nested_list_on_a_line_of_its_own() {
        expect![[r#"
            2:6-18 warning misplaced-section: `<pattern-list>` stands in `<pattern-list>` only at the end of a rule's line and without a name.
        "#]].assert_eq(&findings(
            "<pattern-list one>\n    <pattern-list two>\n        mail-from /news/ virtual-mta=mta1\n    </pattern-list>\n</pattern-list>\n",
        ));
    }

    #[test]
    fn the_place_of_a_fragment_counts() {
        expect![[r#"
            2:2-8 warning misplaced-section: `<source>` belongs at the top level, not in `<domain>`.
        "#]]
        .assert_eq(&findings(
            "# pmta-ls: place=domain\n<source 127.0.0.1>\n</source>\n",
        ));
    }

    #[test]
    fn nothing_is_reported_where_the_place_is_unknown() {
        expect![[r#"
            1:2-17 warning unknown-section: PowerMTA has no section `<no-such-section>`.
        "#]]
        .assert_eq(&findings(
            "<no-such-section>\n<source 127.0.0.1>\n</source>\n</no-such-section>\n",
        ));
    }
}
