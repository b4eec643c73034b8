//! `legacy-directive`: a directive that no guide describes, although it is in use.

use super::{DirectiveSite, Finding, Fix, Group, Rule, Safety, Severity, deletion, deprecated};
use crate::catalog::Status;
use crate::meaning::Meaning;

/// The rule.
pub static RULE: Rule = Rule {
    code: "legacy-directive",
    severity: Severity::Information,
    group: Group::Versions,
    summary: "a directive that no guide describes, although it is in use",
    documentation: "Configurations in production hold the directive, but the guides to PowerMTA do not describe it, or no
longer. It may come from an old version, do nothing, or be dropped without notice.

```pmta
<source 0/0>
    remove-received-headers yes
</source>
```

Where something in the guides does the same, the finding names it. Otherwise keep the line if you know
that it works for you.",
};

pub(crate) fn check(site: &DirectiveSite<'_>, findings: &mut Vec<Finding>) {
    let Meaning::Directive(found) = site.judged.meaning else {
        return;
    };
    let section = found.place.section();
    if found.status == Status::Documented
        || section.is_some_and(|section| section.deprecated.is_some())
    {
        return;
    }
    let instead = match found.deprecated.and_then(|it| it.replacement) {
        Some(replacement) => format!(" Use {replacement} instead."),
        None => " It may come from an old version or do nothing.".to_owned(),
    };
    let mut finding = Finding::new(
        &RULE,
        site.directive.name,
        format!(
            "`{}` is in use, but the guides to PowerMTA do not describe it.{instead}",
            found.name
        ),
    );
    if let Some(deprecated) = found.deprecated {
        finding
            .fixes
            .extend(deprecated::renamed(site, found, deprecated));
    }
    findings.push(finding.with_fix(Fix {
        title: "Delete the line".to_owned(),
        safety: Safety::Alternative,
        edits: vec![deletion::directive(site.item, site.entry.range)],
    }));
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::diagnostics::test_support::{findings, fixed};

    /// Names that the corpus of genuine configurations holds and no guide.
    const NAMES: [&str; 17] = [
        "remove-received-headers",
        "sync-msg-create",
        "sync-msg-update",
        "dk-sign",
        "421-means-mx-unavailable",
        "smtp-source-ip",
        "total-max-file",
        "auto-cold-virtual-mta",
        "add-gm-token",
        "check-mfrom-inbound",
        "check-mfrom-outbound",
        "check-pra-outbound",
        "dummy-smtp-blacklist",
        "dummy-smtp-blacklist-bounce-method",
        "dummy-smtp-blacklist-bounce-percent",
        "dummy-smtp-log-blacklist",
        "dummy-smtp-has-mailmerge",
    ];

    #[test]
    fn each_name_that_no_guide_has() {
        for name in NAMES {
            let entry = &crate::catalog::directives_named(name)[0];
            let text = match entry.place.section() {
                Some(section) => format!(
                    "<{0} example.com>\n{1}\n</{0}>\n",
                    section.name, entry.example
                ),
                None => format!("{}\n", entry.example),
            };
            let found = findings(&text);
            assert!(found.contains("legacy-directive"), "{name}: {found}");
            assert!(!found.contains(" deprecated:"), "{name}: {found}");
        }
    }

    #[test]
    fn what_does_the_same_is_named() {
        let text = "<source 0/0>\n    check-mfrom-inbound yes\n</source>\nsync-msg-create no\n";
        expect![[r#"
            2:5-24 information legacy-directive: `check-mfrom-inbound` is in use, but the guides to PowerMTA do not describe it. Use check-spf-inbound instead.
            4:1-16 information legacy-directive: `sync-msg-create` is in use, but the guides to PowerMTA do not describe it. It may come from an old version or do nothing.
        "#]]
        .assert_eq(&findings(text));
        expect![[r#"
            <source 0/0>
                check-spf-inbound yes
            </source>
            sync-msg-create no
        "#]]
        .assert_eq(&fixed(text, "legacy-directive"));
    }
}
