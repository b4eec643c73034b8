//! `too-many-findings`: an editor is not shown all findings of a file.

use super::{Finding, Group, Rule, Severity};
use crate::policy::{Level, Policy};
use crate::text::TextRange;

/// Most findings that an editor is shown of one file, unless settings say otherwise. VS Code shows no
/// more, and nobody reads more.
pub const MOST: usize = 1_000;

/// The rule.
pub static RULE: Rule = Rule {
    code: "too-many-findings",
    severity: Severity::Information,
    group: Group::Checker,
    summary: "an editor is not shown all findings of a file",
    documentation:
        "A file has more findings than an editor can show without becoming slow. The worst are shown, and how many
there are besides. Often all have one cause, such as a file of another program or a lost line break.

`max-findings` of `pmta-ls.toml` says how many are shown; 0 means all. `pmta-ls check` always prints all.",
};

/// Keeps the worst findings, at most as many as the project wants to be shown, and tells how many
/// others there are.
pub fn limit(findings: &mut Vec<Finding>, policy: &Policy) {
    let Some(most) = policy.most_findings else {
        return;
    };
    let more = findings.len().saturating_sub(most);
    if more == 0 {
        return;
    }
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    findings.truncate(most);
    findings.sort_by_key(|finding| (finding.range, finding.rule.code));
    let others = if more == 1 {
        "1 more finding that is".to_owned()
    } else {
        format!("{more} more findings that are")
    };
    let message =
        format!("This file has {others} not shown here. `pmta-ls check` prints them all.");
    let mut finding = Finding::new(&RULE, TextRange::empty(0), message);
    match policy.level(&RULE) {
        Some(Level::Off) => return,
        Some(Level::At(severity)) => finding.severity = severity,
        None => {}
    }
    findings.insert(0, finding);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;

    #[test]
    fn the_worst_are_kept() {
        let text = "http-log-data YES\nhttp-log-tls on\nhttp-log-requests YES\n";
        let mut findings = Document::new(text).findings();
        let at_most = |most| Policy {
            most_findings: Some(most),
            ..Policy::default()
        };
        limit(&mut findings, &at_most(3));
        assert_eq!(findings.len(), 3);
        limit(&mut findings, &at_most(1));
        let codes: Vec<&str> = findings.iter().map(|it| it.rule.code).collect();
        assert_eq!(codes, ["too-many-findings", "invalid-boolean"]);
        assert_eq!(
            findings[0].message,
            "This file has 2 more findings that are not shown here. `pmta-ls check` prints them all."
        );
    }
}
