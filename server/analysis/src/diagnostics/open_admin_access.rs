//! `open-admin-access`: everybody may change the configuration over the web monitor.

use super::overview::{self, Found};
use super::{FileSite, Finding, Fix, Group, Rule, Safety, Severity};
use crate::deployment::Deployment;
use crate::document::Document;
use crate::text::TextRange;
use crate::value::AddressRange;
use crate::workspace::FileId;

/// The rule.
pub static RULE: Rule = Rule {
    code: "open-admin-access",
    severity: Severity::Warning,
    group: Group::Security,
    summary: "everybody may change the configuration over the web monitor",
    documentation:
        "The web monitor gives every address the rights of an administrator: to read and change the
configuration, with its keys and passwords, and to stop deliveries.

```pmta
http-access 0/0 admin
```

Name the addresses of administrators, and give others `monitor` or nothing.

```pmta
http-access 127.0.0.1 admin
http-access 192.0.2.0/24 monitor
```

The first line that holds an address counts: nothing is said of a line behind another one for all
addresses.",
};

/// The directive that says who may do what.
const ACCESS: &str = "http-access";

/// Reports the line for all addresses that counts, of those of IPv4 and of those of IPv6.
pub(crate) fn check(site: &FileSite<'_>, findings: &mut Vec<Finding>) {
    if !site.document.directives().has(ACCESS) {
        return;
    }
    let own = for_everybody(site.file, site.document);
    let Some(others) = own.first().map(|_| in_other_files(site)) else {
        return;
    };
    let deployment = (!others.is_empty()).then(|| Deployment::new(site.workspace, site.root));
    let mut answered = Vec::new();
    for (range, line) in own {
        if answered.contains(&range) {
            continue;
        }
        answered.push(range);
        let counts = deployment.as_ref().is_none_or(|deployment| {
            let mut lines = deployment.settings(ACCESS);
            let first = lines.find(|line| everybody(&line.value()) == Some(range));
            first.is_none_or(|first| first.range().file == site.file)
        });
        let value = line.value();
        let level = level(&value);
        if counts && level.eq_ignore_ascii_case("admin") {
            findings.push(finding(&line, level));
        }
    }
}

/// The lines of a file that are for all addresses, each with which.
fn for_everybody(file: FileId, document: &Document) -> Vec<(AddressRange, Found<'_>)> {
    let lines = overview::lines(file, document, ACCESS).into_iter();
    let with_range = lines.filter_map(|line| Some((everybody(&line.value())?, line)));
    with_range.collect()
}

/// The lines of other files of the root that are for all addresses.
fn in_other_files<'a>(site: &FileSite<'a>) -> Vec<(AddressRange, Found<'a>)> {
    let others = site.root.files.iter().filter(|file| **file != site.file);
    let others = others.filter_map(|file| Some((*file, site.workspace.document(*file)?)));
    others
        .flat_map(|(file, document)| for_everybody(file, document))
        .collect()
}

/// The range of a value that is for all addresses.
fn everybody(value: &str) -> Option<AddressRange> {
    let (range, _) = value.split_once([' ', '\t'])?;
    AddressRange::read(range).filter(|range| range.is_everything())
}

/// What the value allows.
fn level(value: &str) -> &str {
    let level = value.split_once([' ', '\t']).map_or("", |(_, level)| level);
    level.trim()
}

fn finding(line: &Found<'_>, level: &str) -> Finding {
    let value = line.value_range();
    let word = TextRange::new(
        value.end.saturating_sub(TextRange::of(0, level.len()).end),
        value.end,
    );
    let choice = |level: &str| {
        Fix::replace(
            format!("Change to `{level}`"),
            Safety::Alternative,
            word,
            level,
        )
    };
    Finding::new(
        &RULE,
        value,
        "Anybody who reaches the web monitor can change the configuration. Name the addresses \
         of administrators instead of all.",
    )
    .with_fix(choice("none"))
    .with_fix(choice("monitor"))
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::diagnostics::test_support::{file_findings, file_fixed, reported};

    #[test]
    fn all_addresses_as_administrators() {
        let text = "http-access 0/0 admin\nhttp-access ::/0\tadmin # all\n";
        expect![[r#"
            1:13-22 warning open-admin-access: Anybody who reaches the web monitor can change the configuration. Name the addresses of administrators instead of all.
            2:13-23 warning open-admin-access: Anybody who reaches the web monitor can change the configuration. Name the addresses of administrators instead of all.
        "#]].assert_eq(&file_findings(text));
        expect![[r#"
            http-access 0/0 none
            http-access ::/0	admin # all
        "#]]
        .assert_eq(&file_fixed(text, "open-admin-access"));
    }

    #[test]
    fn some_administrators_and_all_readers() {
        expect![[""]].assert_eq(&file_findings(
            "http-access 127.0.0.1 admin\nhttp-access 192.0.2/24 admin\nhttp-access 0/0 monitor\nhttp-access ::/0 none\n",
        ));
    }

    #[test]
    fn the_first_line_for_all_addresses_counts() {
        expect![[""]].assert_eq(&file_findings(
            "http-access 127.0.0.1 admin\nhttp-access 0/0 none\nhttp-access 0.0.0.0/0 admin\n",
        ));
        expect![[r#"
            2:13-22 warning open-admin-access: Anybody who reaches the web monitor can change the configuration. Name the addresses of administrators instead of all.
        "#]].assert_eq(&file_findings(
            "http-access 192.0.2.0/24 none\nhttp-access 0/0 admin\nhttp-access 0/0 none\n",
        ));
        expect![[r#"
            2:13-22 warning open-admin-access: Anybody who reaches the web monitor can change the configuration. Name the addresses of administrators instead of all.
        "#]].assert_eq(&file_findings(
            "http-access ::/0 none\nhttp-access 0/0 admin\n",
        ));
    }

    #[test]
    fn a_line_of_a_file_that_is_read_before_counts_too() {
        expect![[r#""#]].assert_eq(&reported(
            &[
                (
                    "/etc/pmta/config",
                    "include access.conf\nhttp-access 0/0 admin\n",
                ),
                ("/etc/pmta/access.conf", "http-access 0/0 none\n"),
            ],
            &[],
        ));
        expect![[r#"
            config:1:13-22 warning open-admin-access: Anybody who reaches the web monitor can change the configuration. Name the addresses of administrators instead of all.
        "#]].assert_eq(&reported(
            &[
                ("/etc/pmta/config", "http-access 0/0 admin\ninclude access.conf\n"),
                ("/etc/pmta/access.conf", "http-access 0/0 none\n"),
            ],
            &[],
        ));
    }
}
