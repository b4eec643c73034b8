//! `old-tls-version`: a version of TLS is allowed that is no longer safe.

use super::exposure::is_yes;
use super::{DirectiveSite, Finding, Fix, Group, Rule, Safety, Severity};
use crate::meaning::Meaning;

/// Ends of the names of switches that allow an old version, and what it is called.
const OLD: [(&str, &str); 3] = [
    ("tls-allow-sslv3", "SSL 3"),
    ("tls-allow-tlsv1", "TLS 1.0"),
    ("tls-allow-tlsv1.1", "TLS 1.1"),
];

/// The rule.
pub static RULE: Rule = Rule {
    code: "old-tls-version",
    severity: Severity::Information,
    group: Group::Security,
    summary: "a version of TLS is allowed that is no longer safe",
    documentation: "SSL 3, TLS 1.0 and TLS 1.1 are broken or withdrawn (RFC 7568, RFC 8996): who listens in can weaken or
read such a connection.

```pmta
smtp-server-tls-allow-tlsv1 yes
```

```pmta
smtp-server-tls-allow-tlsv1 no
```

For delivery to others an old version may still be better than none: there `smtp-tls-allow-tlsv1` is a
choice between the two.",
};

/// The old version that a line allows.
pub(crate) fn allowed(site: &DirectiveSite<'_>) -> Option<&'static str> {
    let Meaning::Directive(found) = site.judged.meaning else {
        return None;
    };
    let (_, version) = OLD.iter().find(|(end, _)| found.name.ends_with(end))?;
    is_yes(site.value()).then_some(version)
}

pub(crate) fn check(site: &DirectiveSite<'_>, findings: &mut Vec<Finding>) {
    let Some(version) = allowed(site) else { return };
    findings.push(
        Finding::new(
            &RULE,
            site.directive.value,
            format!("{version} is no longer safe: who listens in can read such a connection."),
        )
        .with_fix(Fix::replace(
            "Change to `no`",
            Safety::Alternative,
            site.directive.value,
            "no",
        )),
    );
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::diagnostics::test_support::{findings, fixed};

    #[test]
    fn old_versions_that_are_allowed() {
        let text = "smtp-server-tls-allow-tlsv1.1 true\nhttp-tls-allow-tlsv1 yes\n<domain example.com>\n    smtp-tls-allow-sslv3 yes\n</domain>\n";
        expect![[r#"
            1:31-35 information old-tls-version: TLS 1.1 is no longer safe: who listens in can read such a connection.
            2:22-25 information old-tls-version: TLS 1.0 is no longer safe: who listens in can read such a connection.
            4:26-29 information old-tls-version: SSL 3 is no longer safe: who listens in can read such a connection.
        "#]]
        .assert_eq(&findings(text));
        expect![[r#"
            smtp-server-tls-allow-tlsv1.1 no
            http-tls-allow-tlsv1 yes
            <domain example.com>
                smtp-tls-allow-sslv3 yes
            </domain>
        "#]]
        .assert_eq(&fixed(text, "old-tls-version"));
    }

    #[test]
    fn newer_versions_and_old_ones_that_are_not() {
        expect![[""]].assert_eq(&findings(
            "smtp-server-tls-allow-tlsv1.2 yes\nsmtp-server-tls-allow-tlsv1.3 yes\nhttp-tls-allow-tlsv1 no\n",
        ));
    }
}
