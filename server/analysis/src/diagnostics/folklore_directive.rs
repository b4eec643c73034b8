//! `folklore-directive`: a directive that the web teaches and PowerMTA does not have, or not here.

mod domain_key;
mod rename;

use super::conversion::{self, Answer};
use super::{DirectiveSite, Finding, Group, Rule, Severity, relocation, wording};
use crate::catalog::{self, FolkloreDirective, FolkloreFix};
use crate::meaning::Meaning;
use crate::text::TextRange;

/// The rule.
pub static RULE: Rule = Rule {
    code: "folklore-directive",
    severity: Severity::Warning,
    group: Group::Names,
    summary: "a directive that the web teaches and PowerMTA does not have, or not here",
    documentation: "Many pages about PowerMTA show directives that no version of it has, or put directives of one
section into another. The finding says what does the same.

```pmta
<domain example.com>
    max-conn 20
    dkim-selector mail
    dkim-key-file /etc/pmta/dkim.key
</domain>
```

```pmta
domain-key mail,example.com,/etc/pmta/dkim.key
<domain example.com>
    max-smtp-out 20
    dkim-sign yes
</domain>
```

Where another name alone says the same, the fix renames the directive. Where the value changes too,
or several lines become one, or the line means nothing to PowerMTA and can only be deleted, the fix
is one that has to be asked for.",
};

pub(crate) fn check(site: &DirectiveSite<'_>, findings: &mut Vec<Finding>) {
    let Meaning::Folklore(folklore) = site.judged.meaning else {
        return;
    };
    let mut finding = Finding::new(&RULE, name(site, folklore), message(site, folklore));
    match answer(site, folklore) {
        Some(Answer::Fix(fix)) => finding.fixes.push(fix),
        Some(Answer::Decision { sentence, .. }) => {
            finding.message = format!("{} {sentence}", finding.message);
        }
        None => {}
    }
    findings.push(finding);
}

/// The invented name. The second word of some stands where a value would.
fn name(site: &DirectiveSite<'_>, folklore: &FolkloreDirective) -> TextRange {
    let (name, value) = (site.directive.name, site.directive.value);
    if !folklore.name.contains(' ') || site.written_name().contains(' ') {
        return name;
    }
    let second = site.value().split([' ', '\t']).next().unwrap_or_default();
    name.cover(TextRange::of(0, second.len()).shifted(value.start))
}

fn message(site: &DirectiveSite<'_>, folklore: &FolkloreDirective) -> String {
    let written = name(site, folklore);
    let name = wording::shown(site.item.slice(written));
    let is_genuine_elsewhere = !catalog::directives_named(&site.name).is_empty();
    let what = if is_genuine_elsewhere {
        let here = match site.enclosing_tag().as_ref() {
            "" => "here".to_owned(),
            "global" => "at the top level".to_owned(),
            tag => format!("in `<{tag}>`"),
        };
        format!("`{name}` does not belong {here}.")
    } else {
        format!("PowerMTA has no directive `{name}`.")
    };
    let instead = match folklore.replacement {
        Some(replacement) if !names(folklore.explanation, replacement) => {
            format!(" Write `{replacement}`.")
        }
        _ => String::new(),
    };
    format!("{what} {}{instead}", folklore.explanation)
}

/// Whether `text` holds a directive's or section's name as a word of its own.
fn names(text: &str, name: &str) -> bool {
    let name = name.trim_matches(['<', '>']);
    let is_part = |character: char| character.is_ascii_alphanumeric() || character == '-';
    text.match_indices(name).any(|(at, _)| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let after = text
            .get(at.saturating_add(name.len())..)
            .and_then(|after| after.chars().next());
        !before.is_some_and(is_part) && !after.is_some_and(is_part)
    })
}

/// What a person must decide about a line of which the catalog says nothing more.
const WHETHER_TO_KEEP_IT: &str =
    "Decide whether the line is still needed, and in which section what replaces it belongs.";

/// What is to be done about the line. Where other directives stand on it, what needs lines of its own
/// is not said before each has one; in a block that is converted as a whole nothing is.
fn answer(site: &DirectiveSite<'_>, folklore: &FolkloreDirective) -> Option<Answer> {
    let is_part_of_whole = is_part_of_whole(site);
    if !is_part_of_whole
        && folklore.fix == FolkloreFix::Merge
        && folklore.replacement == Some("domain-key")
        && let Some(fix) = domain_key::fix(site)
    {
        return Some(Answer::Fix(fix));
    }
    if folklore.equal_meaning
        && let Some(fix) = rename::fix(site, folklore)
    {
        return Some(Answer::Fix(fix));
    }
    let answer = conversion::answer(site, folklore.name);
    let is_final = match &answer {
        Some(Answer::Fix(_)) => !is_part_of_whole,
        Some(Answer::Decision { is_sure, .. }) => *is_sure || is_part_of_whole,
        None => false,
    };
    if is_final {
        return answer;
    }
    if is_part_of_whole {
        return None;
    }
    let is_rename = matches!(
        folklore.fix,
        FolkloreFix::Rename | FolkloreFix::RenameAndConvert
    );
    let renamed = is_rename
        .then(|| rename::fix(site, folklore).or_else(|| rename::moved(site, folklore)))
        .flatten();
    match renamed.map(Answer::Fix).or(answer) {
        Some(answer) => Some(answer),
        None if folklore.fix == FolkloreFix::Delete => Some(Answer::Fix(conversion::delete(site))),
        None => {
            (relocation::is_alone(site) && !relocation::waits(site)).then_some(Answer::Decision {
                sentence: WHETHER_TO_KEEP_IT,
                is_sure: false,
            })
        }
    }
}

