//! `folklore-section`: a section that the web teaches and PowerMTA does not have.

use super::{Edit, Finding, Fix, Group, Rule, Safety, SectionSite, Severity, renaming, wording};
use crate::catalog::FolkloreSection;
use crate::meaning::Meaning;
use crate::text::TextRange;

/// The rule.
pub static RULE: Rule = Rule {
    code: "folklore-section",
    severity: Severity::Warning,
    group: Group::Names,
    summary: "a section that the web teaches and PowerMTA does not have",
    documentation: "Many pages about PowerMTA show sections that no version of it has. The finding names what does
the same.

```pmta
<vmta mta1>
    smtp-source-host 192.0.2.10 mta1.example.com
</vmta>
```

```pmta
<virtual-mta mta1>
    smtp-source-host 192.0.2.10 mta1.example.com
</virtual-mta>
```

Where only the tag has the wrong name, the fix renames it at both ends.",
};

pub(crate) fn check(site: &SectionSite<'_>, findings: &mut Vec<Finding>) {
    let Meaning::FolkloreSection(folklore) = site.judged.meaning else { return };
    let range = TextRange::new(site.tag.range.start.min(site.tag.name.start), site.tag.name.end);
    let right = match folklore.genuine {
        Some(genuine) => format!("write {genuine}"),
        None => format!("{} instead", folklore.conversion),
    };
    let message = format!("PowerMTA has no section `<{}>`: {right}.", wording::shown(site.written_name()));
    let mut finding = Finding::new(&RULE, range, message);
    finding.fixes.extend(renamed(site, folklore));
    findings.push(finding);
}

/// The fix for a section of which only the tags are wrong.
fn renamed(site: &SectionSite<'_>, folklore: &FolkloreSection) -> Option<Fix> {
    if !folklore.rename_pair || site.section.is_none() {
        return None;
    }
    let section = folklore.body_of?.section()?;
    if site.place().is_some_and(|place| !section.nests_in.contains(&place)) {
        return None;
    }
    let mut edits = renaming::section(site, section.name);
    if let [_] = site.tag.attributes.as_slice() {
        let value = site.item.slice(site.tag.name_range(site.item.text)?);
        let argument = Edit { range: site.tag.argument?, text: value.to_owned() };
        edits.insert(1, argument);
    } else if !site.tag.attributes.is_empty() || (section.argument_required && site.argument().is_empty()) {
        return None;
    }
    Some(Fix { title: format!("Change to `<{}>`", section.name), safety: Safety::Unsafe, edits })
}


#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::diagnostics::test_support::{findings, fixed};

    #[test]
    fn both_tags_are_renamed() {
        let text = "<vmta mta1>\n    smtp-source-host 192.0.2.10 mta1.example.com\n</vmta>\n";
        expect![[""]].assert_eq(&findings(text));
        expect![[""]].assert_eq(&fixed(text, "folklore-section"));
    }

    #[test]
    fn an_attribute_becomes_the_argument() {
        let text = "<vmta name=\"mta1\">\n    smtp-source-host 192.0.2.10 mta1.example.com\n</vmta>\n";
        expect![[""]].assert_eq(&fixed(text, "folklore-section"));
    }

    #[test]
    fn a_section_that_must_be_converted_has_no_fix() {
        expect![[""]].assert_eq(&findings("<sender news@example.com>\n    max-conn 80\n</sender>\n"));
    }
}
