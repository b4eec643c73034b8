//! `missing-log-file`: there is no log file, and PowerMTA does not start without.

use super::overview::Overview;
use super::{Finding, Group, Rule, Severity, addition};
use crate::text::TextRange;

/// The rule.
pub static RULE: Rule = Rule {
    code: "missing-log-file",
    severity: Severity::Error,
    group: Group::Settings,
    summary: "there is no log file, and PowerMTA does not start without",
    documentation:
        "PowerMTA ends at once with `No logging file specified` if no line says where the log goes.

```pmta
log-file /var/log/pmta/pmta.log
```

The file `config-defaults` beside the configuration may say so as well. Where it was not read, this is
no more than a remark.",
};

pub(crate) fn check(overview: &Overview<'_>, findings: &mut Vec<Finding>) {
    if !overview.is_sure_root() || overview.may_have("log-file") {
        return;
    }
    let message = "No line has `log-file`: PowerMTA does not start without a log.";
    let mut finding = Finding::new(&RULE, TextRange::empty(0), message);
    let site = overview.site;
    if !site.workspace.has_defaults(site.root) {
        finding.message = format!("{message} Maybe `config-defaults`, which is not here, has one.");
        finding.severity = Severity::Information;
    }
    let line = "log-file /var/log/pmta/log";
    let edit = addition::at_end(site.document, line);
    findings.push(finding.with_fix(addition::choice(format!("Add `{line}`"), vec![edit])));
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::overview::tests::found;
    use expect_test::expect;

    #[test]
    fn no_log() {
        let text = "\
smtp-listener 192.0.2.1:25
<source 192.0.2.2>
</source>
";
        expect![[r#"
            config:1 information: No line has `log-file`: PowerMTA does not start without a log. Maybe `config-defaults`, which is not here, has one.
        "#]]
        .assert_eq(&found(text, "missing-log-file"));
        let with_defaults =
            format!("{text}#- /etc/pmta/config-defaults\npostmaster you@example.com\n");
        expect![[r#"
            config:1 error: No line has `log-file`: PowerMTA does not start without a log.
        "#]]
        .assert_eq(&found(&with_defaults, "missing-log-file"));
    }

    #[test]
    fn a_log() {
        let text = "\
include log.conf
smtp-listener 192.0.2.1:25
<source 192.0.2.2>
</source>
#- /etc/pmta/log.conf
log-file /var/log/pmta/pmta.log
";
        expect![[r#""#]].assert_eq(&found(text, "missing-log-file"));
    }
}
