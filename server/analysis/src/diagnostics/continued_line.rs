//! `continued-line`: a value goes on in the next line.

use super::{DirectiveSite, Finding, Fix, Group, Rule, Safety, Severity};
use crate::text::TextRange;

/// The rule.
pub static RULE: Rule = Rule {
    code: "continued-line",
    severity: Severity::Information,
    group: Group::Structure,
    summary: "a value goes on in the next line",
    documentation: "PowerMTA documents no way to continue a line. Configurations in use do it all the same for the
lists of `domain-macro`, after a comma or with the name alone on its line, so it seems to work there.
A backslash at the end of a line has no known meaning.

```pmta
domain-macro free gmail.com,
    yahoo.com
```

One line is safe with every version:

```pmta
domain-macro free gmail.com, yahoo.com
```",
};

pub(crate) fn check(site: &DirectiveSite<'_>, findings: &mut Vec<Finding>) {
    let Some(first) = site.directive.continued_at.first() else {
        return;
    };
    let item = site.item;
    let is_backslash = item.slice(*first).starts_with('\\');
    let message = if is_backslash {
        "A backslash does not continue a line in PowerMTA: write the value on one line."
    } else {
        "The list goes on in the next line, which no version of PowerMTA documents: write it on one line."
    };
    let mut finding = Finding::new(&RULE, *first, message);
    if let Some(fix) = join(site) {
        finding = finding.with_fix(fix);
    }
    findings.push(finding);
}

/// Joins all lines of the value, unless a comment stands between them.
fn join(site: &DirectiveSite<'_>) -> Option<Fix> {
    let value = site.value();
    if value.contains('#') {
        return None;
    }
    let mut edits = Vec::new();
    let mut at: usize = 0;
    for line in value.split_inclusive('\n') {
        let end = at.saturating_add(line.len());
        if line.ends_with('\n') {
            let kept = line.trim_end().trim_end_matches('\\').trim_end();
            let rest = value.get(end..).unwrap_or_default();
            let indent = rest.len().saturating_sub(rest.trim_start().len());
            edits.push(super::Edit {
                range: TextRange::of(at.saturating_add(kept.len()), end.saturating_add(indent))
                    .shifted(site.directive.value.start),
                text: " ".to_owned(),
            });
        }
        at = end;
    }
    Some(Fix {
        title: "Join the lines".to_owned(),
        safety: Safety::Safe,
        edits,
    })
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::test_support::{findings, fixed};
    use expect_test::expect;

    #[test]
    fn after_a_comma() {
        let text = r#"domain-macro free a.example.com,
    b.example.com,
    c.example.com
log-file /var/log/pmta/log
"#;
        expect![[r#"
            1:32-33 information continued-line: The list goes on in the next line, which no version of PowerMTA documents: write it on one line.
        "#]].assert_eq(&findings(text));
        expect![[r#"
            domain-macro free a.example.com, b.example.com, c.example.com
            log-file /var/log/pmta/log
        "#]]
        .assert_eq(&fixed(text, "continued-line"));
    }

    #[test]
    fn name_alone() {
        let text = r#"domain-macro free
a.example.com, b.example.com
log-file /var/log/pmta/log
"#;
        expect![[r#"
            1:14-18 information continued-line: The list goes on in the next line, which no version of PowerMTA documents: write it on one line.
        "#]].assert_eq(&findings(text));
        expect![[r#"
            domain-macro free a.example.com, b.example.com
            log-file /var/log/pmta/log
        "#]]
        .assert_eq(&fixed(text, "continued-line"));
    }

    #[test]
    fn a_comment_between() {
        let text = r#"domain-macro free a.example.com, # first
    b.example.com
"#;
        expect![[r#"
            1:32-33 information continued-line: The list goes on in the next line, which no version of PowerMTA documents: write it on one line.
        "#]].assert_eq(&findings(text));
    }

    #[test]
    fn a_backslash() {
        let text = r#"<domain *>
    retry-after 10m, \
        20m
</domain>
"#;
        expect![[r#"
            2:22-23 information continued-line: A backslash does not continue a line in PowerMTA: write the value on one line.
        "#]].assert_eq(&findings(text));
        expect![[r#"
            <domain *>
                retry-after 10m, 20m
            </domain>
        "#]]
        .assert_eq(&fixed(text, "continued-line"));
    }
}
