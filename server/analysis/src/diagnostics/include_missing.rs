//! `include-missing`: an included file that is not there.

use super::include::IncludeLine;
use super::{FileSite, Finding, Group, Rule, Severity};
use crate::workspace::{FileId, Found, Workspace};
use std::path::{Path, PathBuf};

/// The rule.
pub static RULE: Rule = Rule {
    code: "include-missing",
    severity: Severity::Warning,
    group: Group::References,
    summary: "an included file is not there",
    documentation: "The line names one file, and the folder it should be in has none of this name.

```pmta
include /etc/pmta/virtual-mtas.conf
```

Write the file, correct its name, or delete the line. pmta-ls looks for a relative path beside the
including file, then beside the configuration that includes it; for an absolute one as `[paths]`
in `pmta-ls.toml` says, then for a file of the project whose path ends alike.

It is an error where the configuration itself lies below `/etc/pmta`, where PowerMTA reads it: there
the path means what it says. It is a hint where not even the folder is there.",
};

/// Where PowerMTA keeps its configuration.
const REAL_PLACE: &str = "/etc/pmta";

/// The finding for a line whose file is not there.
pub(super) fn finding(site: &FileSite<'_>, line: &IncludeLine<'_>) -> Finding {
    let root = site.workspace.path(site.root.file);
    let is_at_home = root.is_some_and(|root| root.starts_with(REAL_PLACE))
        && Path::new(line.written()).starts_with(REAL_PLACE);
    let Some(expected) = &line.include.expected else {
        let message = format!(
            "The included file `{}` is not there, and neither is its folder.",
            line.written()
        );
        let mut finding = Finding::new(&RULE, line.range, message);
        finding.severity = if is_at_home {
            Severity::Error
        } else {
            Severity::Hint
        };
        return finding;
    };
    let expected = site.workspace.shown_path(expected);
    let place = if expected == line.written() {
        String::new()
    } else {
        format!(" It would be `{expected}`.")
    };
    let message = format!(
        "The included file `{}` is not there.{place}",
        line.written()
    );
    let mut finding = Finding::new(&RULE, line.range, message);
    if is_at_home {
        finding.severity = Severity::Error;
    }
    finding
}

/// The files that `include` lines of a file name and that are not there, with the paths in those
/// lines as they are written. Each could be made where it is.
#[must_use]
pub fn missing_files(workspace: &Workspace, file: FileId) -> Vec<(String, PathBuf)> {
    let roots = workspace.roots_with(file);
    let includes = roots.flat_map(|root| &root.includes);
    let missing = includes.filter(|it| it.from == file && it.found == Found::Missing);
    let mut missing: Vec<(String, PathBuf)> = missing
        .filter_map(|include| Some((include.path.clone(), include.expected.clone()?)))
        .collect();
    missing.sort();
    missing.dedup();
    missing
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::diagnostics::test_support::{reported, reported_with};

    const CONFIG: &str = "postmaster you@example.com\n";

    #[test]
    fn a_file_that_its_folder_does_not_have() {
        let text = format!(
            "{CONFIG}include none.conf\n<virtual-mta a>\n    include \"parts/none.conf\"\n</virtual-mta>\ninclude other/none.conf\n"
        );
        expect![[r#"
            config:2:9-18 warning include-missing: The included file `none.conf` is not there.
            config:4:14-29 warning include-missing: The included file `parts/none.conf` is not there.
            config:6:9-24 hint include-missing: The included file `other/none.conf` is not there, and neither is its folder.
        "#]]
        .assert_eq(&reported(
            &[("/w/config", &text), ("/w/parts/a.conf", "")],
            &[],
        ));
    }

    #[test]
    fn at_its_real_place_it_is_an_error() {
        let text = format!(
            "{CONFIG}include /etc/pmta/none.conf\ninclude none.conf\ninclude /etc/pmta/none/x.conf\n"
        );
        expect![[r#"
            config:2:9-28 error include-missing: The included file `/etc/pmta/none.conf` is not there. It would be `none.conf`.
            config:3:9-18 warning include-missing: The included file `none.conf` is not there.
            config:4:9-30 error include-missing: The included file `/etc/pmta/none/x.conf` is not there, and neither is its folder.
        "#]]
        .assert_eq(&reported(&[("/etc/pmta/config", &text)], &[]));
    }

    #[test]
    fn a_mapped_folder_is_looked_into() {
        let text =
            format!("{CONFIG}include /etc/pmta/in/none.conf\ninclude /etc/pmta/x/none.conf\n");
        expect![[r#"
            deploy/config:2:9-31 warning include-missing: The included file `/etc/pmta/in/none.conf` is not there. It would be `files/in/none.conf`.
            deploy/config:3:9-30 hint include-missing: The included file `/etc/pmta/x/none.conf` is not there, and neither is its folder.
        "#]]
        .assert_eq(&reported_with(
            &[("/w/deploy/config", &text), ("/w/files/in/a.conf", "")],
            "/w",
            &[("/etc/pmta", "/w/files")],
        ));
    }

    #[test]
    fn urls_and_templates_are_not_looked_for() {
        let text = format!(
            "{CONFIG}include https://config.example.com/pmta.conf\ninclude {{{{ name }}}}.conf\ninclude ${{DIR}}/a.conf\n"
        );
        assert_eq!(reported(&[("/w/config", &text)], &[]), "");
    }
}
