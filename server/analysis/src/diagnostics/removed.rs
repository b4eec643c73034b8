//! `removed`: a directive that the version in use has no more.

use super::version_bound::{self, version_name};
use super::{FileSite, Finding, Fix, Group, Rule, Safety, Severity};
use crate::catalog::Version;
use crate::text::TextRange;

/// The rule.
pub static RULE: Rule = Rule {
    code: "removed",
    severity: Severity::Warning,
    group: Group::Versions,
    summary: "the version of PowerMTA in use has it no more",
    documentation: "`pmta-ls.toml` says for which version of PowerMTA the configuration is. A directive was valid in earlier
versions and is no longer.

```toml
powermta = \"5.0\"
```

```pmta
<domain example.com>
    smtp-tls-allow-sslv3 no
</domain>
```

Delete the line, or write what took its place. Nothing is said where no version is set.",
};

pub(crate) fn check(site: &FileSite<'_>, findings: &mut Vec<Finding>) {
    if let Some(target) = version_bound::target(site.workspace) {
        check_for(site, target, findings);
    }
}

fn check_for(site: &FileSite<'_>, target: Version, findings: &mut Vec<Finding>) {
    for bound in version_bound::of_document(site.document) {
        let Some(deprecated) = bound.deprecated() else {
            continue;
        };
        if deprecated.removed.is_none_or(|removed| removed > target) {
            continue;
        }
        let instead = deprecated.replacement.map_or_else(
            || "Delete the line.".to_owned(),
            |replacement| format!("Write {replacement}."),
        );
        let message = format!(
            "{} is not valid any more in PowerMTA {}. {instead}",
            bound.name(),
            version_name(target)
        );
        findings.push(
            Finding::new(&RULE, bound.range, message).with_fix(Fix::replace(
                "Delete the line",
                Safety::Alternative,
                line_of(site, bound.range),
                "",
            )),
        );
    }
}

/// The whole line on which a range begins.
fn line_of(site: &FileSite<'_>, range: TextRange) -> TextRange {
    let rope = site.document.rope();
    let line = rope.byte_to_line((range.start as usize).min(rope.len_bytes()));
    let next = line.saturating_add(1).min(rope.len_lines());
    TextRange::of(rope.line_to_byte(line), rope.line_to_byte(next))
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::diagnostics::test_support::for_version;

    const TEXT: &str = "<domain example.com>\n    smtp-tls-allow-sslv3 no\n    smtp-tls-allow-tlsv1 no\n</domain>\n";

    #[test]
    fn what_a_later_version_dropped() {
        expect![[r#"
            2:5-25 warning removed: `smtp-tls-allow-sslv3` is not valid any more in PowerMTA 5.0. Delete the line.
        "#]]
        .assert_eq(&for_version(TEXT, Version::V5_0In2020, check_for));
    }

    #[test]
    fn nothing_for_a_version_that_has_it() {
        expect![[""]].assert_eq(&for_version(TEXT, Version::V4_5, check_for));
    }
}
