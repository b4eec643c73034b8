//! What the catalog says to write for a line that PowerMTA does not take, or that a person must decide.

use std::sync::OnceLock;

use pcre2::bytes::{Captures, Regex, RegexBuilder};

use super::relocation::{self, Lines};
use super::{DirectiveSite, Fix, Safety, deletion, wording};
use crate::catalog::{FOLKLORE_CONVERSIONS, FolkloreConversion};
use crate::value::unquote;

/// What is to be done about a line.
pub(super) enum Answer {
    /// This can be done.
    Fix(Fix),
    /// This must be decided first.
    Decision {
        /// What, as a sentence.
        sentence: &'static str,
        /// Whether that is so of this very value or place, so that nothing else will do.
        is_sure: bool,
    },
}

/// A row of the catalog, compiled when it is first needed.
struct Row {
    conversion: &'static FolkloreConversion,
    pattern: OnceLock<Option<Regex>>,
}

impl Row {
    fn captures<'v>(&self, pattern: &str, value: &'v str) -> Option<Captures<'v>> {
        let compile = || RegexBuilder::new().dotall(true).build(pattern).ok();
        let pattern = self.pattern.get_or_init(compile).as_ref()?;
        pattern.captures(value.as_bytes()).ok().flatten()
    }
}

fn rows() -> &'static [Row] {
    static ROWS: OnceLock<Vec<Row>> = OnceLock::new();
    ROWS.get_or_init(|| {
        let row = |conversion| Row {
            conversion,
            pattern: OnceLock::new(),
        };
        FOLKLORE_CONVERSIONS.iter().map(row).collect()
    })
}

/// What the first row about this name says that has something to say about the line.
pub(super) fn answer(site: &DirectiveSite<'_>, name: &str) -> Option<Answer> {
    let tag = site.enclosing_tag();
    let value = unquote(site.value());
    rows()
        .iter()
        .filter(|row| is_about(row.conversion, name, &tag))
        .find_map(|row| answer_of(site, row, &value))
}

fn is_about(row: &FolkloreConversion, name: &str, tag: &str) -> bool {
    row.names.contains(&name) && (row.places.is_empty() || row.places.contains(&tag))
}

fn answer_of(site: &DirectiveSite<'_>, row: &Row, value: &str) -> Option<Answer> {
    let conversion = row.conversion;
    let fill: Box<dyn Fn(&&str) -> String> = match conversion.pattern {
        None => Box::new(|line| (*line).to_owned()),
        Some(pattern) => {
            let captures = row.captures(pattern, value)?;
            Box::new(move |line| expand(line, &captures))
        }
    };
    if let Some(decision) = conversion.decision {
        return Some(Answer::Decision {
            sentence: decision,
            is_sure: conversion.pattern.is_some() || !conversion.places.is_empty(),
        });
    }
    if conversion.delete {
        return Some(Answer::Fix(delete(site)));
    }
    let lines = Lines {
        lines: conversion.lines.iter().map(&fill).collect(),
        into: conversion.into?,
        argument: conversion.argument,
        above: conversion.above.iter().map(&fill).collect(),
    };
    relocation::fix(site, &lines).map(Answer::Fix)
}

/// The fix that deletes the line of a directive and keeps its comment.
pub(super) fn delete(site: &DirectiveSite<'_>) -> Fix {
    Fix {
        title: format!("Delete `{}`", wording::shown(site.written_name())),
        safety: Safety::Unsafe,
        edits: vec![deletion::directive(site.item, site.entry.range)],
    }
}

/// What a person must decide about a directive or a `<section>` of this name, whatever it says.
pub(super) fn decision_about(name: &str) -> Option<&'static str> {
    FOLKLORE_CONVERSIONS
        .iter()
        .filter(|row| row.names.contains(&name) && row.pattern.is_none())
        .find_map(|row| row.decision)
}

/// A text with `$1` to `$9` filled in from the pattern's groups, and `~1` to `~9` as expressions that
/// match what the groups hold.
pub(super) fn expand(template: &str, captures: &Captures<'_>) -> String {
    let mut text = String::with_capacity(template.len());
    let mut signs = template.chars().peekable();
    while let Some(sign) = signs.next() {
        let group = matches!(sign, '$' | '~')
            .then(|| signs.peek().and_then(|next| next.to_digit(10)))
            .flatten();
        let Some(group) = group else {
            text.push(sign);
            continue;
        };
        signs.next();
        let matched = captures
            .get(group as usize)
            .map(|found| found.as_bytes())
            .unwrap_or_default();
        let matched = String::from_utf8_lossy(matched);
        if sign == '~' {
            text.push_str(&escaped(&matched));
        } else {
            text.push_str(&matched);
        }
    }
    text
}

