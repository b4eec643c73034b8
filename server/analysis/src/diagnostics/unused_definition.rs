//! `unused-definition`: nothing uses what is defined.

use super::named::NameSite;
use super::{Finding, Fix, Group, Rule, Safety, Severity, deletion, wording};
use crate::catalog::ReferenceKind;
use crate::definition::construct;

/// The rule.
pub static RULE: Rule = Rule {
    code: "unused-definition",
    severity: Severity::Hint,
    group: Group::References,
    summary: "nothing uses what is defined",
    documentation: r#"No line of the configuration refers to this list, macro, proxy, filter, group or named source.

```pmta
domain-macro hotmail hotmail.com,outlook.com
<domain *>
    max-smtp-out 10
</domain>
```

Use it, or delete it. Not reported are VirtualMTAs and pools, which message headers and the API choose, unless
`report-unused-virtual-mtas` is set;
`<domain-key-list>`, which messages name; `<smtp-user>`; and sources in braces such as `{auth}`. Nor is
anything while the configuration is not known as a whole."#,
};

/// The finding about a definition whose name nothing refers to.
pub(super) fn finding(site: &NameSite<'_>) -> Option<Finding> {
    let kind = site.written.name.kind;
    let is_reported = match kind {
        ReferenceKind::VirtualMta | ReferenceKind::VirtualMtaOrPool => {
            site.file.workspace.policy().report_unused_virtual_mtas
        }
        ReferenceKind::Source => !site.key.name.starts_with('{'),
        ReferenceKind::PatternList
        | ReferenceKind::SmtpPatternList
        | ReferenceKind::AddressList
        | ReferenceKind::RewriteList
        | ReferenceKind::Proxy
        | ReferenceKind::SignalsFilter
        | ReferenceKind::SourceGroup
        | ReferenceKind::DomainMacro => true,
        _ => false,
    };
    let is_unused = !site.uses.is_used() && !site.may_be_used();
    if !is_reported || !is_unused || site.written.name.is_folklore {
        return None;
    }
    let text = wording::shown(site.written.text);
    let what = match kind {
        ReferenceKind::VirtualMtaOrPool => "pool",
        kind => kind.noun(),
    };
    let message = format!("Nothing uses the {what} `{text}`.");
    let all = construct(site.file.workspace, site.at()).range;
    let delete = Fix::replace(
        format!("Delete the {what} `{text}`"),
        Safety::Alternative,
        deletion::whole_lines(site.file.document, all),
        "",
    );
    Some(Finding::new(&RULE, site.written.range, message).with_fix(delete))
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use std::sync::Arc;

    use crate::diagnostics::test_support::{root_findings, root_fixed};
    use crate::findings::findings;
    use crate::fixture::root_of;
    use crate::policy::Policy;
    use crate::workspace::Workspace;

    const TEXT: &str = "\
domain-macro used example.com
domain-macro unused $used
# A comment.
<pattern-list senders>
    mail-from /a/ virtual-mta={default}
</pattern-list>
<domain $used>
    max-smtp-out 5
</domain>
";

    #[test]
    fn what_nothing_uses_is_reported() {
        expect![[r#"
            2:14-20 hint unused-definition: Nothing uses the domain macro `unused`.
            4:15-22 hint unused-definition: Nothing uses the pattern list `senders`.
        "#]]
        .assert_eq(&root_findings(TEXT));
        let fixed = root_fixed(TEXT, "unused-definition");
        assert!(fixed.contains("example.com\n# A comment.\n"), "{fixed}");
    }

    #[test]
    fn virtual_mtas_are_reported_where_that_is_wanted() {
        let text = "<virtual-mta a>\n    smtp-source-host 192.0.2.1 a.example.com\n</virtual-mta>\n<virtual-mta-pool b>\n    virtual-mta a\n</virtual-mta-pool>\n";
        let mut workspace = root_of(text);
        let reported = |workspace: &Workspace| {
            let findings = findings(workspace, workspace.roots()[0].file).into_iter();
            findings.map(|it| it.message).collect::<Vec<_>>()
        };
        assert!(reported(&workspace).is_empty());
        workspace.set_policy(Arc::new(Policy {
            report_unused_virtual_mtas: true,
            ..Policy::default()
        }));
        assert_eq!(reported(&workspace), ["Nothing uses the pool `b`."]);
    }

    #[test]
    fn what_others_than_the_files_name_is_not_reported() {
        let text = "\
<virtual-mta a>
    smtp-source-host 192.0.2.1 a.example.com
</virtual-mta>
<virtual-mta-pool b>
    virtual-mta a
</virtual-mta-pool>
<source {local}>
    always-allow-relaying yes
</source>
<smtp-user alice>
    password EXAMPLE
</smtp-user>
<domain-key-list keys>
    domain-key s1,example.com,/etc/pmta/s1.pem
</domain-key-list>
<domain *>
    dkim-sign yes
</domain>
";
        assert_eq!(root_findings(text), "");
    }
}
