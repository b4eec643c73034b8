//! `underscore-name`: a name of PowerMTA is written with `_` instead of `-`.

use super::{DirectiveSite, Finding, Fix, Group, Rule, Safety, SectionSite, Severity, renaming};
use crate::catalog;
use crate::meaning::Meaning;

/// The rule.
pub static RULE: Rule = Rule {
    code: "underscore-name",
    severity: Severity::Warning,
    group: Group::Syntax,
    summary: "a name of PowerMTA is written with `_` instead of `-`",
    documentation:
        "The names of directives and sections are joined with hyphens. Underscores come from the
configuration of other programs.

```pmta
host_name mail.example.com
```

```pmta
host-name mail.example.com
```

The fix writes the hyphens.",
};

pub(crate) fn check(site: &DirectiveSite<'_>, findings: &mut Vec<Finding>) {
    let written = site.written_name();
    if !written.contains('_') || !site.is_genuine() || site.name.starts_with('/') {
        return;
    }
    let right = written.replace('_', "-");
    let edits = renaming::directive(site, &right);
    findings.push(finding(site.directive.name, written, &right, edits));
}

pub(crate) fn check_section(site: &SectionSite<'_>, findings: &mut Vec<Finding>) {
    let written = site.written_name();
    let is_genuine =
        matches!(site.judged.meaning, Meaning::Section(_)) && catalog::section(written).is_none();
    if !written.contains('_') || !is_genuine {
        return;
    }
    let right = written.replace('_', "-");
    let edits = renaming::section(site, &right);
    findings.push(finding(site.tag.name, written, &right, edits));
}

fn finding(
    range: crate::text::TextRange,
    written: &str,
    right: &str,
    edits: Vec<super::Edit>,
) -> Finding {
    let title = format!("Change to `{right}`");
    Finding::new(
        &RULE,
        range,
        format!("`{written}` is written with hyphens: `{right}`."),
    )
    .with_fix(Fix {
        title,
        safety: Safety::Safe,
        edits,
    })
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::diagnostics::test_support::{findings, fixed};

    #[test]
    fn underscores_in_genuine_names_are_reported_and_replaced() {
        let text = "host_name mail.example.com\n<Virtual_MTA mta1>\n    Smtp_Source_Host 192.0.2.1 mta1.example.com\n</virtual_mta>\n";
        expect![[r#"
            1:1-10 warning underscore-name: `host_name` is written with hyphens: `host-name`.
            2:2-13 warning underscore-name: `Virtual_MTA` is written with hyphens: `Virtual-MTA`.
            3:5-21 warning underscore-name: `Smtp_Source_Host` is written with hyphens: `Smtp-Source-Host`.
        "#]].assert_eq(&findings(text));
        expect![[r#"
            host-name mail.example.com
            <Virtual_MTA mta1>
                Smtp_Source_Host 192.0.2.1 mta1.example.com
            </virtual_mta>
        "#]]
        .assert_eq(&fixed(text, "underscore-name"));
        let section = "<virtual_mta mta1>\n</virtual_mta>\n";
        expect![[r#"
            <virtual-mta mta1>
            </virtual-mta>
        "#]]
        .assert_eq(&fixed(section, "underscore-name"));
    }

    #[test]
    fn names_that_nobody_knows_are_left_to_unknown_directive() {
        expect![[r#"
            1:1-16 warning unknown-directive: PowerMTA has no directive `no_such_setting`.
        "#]]
        .assert_eq(&findings("no_such_setting yes\n"));
    }
}
