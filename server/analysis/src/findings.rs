//! All that is wrong in a file, by what it says itself and by what the configurations say that it is
//! part of.

use crate::diagnostics::{
    FILE_CHECKS, FileSite, Finding, Group, Severity, duplicate_directive, missing_unit,
};
use crate::document::Document;
use crate::ignores;
use crate::text::TextRange;
use crate::workspace::{FileId, Root, Workspace};

/// All findings of a file, in order of position. Ranges are from the start of the file. What is wrong
/// only in some of the roots that the file is part of says in which.
#[must_use]
pub fn findings(workspace: &Workspace, file: FileId) -> Vec<Finding> {
    let Some(document) = workspace.document(file) else {
        return Vec::new();
    };
    let mut findings = document.findings();
    let roots = workspace.roots_with(file);
    let checked = roots.map(|root| (root, check(workspace, root, file)));
    let checked: Vec<(&Root, Vec<Finding>)> = checked.collect();
    findings.extend(merge(workspace, checked));
    settle(workspace, file, &mut findings);
    findings
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
    let unread: Vec<usize> = findings.iter().filter(is_unread).map(line).collect();
    findings.retain(|finding| {
        let mut lines = finding.related.iter().map(|related| related.range);
        let is_unread = |range| unread.contains(&line_of(range));
        !is_contested(finding) || !(is_unread(finding.range) || lines.any(is_unread))
    });
    let contested = findings.iter().filter(|finding| is_contested(finding));
    let contested: Vec<usize> = contested.map(line).collect();
    findings.retain(|finding| {
        let is_effect = matches!(finding.rule.group, Group::Settings | Group::Security)
            || finding.rule.code == missing_unit::RULE.code;
        !is_effect || !contested.contains(&line(finding))
    });
}

/// What is wrong in a file as a part of one root.
fn check(workspace: &Workspace, root: &Root, file: FileId) -> Vec<Finding> {
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
    for check in FILE_CHECKS {
        check(&site, &mut findings);
    }
    findings
}

/// One list of what is wrong in the roots. A finding that not all of them share names those it is for.
fn merge(workspace: &Workspace, checked: Vec<(&Root, Vec<Finding>)>) -> Vec<Finding> {
    let is_alone = checked.len() < 2;
    let count = checked.len();
    let mut merged: Vec<(Finding, Vec<FileId>)> = Vec::new();
    for (root, findings) in checked {
        for finding in findings {
            let known = merged.iter_mut().find(|(known, _)| {
                std::ptr::eq(known.rule, finding.rule)
                    && known.range == finding.range
                    && known.message == finding.message
            });
            match known {
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

    use crate::diagnostics::test_support::reported;

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
}
