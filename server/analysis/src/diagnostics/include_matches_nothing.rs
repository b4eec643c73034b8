//! `include-matches-nothing`: a wildcard that matches no file.

use super::include::IncludeLine;
use super::{Finding, Group, Rule, Severity};

/// The rule.
pub static RULE: Rule = Rule {
    code: "include-matches-nothing",
    severity: Severity::Information,
    group: Group::References,
    summary: "a wildcard matches no file",
    documentation: "No file has a name that the path in the line matches, so it includes nothing. That may be on
purpose, for a folder that is filled later.

```pmta
include /etc/pmta/virtual-mtas/*.conf
```

`*` stands for any characters of one name, `?` for one, `[ab]` for one of those. Names that begin
with a dot are matched only by a pattern that does.",
};

/// The finding for a line without file.
pub(super) fn finding(line: &IncludeLine<'_>) -> Finding {
    let message = format!("No file matches `{}`.", line.written());
    Finding::new(&RULE, line.range, message)
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::diagnostics::test_support::reported;

    #[test]
    fn wildcards_without_file_are_told_from_names() {
        let text = "postmaster you@example.com\n\
                    include parts/*.txt\n\
                    include parts/*.conf\n\
                    include none/*\n";
        expect![[r#"
            config:2:9-20 information include-matches-nothing: No file matches `parts/*.txt`.
            config:4:9-15 information include-matches-nothing: No file matches `none/*`.
        "#]]
        .assert_eq(&reported(
            &[("/w/config", text), ("/w/parts/a.conf", "")],
            &[],
        ));
    }
}
