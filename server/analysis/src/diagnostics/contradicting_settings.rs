//! `contradicting-settings`: two settings of one section stand against each other.

use super::overview::Overview;
use super::{Finding, Group, Rule, Severity};
use crate::catalog;
use crate::value::magnitude;

/// The rule.
pub static RULE: Rule = Rule {
    code: "contradicting-settings",
    severity: Severity::Information,
    group: Group::Settings,
    summary: "two settings of one section stand against each other",
    documentation: "Each of the settings is fine, but not both: TLS that is required and not used, a next attempt later
than the end of all attempts, a queue that is to go faster while it backs off.

```pmta
<domain example.com>
    use-starttls no
    require-starttls yes
    max-msg-rate 100/h
    backoff-max-msg-rate 10/m
</domain>
```

`require-starttls` is ignored here, and 10 messages a minute are 600 an hour.",
};

pub(crate) fn check(overview: &Overview<'_>, findings: &mut Vec<Finding>) {
    for directive in catalog::DIRECTIVES {
        let is_concerned = !directive.contradicts.is_empty() || !directive.at_most.is_empty();
        if !is_concerned || !overview.has_here(directive.name) {
            continue;
        }
        for line in overview.here(directive.name) {
            // The partner first: most sections have none, and then no text is read.
            for partner in directive.contradicts {
                let mut names = partner.directives.iter();
                let against = names.find_map(|name| {
                    let last = line.value_beside(name)?;
                    let is_against = partner.values.contains(&last.as_str());
                    is_against.then_some((name, last))
                });
                let Some((name, other)) = against else {
                    continue;
                };
                let value = line.value();
                if partner.when.is_empty() || partner.when.contains(&value.as_str()) {
                    let message = format!(
                        "`{} {value}` stands against `{name} {other}` in the same section.",
                        directive.name
                    );
                    findings.push(Finding::new(&RULE, line.range(), message));
                }
            }
            for name in directive.at_most {
                let Some(most) = line.value_beside(name) else {
                    continue;
                };
                let value = line.value();
                let (own, limit) = (magnitude(&value), magnitude(&most));
                if own.zip(limit).is_some_and(|(own, limit)| own > limit) {
                    let message = format!(
                        "`{} {value}` is more than `{name} {most}` in the same section.",
                        directive.name
                    );
                    findings.push(Finding::new(&RULE, line.range(), message));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::overview::tests::found;
    use expect_test::expect;

    #[test]
    fn settings_against_each_other() {
        let text = "\
<domain a.example.com>
    use-starttls no
    require-starttls yes
    max-msg-rate 100/h
    backoff-max-msg-rate 10/m
    retry-after 2d,1h
    bounce-after 1d
</domain>
<domain b.example.com>
    require-starttls yes
    max-msg-rate 10/m
    backoff-max-msg-rate 100/h
    max-connect-rate unlimited
    backoff-max-connect-rate 5/s
    retry-after 10m
    bounce-after 4d12h
</domain>
<domain c.example.com>
    use-starttls no
    bounce-after 1m
</domain>
";
        expect![[r#"
            config:3 information: `require-starttls yes` stands against `use-starttls no` in the same section.
            config:5 information: `backoff-max-msg-rate 10/m` is more than `max-msg-rate 100/h` in the same section.
            config:6 information: `retry-after 2d,1h` is more than `bounce-after 1d` in the same section.
        "#]].assert_eq(&found(text, "contradicting-settings"));
    }
}
