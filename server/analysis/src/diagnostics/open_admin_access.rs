//! `open-admin-access`: everybody may change the configuration over the web monitor.

use super::{DirectiveSite, Finding, Fix, Group, Rule, Safety, Severity};
use crate::meaning::Meaning;
use crate::text::TextRange;
use crate::value::AddressRange;

/// The rule.
pub static RULE: Rule = Rule {
    code: "open-admin-access",
    severity: Severity::Warning,
    group: Group::Security,
    summary: "everybody may change the configuration over the web monitor",
    documentation:
        "The web monitor gives every address the rights of an administrator: to read and change the
configuration, with its keys and passwords, and to stop deliveries.

```pmta
http-access 0/0 admin
```

Name the addresses of administrators, and give others `monitor` or nothing.

```pmta
http-access 127.0.0.1 admin
http-access 192.0.2.0/24 monitor
```",
};

pub(crate) fn check(site: &DirectiveSite<'_>, findings: &mut Vec<Finding>) {
    let Meaning::Directive(found) = site.judged.meaning else {
        return;
    };
    if found.name != "http-access" {
        return;
    }
    let value = site.value();
    let Some((range, level)) = value.split_once([' ', '\t']) else {
        return;
    };
    let level = level.trim();
    let is_open = AddressRange::read(range).is_some_and(AddressRange::is_everything);
    if !is_open || !level.eq_ignore_ascii_case("admin") {
        return;
    }
    let start = value.len().saturating_sub(level.len());
    let word = TextRange::of(start, value.len()).shifted(site.directive.value.start);
    let choice = |level: &str| {
        Fix::replace(
            format!("Change to `{level}`"),
            Safety::Alternative,
            word,
            level,
        )
    };
    findings.push(
        Finding::new(
            &RULE,
            site.directive.value,
            "Anybody who reaches the web monitor can change the configuration. Name the addresses \
             of administrators instead of all.",
        )
        .with_fix(choice("none"))
        .with_fix(choice("monitor")),
    );
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::diagnostics::test_support::{findings, fixed};

    #[test]
    fn all_addresses_as_administrators() {
        let text = "http-access 0/0 admin\nhttp-access ::/0\tadmin # all\n";
        expect![[r#"
            1:13-22 warning open-admin-access: Anybody who reaches the web monitor can change the configuration. Name the addresses of administrators instead of all.
            2:13-23 warning open-admin-access: Anybody who reaches the web monitor can change the configuration. Name the addresses of administrators instead of all.
        "#]]
        .assert_eq(&findings(text));
        expect![[r#"
            http-access 0/0 none
            http-access ::/0	admin # all
        "#]]
        .assert_eq(&fixed(text, "open-admin-access"));
    }

    #[test]
    fn some_administrators_and_all_readers() {
        expect![[""]].assert_eq(&findings(
            "http-access 127.0.0.1 admin\nhttp-access 192.0.2/24 admin\nhttp-access 0/0 monitor\nhttp-access ::/0 none\n",
        ));
    }
}
