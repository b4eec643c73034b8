//! `missing-partner`: a setting that needs another one stands without it.

use super::overview::{Found, Overview};
use super::partners::Partners;
use super::{Finding, Group, Rule, Severity, addition};
use crate::catalog::{self, Directive, Partner};
use crate::text::TextRange;

/// The rule.
pub static RULE: Rule = Rule {
    code: "missing-partner",
    severity: Severity::Information,
    group: Group::Settings,
    summary: "a setting stands without the one it needs",
    documentation: "Some settings say how something is done that another setting turns on. `move-interval` needs
`move-to`, `allow-starttls yes` a certificate, `date-header-time` needs `add-date-header`, and
`retry-interval` a pipe. Without it nothing is wrong, but nothing happens either.

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

It is reported only if nothing that may count together with the setting is what it needs. Accounting
files are on their own; a `<source>` takes from all sources that a client of it may fall under.",
};

pub(crate) fn check(overview: &Overview<'_>, findings: &mut Vec<Finding>) {
    for_each_missing(
        overview,
        |directive| directive.needs,
        |line, directive, partner| {
            let message = format!("`{}` needs {}.", directive.name, described(partner));
            let fixes = addition::partners(overview.site.document, line, directive, partner);
            findings.push(Finding::new(&RULE, line, message).with_fixes(fixes));
        },
    );
}

/// Calls `report` for each line of the file whose partner is not there, or never counts for it.
pub(super) fn for_each_missing(
    overview: &Overview<'_>,
    partners: impl Fn(&'static Directive) -> &'static [Partner],
    mut report: impl FnMut(TextRange, &'static Directive, &'static Partner),
) {
    for directive in catalog::DIRECTIVES {
        let partners = partners(directive);
        if partners.is_empty() || !overview.has_here(directive.name) {
            continue;
        }
        let lines = overview.here(directive.name).into_iter();
        let lines: Vec<Found<'_>> = lines
            .filter(|line| std::ptr::eq(line.directive, directive))
            .collect();
        for partner in partners {
            let concerned = lines.iter();
            let concerned: Vec<&Found<'_>> = concerned
                .filter(|line| partner.concerns(&line.value()))
                .collect();
            if concerned.is_empty() {
                continue;
            }
            let partners = Partners::new(overview, partner, concerned.len());
            for line in concerned.into_iter().filter(|line| !partners.serve(line)) {
                report(line.range(), directive, partner);
            }
        }
    }
}

/// What is missing, in words.
pub(super) fn described(partner: &Partner) -> String {
    if let Some(begin) = partner.argument_begins {
        return format!("a section whose argument begins with `{begin}`");
    }
    if !partner.sections.is_empty() {
        let tags = partner.sections.iter().map(|tag| format!("`<{tag}>`"));
        let tags: Vec<String> = tags.collect();
        return format!("a section {}, and there is none", tags.join(" or "));
    }
    let value = match partner.values.first().or(partner.holding.first()) {
        Some(value) => format!(" {value}"),
        None => String::new(),
    };
    let names = partner.directives.iter();
    let names: Vec<String> = names.map(|name| format!("`{name}{value}`")).collect();
    let place = match partner.place {
        Some(place) => format!(" in a `<{}>`", place.name()),
        None => String::new(),
    };
    let listener = if partner.is_listener {
        " with an address that PowerMTA listens at"
    } else {
        ""
    };
    format!(
        "{}{place}{listener}, which no line sets for it",
        names.join(" or ")
    )
}

#[cfg(test)]
mod tests;
