//! `several-section-arguments`: a tag with several arguments, or with its argument behind it.

use super::{Edit, Finding, Fix, Group, Item, Rule, Safety, SectionSite, Severity};
use crate::catalog::ArgumentKind;
use crate::meaning::Meaning;
use crate::syntax::SectionForm;
use crate::text::TextRange;

/// The rule.
pub static RULE: Rule = Rule {
    code: "several-section-arguments",
    severity: Severity::Warning,
    group: Group::Syntax,
    summary: "a tag has several arguments, or its argument stands behind it",
    documentation: "A tag takes one argument, inside its brackets. For settings that several domains share, name the
domains in a `domain-macro`.

```pmta
<domain example.com, example.net>
    max-smtp-out 20
</domain>
```

```pmta
domain-macro shared example.com, example.net
<domain $shared>
    max-smtp-out 20
</domain>
```",
};

pub(crate) fn check(site: &SectionSite<'_>, findings: &mut Vec<Finding>) {
    let Some(argument) = site.tag.argument else {
        return;
    };
    if site.tag.argument_behind {
        findings.push(behind(site, argument));
        return;
    }
    let Meaning::Section(section) = site.judged.meaning else {
        return;
    };
    let takes_domain = section.argument == Some(ArgumentKind::DomainPattern);
    if !takes_domain || !site.tag.attributes.is_empty() {
        return;
    }
    let domains = domains(site.argument());
    if domains.len() < 2 || super::value::has_template_marker(site.argument()) {
        return;
    }
    let name = site.written_name();
    let mut finding = Finding::new(
        &RULE,
        argument,
        format!(
            "`<{name}>` takes one domain: name several in a `domain-macro` and write `<{name} $macro>`."
        ),
    );
    if site
        .section
        .is_some_and(|section| section.form == SectionForm::Tag)
    {
        finding.fixes.extend(macro_fix(site, argument, &domains));
    }
    findings.push(finding);
}

/// An empty opening tag whose domain goes with the tag that follows it. `text` begins with the tag;
/// empty: a tag before it has the fix.
pub(crate) fn stacked(opening: TextRange, text: &str) -> Finding {
    let mut finding = Finding::new(
        &RULE,
        opening,
        "This section is empty: one tag names one domain. For several with the same settings use a `domain-macro`.",
    );
    finding.fixes.extend(stacked_fix(opening, text));
    finding
}

/// The finding about stacked tags inside a section: the macro that its fix defines stands above the
/// outermost section around them.
pub(super) fn with_macro_above(item: Item<'_>, mut finding: Finding) -> Finding {
    for fix in &mut finding.fixes {
        let [edit] = fix.edits.as_mut_slice() else {
            continue;
        };
        let Some((definition, tag)) = edit.text.split_once(item.line_break()) else {
            continue;
        };
        let Some(outermost) = item.view.entries.first() else {
            continue;
        };
        let (line, _) = item.line_around(outermost.range.start);
        let above = Edit {
            range: TextRange::empty(line.start),
            text: format!("{definition}{}", item.line_break()),
        };
        edit.text = tag.to_owned();
        fix.edits.insert(0, above);
    }
    finding
}

/// A macro in place of the tags above the last.
fn stacked_fix(opening: TextRange, text: &str) -> Option<Fix> {
    let line_break = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut domains = Vec::new();
    let mut end: usize = 0;
    for line in text.split_inclusive('\n') {
        let tag = line.trim();
        if !tag.is_empty() {
            let inside = tag
                .strip_prefix("<domain ")
                .and_then(|tag| tag.strip_suffix('>'));
            let Some(domain) = inside.map(str::trim).filter(|domain| is_plain(domain)) else {
                break;
            };
            domains.push(domain);
        }
        end = end.saturating_add(line.len());
    }
    let tags = text.get(..end)?.trim_end();
    let name = macro_name(domains.first().filter(|_| domains.len() > 1)?);
    let range = TextRange::of(0, tags.len()).shifted(opening.start);
    Some(Fix::replace(
        format!("Define the macro `{name}` and use it"),
        Safety::Unsafe,
        range,
        format!(
            "domain-macro {name} {}{line_break}<domain ${name}>",
            domains.join(", ")
        ),
    ))
}

/// Whether a domain can stand in a macro as it is.
pub(crate) fn is_plain(domain: &str) -> bool {
    domain
        .chars()
        .all(|it| it.is_alphanumeric() || matches!(it, '.' | '-' | '_'))
}

/// A name for a macro that begins with this domain.
pub(crate) fn macro_name(domain: &str) -> String {
    let label = domain.split('.').next().unwrap_or(domain);
    let name: String = label
        .chars()
        .map(|it| if it.is_ascii_alphanumeric() { it } else { '_' })
        .collect();
    format!("{name}_domains")
}

/// `<domain> example.com`
fn behind(site: &SectionSite<'_>, argument: TextRange) -> Finding {
    let name = site.written_name();
    let word = site.argument();
    let tag = format!("<{name} {word}>");
    Finding::new(
        &RULE,
        argument,
        format!("The argument belongs inside the brackets: `{tag}`."),
    )
    .with_fix(Fix::replace(
        format!("Write `{tag}`"),
        Safety::Unsafe,
        site.tag.range,
        tag,
    ))
}

