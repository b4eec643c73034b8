//! `newer-than-target`: a directive or a form of a value that the version in use does not have.

use super::version_bound::{self, version_name};
use super::{FileSite, Finding, Group, Rule, Severity};
use crate::catalog::Version;

/// The rule.
pub static RULE: Rule = Rule {
    code: "newer-than-target",
    severity: Severity::Warning,
    group: Group::Versions,
    summary: "the version of PowerMTA in use does not have it",
    documentation: "`pmta-ls.toml` says for which version of PowerMTA the configuration is. A directive, section or form of
a value came later: that version refuses it.

```toml
powermta = \"4.5\"
```

```pmta
<domain example.com>
    max-msg-rate 100/15m
</domain>
```

A rate over several units of time is new in 5.0: for 4.5 it is written `400/h`. Nothing is said where no version is set.",
};

pub(crate) fn check(site: &FileSite<'_>, findings: &mut Vec<Finding>) {
    if let Some(target) = version_bound::target(site.workspace) {
        check_for(site, target, findings);
    }
}

fn check_for(site: &FileSite<'_>, target: Version, findings: &mut Vec<Finding>) {
    for bound in version_bound::of_document(site.document) {
        let Some(since) = bound.since().filter(|since| *since > target) else {
            continue;
        };
        findings.push(Finding::new(
            &RULE,
            bound.range,
            format!(
                "{} is new in PowerMTA {}; this configuration is for {}.",
                bound.name(),
                version_name(since),
                version_name(target)
            ),
        ));
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::diagnostics::test_support::for_version;

    const TEXT: &str = "<proxy one>\n    server 192.0.2.1:1080\n</proxy>\n<domain example.com>\n    use-dane yes\n    max-msg-rate 100/15m\n    max-connect-rate 100/h\n    smtp-tls-allow-tlsv1.3 yes\n</domain>\nhttp-access 127.0.0.1 monitor,deny-logs\nhttp-access 127.0.0.1 monitor\ninclude https://example.com/more\ninclude more\n";

    #[test]
    fn what_came_with_a_later_version() {
        expect![[r#"
            1:2-7 warning newer-than-target: `<proxy>` is new in PowerMTA 5.0; this configuration is for 4.5.
            5:5-13 warning newer-than-target: `use-dane` is new in PowerMTA 5.0; this configuration is for 4.5.
            6:18-25 warning newer-than-target: A rate over several units of time is new in PowerMTA 5.0; this configuration is for 4.5.
            8:5-27 warning newer-than-target: `smtp-tls-allow-tlsv1.3` is new in PowerMTA 5.0; this configuration is for 4.5.
            10:23-40 warning newer-than-target: `monitor,deny-logs` is new in PowerMTA 5.0; this configuration is for 4.5.
            12:9-33 warning newer-than-target: A web address such as `https://example.com/path` is new in PowerMTA 5.0; this configuration is for 4.5.
        "#]]
        .assert_eq(&for_version(TEXT, Version::V4_5, check_for));
    }

    #[test]
    fn nothing_for_the_newest_version() {
        expect![[""]].assert_eq(&for_version(TEXT, Version::V5_0In2020, check_for));
    }
}
