//! `unknown-section`: a tag names a section that PowerMTA does not have.

use super::value::has_template_marker;
use super::{
    Finding, Fix, Group, Rule, Safety, SectionSite, Severity, keyword_block, renaming, wording,
};
use crate::catalog;
use crate::meaning::Meaning;

/// The rule.
pub static RULE: Rule = Rule {
    code: "unknown-section",
    severity: Severity::Warning,
    group: Group::Names,
    summary: "a tag names a section that PowerMTA does not have",
    documentation:
        "The section is in no guide and not among the inventions that have a finding of their own
(`folklore-section`).

```pmta
<virtual-mtas mta1>
    smtp-source-host 192.0.2.10 mta1.example.com
</virtual-mtas>
```

```pmta
<virtual-mta mta1>
    smtp-source-host 192.0.2.10 mta1.example.com
</virtual-mta>
```

Nothing inside such a section is reported as unknown or misplaced.",
};

pub(crate) fn check(site: &SectionSite<'_>, findings: &mut Vec<Finding>) {
    let written = site.written_name();
    if keyword_block::is_keyword(site)
        || !matches!(site.judged.meaning, Meaning::UnknownSection)
        || written.is_empty()
        || has_template_marker(written)
    {
        return;
    }
    let name = wording::shown(written);
    if !catalog::directives_named(&site.name).is_empty() {
        let value = if site.argument().is_empty() {
            ""
        } else {
            " …"
        };
        findings.push(Finding::new(
            &RULE,
            site.tag.name,
            format!("`{name}` is a directive and is written without brackets: `{name}{value}`."),
        ));
        return;
    }
    let candidates = catalog::nearest_sections(&site.name);
    let choices: Vec<String> = candidates
        .iter()
        .map(|candidate| format!("`<{candidate}>`"))
        .collect();
    let mut message = format!("PowerMTA has no section `<{name}>`.");
    if !choices.is_empty() {
        message = format!("{message} Did you mean {}?", wording::one_of(&choices));
    }
    let mut finding = Finding::new(&RULE, site.tag.name, message);
    for candidate in candidates {
        finding = finding.with_fix(Fix {
            title: format!("Change to `<{candidate}>`"),
            safety: Safety::Alternative,
            edits: renaming::section(site, candidate),
        });
    }
    findings.push(finding);
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::diagnostics::test_support::{findings, fixed};

    #[test]
    fn a_mistyped_section_is_repaired_at_both_ends() {
        let text = "<virtual-mtas mta1>\n    smtp-source-host 192.0.2.10 mta1.example.com\n</virtual-mtas>\n";
        expect![[r#"
            1:2-14 warning unknown-section: PowerMTA has no section `<virtual-mtas>`. Did you mean `<virtual-mta>`?
        "#]].assert_eq(&findings(text));
        expect![[r#"
            <virtual-mta mta1>
                smtp-source-host 192.0.2.10 mta1.example.com
            </virtual-mta>
        "#]]
        .assert_eq(&fixed(text, "unknown-section"));
    }

    #[test]
    fn a_directive_in_brackets_is_called_a_directive() {
        expect![[r#"
            1:2-10 warning unknown-section: `log-file` is a directive and is written without brackets: `log-file`.
        "#]].assert_eq(&findings("<log-file>\n</log-file>\n"));
    }

    #[test]
    fn what_resembles_nothing_gets_no_proposal() {
        expect![[r#"
            1:2-12 warning unknown-section: PowerMTA has no section `<throttling>`.
        "#]]
        .assert_eq(&findings(
            "<throttling profile1>\n    no-such-setting 1\n    pickup /a /b\n</throttling>\n",
        ));
    }
}
