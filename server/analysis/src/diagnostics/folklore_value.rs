//! `folklore-value`: a value that the web teaches for a genuine directive, and that is wrong.

use std::ops::Range;
use std::sync::OnceLock;

use pcre2::bytes::{Captures, Regex, RegexBuilder};
use rustc_hash::FxHashMap;

use super::conversion::{self, Answer, expand};
use super::exposure::{is_no, is_yes};
use super::{DirectiveSite, Finding, Fix, Group, Rule, Safety, Severity, wording};
use crate::catalog::{self, FolkloreValue, Place};
use crate::meaning::{Meaning, catalog_name};
use crate::syntax::EntryKind;
use crate::text::TextRange;

/// The rule.
pub static RULE: Rule = Rule {
    code: "folklore-value",
    severity: Severity::Warning,
    group: Group::Names,
    summary: "a value that the web teaches for a genuine directive, and that is wrong",
    documentation: "The directive exists, its value does not look like this. The finding says what does the same.

```pmta
<domain example.com>
    use-starttls always
</domain>
```

```pmta
<domain example.com>
    use-starttls yes
    require-starttls yes
</domain>
```

Where it is plain what was meant, a fix writes it.",
};

/// A row of the catalog, compiled when it is first needed.
struct Row {
    value: &'static FolkloreValue,
    pattern: OnceLock<Option<Regex>>,
}

impl Row {
    fn pattern(&self) -> Option<&Regex> {
        let compile = || {
            RegexBuilder::new()
                .dotall(true)
                .build(self.value.pattern)
                .ok()
        };
        self.pattern.get_or_init(compile).as_ref()
    }
}

/// The rows that are about a directive.
fn rows_about(name: &str) -> impl Iterator<Item = &'static Row> {
    static ROWS: OnceLock<FxHashMap<&'static str, Vec<Row>>> = OnceLock::new();
    let rows = ROWS.get_or_init(|| {
        let mut rows: FxHashMap<&'static str, Vec<Row>> = FxHashMap::default();
        for value in catalog::FOLKLORE_VALUES {
            for directive in value.directives {
                rows.entry(directive).or_default().push(Row {
                    value,
                    pattern: OnceLock::new(),
                });
            }
        }
        rows
    });
    rows.get(name).into_iter().flatten()
}

/// The first row that matches the value, of those about a directive and wanted by the caller.
fn taught<'v>(
    directive: &str,
    value: &'v str,
    is_wanted: impl Fn(&FolkloreValue) -> bool,
) -> Option<(&'static FolkloreValue, Captures<'v>)> {
    rows_about(directive)
        .filter(|row| is_wanted(row.value))
        .find_map(|row| {
            let pattern = row.pattern()?;
            // Hardly any value matches, and to ask whether one does takes no memory.
            let is_taught = pattern.is_match(value.as_bytes()).unwrap_or_default();
            if !is_taught {
                return None;
            }
            let captures = pattern.captures(value.as_bytes()).ok().flatten()?;
            Some((row.value, captures))
        })
}

/// The part of a value that the web teaches wrong, in whatever place, where a row tells a part from
/// the rest. Its words belong together even if one of them is also the name of a directive.
pub(crate) fn wrong_part(directive: &str, value: &str) -> Option<Range<usize>> {
    let (_, captures) = taught(directive, value, |_| true)?;
    let wrong = captures.name("wrong")?;
    Some(wrong.start()..wrong.end())
}

/// What the web taught wrong about the value of this directive, if anything.
pub(crate) fn of(site: &DirectiveSite<'_>) -> Option<Finding> {
    let canonical = match site.judged.meaning {
        Meaning::Directive(entry) => entry.name,
        Meaning::SomewhereValid(entries) | Meaning::Misplaced(entries) => entries.first()?.name,
        _ => return None,
    };
    let place = site.judged.location.place();
    let (row, captures) = taught(canonical, site.value(), |row| is_about(row, place))?;
    Some(finding(site, row, &captures))
}

/// The row of the catalog about this value of a directive, if the web taught it wrong.
pub(crate) fn taught_in(
    directive: &str,
    value: &str,
    place: Option<Place>,
) -> Option<&'static FolkloreValue> {
    taught(directive, value, |row| is_about(row, place)).map(|(row, _)| row)
}

fn is_about(row: &FolkloreValue, place: Option<Place>) -> bool {
    row.places.is_empty() || place.is_some_and(|place| row.places.contains(&place))
}

