//! `open-relay`: everybody may send mail to everybody over this server.

use super::exposure::{addresses, may_switch_off, may_switch_on, switched_on};
use super::{Edit, Finding, Fix, Group, Rule, Safety, SectionSite, Severity};
use crate::text::TextRange;

/// The rule.
pub static RULE: Rule = Rule {
    code: "open-relay",
    severity: Severity::Warning,
    group: Group::Security,
    summary: "everybody may send mail to everybody over this server",
    documentation: "A `<source>` for all addresses lets its clients relay to any domain without a login. Spammers find
such a server within hours, and its addresses end up on block lists.

```pmta
<source 0/0>
    always-allow-relaying yes
</source>
```

Ask for a login, or name the addresses of the hosts that feed the server.

```pmta
<source 0/0>
    always-allow-relaying no
</source>
<source 192.0.2.10>
    always-allow-relaying yes
</source>
```

Nothing is said where `require-auth yes` stands in the section, where `smtp-service no` does, or where
all listeners are on this host alone.",
};

pub(crate) fn check(site: &SectionSite<'_>, findings: &mut Vec<Finding>) {
    let Some(relaying) = switched_on(site, "always-allow-relaying") else {
        return;
    };
    if !addresses(site).is_some_and(|range| range.is_everything())
        || may_switch_on(site, "require-auth")
        || may_switch_off(site, "smtp-service")
    {
        return;
    }
    let item = site.item;
    let login = format!(
        "{}{}require-auth yes",
        item.line_break(),
        item.indentation(relaying.name.start)
    );
    let (line, _) = item.line_around(relaying.value.end);
    let line_end = TextRange::empty(line.end);
    let finding = Finding::new(
        &RULE,
        relaying.name.cover(relaying.value),
        "Anybody on the internet can send mail to anybody over this server. Ask for a login with \
         `require-auth yes`, or allow relaying for the addresses of your own hosts only.",
    )
    .with_fix(Fix {
        title: "Add `require-auth yes`".to_owned(),
        safety: Safety::Alternative,
        edits: vec![Edit {
            range: line_end,
            text: login,
        }],
    })
    .with_fix(Fix::replace(
        "Change to `no`",
        Safety::Alternative,
        relaying.value,
        "no",
    ));
    findings.push(finding);
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::diagnostics::test_support::{file_findings, file_fixed};

    #[test]
    fn relaying_for_all_addresses() {
        let text = "<source 0/0>\n    always-allow-relaying yes # all\n</source>\n<source ::/0>\n    always-allow-relaying true\n</source>\n";
        expect![[r#"
            2:5-30 warning open-relay: Anybody on the internet can send mail to anybody over this server. Ask for a login with `require-auth yes`, or allow relaying for the addresses of your own hosts only.
            5:5-31 warning open-relay: Anybody on the internet can send mail to anybody over this server. Ask for a login with `require-auth yes`, or allow relaying for the addresses of your own hosts only.
        "#]]
        .assert_eq(&file_findings(text));
        expect![[r#"
            <source 0/0>
                always-allow-relaying yes # all
                require-auth yes
            </source>
            <source ::/0>
                always-allow-relaying true
            </source>
        "#]]
        .assert_eq(&file_fixed(text, "open-relay"));
    }

    #[test]
    fn a_login_a_closed_service_and_own_hosts() {
        expect![[""]].assert_eq(&file_findings(
            "<source 0.0.0.0/0>\n    always-allow-relaying yes\n    require-auth yes\n</source>\n<source ::/0>\n    always-allow-relaying yes\n    smtp-service no\n</source>\n<source 127.0.0.1>\n    always-allow-relaying yes\n</source>\n<source {auth}>\n    always-allow-relaying yes\n</source>\n",
        ));
    }

    #[test]
    fn what_an_included_file_says_is_not_known() {
        expect![[""]].assert_eq(&file_findings(
            "<source 0/0>\n    always-allow-relaying yes\n    include /opt/auth.conf\n</source>\n",
        ));
    }
}
