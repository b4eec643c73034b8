//! `include-refused`: an included file that pmta-ls does not read.

use super::include::IncludeLine;
use super::{Finding, Group, Rule, Severity};
use crate::workspace::{FileError, MOST_FILES, MOST_FOLDERS, MOST_LEVELS, Unread};

/// The rule.
pub static RULE: Rule = Rule {
    code: "include-refused",
    severity: Severity::Warning,
    group: Group::References,
    summary: "an included file is not read",
    documentation: "pmta-ls reads the files that a configuration names, within limits: no folder, device or pipe, no
file above 64 MiB, no more than 10,000 files and 32 levels of includes, and no relative path that
leads out of the project and away from the configuration.

```pmta
include /dev/stdin
include ../../../../srv/secret.conf
```

What is not read is not checked, and nothing is said about names that it may define. It is a hint
where nothing may be wrong but what pmta-ls may do: a path that leads out, and a file whose
permissions do not let it be read.",
};

/// The finding for a relative path that leads out of the folders that may be read.
pub(super) fn outside(line: &IncludeLine<'_>) -> Finding {
    let message = format!(
        "`{}` leads out of the folders that are read, so it is not checked.",
        line.written()
    );
    let mut finding = Finding::new(&RULE, line.range, message);
    finding.severity = Severity::Hint;
    finding
}

/// The finding for a file that was found and not read; none if it was not read for another reason
/// than a refusal.
pub(super) fn finding(line: &IncludeLine<'_>, name: &str, unread: &Unread) -> Option<Finding> {
    let (message, severity) = match unread {
        Unread::Loop(_) | Unread::Failed(FileError::Missing) => return None,
        Unread::TooDeep => (
            format!("`{name}` is not read: includes are nested more than {MOST_LEVELS} deep here."),
            RULE.severity,
        ),
        Unread::TooMany => (
            format!("`{name}` is not read: there are more than {MOST_FILES} files."),
            RULE.severity,
        ),
        Unread::TooManyFolders => (
            format!(
                "`{name}` is not read: its wildcards lead into more than {MOST_FOLDERS} folders."
            ),
            RULE.severity,
        ),
        Unread::Failed(FileError::Refused(why)) => {
            (format!("`{name}` is not read: {why}."), RULE.severity)
        }
        Unread::Failed(FileError::Unreadable(why)) => {
            (format!("`{name}` is not checked: {why}."), Severity::Hint)
        }
    };
    let mut finding = Finding::new(&RULE, line.range, message);
    finding.severity = severity;
    Some(finding)
}

/// One finding for all files of a line that are not read: the worst, with the number of the others.
pub(super) fn in_one(findings: Vec<Finding>) -> Option<Finding> {
    let others = findings.len().saturating_sub(1);
    let worst = findings.iter().map(|finding| finding.severity).max()?;
    let mut findings = findings.into_iter();
    let mut finding = findings.find(|finding| finding.severity == worst)?;
    if others > 0 {
        let message = finding.message.trim_end_matches('.');
        finding.message = format!("{message}, and neither are {others} others of this line.");
    }
    Some(finding)
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::diagnostics::test_support::reported;
    use crate::text::TextRange;

    #[test]
    fn folders_and_ways_out_are_refused() {
        expect![[r#"
            config:2:9-14 warning include-refused: `parts` is not read: it is a folder.
            config:3:9-28 hint include-refused: `../../../etc/passwd` leads out of the folders that are read, so it is not checked.
        "#]]
        .assert_eq(&reported(
            &[
                (
                    "/home/me/conf/config",
                    "postmaster you@example.com\ninclude parts\ninclude ../../../etc/passwd\n",
                ),
                ("/home/me/conf/parts/a.conf", ""),
                ("/etc/passwd", ""),
            ],
            &[],
        ));
    }

    #[test]
    fn many_files_of_one_line_are_one_finding() {
        let finding = |message: &str, severity| {
            let mut finding = Finding::new(&RULE, TextRange::empty(0), message);
            finding.severity = severity;
            finding
        };
        let merged = in_one(vec![
            finding("`a` is not checked: why.", Severity::Hint),
            finding("`b` is not read: why.", Severity::Warning),
            finding("`c` is not read: why.", Severity::Warning),
        ]);
        let merged = merged.unwrap();
        assert_eq!(merged.severity, Severity::Warning);
        assert_eq!(
            merged.message,
            "`b` is not read: why, and neither are 2 others of this line."
        );
        assert!(in_one(Vec::new()).is_none());
    }

    #[test]
    fn a_chain_of_too_many_files_is_cut() {
        let chain: Vec<(String, String)> = (0..40)
            .map(|n| {
                let text = format!("postmaster you@example.com\ninclude {}.conf\n", n + 1);
                (format!("/c/{n}.conf"), text)
            })
            .collect();
        let chain: Vec<(&str, &str)> = chain
            .iter()
            .map(|(path, text)| (path.as_str(), text.as_str()))
            .collect();
        expect![[r#"
            31.conf:2:9-16 warning include-refused: `32.conf` is not read: includes are nested more than 32 deep here.
        "#]]
        .assert_eq(&reported(&chain, &[]));
    }
}
