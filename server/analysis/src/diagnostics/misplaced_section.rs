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
    let Meaning::Section(section) = site.judged.meaning else { return };
    let Some(place) = site.place() else { return };
    if !section.nests_in.contains(&place) {
        findings.push(finding(site.tag.name, section, place.name()));
    }
}

/// The finding for a section that stands directly inside `outer`: a section's name, or `global`.
pub(crate) fn finding(name: TextRange, section: &catalog::Section, outer: &str) -> Finding {
    let right = wording::in_places(section.nests_in.iter().copied());
    let here = if outer == Place::GLOBAL.name() { "at the top level".to_owned() } else { format!("in `<{outer}>`") };
    Finding::new(&RULE, name, format!("`<{}>` belongs {right}, not {here}.", section.name))
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::diagnostics::test_support::findings;

    #[test]
    fn a_section_at_the_top_level_that_belongs_inside_another() {
        expect![[""]].assert_eq(&findings("smtp-listener 0/0:25\n<report-list>\n</report-list>\n"));
    }

    #[test]
    fn a_section_inside_one_that_cannot_hold_it() {
        expect![[""]].assert_eq(&findings(
            "<virtual-mta mta1>\n    <source 192.0.2.10>\n        log-connections yes\n    </source>\n    smtp-source-host 192.0.2.1 mta1.example.com\n</virtual-mta>\n",
        ));
    }

    #[test]
    fn the_place_of_a_fragment_counts() {
        expect![[""]].assert_eq(&findings("# pmta-ls: place=domain\n<source 127.0.0.1>\n</source>\n"));
    }

    #[test]
    fn nothing_is_reported_where_the_place_is_unknown() {
        expect![[""]].assert_eq(&findings("<no-such-section>\n<source 127.0.0.1>\n</source>\n</no-such-section>\n"));
    }
}
