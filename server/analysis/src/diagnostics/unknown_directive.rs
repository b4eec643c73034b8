//! `unknown-directive`: a line begins with a name that PowerMTA does not have.

use super::value::has_template_marker;
use super::{
    DirectiveSite, Finding, Fix, Group, Item, Rule, Safety, Severity, folklore_section,
    keyword_block, page_debris, renaming, shell_command, wording,
};
use crate::catalog;
use crate::meaning::{Location, Meaning};
use crate::syntax::{DirectiveForm, Entry, EntryKind};
use crate::value::{self, Context};

/// The rule.
pub static RULE: Rule = Rule {
    code: "unknown-directive",
    severity: Severity::Warning,
    group: Group::Names,
    summary: "a line begins with a name that PowerMTA does not have",
    documentation: "The name is in no guide, in no configuration known to work and not among the inventions that
have a finding of their own (`folklore-directive`). PowerMTA refuses a configuration for it.

```pmta
<domain example.com>
    max-smtp-outt 20
</domain>
```

```pmta
<domain example.com>
    max-smtp-out 20
</domain>
```

The fix is applied without asking where exactly one name differs in one letter, may stand there
and takes the value. A name that is right may be newer than this catalog: that is why it is a
warning and no error.",
};

/// Names longer than this are not compared with the catalog: nobody mistypes that much.
const LONGEST_COMPARED: usize = 48;

/// A value of this many words is prose, not a value.
const PROSE_WORDS: usize = 4;

pub(crate) fn check(site: &DirectiveSite<'_>, findings: &mut Vec<Finding>) {
    if !matches!(site.judged.meaning, Meaning::UnknownDirective)
        || has_template_marker(site.written_name())
        || stands_in_unknown_section(site)
        || has_a_finding_of_its_own(site)
        || folklore_section::is_opened_by(site)
        || continues_an_expression(site)
    {
        return;
    }
    let name = wording::shown(site.written_name());
    if let Some(section) = catalog::section(&site.name) {
        let argument = if section.argument.is_some() {
            " …"
        } else {
            ""
        };
        findings.push(Finding::new(
            &RULE,
            site.directive.name,
            format!("`{name}` is a section and is written in brackets: `<{name}{argument}>`."),
        ));
        return;
    }
    let candidates = candidates(site);
    let choices: Vec<String> = candidates
        .iter()
        .map(|candidate| format!("`{candidate}`"))
        .collect();
    let mut message = format!("PowerMTA has no directive `{name}`.");
    if !choices.is_empty() {
        message = format!("{message} Did you mean {}?", wording::one_of(&choices));
    }
    let mut finding = Finding::new(&RULE, site.directive.name, message);
    let obvious = obvious(site, &candidates);
    for candidate in candidates {
        finding = finding.with_fix(Fix {
            title: format!("Change to `{candidate}`"),
            safety: if obvious == Some(candidate) {
                Safety::Safe
            } else {
                Safety::Alternative
            },
            edits: renaming::directive(site, candidate),
        });
    }
    findings.push(finding);
}

/// Whether nothing is known of what the line stands in, so that its name may be right there.
fn stands_in_unknown_section(site: &DirectiveSite<'_>) -> bool {
    site.entry.parent.is_some() && site.judged.location == Location::Unknown
}

/// Lines that begin with a sign no name begins with.
pub(crate) fn check_opaque(item: Item<'_>, findings: &mut Vec<Finding>) {
    for ((index, entry), judged) in item.view.indexed().zip(item.judged) {
        let text = item.slice(entry.range);
        let is_hidden = !matches!(entry.kind, EntryKind::Opaque)
            || text.starts_with('<')
            || has_template_marker(text)
            || (entry.parent.is_some() && judged.location == Location::Unknown)
            || follows_half_an_expression(item, index, entry);
        if !is_hidden {
            let shown = wording::shown(text);
            findings.push(Finding::new(
                &RULE,
                entry.range,
                format!("`{shown}` is no directive: a line begins with the name of one."),
            ));
        }
    }
}

/// Whether the line is the second half of an expression that a line break cut: the first half has a
/// finding already.
fn continues_an_expression(site: &DirectiveSite<'_>) -> bool {
    let is_name_like = |sign: char| sign.is_alphanumeric() || matches!(sign, '-' | '_' | '.');
    !site.written_name().chars().all(is_name_like)
        && follows_half_an_expression(site.item, site.index, site.entry)
}

/// Whether the line before holds an expression that does not end there.
fn follows_half_an_expression(item: Item<'_>, index: u32, entry: &Entry) -> bool {
    let before = index
        .checked_sub(1)
        .and_then(|index| item.view.entry(index));
    let Some(before) = before.filter(|before| before.parent == entry.parent) else {
        return false;
    };
    let EntryKind::Directive(_) = before.kind else {
        return false;
    };
    let mut is_escaped = false;
    let mut slashes: usize = 0;
    for sign in item.slice(before.range).chars() {
        slashes = slashes.saturating_add(usize::from(sign == '/' && !is_escaped));
        is_escaped = sign == '\\' && !is_escaped;
    }
    slashes == 1
}

