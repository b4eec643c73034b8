//! `missing-section-argument`: a section needs a name or pattern in its tag.

use super::folklore_section::listener;
use super::{Finding, Group, Rule, SectionSite, Severity};
use crate::catalog::ArgumentKind;
use crate::meaning::Meaning;
use crate::syntax::EntryKind;

/// The rule.
pub static RULE: Rule = Rule {
    code: "missing-section-argument",
    severity: Severity::Error,
    group: Group::Structure,
    summary: "a section needs a name or pattern in its tag",
    documentation:
        "Most sections say in their opening tag what they are about: a name, a domain, an address.

```pmta
<virtual-mta>
    smtp-source-host 192.0.2.10 mta1.example.com
</virtual-mta>
```

```pmta
<virtual-mta mta1>
    smtp-source-host 192.0.2.10 mta1.example.com
</virtual-mta>
```",
};

pub(crate) fn check(site: &SectionSite<'_>, findings: &mut Vec<Finding>) {
    let Meaning::Section(section) = site.judged.meaning else {
        return;
    };
    let Some(kind) = section.argument else { return };
    let is_given = site.tag.argument.is_some() || !site.tag.attributes.is_empty();
    if is_given || !section.argument_required || site.section.is_none() {
        return;
    }
    let may_be_left_out = site
        .judged
        .location
        .place()
        .is_none_or(|place| section.argument_optional_in.contains(&place));
    let location_is_unknown =
        site.judged.location.place().is_none() && !section.argument_optional_in.is_empty();
    if (site.judged.location.place().is_some() && may_be_left_out)
        || location_is_unknown
        || is_inline(site)
    {
        return;
    }
    let (what, example) = match kind {
        ArgumentKind::Name => ("a name", format!("<{} name1>", site.written_name())),
        ArgumentKind::DomainPattern => ("a domain or pattern", "<domain example.com>".to_owned()),
        ArgumentKind::CidrOrName => (
            "an address range or a name",
            "<source 127.0.0.1>".to_owned(),
        ),
        ArgumentKind::CidrPort => (
            "an address and a port",
            format!("<{} 0/0:25>", site.written_name()),
        ),
        ArgumentKind::Directory => (
            "a directory",
            format!("<{} /var/spool/pmta>", site.written_name()),
        ),
        ArgumentKind::FileOrPipe => (
            "a file, or `|` and a command",
            format!("<{} /var/log/pmta/acct.csv>", site.written_name()),
        ),
    };
    let mut finding = Finding::new(
        &RULE,
        site.tag.range,
        format!(
            "`<{}>` needs {what}, as in `{example}`.",
            site.written_name()
        ),
    );
    if kind == ArgumentKind::CidrPort {
        finding.fixes.extend(listener::with_lines_inside(site));
    }
    findings.push(finding);
}

/// Whether the tag ends a rule line: `mail-from /…/ <pattern-list>`.
fn is_inline(site: &SectionSite<'_>) -> bool {
    site.item
        .view
        .entries
        .iter()
        .any(|entry| match &entry.kind {
            EntryKind::Directive(directive) => directive
                .inline_section
                .is_some_and(|tag| tag.start == site.tag.range.start),
            _ => false,
        })
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::test_support::findings;
    use expect_test::expect;

    #[test]
    fn required() {
        let text = r#"<virtual-mta>
    host-name mta1.example.com
</virtual-mta>
<domain>
    max-smtp-out 20
</domain>
<source>
</source>
<spool>
</spool>
"#;
        expect![[r#"
            1:1-14 error missing-section-argument: `<virtual-mta>` needs a name, as in `<virtual-mta name1>`.
            4:1-9 error missing-section-argument: `<domain>` needs a domain or pattern, as in `<domain example.com>`.
            7:1-9 error missing-section-argument: `<source>` needs an address range or a name, as in `<source 127.0.0.1>`.
            9:1-8 error missing-section-argument: `<spool>` needs a directory, as in `<spool /var/spool/pmta>`.
        "#]].assert_eq(&findings(text));
    }

    #[test]
    fn left_out_where_it_may_be() {
        let text = r#"<bounce-processor>
    <address-list>
        domain example.com
    </address-list>
</bounce-processor>
<pattern-list senders>
    mail-from /a@/ <pattern-list>
        rcpt-to /b@/ virtual-mta=mta1
        * virtual-mta=mta2
    </pattern-list>
</pattern-list>
"#;
        expect![[""]].assert_eq(&findings(text));
    }

    #[test]
    fn in_a_fragment() {
        let text = r#"mail-from /a@/ <pattern-list>
    * virtual-mta=mta2
</pattern-list>
"#;
        expect![[""]].assert_eq(&findings(text));
    }
}
