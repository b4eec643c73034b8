//! `backoff-without-pattern-list`: backoff is set up, and nothing starts it.

use super::overview::{Found, Overview};
use super::{Finding, Fix, Group, Rule, Severity, addition};
use crate::catalog::{self, ReferenceKind};
use crate::refactor::skeleton;

/// The rule.
pub static RULE: Rule = Rule {
    code: "backoff-without-pattern-list",
    severity: Severity::Hint,
    group: Group::Settings,
    summary: "backoff is set up, and nothing starts it",
    documentation: "A queue backs off when a reply matches a rule `mode=backoff` of its `smtp-pattern-list`, or when all
its sending addresses are disabled and `backoff-upon-all-sources-disabled` is on. Without either the
`backoff-` settings wait for `pmta set queue`. The `config-defaults` that PowerMTA ships may name a
list; where that file is not at hand, this is a guess.",
};

/// Settings of backoff that are there for its own sake.
const SETTINGS: [&str; 4] = [
    "backoff-max-msg-rate",
    "backoff-max-connect-rate",
    "backoff-retry-after",
    "backoff-to-normal-after",
];

/// Name of the list that the fix writes.
const LIST: &str = "backoff";

pub(crate) fn check(overview: &Overview<'_>, findings: &mut Vec<Finding>) {
    if overview.may_have("smtp-pattern-list") || overview.is_on("backoff-upon-all-sources-disabled")
    {
        return;
    }
    let lines = SETTINGS
        .iter()
        .filter(|name| overview.has_here(name))
        .filter_map(|name| overview.here(name).into_iter().next());
    let first = lines.min_by_key(|line| line.range());
    findings.extend(first.map(|line| {
        let message = "No `smtp-pattern-list` is in use, so nothing lets a queue back off.";
        Finding::new(&RULE, line.range(), message).with_fixes(with_list(overview, &line))
    }));
}

/// The choice that lets the section of a line use a new list.
fn with_list(overview: &Overview<'_>, line: &Found<'_>) -> Option<Fix> {
    let document = overview.site.document;
    catalog::directive_in("smtp-pattern-list", line.directive.place)?;
    let list = skeleton(ReferenceKind::SmtpPatternList, LIST)?;
    let list: Vec<String> = list.lines().map(str::to_owned).collect();
    let edits = vec![
        addition::above(document, line.range(), &list),
        addition::behind(
            document,
            line.range(),
            &[format!("smtp-pattern-list {LIST}")],
        ),
    ];
    let title = format!("Add `<smtp-pattern-list {LIST}>` and use it");
    Some(addition::choice(title, edits))
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::overview::tests::found;
    use expect_test::expect;

    #[test]
    fn nothing_starts_it() {
        let text = "\
<domain *>
    max-smtp-out 2
    backoff-retry-after 1h
    backoff-max-msg-rate 1/h
</domain>
";
        expect![[r#"
            config:3 hint: No `smtp-pattern-list` is in use, so nothing lets a queue back off.
        "#]]
        .assert_eq(&found(text, "backoff-without-pattern-list"));
    }

    #[test]
    fn a_list_starts_it() {
        let text = "\
<domain *>
    backoff-retry-after 1h
    smtp-pattern-list x
</domain>
";
        expect![[r#""#]].assert_eq(&found(text, "backoff-without-pattern-list"));
    }
}
