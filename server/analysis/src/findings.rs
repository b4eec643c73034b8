//! All that is wrong in a file, by what it says itself and by what the configurations say that it is
//! part of.

use std::collections::{HashMap, HashSet};

use crate::diagnostics::{
    FILE_CHECKS, FileCheck, FileSite, Finding, Group, Related, SLOW_FILE_CHECKS, Severity,
    duplicate_directive, missing_unit, neighbours,
};
use crate::document::Document;
use crate::ignores;
use crate::text::TextRange;
use crate::workspace::{FileId, Root, Workspace};

/// All findings of a file, in order of position. Ranges are from the start of the file. What is wrong
/// only in some of the roots that the file is part of says in which.
#[must_use]
pub fn findings(workspace: &Workspace, file: FileId) -> Vec<Finding> {
    findings_beside(workspace, file, &Overview::of(workspace, file))
}

/// What the rules found in a file that read through a whole configuration, such as those that hold
/// settings against each other. They take longer the more there is, and what they find seldom changes
/// while a person types.
#[derive(Clone, Debug)]
pub struct Overview {
    document: Option<Document>,
    findings: Vec<Finding>,
}

impl Overview {
    /// Looks through the roots that a file is part of.
    #[must_use]
    pub fn of(workspace: &Workspace, file: FileId) -> Self {
        Self {
            document: workspace.document(file).cloned(),
            findings: in_all_roots(workspace, file, SLOW_FILE_CHECKS),
        }
    }

    /// What was found, where it is after the document has changed. What was changed itself is left out.
    fn moved_to(&self, document: &Document) -> Vec<Finding> {
        let Some(old) = &self.document else {
            return Vec::new();
        };
        let change = document.change_since(old);
        let moved = self.findings.iter().filter_map(|finding| {
            let range = change.moved(finding.range)?;
            let related = finding
                .related
                .iter()
                .filter_map(|related| match related.file {
                    Some(_) => Some(related.clone()),
                    None => Some(Related {
                        range: change.moved(related.range)?,
                        ..related.clone()
                    }),
                });
            Some(Finding {
                range,
                fixes: Vec::new(),
                related: related.collect(),
                ..finding.clone()
            })
        });
        if change.is_none() {
            return self.findings.clone();
        }
        moved.collect()
    }
}

/// The findings of a file, with those of an earlier look through the configuration.
#[must_use]
pub fn findings_beside(workspace: &Workspace, file: FileId, overview: &Overview) -> Vec<Finding> {
    let Some(document) = workspace.document(file) else {
        return Vec::new();
    };
    let mut findings = document.findings();
    findings.extend(in_all_roots(workspace, file, FILE_CHECKS));
    findings.extend(overview.moved_to(document));
    settle(workspace, file, &mut findings);
    findings
}

/// What checks find in a file as a part of its roots.
fn in_all_roots(workspace: &Workspace, file: FileId, checks: &[FileCheck]) -> Vec<Finding> {
    let roots = workspace.roots_with(file);
    let checked = roots.map(|root| (root, check(workspace, root, file, checks)));
    let checked: Vec<(&Root, Vec<Finding>)> = checked.collect();
    merge(workspace, checked)
}

/// The findings of a file by what it says itself, in order of position.
pub(crate) fn own_findings(workspace: &Workspace, file: FileId) -> Vec<Finding> {
    let mut findings = workspace
        .document(file)
        .map(Document::findings)
        .unwrap_or_default();
    settle(workspace, file, &mut findings);
    findings
}

/// Takes away what comments and settings do not want, and puts the rest in order.
fn settle(workspace: &Workspace, file: FileId, findings: &mut Vec<Finding>) {
    let (Some(document), Some(path)) = (workspace.document(file), workspace.path(file)) else {
        return;
    };
    keep_causes(document, findings);
    neighbours::complete(workspace, file, document, findings);
    ignores::apply(workspace, file, document, findings);
    workspace.policy().apply(path, findings);
    findings.sort_by_key(|finding| (finding.range, finding.rule.code));
}

/// Takes away what follows from something else that is reported. That two lines set the same to
/// different values says nothing where one of them cannot be read; and where it does, it is not sure
/// which of them counts.
fn keep_causes(document: &Document, findings: &mut Vec<Finding>) {
    let is_contested = |finding: &Finding| finding.rule.code == duplicate_directive::RULE.code;
    if !findings.iter().any(is_contested) {
        return;
    }
    let line_of = |range: TextRange| document.rope().byte_to_line(range.start as usize);
    let line = |finding: &Finding| line_of(finding.range);
    let is_unread = |finding: &&Finding| {
        finding.severity == Severity::Error
            && matches!(finding.rule.group, Group::Values | Group::Structure)
    };
    let unread: HashSet<usize> = findings.iter().filter(is_unread).map(line).collect();
    findings.retain(|finding| {
        let here = finding
            .related
            .iter()
            .filter(|related| related.file.is_none());
        let mut lines = here.map(|related| related.range);
        let is_unread = |range| unread.contains(&line_of(range));
        !is_contested(finding) || !(is_unread(finding.range) || lines.any(is_unread))
    });
    let contested = findings.iter().filter(|finding| is_contested(finding));
    let contested: HashSet<usize> = contested.map(line).collect();
    findings.retain(|finding| {
        let is_effect = matches!(finding.rule.group, Group::Settings | Group::Security)
            || finding.rule.code == missing_unit::RULE.code;
        !is_effect || !contested.contains(&line(finding))
    });
}

