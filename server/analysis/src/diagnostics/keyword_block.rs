//! `keyword-block`: a section is written as a keyword with indented lines or an `end`.

use super::{DirectiveSite, Edit, Finding, Fix, Group, Rule, Safety, SectionSite, Severity};
use crate::meaning::Meaning;
use crate::syntax::{DirectiveForm, SectionForm};
use crate::text::TextRange;

/// The rule.
pub static RULE: Rule = Rule {
    code: "keyword-block",
    severity: Severity::Warning,
    group: Group::Syntax,
    summary: "a section is written as a keyword with indented lines or an `end`",
    documentation:
        "A section stands between two tags in angle brackets. Indentation means nothing, and no line
consists of `end`.

```pmta
domain example.com
    max-smtp-out 20
```

```pmta
<domain example.com>
    max-smtp-out 20
</domain>
```

Directives of the top level need no block around them: there is no `global`.",
};

pub(crate) fn check_section(site: &SectionSite<'_>, findings: &mut Vec<Finding>) {
    let Some(section) = site.section else { return };
    let range = match section.form {
        SectionForm::Keyword => site.tag.range,
        SectionForm::Indentation => site.tag.name,
        SectionForm::Tag | SectionForm::Braces => return,
    };
    let name = site.written_name();
    let tag = opening(name, site.argument());
    let is_a_matter_of_tags = match site.judged.meaning {
        Meaning::Section(_) => true,
        Meaning::FolkloreSection(folklore) => folklore.rename_pair,
        _ => false,
    };
    if !is_a_matter_of_tags {
        findings.push(Finding::new(
            &RULE,
            range,
            format!("`{name}` opens no block: a section stands between tags, and PowerMTA has none of this name."),
        ));
        return;
    }
    let mut finding = Finding::new(
        &RULE,
        range,
        format!("A section is written `{tag}` … `</{name}>`."),
    );
    if let Some(closing) = closing_edit(site) {
        finding = finding.with_fix(Fix {
            title: format!("Write `{tag}` and `</{name}>`"),
            safety: Safety::Unsafe,
            edits: vec![
                Edit {
                    range: site.tag.range,
                    text: tag,
                },
                closing,
            ],
        });
    }
    findings.push(finding);
}

/// Whether a keyword stands in place of the opening tag: nothing else is to be said about an unknown
/// name then.
pub(crate) fn is_keyword(site: &SectionSite<'_>) -> bool {
    site.section.is_some_and(|section| {
        matches!(
            section.form,
            SectionForm::Keyword | SectionForm::Indentation
        )
    })
}

/// A line `global`, which opens nothing.
pub(crate) fn check(site: &DirectiveSite<'_>, findings: &mut Vec<Finding>) {
    if !is_global(site) {
        return;
    }
    let lines = site.item.whole_lines(site.entry.range);
    let mut finding = Finding::new(
        &RULE,
        site.directive.name,
        "`global` opens nothing: directives outside of sections need no block around them.",
    );
    if site.item.slice(lines).trim() == site.written_name() {
        finding = finding.with_fix(Fix::replace("Delete `global`", Safety::Unsafe, lines, ""));
    }
    findings.push(finding);
}

/// Whether the line is meant to open the top level: nothing else is to be said about it then.
pub(crate) fn is_global(site: &DirectiveSite<'_>) -> bool {
    site.name == "global"
        && site.directive.value.is_empty()
        && site.directive.form == DirectiveForm::Plain
        && matches!(site.judged.meaning, Meaning::UnknownDirective)
}

fn opening(name: &str, argument: &str) -> String {
    if argument.is_empty() {
        format!("<{name}>")
    } else {
        format!("<{name} {argument}>")
    }
}

/// The end tag: in place of `end`, or behind the last indented line.
fn closing_edit(site: &SectionSite<'_>) -> Option<Edit> {
    let end_tag = format!("</{}>", site.written_name());
    if let Some((close, _)) = site.closing() {
        return Some(Edit {
            range: close,
            text: end_tag,
        });
    }
    if site.section?.form == SectionForm::Keyword {
        return None;
    }
    let item = site.item;
    let content = item.slice(site.entry.range).trim_end().len();
    let last = site
        .entry
        .range
        .start
        .saturating_add(TextRange::of(0, content).end);
    let (line, _) = item.line_around(last);
    let indentation = item.indentation(site.tag.range.start);
    Some(Edit {
        range: TextRange::empty(line.end),
        text: format!("{}{indentation}{end_tag}", item.line_break()),
    })
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::diagnostics::test_support::{findings, fixed};

    const KEYWORD: &str = "smtp-service 587\n  max-message-size 20M\nend\nrun-as-root no\n";
    const INDENTED: &str = "domain example.net\n    max-smtp-out 7 # few\n    retry-after 10m # soon\nrun-as-root no\n";

    #[test]
    fn blocks_with_an_end() {
        expect![[r#"
            1:1-13 warning folklore-section: PowerMTA has no section `smtp-service`. Write smtp-listener 0/0:PORT and <source 0/0> ... </source>.
            1:1-17 warning keyword-block: `smtp-service` opens no block: a section stands between tags, and PowerMTA has none of this name.
        "#]].assert_eq(&findings(KEYWORD));
    }

    #[test]
    fn indented_blocks() {
        expect![[r#"
            1:1-7 warning keyword-block: A section is written `<domain example.net>` … `</domain>`.
        "#]]
        .assert_eq(&findings(INDENTED));
        expect![[r#"
            <domain example.net>
                max-smtp-out 7 # few
                retry-after 10m # soon
            </domain>
            run-as-root no
        "#]]
        .assert_eq(&fixed(INDENTED, "keyword-block"));
    }

    #[test]
    fn a_line_that_only_says_global() {
        expect![[r#"
            1:1-7 warning keyword-block: `global` opens nothing: directives outside of sections need no block around them.
        "#]].assert_eq(&findings("global\nhost-name mail.example.com\n"));
        assert_eq!(
            fixed("global\nrun-as-root no\n", "keyword-block"),
            "run-as-root no\n"
        );
    }

    #[test]
    fn members_of_a_pool_are_no_blocks() {
        expect![[""]].assert_eq(&findings(
            "<virtual-mta-pool p>\n    virtual-mta v1\n    virtual-mta v2\n</virtual-mta-pool>\n",
        ));
    }
}
