//! `unmatched-end-tag`: an end closes nothing.

use super::{Finding, Fix, Group, Item, Rule, Safety, Severity};
use crate::syntax::EntryKind;

/// The rule.
pub static RULE: Rule = Rule {
    code: "unmatched-end-tag",
    severity: Severity::Error,
    group: Group::Structure,
    summary: "an end tag closes nothing",
    documentation: "An end tag without a section of its name open before it. Often a line was deleted above, or the
tag was pasted twice. A `}` or `end` alone on a line is no PowerMTA syntax either.

```pmta
<domain example.com>
    max-smtp-out 20
</domain>
</domain>
```

Delete the line, or restore the opening tag it belongs to.",
};

pub(crate) fn check(item: Item<'_>, findings: &mut Vec<Finding>) {
    for entry in &item.view.entries {
        if !matches!(entry.kind, EntryKind::StrayEnd(_)) {
            continue;
        }
        let written = item.slice(entry.range);
        let lines = item.whole_lines(entry.range);
        let is_alone = item.slice(lines).trim() == written.trim();
        let deleted = if is_alone { lines } else { entry.range };
        findings.push(
            Finding::new(
                &RULE,
                entry.range,
                format!(
                    "`{}` closes nothing: no such section is open here.",
                    written.trim()
                ),
            )
            .with_fix(Fix::replace(
                format!("Delete `{}`", written.trim()),
                Safety::Safe,
                deleted,
                "",
            )),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::test_support::{findings, fixed};
    use expect_test::expect;

    #[test]
    fn an_end_tag_too_many() {
        let text = r#"<domain a.example.com>
    max-smtp-out 20
</domain>
</domain>
log-file /var/log/pmta/log
"#;
        expect![[r#"
            4:1-10 error unmatched-end-tag: `</domain>` closes nothing: no such section is open here.
        "#]].assert_eq(&findings(text));
        expect![[r#"
            <domain a.example.com>
                max-smtp-out 20
            </domain>
            log-file /var/log/pmta/log
        "#]]
        .assert_eq(&fixed(text, "unmatched-end-tag"));
    }

    #[test]
    fn braces_and_end() {
        let text = r#"max-smtp-out 20
}
end
end listener
"#;
        expect![[r#"
            2:1-2 error unmatched-end-tag: `}` closes nothing: no such section is open here.
            3:1-4 error unmatched-end-tag: `end` closes nothing: no such section is open here.
            4:1-13 error unmatched-end-tag: `end listener` closes nothing: no such section is open here.
        "#]].assert_eq(&findings(text));
    }

    #[test]
    fn inside_a_section() {
        let text = r#"<virtual-mta mta1>
    </domain>
    host-name mta1.example.com
</virtual-mta>
"#;
        expect![[r#"
            2:5-14 error unmatched-end-tag: `</domain>` closes nothing: no such section is open here.
        "#]].assert_eq(&findings(text));
        expect![[r#"
            <virtual-mta mta1>
                host-name mta1.example.com
            </virtual-mta>
        "#]]
        .assert_eq(&fixed(text, "unmatched-end-tag"));
    }
}
