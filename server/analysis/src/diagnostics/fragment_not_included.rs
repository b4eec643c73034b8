//! `fragment-not-included`: a file that none of the project's configurations includes.

use super::{FileSite, Finding, Group, Rule, Severity};
use crate::text::TextRange;

/// The rule.
pub static RULE: Rule = Rule {
    code: "fragment-not-included",
    severity: Severity::Hint,
    group: Group::References,
    summary: "none of the project's configurations includes the file",
    documentation: "`roots` in `pmta-ls.toml` names the configurations of the project, all that they include is known,
and this file is none of them and included by none. So PowerMTA never reads it.

```pmta
include /etc/pmta/parts/forgotten.conf
```

Include it, name it in `roots`, or delete it. Without `roots` nothing is said: then a configuration
that pmta-ls does not know may include the file.",
};

/// Reports a file that stands alone, at its first line.
pub(super) fn check(site: &FileSite<'_>, findings: &mut Vec<Finding>) {
    let is_alone = site.root.file == site.file && !site.root.is_declared;
    if !is_alone || !site.workspace.knows_roots() {
        return;
    }
    let mut others = site.workspace.roots_with(site.file);
    if others.any(|root| root.is_declared) {
        return;
    }
    let first = site.document.rope().lines().next().map(String::from);
    let length = first.unwrap_or_default().trim_end().len();
    findings.push(Finding::new(
        &RULE,
        TextRange::of(0, length),
        "None of the configurations that `roots` in `pmta-ls.toml` names includes this file.",
    ));
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use expect_test::expect;

    use crate::diagnostics::test_support::report;
    use crate::workspace::Workspace;
    use crate::workspace::test_support::Disk;

    fn reported(knows_roots: bool) -> String {
        let disk = Disk::of(&[
            (
                "/w/config",
                "postmaster you@example.com\nlog-file /var/log/pmta/log\ninclude used.conf\n",
            ),
            ("/w/used.conf", "host-name mail.example.com\n"),
            ("/w/forgotten.conf", "# old\nhost-name mail.example.com\n"),
        ]);
        let mut workspace = Workspace::new(Some("/w".into()), Vec::new());
        let root = workspace.add_root(Path::new("/w/config"), &disk).unwrap();
        workspace.declare_root(root);
        workspace.set_knows_roots(knows_roots);
        for path in ["/w/used.conf", "/w/forgotten.conf"] {
            workspace.add_root(Path::new(path), &disk).unwrap();
        }
        report(&workspace)
    }

    #[test]
    fn only_where_all_roots_are_known() {
        expect![[r#"
            forgotten.conf:1:1-6 hint fragment-not-included: None of the configurations that `roots` in `pmta-ls.toml` names includes this file.
        "#]]
        .assert_eq(&reported(true));
        assert_eq!(reported(false), "");
    }
}