/// A text as a regular expression that matches it alone.
pub(super) fn escaped(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len());
    for sign in text.chars() {
        if !sign.is_alphanumeric() && !matches!(sign, '@' | '-' | '_' | '=') {
            pattern.push('\\');
        }
        pattern.push(sign);
    }
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Place;
    use crate::diagnostics::test_support::{findings, fixed};
    use expect_test::expect;

    #[test]
    fn lines_stand_in_place_in_a_section_or_above() {
        expect![[r#"
            <domain example.com>
                use-starttls yes
                require-starttls yes # always
            </domain>
        "#]]
        .assert_eq(&fixed(
            "<domain example.com>\n    tls required # always\n</domain>\n",
            "folklore-directive",
        ));
        expect![[r#"
            run-as-root no
            <virtual-mta one>
                <domain *>
                    use-starttls yes
                </domain>
            </virtual-mta>
        "#]]
        .assert_eq(&fixed(
            "run-as-root no\n<virtual-mta one>\n    tls optional\n</virtual-mta>\n",
            "folklore-directive",
        ));
        expect![[r#"
            <acct-file /var/log/pmta/bounces.csv>
                records b,rb
            </acct-file>
            <virtual-mta one>
                # all
            </virtual-mta>
        "#]]
        .assert_eq(&fixed(
            "<virtual-mta one>\n    bounce-log /var/log/pmta/bounces.csv # all\n</virtual-mta>\n",
            "folklore-directive",
        ));
        expect![[r#"
            run-as-root no
            <rewrite-list bounces-at-example.com>
                mail-from *@* bounces@example.com
            </rewrite-list>
            <source 127.0.0.1>
                rewrite-list bounces-at-example.com
            </source>
        "#]]
        .assert_eq(&fixed(
            "run-as-root no\n<source 127.0.0.1>\n    return-path bounces@example.com\n</source>\n",
            "folklore-directive",
        ));
        expect![[r#"
            run-as-root no
            <smtp-pattern-list example.com-backoff>
                reply /rate limit/ mode=backoff
            </smtp-pattern-list>
            <domain example.com>
                smtp-pattern-list example.com-backoff
            </domain>
        "#]]
        .assert_eq(&fixed(
            "run-as-root no\n<domain example.com>\n    backoff-trigger-pattern /rate limit/i\n</domain>\n",
            "folklore-directive",
        ));
    }

    #[test]
    fn nothing_is_written_into_the_middle_of_a_line() {
        let text = "<domain example.com> tls required max-smtp-out 5 </domain>\n";
        expect![[r#"
            1:1-59 warning several-directives-on-one-line: Several directives or tags stand on this line: PowerMTA reads one a line.
            1:22-25 warning folklore-directive: PowerMTA has no directive `tls`. Use use-starttls and require-starttls; there is no tls directive.
        "#]].assert_eq(&findings(text));
        let document = crate::document::Document::new(text);
        let found = document.findings();
        let folklore = found.iter().find(|it| it.rule.code == "folklore-directive");
        assert!(folklore.expect("a finding").fixes.is_empty());
    }

    #[test]
    fn what_a_person_must_decide_is_said() {
        expect![[r#"
            2:5-16 warning folklore-directive: PowerMTA has no directive `max-retries`. PowerMTA gives up after a time (bounce-after), not after a number of attempts. Decide after what time mail is given up: `bounce-after 4d12h` counts time, not attempts.
        "#]].assert_eq(&findings(
            "<domain example.com>\n    max-retries 5\n</domain>\n",
        ));
    }

    #[test]
    fn every_row_can_be_reached_and_its_pattern_compiles() {
        for row in FOLKLORE_CONVERSIONS {
            let pattern = row.pattern.unwrap_or("^$");
            assert!(Regex::new(pattern).is_ok(), "{pattern}");
            let into = row.into.unwrap_or(Place::GLOBAL);
            assert!(row.lines.is_empty() || into.name() != "", "{:?}", row.names);
        }
    }

    #[test]
    fn an_address_is_matched_by_its_expression() {
        assert_eq!(escaped("a+b@example.com"), r"a\+b@example\.com");
    }
}
