//! `include-loop`: a file that includes itself.

use super::{FileSite, Finding, Group, Rule, Severity};
use crate::workspace::{FileId, Found, Include, Root, Target, Unread, Workspace};

/// The rule.
pub static RULE: Rule = Rule {
    code: "include-loop",
    severity: Severity::Warning,
    group: Group::References,
    summary: "a file includes itself, directly or over others",
    documentation: "Following the line leads back to the file it stands in. pmta-ls reads each file once and stops
there. A wildcard that matches the including file does it as well.

```pmta
# in /etc/pmta/parts/all.conf
include /etc/pmta/parts/*.conf
```

Delete the line, or name the files so that it does not match its own.",
};

/// Reports the lines of the file that close a loop. Roots that enter one loop in different files have
/// different lines close it: that of the first root counts.
pub(super) fn check(site: &FileSite<'_>, findings: &mut Vec<Finding>) {
    let roots = site.workspace.roots();
    for (index, root) in roots.iter().enumerate() {
        let before = roots.get(..index).unwrap_or_default();
        for include in root.includes.iter().filter(|it| it.from == site.file) {
            let new = loops(include).filter(|chain| {
                let mut others = before.iter().flat_map(|root| &root.includes);
                !others.any(|other| loops(other).any(|other| is_same(chain, other)))
            });
            findings.extend(new.filter_map(|chain| finding(site.workspace, root, include, chain)));
        }
    }
}

/// The loops that a line closes: the files of each, the first of them the last as well.
fn loops(include: &Include) -> impl Iterator<Item = &[FileId]> {
    let targets: &[Target] = match &include.found {
        Found::Files(targets) => targets,
        _ => &[],
    };
    targets.iter().filter_map(|target| match &target.file {
        Err(Unread::Loop(chain)) => Some(chain.as_slice()),
        _ => None,
    })
}

fn is_same(one: &[FileId], other: &[FileId]) -> bool {
    one.len() == other.len() && other.iter().all(|file| one.contains(file))
}

fn finding(
    workspace: &Workspace,
    root: &Root,
    line: &Include,
    chain: &[FileId],
) -> Option<Finding> {
    let range = workspace.place_of(line).range;
    if range.is_empty() {
        return None;
    }
    let names: Vec<String> = chain
        .iter()
        .map(|file| format!("`{}`", workspace.shown_name(*file)))
        .collect();
    let first = names.first()?;
    let message = if chain.len() > 2 {
        format!("{first} includes itself: {}.", names.join(" → "))
    } else {
        format!("{first} includes itself.")
    };
    let mut finding = Finding::new(&RULE, range, message);
    let pairs = chain.iter().zip(chain.iter().skip(1));
    for (from, to) in pairs.filter(|(from, _)| **from != line.from) {
        let mut includes = root.includes.iter().filter(|it| it.from == *from);
        if let Some(include) = includes.find(|it| it.files().any(|file| file == *to)) {
            let name = workspace.shown_name(*to);
            finding = finding.with_related_in(
                workspace.place_of(include),
                format!("`{name}` is included here"),
            );
        }
    }
    Some(finding)
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::diagnostics::test_support::reported;

    #[test]
    fn a_loop_is_reported_once_with_its_chain() {
        expect![[r#"
            parts/c.conf:1:1-13 warning misplaced-directive: `max-smtp-out` belongs in `<domain>`, in `<virtual-mta>` or in `<virtual-mta-pool>`, not at the top level. The limit of the whole server is total-max-smtp-out.
            parts/c.conf:2:9-15 warning include-loop: `parts/a.conf` includes itself: `parts/a.conf` → `parts/b.conf` → `parts/c.conf` → `parts/a.conf`.
                parts/a.conf:1: `parts/b.conf` is included here
                parts/b.conf:2: `parts/c.conf` is included here
        "#]]
        .assert_eq(&reported(
            &[
                (
                    "/w/config",
                    "postmaster you@example.com\ninclude parts/a.conf\n",
                ),
                ("/w/parts/a.conf", "include b.conf\n"),
                (
                    "/w/parts/b.conf",
                    "# first\ninclude \"c.conf\" # and back\n",
                ),
                ("/w/parts/c.conf", "max-smtp-out 2\ninclude a.conf\n"),
            ],
            &[],
        ));
    }

    #[test]
    fn a_wildcard_may_match_its_own_file() {
        expect![[r#"
            config:2:9-15 warning include-loop: `config` includes itself.
            parts/all.conf:1:9-15 warning include-loop: `parts/all.conf` includes itself.
        "#]]
        .assert_eq(&reported(
            &[
                (
                    "/w/config",
                    "postmaster you@example.com\ninclude config\ninclude parts/all.conf\n",
                ),
                ("/w/parts/all.conf", "include *.conf\n"),
                ("/w/parts/other.conf", ""),
            ],
            &[],
        ));
    }

    #[test]
    fn two_roots_that_enter_a_loop_elsewhere_report_it_once() {
        expect![[r#"
            b.conf:1:9-15 warning include-loop: `a.conf` includes itself: `a.conf` → `b.conf` → `a.conf`.
                a.conf:1: `b.conf` is included here
        "#]]
        .assert_eq(&reported(
            &[
                ("/w/config", "postmaster you@example.com\ninclude a.conf\n"),
                (
                    "/w/pmta.conf",
                    "postmaster you@example.com\ninclude b.conf\n",
                ),
                ("/w/a.conf", "include b.conf\n"),
                ("/w/b.conf", "include a.conf\n"),
            ],
            &["/w/config", "/w/pmta.conf"],
        ));
    }
}
