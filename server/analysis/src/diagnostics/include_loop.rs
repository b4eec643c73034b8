//! `include-loop`: a file that includes itself.

use super::include::{IncludeLine, line_between};
use super::{FileSite, Finding, Group, Rule, Severity};
use crate::workspace::{FileId, Found, Root, Unread};

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

/// The finding for a line that closes a loop; none if another root reports that loop elsewhere. The
/// first file of the chain is the last as well.
pub(super) fn finding(
    site: &FileSite<'_>,
    line: &IncludeLine<'_>,
    chain: &[FileId],
) -> Option<Finding> {
    if is_reported_elsewhere(site, line, chain) {
        return None;
    }
    let names: Vec<String> = chain
        .iter()
        .map(|file| format!("`{}`", site.workspace.shown_name(*file)))
        .collect();
    let first = names.first()?;
    let message = if chain.len() > 2 {
        format!("{first} includes itself: {}.", names.join(" → "))
    } else {
        format!("{first} includes itself.")
    };
    let mut finding = Finding::new(&RULE, line.range, message);
    let pairs = chain.iter().zip(chain.iter().skip(1));
    for (from, to) in pairs.filter(|(from, _)| **from != line.include.from) {
        if let Some(include) = line_between(site, *from, *to) {
            let name = site.workspace.shown_name(*to);
            finding = finding.with_related_in(
                site.workspace.place_of(include),
                format!("`{name}` is included here"),
            );
        }
    }
    Some(finding)
}

/// Whether a root before this one enters the loop elsewhere, so that another line closes it.
fn is_reported_elsewhere(site: &FileSite<'_>, line: &IncludeLine<'_>, chain: &[FileId]) -> bool {
    let before = site.workspace.roots().iter();
    let before = before.take_while(|root| root.file != site.root.file);
    let mut closings = before.filter_map(|root| closing_file(root, chain));
    closings.any(|file| file != line.include.from)
}

/// The file of a root whose line closes the loop of these files.
fn closing_file(root: &Root, chain: &[FileId]) -> Option<FileId> {
    let is_same = |other: &[FileId]| {
        other.len() == chain.len() && other.iter().all(|file| chain.contains(file))
    };
    let mut includes = root.includes.iter();
    let closing = includes.find(|include| match &include.found {
        Found::Files(targets) => targets
            .iter()
            .any(|target| matches!(&target.file, Err(Unread::Loop(other)) if is_same(other))),
        _ => false,
    });
    closing.map(|include| include.from)
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::diagnostics::include::tests::reported;

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
            b.conf:1:9-15 warning include-loop: `a.conf` includes itself: `a.conf` → `b.conf` → `a.conf`. (In `config`.)
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