/// Whether the line stands in an invented section whose lines mean something together only.
fn is_part_of_whole(site: &DirectiveSite<'_>) -> bool {
    catalog::folklore_section(&site.enclosing_tag())
        .is_some_and(|section| section.body_of.is_none() && section.genuine.is_some())
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::diagnostics::test_support::{findings, fixed};

    #[test]
    fn a_name_with_the_same_meaning_is_renamed() {
        let text = "<domain example.com>\n    max-conn 20 # connections\n</domain>\n";
        expect![[r#"
            2:5-13 warning folklore-directive: PowerMTA has no directive `max-conn`. The cap on simultaneous outgoing connections is max-smtp-out (per queue in <domain>, in total in <virtual-mta>).
        "#]].assert_eq(&findings(text));
        expect![[r#"
            <domain example.com>
                max-smtp-out 20 # connections
            </domain>
        "#]]
        .assert_eq(&fixed(text, "folklore-directive"));
    }

    #[test]
    fn a_value_is_converted_where_its_repair_is_known() {
        let text = "<domain example.com>\n    max-conn-rate 3000/hour\n</domain>\n";
        expect![[r#"
            2:5-18 warning folklore-directive: PowerMTA has no directive `max-conn-rate`. PowerMTA spells the new-connections-per-period limit max-connect-rate, inside <domain>.
        "#]].assert_eq(&findings(text));
        expect![[r#"
            <domain example.com>
                max-connect-rate 3000/h
            </domain>
        "#]]
        .assert_eq(&fixed(text, "folklore-directive"));
    }

    #[test]
    fn a_genuine_name_in_the_place_where_the_web_puts_it() {
        let text = "<domain example.com>\n    retry-interval 30m\n</domain>\n";
        expect![[r#"
            2:5-19 warning folklore-directive: `retry-interval` does not belong in `<domain>`. Delivery retries are set with retry-after; retry-interval exists only in <acct-file>, for pipe programs.
        "#]].assert_eq(&findings(text));
        expect![[r#"
            <domain example.com>
                retry-after 30m
            </domain>
        "#]]
        .assert_eq(&fixed(text, "folklore-directive"));
        expect![[""]].assert_eq(&findings(
            "<acct-file |/opt/report>\n    retry-interval 30m\n</acct-file>\n",
        ));
    }

    #[test]
    fn what_means_nothing_is_deleted_with_its_line() {
        let text = "<domain example.com>\r\n    smtp-pipeline-depth 20 # deep\r\n    max-smtp-out 20\r\n</domain>\r\n";
        expect![[r#"
            2:5-24 warning folklore-directive: PowerMTA has no directive `smtp-pipeline-depth`. Pipelining depth cannot be set; ignore-pipelining yes is the only switch.
        "#]].assert_eq(&findings(text));
        expect![[r#"
            <domain example.com>␍
                # deep␍
                max-smtp-out 20␍
            </domain>␍
        "#]]
        .assert_eq(&fixed(text, "folklore-directive").replace('\r', "␍"));
    }

    #[test]
    fn what_needs_a_section_has_no_fix_but_names_it() {
        expect![[r#"
            1:1-15 warning folklore-directive: PowerMTA has no directive `accounting-log`. Accounting is an <acct-file PATH> section, at the top level only. Decide where the records go: an `<acct-file PATH>` at the top level, with `records` for their kinds.
        "#]].assert_eq(&findings("accounting-log /var/log/pmta/acct.csv\n"));
    }

    #[test]
    fn names_of_two_words() {
        expect![[r#"
            1:1-10 warning folklore-directive: PowerMTA has no directive `auth mech`. The mechanism cannot be chosen; accounts are <smtp-user> sections.
        "#]]
        .assert_eq(&findings(
            "auth mech CRAM-MD5\n",
        ));
    }

    #[test]
    fn an_assignment_to_an_invented_name_is_one_finding() {
        let text = "<domain example.com>\n    max_conn = 20\n</domain>\n";
        expect![[r#"
            2:5-13 warning folklore-directive: PowerMTA has no directive `max_conn`. The cap on simultaneous outgoing connections is max-smtp-out (per queue in <domain>, in total in <virtual-mta>).
        "#]]
        .assert_eq(&findings(text));
        expect![[r#"
            <domain example.com>
                max-smtp-out 20
            </domain>
        "#]]
        .assert_eq(&fixed(text, "folklore-directive"));
    }
}
