//! `weak-dkim`: a signature that receivers distrust, or a private key that leaves the server.

use super::exposure::is_yes;
use super::{DirectiveSite, Finding, Fix, Group, Rule, Safety, Severity};
use crate::meaning::Meaning;
use crate::value::unquote;

/// The rule.
pub static RULE: Rule = Rule {
    code: "weak-dkim",
    severity: Severity::Information,
    group: Group::Security,
    summary: "a signature that receivers distrust, or a private key that leaves the server",
    documentation:
        "- `dkim-algorithm rsa-sha1`: receivers no longer accept such signatures (RFC 8301).
- `dkim-add-body-limit yes`: the signature covers the beginning of the body only, so anybody can
  append text to a message and send it on under your name.
- `retain-x-dkim-key yes`: the header with the private key goes out with the message.

```pmta
<domain *>
    dkim-sign yes
    dkim-algorithm rsa-sha1
</domain>
```

```pmta
<domain *>
    dkim-sign yes
    dkim-algorithm rsa-sha256
</domain>
```",
};

pub(crate) fn check(site: &DirectiveSite<'_>, findings: &mut Vec<Finding>) {
    let Meaning::Directive(found) = site.judged.meaning else {
        return;
    };
    let (message, right) = match found.name {
        "dkim-algorithm" | "second-dkim-algorithm"
            if unquote(site.value()).eq_ignore_ascii_case("rsa-sha1") =>
        {
            (
                "Receivers no longer accept signatures made with SHA-1. Use `rsa-sha256`.",
                "rsa-sha256",
            )
        }
        "dkim-add-body-limit" | "second-dkim-add-body-limit" if is_yes(site.value()) => (
            "The signature covers the beginning of the body only: anybody can append text to a \
             message and send it on under your name. Leave it at `no`.",
            "no",
        ),
        "retain-x-dkim-key" if is_yes(site.value()) => (
            "The header with the private key goes out with the message, and whoever gets it can \
             sign in your name. Leave it at `no`.",
            "no",
        ),
        _ => return,
    };
    findings.push(
        Finding::new(&RULE, site.directive.value, message).with_fix(Fix::replace(
            format!("Change to `{right}`"),
            Safety::Alternative,
            site.directive.value,
            right,
        )),
    );
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::diagnostics::test_support::{findings, fixed};

    #[test]
    fn weak_signatures_and_a_key_that_leaks() {
        let text = "<domain *>\n    dkim-algorithm rsa-sha1\n    second-dkim-add-body-limit yes\n</domain>\n<source 127.0.0.1>\n    retain-x-dkim-key true\n</source>\n";
        expect![[r#"
            2:20-28 information weak-dkim: Receivers no longer accept signatures made with SHA-1. Use `rsa-sha256`.
            3:32-35 information weak-dkim: The signature covers the beginning of the body only: anybody can append text to a message and send it on under your name. Leave it at `no`.
            6:23-27 information weak-dkim: The header with the private key goes out with the message, and whoever gets it can sign in your name. Leave it at `no`.
        "#]]
        .assert_eq(&findings(text));
        expect![[r#"
            <domain *>
                dkim-algorithm rsa-sha256
                second-dkim-add-body-limit yes
            </domain>
            <source 127.0.0.1>
                retain-x-dkim-key true
            </source>
        "#]]
        .assert_eq(&fixed(text, "weak-dkim"));
    }

    #[test]
    fn good_signatures() {
        expect![[""]].assert_eq(&findings(
            "<domain *>\n    dkim-algorithm rsa-sha256\n    dkim-add-body-limit no\n</domain>\n",
        ));
    }
}