fn finding(site: &DirectiveSite<'_>, row: &FolkloreValue, captures: &Captures<'_>) -> Finding {
    let start = site.directive.value.start;
    let wrong = captures
        .name("wrong")
        .map_or(site.directive.value, |wrong| {
            TextRange::of(wrong.start(), wrong.end()).shifted(start)
        });
    let mut finding = Finding::new(&RULE, wrong, row.explanation);
    finding.fixes.extend(several_lines(site, row));
    if let Some(replacement) = row.replacement {
        let text = expand(replacement, captures);
        let title = format!("Change to `{}`", wording::shown(&text));
        let safety = if row.safe {
            Safety::Safe
        } else {
            Safety::Unsafe
        };
        finding = finding.with_fix(Fix::replace(title, safety, wrong, text));
    }
    if finding.fixes.is_empty() {
        let name = row.directives.iter().find(|name| **name == site.name);
        match name.and_then(|name| conversion::answer(site, name)) {
            Some(Answer::Fix(fix)) => finding.fixes.push(fix),
            Some(Answer::Decision { sentence, .. }) => {
                finding.message = format!("{} {sentence}", finding.message);
            }
            None => {}
        }
    }
    finding
}

/// The fix that writes several switches in place of one, where the row says so.
fn several_lines(site: &DirectiveSite<'_>, row: &FolkloreValue) -> Option<Fix> {
    let switches: Vec<(&str, &str)> = row
        .genuine
        .lines()
        .map(|line| line.trim().split_once(' '))
        .collect::<Option<_>>()?;
    let are_switches = switches
        .iter()
        .all(|(_, value)| is_yes(value) || is_no(value));
    let siblings = || {
        site.item
            .view
            .entries
            .iter()
            .filter(|it| it.parent == site.entry.parent)
    };
    let is_there = |name: &str| {
        siblings().any(|entry| match &entry.kind {
            EntryKind::Directive(line) => catalog_name(site.item.text, line) == name,
            _ => false,
        })
    };
    let is_new = |(name, _): &(&str, &str)| *name == site.name || !is_there(name);
    if switches.len() < 2 || !are_switches || !switches.iter().all(is_new) {
        return None;
    }
    let indentation = site.item.indentation(site.entry.range.start);
    let lines: Vec<String> = switches
        .iter()
        .map(|(name, value)| format!("{name} {value}"))
        .collect();
    let title = lines.iter().map(|line| format!("`{line}`"));
    Some(Fix::replace(
        format!("Write {}", title.collect::<Vec<_>>().join(" and ")),
        Safety::Unsafe,
        site.directive.name.cover(site.directive.value),
        lines.join(&format!("{}{indentation}", site.item.line_break())),
    ))
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::catalog::FOLKLORE_VALUES;
    use crate::diagnostics::test_support::{findings, fixed};

    #[test]
    fn a_value_that_means_something_else_is_reported_in_place_of_an_invalid_one() {
        let text = "<domain example.com>\n    use-starttls always # insist\n</domain>\n";
        expect![[r#"
            2:18-24 warning folklore-value: use-starttls is a switch; insisting on TLS is require-starttls yes beside it.
        "#]].assert_eq(&findings(text));
        expect![[r#"
            <domain example.com>
                use-starttls yes
                require-starttls yes # insist
            </domain>
        "#]]
        .assert_eq(&fixed(text, "folklore-value"));
    }

    #[test]
    fn only_the_wrong_part_is_replaced() {
        let text = "domain-key example.com,s1,/etc/pmta/dkim.pem\nhttp-access 192.0.2.0/24 allow\n";
        expect![[r#"
            1:12-26 warning folklore-value: The order is selector, domain, file.
            2:26-31 warning folklore-value: Access levels are none, monitor, operator and admin.
        "#]]
        .assert_eq(&findings(text));
        expect![[r#"
            domain-key s1,example.com,/etc/pmta/dkim.pem
            http-access 192.0.2.0/24 allow
        "#]]
        .assert_eq(&fixed(text, "folklore-value"));
    }

    #[test]
    fn a_wrong_part_that_looks_like_a_directive_stays_in_its_line() {
        expect![[r#"
            2:30-46 warning folklore-value: The result of a rule is written virtual-mta=NAME.
        "#]]
        .assert_eq(&findings(
            "<pattern-list one>\n    rcpt-to /@example\\.com$/ virtual-mta mta1\n</pattern-list>\n",
        ));
    }

    #[test]
    fn every_pattern_of_the_catalog_compiles() {
        for value in FOLKLORE_VALUES {
            assert!(
                pcre2::bytes::Regex::new(value.pattern).is_ok(),
                "{}",
                value.pattern
            );
        }
    }
}
