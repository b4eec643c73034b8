//! `missing-log-file`: there is no log file, and PowerMTA does not start without.

use std::path::Path;

use super::overview::Overview;
use super::{Finding, Group, Rule, Severity};
use crate::text::TextRange;
use crate::workspace::is_root_name;

/// The rule.
pub static RULE: Rule = Rule {
    code: "missing-log-file",
    severity: Severity::Error,
    group: Group::Settings,
    summary: "there is no log file, and PowerMTA does not start without",
    documentation: "PowerMTA ends at once with `No logging file specified` if no line says where the log goes.

```pmta
log-file /var/log/pmta/pmta.log
```",
};

pub(crate) fn check(overview: &Overview<'_>, findings: &mut Vec<Finding>) {
    let site = overview.site;
    let is_root = site.file == site.root.file;
    let path = site.workspace.path(site.file);
    let has_root_name = path
        .and_then(Path::file_name)
        .is_some_and(is_root_name);
    let is_known_root = site.root.is_declared || has_root_name;
    if !is_root || !is_known_root || overview.has("log-file") {
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
host-name mail.example.com
";
        expect![[r#""#]].assert_eq(&found(text, "missing-log-file"));
    }

    #[test]
    fn a_log() {
        let text = "\
include log.conf
#- /etc/pmta/log.conf
log-file /var/log/pmta/pmta.log
";
        expect![[r#""#]].assert_eq(&found(text, "missing-log-file"));
    }
}