/// The domains of a list that commas or blanks separate.
fn domains(argument: &str) -> Vec<&str> {
    if argument.contains(['"', '[', '<']) {
        return Vec::new();
    }
    argument
        .split([',', ' ', '\t'])
        .filter(|domain| !domain.is_empty())
        .collect()
}

/// A macro before the item, and its name in the tag.
fn macro_fix(site: &SectionSite<'_>, argument: TextRange, domains: &[&str]) -> Option<Fix> {
    if !domains.iter().all(|domain| is_plain(domain)) {
        return None;
    }
    let item = site.item;
    let name = macro_name(domains.first()?);
    let outermost = item
        .view
        .ancestors(site.entry)
        .last()
        .map_or(site.tag.range, |(_, section)| section.open.range);
    let (line, _) = item.line_around(outermost.start);
    let definition = format!(
        "{}domain-macro {name} {}{}",
        item.indentation(outermost.start),
        domains.join(", "),
        item.line_break()
    );
    Some(Fix {
        title: format!("Define the macro `{name}` and use it"),
        safety: Safety::Unsafe,
        edits: vec![
            Edit {
                range: TextRange::empty(line.start),
                text: definition,
            },
            Edit {
                range: argument,
                text: format!("${name}"),
            },
        ],
    })
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::diagnostics::test_support::{findings, fixed};

    #[test]
    fn lists_in_a_tag() {
        expect![[r#"
            1:9-37 warning several-section-arguments: `<domain>` takes one domain: name several in a `domain-macro` and write `<domain $macro>`.
        "#]].assert_eq(&findings("<domain a.example.com, b.example.com>\n    max-smtp-out 3\n</domain>\n"));
        expect![[r#"
            1:9-36 warning several-section-arguments: `<domain>` takes one domain: name several in a `domain-macro` and write `<domain $macro>`.
        "#]].assert_eq(&findings("<domain a.example.com b.example.com>\n    max-smtp-out 3\n</domain>\n"));
        expect![[""]].assert_eq(&findings(
            "<domain $isp.$tld>\n    max-smtp-out 3\n</domain>\n",
        ));
    }

    #[test]
    fn stacked_tags() {
        expect![[r#"
            1:1-23 warning several-section-arguments: This section is empty: one tag names one domain. For several with the same settings use a `domain-macro`.
        "#]].assert_eq(&findings(
            "<domain a.example.com>\n<domain b.example.com>\n    max-smtp-out 3\n</domain>\nrun-as-root no\n",
        ));
        expect![[r#"
            1:1-21 error unclosed-section: This section has no end: write `</spool>` where it ends.
        "#]]
        .assert_eq(&findings(
            "<spool /var/spool/a>\n<spool /var/spool/b>\n</spool>\nrun-as-root no\n",
        ));
    }

    #[test]
    fn stacked_tags_become_a_macro() {
        expect![[r#"
            # two
            domain-macro example_domains example.com, example.net, example.org
            <domain $example_domains>
                max-smtp-out 4
            </domain>
        "#]]
        .assert_eq(&fixed(
            "# two\n<domain example.com>\n<domain example.net>\n<domain example.org>\n    max-smtp-out 4\n</domain>\n",
            "several-section-arguments",
        ));
    }

    #[test]
    fn stacked_tags_in_a_section_become_a_macro_above_it() {
        expect![[r#"
            run-as-root no
            domain-macro example_domains example.com, example.net
            <virtual-mta v1>
                host-name v1.example.com
                <domain $example_domains>
                    max-smtp-out 4
                </domain>
            </virtual-mta>
        "#]].assert_eq(&fixed(
            "run-as-root no\n<virtual-mta v1>\n    host-name v1.example.com\n    <domain example.com>\n    <domain example.net>\n        max-smtp-out 4\n    </domain>\n</virtual-mta>\n",
            "several-section-arguments",
        ));
    }

    #[test]
    fn an_argument_behind_its_tag() {
        expect![[r#"
            1:10-21 warning several-section-arguments: The argument belongs inside the brackets: `<domain example.net>`.
        "#]].assert_eq(&findings("<domain> example.net\n    max-smtp-out 3\n</domain>\n"));
        expect![[r#"
            <domain example.net>
                max-smtp-out 3
            </domain>
        "#]]
        .assert_eq(&fixed(
            "<domain> example.net\n    max-smtp-out 3\n</domain>\n",
            "several-section-arguments",
        ));
    }

    #[test]
    fn a_macro_names_the_domains() {
        expect![[r#"
            domain-macro a_domains a.example.com, b.example.com
            <virtual-mta v1>
                <domain $a_domains>
                    max-smtp-out 3
                </domain>
            </virtual-mta>
        "#]].assert_eq(&fixed(
            "<virtual-mta v1>\n    <domain a.example.com, b.example.com>\n        max-smtp-out 3\n    </domain>\n</virtual-mta>\n",
            "several-section-arguments",
        ));
    }
}