/// Whether a rule for invented syntax says what the line is.
fn has_a_finding_of_its_own(site: &DirectiveSite<'_>) -> bool {
    shell_command::is_shell_command(site)
        || page_debris::is_drawing(site)
        || keyword_block::is_global(site)
}

/// Names that may have been meant.
fn candidates(site: &DirectiveSite<'_>) -> Vec<&'static str> {
    let is_one_name = site.name.len() <= LONGEST_COMPARED
        && site
            .name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.'));
    let is_prose = site
        .value()
        .split_whitespace()
        .nth(PROSE_WORDS.saturating_sub(1))
        .is_some()
        && !site.name.contains('-');
    if !is_one_name || is_prose {
        return Vec::new();
    }
    catalog::nearest_directives(&site.name, site.judged.location.place())
}

/// The one name that is meant beyond doubt.
fn obvious(site: &DirectiveSite<'_>, candidates: &[&'static str]) -> Option<&'static str> {
    let mut near = candidates
        .iter()
        .filter(|candidate| strsim::damerau_levenshtein(&site.name, candidate) == 1);
    let (Some(candidate), None) = (near.next(), near.next()) else {
        return None;
    };
    let entries = catalog::directives_named(candidate);
    let context = Context {
        cut_by_comment: site.directive.cut_by_comment,
    };
    let fits = entries.iter().any(|entry| {
        let may_stand_here = match site.judged.location.place() {
            Some(place) => catalog::directive_in(candidate, place)
                .is_some_and(|here| here.place == entry.place),
            None => true,
        };
        let parsed = value::parse(&entry.value, site.value(), context);
        may_stand_here && parsed.problems.is_empty() && parsed.rest.is_empty()
    });
    (fits && site.directive.form == DirectiveForm::Plain).then_some(*candidate)
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::diagnostics::test_support::{findings, fixed};

    #[test]
    fn one_letter_beside_a_name_is_repaired() {
        let text = "<domain example.com>\n    max-smtp-outt 20 # connections\n</domain>\n";
        expect![[r#"
            2:5-18 warning unknown-directive: PowerMTA has no directive `max-smtp-outt`. Did you mean `max-smtp-out`?
        "#]].assert_eq(&findings(text));
        expect![[r#"
            <domain example.com>
                max-smtp-out 20 # connections
            </domain>
        "#]]
        .assert_eq(&fixed(text, "unknown-directive"));
    }

    #[test]
    fn names_that_resemble_nothing_get_no_proposal() {
        expect![[r#"
            1:1-23 warning unknown-directive: PowerMTA has no directive `no-such-setting-at-all`.
        "#]]
        .assert_eq(&findings("no-such-setting-at-all yes\n"));
    }

    #[test]
    fn a_line_of_prose_is_one_finding() {
        expect![[r#"
            1:1-10 warning unknown-directive: PowerMTA has no directive `Deploying`.
        "#]]
        .assert_eq(&findings(
            "Deploying the server requires an account with every mailbox provider.\n",
        ));
    }

    #[test]
    fn the_second_half_of_a_cut_expression_is_not_a_name() {
        expect![[r#"
            2:5-22 error unclosed-regex: The expression has no closing `/` on this line.
        "#]].assert_eq(&findings(
            "<bounce-category-patterns>\n    /(bad|invalid|not\n    found|illegal)/ bad-mailbox\n</bounce-category-patterns>\n",
        ));
    }

    #[test]
    fn a_section_without_brackets_is_called_a_section() {
        expect![[r#"
            1:1-24 warning unknown-directive: `feedback-loop-processor` is a section and is written in brackets: `<feedback-loop-processor>`.
        "#]].assert_eq(&findings("feedback-loop-processor\n"));
    }

    #[test]
    fn nothing_is_said_inside_unknown_sections_and_of_template_names() {
        expect![[r#"
            1:2-17 warning unknown-section: PowerMTA has no section `<no-such-section>`.
        "#]]
        .assert_eq(&findings(
            "<no-such-section>\n    no-such-setting yes\n</no-such-section>\n",
        ));
        expect![[""]].assert_eq(&findings(
            "{{setting}} yes\n${SETTING} yes\n%SETTING% yes\n",
        ));
    }

    #[test]
    fn lines_that_begin_with_no_name() {
        expect![[r#"
            1:1-4 warning unknown-directive: `...` is no directive: a line begins with the name of one.
            2:1-25 warning unknown-directive: `"postmaster@example.com"` is no directive: a line begins with the name of one.
            3:1-4 warning unknown-directive: `= 5` is no directive: a line begins with the name of one.
            4:1-3 warning unknown-directive: `,a` is no directive: a line begins with the name of one.
        "#]].assert_eq(&findings("...\n\"postmaster@example.com\"\n= 5\n,a\n{{ x }}\nlog-file /var/log/pmta/log\n"));
    }
}