/// What checks find in a file as a part of one root.
fn check(workspace: &Workspace, root: &Root, file: FileId, checks: &[FileCheck]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let Some(document) = workspace.document(file) else {
        return findings;
    };
    let site = FileSite {
        workspace,
        root,
        is_resolved: workspace.is_resolved(root),
        file,
        document,
    };
    for check in checks {
        check(&site, &mut findings);
    }
    findings
}

/// One list of what is wrong in the roots. A finding that not all of them share names those it is for.
fn merge(workspace: &Workspace, checked: Vec<(&Root, Vec<Finding>)>) -> Vec<Finding> {
    let is_alone = checked.len() < 2;
    let count = checked.len();
    let mut merged: Vec<(Finding, Vec<FileId>)> = Vec::new();
    let mut known: HashMap<(&str, TextRange, String), usize> = HashMap::new();
    for (root, findings) in checked {
        for finding in findings {
            let key = (finding.rule.code, finding.range, finding.message.clone());
            let index = *known.entry(key).or_insert(merged.len());
            match merged.get_mut(index) {
                Some((_, roots)) if !is_alone => roots.push(root.file),
                Some(_) => {}
                None => merged.push((finding, vec![root.file])),
            }
        }
    }
    let told = merged.into_iter().map(|(mut finding, roots)| {
        if roots.len() < count {
            let names = roots.iter().map(|root| workspace.shown_name(*root));
            let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
            finding.message = format!("{} (In {}.)", finding.message, names.join(" and "));
        }
        finding
    });
    told.collect()
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::diagnostics::test_support::reported;
    use crate::fixture::{Fixture, fixture};

    #[test]
    fn what_only_one_root_has_names_it() {
        let config = "postmaster you@example.com\ninclude ../shared.conf\n";
        expect![[r#"
            shared.conf:1:9-17 warning include-missing: The included file `own.conf` is not there. (In `two/config`.)
            shared.conf:2:9-18 warning include-missing: The included file `none.conf` is not there.
        "#]]
        .assert_eq(&reported(
            &[
                ("/w/p/one/config", config),
                ("/w/p/two/config", config),
                ("/w/p/shared.conf", "include own.conf\ninclude none.conf\n"),
                ("/w/p/one/own.conf", ""),
            ],
            &["/w/p/one/config", "/w/p/two/config"],
        ));
    }

    /// Settings that stand against each other, which the configuration as a whole tells, and a name
    /// that nothing defines.
    const WRONG: &str = "\
host-name $0mail.example.com
<domain example.com>
    bounce-after 1h
    retry-after 2h
</domain>
<source 192.0.2.1>
    default-virtual-mta none-such
</source>
";

    fn lines(workspace: &Workspace, findings: &[Finding]) -> Vec<(usize, &'static str)> {
        let document = workspace
            .files()
            .find_map(|file| workspace.document(file))
            .unwrap();
        let line = |finding: &Finding| document.rope().byte_to_line(finding.range.start as usize);
        let mut lines: Vec<_> = findings.iter().map(|it| (line(it), it.rule.code)).collect();
        lines.retain(|(_, code)| {
            matches!(*code, "contradicting-settings" | "undefined-virtual-mta")
        });
        lines
    }

    #[test]
    fn an_earlier_look_is_moved_with_the_text() {
        let Fixture {
            mut workspace, at, ..
        } = fixture(WRONG);
        let overview = Overview::of(&workspace, at.file);
        let all = findings(&workspace, at.file);
        assert_eq!(
            lines(&workspace, &all),
            [(3, "contradicting-settings"), (6, "undefined-virtual-mta")]
        );
        let edit = |workspace: &mut Workspace, range: std::ops::Range<usize>, text: &str| {
            let mut document = workspace.document(at.file).unwrap().clone();
            document.edit(range, text);
            workspace.set_document(at.file, document);
        };
        edit(&mut workspace, 0..0, "# one\n# two\n");
        let moved = findings_beside(&workspace, at.file, &overview);
        assert_eq!(
            lines(&workspace, &moved),
            [(5, "contradicting-settings"), (8, "undefined-virtual-mta")]
        );
        let text = workspace.document(at.file).unwrap().rope().to_string();
        let value = text.find("2h").unwrap();
        edit(&mut workspace, value..value + 1, "3");
        let touched = findings_beside(&workspace, at.file, &overview);
        assert_eq!(lines(&workspace, &touched), [(8, "undefined-virtual-mta")]);
        let again = findings_beside(&workspace, at.file, &Overview::of(&workspace, at.file));
        assert_eq!(again, findings(&workspace, at.file));
        assert_eq!(lines(&workspace, &again).len(), 2);
    }
}
