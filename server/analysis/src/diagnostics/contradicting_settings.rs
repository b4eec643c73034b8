//! `contradicting-settings`: two settings that apply to one queue stand against each other.

mod elsewhere;

use super::overview::Overview;
use super::{Finding, Fix, Group, Rule, Safety, Severity, addition};
use crate::catalog::{self, Directive};
use crate::value::magnitude;

/// The rule.
pub static RULE: Rule = Rule {
    code: "contradicting-settings",
    severity: Severity::Information,
    group: Group::Settings,
    summary: "two settings that apply to one queue stand against each other",
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

`require-starttls` is ignored here, and 10 messages a minute are 600 an hour.

Settings of other sections that apply to the same queue count as well, where it is sure which ones do:

```pmta
<domain *>
    bounce-after 1d
</domain>
<domain example.com>
    retry-after 2d
</domain>
```

In configurations with more than 1,000 such lines only settings of one section are compared.",
};

pub(crate) fn check(overview: &Overview<'_>, findings: &mut Vec<Finding>) {
    let mut between: Vec<&'static Directive> = Vec::new();
    for directive in catalog::DIRECTIVES {
        let others = || elsewhere::partners(directive);
        if others().next().is_none() || !others().any(|name| overview.has(name)) {
            continue;
        }
        // What a line says that cannot be read may be what counts.
        if others()
            .chain([directive.name])
            .any(|name| overview.is_doubtful(name))
        {
            continue;
        }
        if overview.has_here(directive.name) {
            check_beside(overview, directive, findings);
        }
        if overview.has(directive.name) {
            between.push(directive);
        }
    }
    elsewhere::check(overview, &between, findings);
}

/// What stands against each other in one section.
fn check_beside(
    overview: &Overview<'_>,
    directive: &'static Directive,
    findings: &mut Vec<Finding>,
) {
    let document = overview.site.document;
    for line in overview.here(directive.name) {
        // The partner first: most sections have none, and then no text is read.
        for partner in directive.contradicts {
            let mut names = partner.directives.iter();
            let against = names.find_map(|name| {
                let last = line.value_beside(name)?;
                partner.takes(&last).then_some((name, last))
            });
            let Some((name, other)) = against else {
                continue;
            };
            let value = line.value();
            if partner.concerns(&value) {
                let message = format!(
                    "`{} {value}` stands against `{name} {other}` in the same section.",
                    directive.name
                );
                let delete = addition::delete(document, line.range(), Safety::Alternative);
                findings.push(Finding::new(&RULE, line.range(), message).with_fix(delete));
            }
        }
        for name in directive.at_most {
            let Some(most) = line.value_beside(name) else {
                continue;
            };
            let value = line.value();
            if is_more(&value, &most) {
                let message = format!(
                    "`{} {value}` is more than `{name} {most}` in the same section.",
                    directive.name
                );
                let mut finding = Finding::new(&RULE, line.range(), message);
                if !value.contains(',') {
                    let title = format!("Change to `{most}`");
                    let range = line.value_range();
                    let safety = Safety::Alternative;
                    finding = finding.with_fix(Fix::replace(title, safety, range, most));
                }
                let delete = addition::delete(document, line.range(), Safety::Alternative);
                findings.push(finding.with_fix(delete));
            }
        }
    }
}

/// Whether a value is surely more than another one.
fn is_more(value: &str, most: &str) -> bool {
    let (value, most) = (magnitude(value), magnitude(most));
    value.zip(most).is_some_and(|(value, most)| value > most)
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

    #[test]
    fn settings_of_two_sections() {
        let text = "\
<domain *>
    use-starttls no
    bounce-after 1d
    backoff-max-msg-rate 100/h
</domain>
<domain a.example.com>
    require-starttls yes
    retry-after 2d
    max-msg-rate 50/h
</domain>
<domain b.example.com>
    use-starttls yes
    bounce-after 3d
    backoff-max-msg-rate 10/h
</domain>
<virtual-mta-pool p>
    virtual-mta m
    <domain b.example.com>
        require-starttls yes
        retry-after 2d
        max-msg-rate 50/h
    </domain>
</virtual-mta-pool>
<virtual-mta m>
    <domain b.example.com>
        bounce-after 1d
    </domain>
</virtual-mta>
<virtual-mta n>
    <domain [*.]b.example.com>
        use-starttls no
        retry-after 2d
        bounce-after 4d
    </domain>
    <domain x.b.example.com>
        require-starttls yes
    </domain>
</virtual-mta>
";
        expect![[r#"
            config:7 information: `require-starttls yes` stands against `use-starttls no`, which applies here too.
            config:8 information: `retry-after 2d` is more than `bounce-after 1d`, which applies here too.
            config:9 information: `max-msg-rate 50/h` is less than `backoff-max-msg-rate 100/h`, which applies here too.
            config:26 information: `bounce-after 1d` is less than `retry-after 2d`, which applies here too.
            config:36 information: `require-starttls yes` stands against `use-starttls no`, which applies here too.
        "#]].assert_eq(&found(text, "contradicting-settings"));
    }

    #[test]
    fn what_satisfies_a_setting_from_elsewhere() {
        let text = "\
<domain *>
    use-starttls yes
    bounce-after 4d
    max-msg-rate 100/h
</domain>
<domain gmail.com>
    require-starttls yes
    retry-after 1d
    backoff-max-msg-rate 10/h
</domain>
<domain c.example.com>
    use-starttls no
    bounce-after 1m
</domain>
<domain d.example.com>
    queue-to other.queue
    retry-after 9d
</domain>
<domain $isp.com>
    retry-after 9d
</domain>
";
        expect![[r#""#]].assert_eq(&found(text, "contradicting-settings"));
    }

    #[test]
    fn what_is_not_sure_is_not_told() {
        let text = "\
<domain example.com>
    bounce-after 1d
</domain>
<domain example.com>
    retry-after 2d
</domain>
<virtual-mta m>
    <domain *>
        bounce-after 2d
    </domain>
    <domain example.org>
        retry-after 3d
    </domain>
</virtual-mta>
<domain example.org>
    bounce-after 5d
</domain>
<domain two.example.com>
    bounce-after 1d
</domain>
<domain two.example.com>
    bounce-after 9d
</domain>
<domain *.two.example.com>
    retry-after 2d
</domain>
";
        expect![[r#""#]].assert_eq(&found(text, "contradicting-settings"));
    }

    #[test]
    fn in_large_configurations_only_sections_are_looked_into() {
        let text = |count: usize| {
            let section =
                |number| format!("<domain d{number}.example.com>\n    retry-after 2d\n</domain>\n");
            let sections: String = (0..count).map(section).collect();
            let own =
                "<domain own.example.com>\n    retry-after 2d\n    bounce-after 1d\n</domain>\n";
            format!("{own}<domain *>\n    bounce-after 1d\n</domain>\n{sections}")
        };
        let count = |sections| {
            found(&text(sections), "contradicting-settings")
                .lines()
                .count()
        };
        assert_eq!(count(50), 51);
        assert_eq!(count(1_000), 1);
    }
}
