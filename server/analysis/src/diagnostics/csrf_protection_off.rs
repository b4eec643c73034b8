//! `csrf-protection-off`: a web page that an administrator opens can control the server.

use super::exposure::is_no;
use super::{DirectiveSite, Finding, Fix, Group, Rule, Safety, Severity, deletion};
use crate::meaning::Meaning;

/// The rule.
pub static RULE: Rule = Rule {
    code: "csrf-protection-off",
    severity: Severity::Information,
    group: Group::Security,
    summary: "a web page that an administrator opens can control the server",
    documentation: "Without this protection any web page that an administrator has open can send commands to the web
monitor, with the administrator's rights.

```pmta
http-csrf-protection no
```

It is on unless it is switched off: the fix deletes the line. Programs that send commands need an
`http-api-key` then.",
};

pub(crate) fn check(site: &DirectiveSite<'_>, findings: &mut Vec<Finding>) {
    let Meaning::Directive(found) = site.judged.meaning else {
        return;
    };
    if found.name != "http-csrf-protection" || !is_no(site.value()) {
        return;
    }
    findings.push(
        Finding::new(
            &RULE,
            site.directive.name.cover(site.directive.value),
            "Any web page that an administrator opens can send commands to the web monitor. Delete \
             the line, and give programs an `http-api-key`.",
        )
        .with_fix(Fix {
            title: "Delete the line".to_owned(),
            safety: Safety::Safe,
            edits: vec![deletion::directive(site.item, site.entry.range)],
        }),
    );
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::diagnostics::test_support::{findings, fixed};

    #[test]
    fn switched_off() {
        let text = "run-as-root no\nhttp-csrf-protection false\n";
        expect![[r#"
            2:1-27 information csrf-protection-off: Any web page that an administrator opens can send commands to the web monitor. Delete the line, and give programs an `http-api-key`.
        "#]]
        .assert_eq(&findings(text));
        assert_eq!(fixed(text, "csrf-protection-off"), "run-as-root no\n");
        expect![[""]].assert_eq(&findings("http-csrf-protection yes\n"));
    }
}
