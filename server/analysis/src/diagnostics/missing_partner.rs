//! `missing-partner`: a setting that needs another one stands without it.

use super::overview::Overview;
use super::{Finding, Group, Rule, Severity, addition};
use crate::catalog::{self, Directive, Partner};

/// The rule.
pub static RULE: Rule = Rule {
    code: "missing-partner",
    severity: Severity::Information,
    group: Group::Settings,
    summary: "a setting stands without the one it needs",
    documentation: "Some settings say how something is done that another setting turns on. `move-interval` needs
`move-to`, `allow-starttls yes` a certificate, `date-header-time` needs `add-date-header`. Without
it nothing is wrong, but nothing happens either.

```pmta
<acct-file /var/log/pmta/acct.csv>
    move-interval 5m
</acct-file>
```

```pmta
<acct-file /var/log/pmta/acct.csv>
    move-to /var/log/pmta/archive
    move-interval 5m
</acct-file>
```

It is reported only if no line of the whole configuration sets what is needed.",
};

pub(crate) fn check(overview: &Overview<'_>, findings: &mut Vec<Finding>) {
    for_each_missing(
        overview,
        |directive| directive.needs,
        |line, directive, partner| {
            let message = format!(
                "`{}` needs {}, which no line sets.",
                directive.name,
                described(partner)
            );
            let fixes = addition::partners(overview.site.document, line, directive, partner);
            findings.push(Finding::new(&RULE, line, message).with_fixes(fixes));
        },
    );
}

/// Calls `report` for each line of the file whose partner no line of the configuration sets.
pub(super) fn for_each_missing(
    overview: &Overview<'_>,
    partners: impl Fn(&'static Directive) -> &'static [Partner],
    mut report: impl FnMut(crate::text::TextRange, &'static Directive, &'static Partner),
) {
    for directive in catalog::DIRECTIVES {
        let partners = partners(directive);
        if partners.is_empty() || !overview.has_here(directive.name) {
            continue;
        }
        for partner in partners {
            let is_there = partner.directives.iter().any(|name| {
                overview.some(name, |value| {
                    partner.values.is_empty() || partner.values.contains(&value)
                })
            });
            if is_there {
                continue;
            }
            let lines = overview.here(directive.name).into_iter();
            let meant = lines.filter(|line| {
                std::ptr::eq(line.directive, directive)
                    && (partner.when.is_empty() || partner.when.contains(&line.value().as_str()))
            });
            for line in meant {
                report(line.range(), directive, partner);
            }
        }
    }
}

/// The settings that will do, in words.
pub(super) fn described(partner: &Partner) -> String {
    let values = match partner.values.first() {
        Some(value) => format!(" {value}"),
        None => String::new(),
    };
    let names = partner.directives.iter();
    let names: Vec<String> = names.map(|name| format!("`{name}{values}`")).collect();
    names.join(" or ")
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::overview::tests::found;
    use expect_test::expect;

    #[test]
    fn partners_that_no_line_sets() {
        let text = "\
<source 192.0.2.1>
    allow-starttls yes
    date-header-time delivery
</source>
<acct-file /var/log/pmta/acct.csv>
    move-interval 5m
</acct-file>
";
        expect![[r#"
            config:2 information: `allow-starttls` needs `smtp-server-tls-certificate` or `tls-certificate`, which no line sets.
            config:3 information: `date-header-time` needs `add-date-header yes`, which no line sets.
            config:6 information: `move-interval` needs `move-to`, which no line sets.
        "#]].assert_eq(&found(text, "missing-partner"));
    }

    #[test]
    fn partners_anywhere_will_do() {
        let text = "\
smtp-server-tls-certificate /etc/pmta/a.pem
<source 192.0.2.1>
    allow-starttls yes
    date-header-time delivery
</source>
<source 192.0.2.2>
    allow-starttls no
    add-date-header yes
</source>
";
        expect![""].assert_eq(&found(text, "missing-partner"));
    }
}
