//! `missing-log-file`: there is no log file, and PowerMTA does not start without.

use super::overview::Overview;
use super::{Finding, Group, Rule, Severity};
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
```",
};

pub(crate) fn check(overview: &Overview<'_>, findings: &mut Vec<Finding>) {
    if !overview.is_sure_root() || overview.has("log-file") {
        return;
    }
    let message = "No line has `log-file`: PowerMTA does not start without a log.";
    findings.push(Finding::new(&RULE, TextRange::empty(0), message));
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
            config:1 error: No line has `log-file`: PowerMTA does not start without a log.
        "#]]
        .assert_eq(&found(text, "missing-log-file"));
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
