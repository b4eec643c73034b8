//! `include-not-mapped`: an absolute path that has no counterpart here.

use super::include::IncludeLine;
use super::{Finding, Group, Rule, Severity};
use crate::workspace::MOST_FOLDERS;

/// The rule.
pub static RULE: Rule = Rule {
    code: "include-not-mapped",
    severity: Severity::Hint,
    group: Group::References,
    summary: "an included file of the server has no counterpart here",
    documentation: "The line names a file by its path on the server, and no file of this project has a path that ends
alike. So the file is not checked, and nothing is said about names that it may define.

```pmta
include /etc/pmta/virtual-mtas.conf
```

If the project has the file under another path, `[paths]` in `pmta-ls.toml` tells where the folders
of the server are:

```toml
[paths]
\"/etc/pmta\" = \"deploy\"
```",
};

/// The finding for a line whose file nobody knows; `was_cut`: there are folders that were not searched.
pub(super) fn finding(line: &IncludeLine<'_>, was_cut: bool) -> Finding {
    let written = line.written();
    let mut message = format!(
        "`{written}` has no counterpart here and is not checked. If the project has its folder, say where below `[paths]` in `pmta-ls.toml`: `{} = \"FOLDER\"`.",
        key(written)
    );
    if was_cut {
        message.push_str(&format!(
            " Only the first {MOST_FOLDERS} folders of the project were searched."
        ));
    }
    Finding::new(&RULE, line.range, message)
}

/// The folder of the path, as a key of TOML: the part in front of the first wildcard.
fn key(written: &str) -> String {
    let plain = written
        .find(['*', '?', '['])
        .and_then(|at| written.get(..at))
        .unwrap_or(written);
    let end = plain.rfind(['/', '\\']).unwrap_or_default();
    match plain.get(..end) {
        None | Some("") => "\"/\"".to_owned(),
        Some(folder) if folder.contains('\\') => format!("'{folder}'"),
        Some(folder) => format!("\"{folder}\""),
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::diagnostics::test_support::reported;

    #[test]
    fn the_entry_that_would_help_is_named() {
        let text = "postmaster you@example.com\n\
                    include /etc/pmta/in/a.conf\n\
                    include /etc/pmta/vmtas/*.conf\n\
                    include /etc/pmta/*/x.conf\n\
                    include c:\\pmta\\vmtas.dat\n\
                    include /x.conf\n";
        expect![[r#"
            config:2:9-28 hint include-not-mapped: `/etc/pmta/in/a.conf` has no counterpart here and is not checked. If the project has its folder, say where below `[paths]` in `pmta-ls.toml`: `"/etc/pmta/in" = "FOLDER"`.
            config:3:9-31 hint include-not-mapped: `/etc/pmta/vmtas/*.conf` has no counterpart here and is not checked. If the project has its folder, say where below `[paths]` in `pmta-ls.toml`: `"/etc/pmta/vmtas" = "FOLDER"`.
            config:4:9-27 hint include-not-mapped: `/etc/pmta/*/x.conf` has no counterpart here and is not checked. If the project has its folder, say where below `[paths]` in `pmta-ls.toml`: `"/etc/pmta" = "FOLDER"`.
            config:5:9-26 hint include-not-mapped: `c:\pmta\vmtas.dat` has no counterpart here and is not checked. If the project has its folder, say where below `[paths]` in `pmta-ls.toml`: `'c:\pmta' = "FOLDER"`.
            config:6:9-16 hint include-not-mapped: `/x.conf` has no counterpart here and is not checked. If the project has its folder, say where below `[paths]` in `pmta-ls.toml`: `"/" = "FOLDER"`.
        "#]]
        .assert_eq(&reported(&[("/home/me/config", text)], &[]));
    }
}
