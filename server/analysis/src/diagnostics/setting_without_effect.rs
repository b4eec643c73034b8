//! `setting-without-effect`: a setting that PowerMTA ignores as the rest is.

use super::missing_partner::{described, for_each_missing};
use super::overview::Overview;
use super::{Finding, Group, Rule, Safety, Severity, addition};
use crate::catalog;

/// The rule.
pub static RULE: Rule = Rule {
    code: "setting-without-effect",
    severity: Severity::Information,
    group: Group::Settings,
    summary: "a setting is ignored as the rest of the configuration is",
    documentation: "Some settings count only for one way of delivery, or while a check is on: `command` for queues of
`type pipe`, `file-format` for `type file`, `reject-spf-check-fail` while `check-spf-inbound` is on.
Others are old ways to say something and are ignored beside the new one.

```pmta
<domain archive.example.com>
    file-format append-mbox
</domain>
```

```pmta
<domain archive.example.com>
    type file
    file-destination /var/spool/archive
    file-format append-mbox
</domain>
```

It is reported only if no line makes the setting count for some queue or client that it is for.",
};

pub(crate) fn check(overview: &Overview<'_>, findings: &mut Vec<Finding>) {
    for_each_missing(
        overview,
        |directive| directive.works_with,
        |line, directive, partner| {
            let message = format!(
                "`{}` has no effect without {}.",
                directive.name,
                described(partner)
            );
            let document = overview.site.document;
            let finding = Finding::new(&RULE, line, message)
                .with_fix(addition::delete(document, line, Safety::Unsafe))
                .with_fixes(addition::partners(document, line, directive, partner));
            findings.push(finding);
        },
    );
    for directive in catalog::DIRECTIVES {
        let mut others = directive.ignored_with.iter();
        let Some(other) = others.find(|name| overview.has(name)) else {
            continue;
        };
        if !overview.has_here(directive.name) {
            continue;
        }
        for line in overview.here(directive.name) {
            let message = format!("`{}` is ignored beside `{other}`.", directive.name);
            let delete = addition::delete(overview.site.document, line.range(), Safety::Unsafe);
            findings.push(Finding::new(&RULE, line.range(), message).with_fix(delete));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::overview::tests::found;
    use expect_test::expect;

    #[test]
    fn settings_for_what_nobody_does() {
        let text = "\
smtp-listener 192.0.2.1:25
smtp-port 2525
<domain a.example.com>
    file-format append-mbox
    command \"/bin/true\"
</domain>
<domain b.example.com>
    type pipe
    command \"/bin/true\"
</domain>
";
        expect![[r#"
            config:2 information: `smtp-port` is ignored beside `smtp-listener`.
            config:4 information: `file-format` has no effect without `type file`, which no line sets for it.
            config:5 information: `command` has no effect without `type pipe`, which no line sets for it.
        "#]].assert_eq(&found(text, "setting-without-effect"));
    }
}
