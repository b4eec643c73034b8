//! `run-as-root`: the server has more rights than it needs.

use super::exposure::is_yes;
use super::{DirectiveSite, Finding, Fix, Group, Rule, Safety, Severity};
use crate::meaning::Meaning;

/// The rule.
pub static RULE: Rule = Rule {
    code: "run-as-root",
    severity: Severity::Information,
    group: Group::Security,
    summary: "the server has more rights than it needs",
    documentation: "A mistake in a server that runs as root gives its attacker the whole machine.

```pmta
run-as-root yes
```

PowerMTA runs as the user `pmta` otherwise. The directories of spool and logs have to belong to that
user, and the change needs a restart.

```pmta
run-as-root no
```",
};

pub(crate) fn check(site: &DirectiveSite<'_>, findings: &mut Vec<Finding>) {
    let Meaning::Directive(found) = site.judged.meaning else {
        return;
    };
    if found.name != "run-as-root" || !is_yes(site.value()) {
        return;
    }
    findings.push(
        Finding::new(
            &RULE,
            site.directive.name.cover(site.directive.value),
            "Whoever breaks into the server gets the whole machine. With `run-as-root no` it runs \
             as the user `pmta`, to whom spool and logs must then belong.",
        )
        .with_fix(Fix::replace(
            "Change to `no`",
            Safety::Alternative,
            site.directive.value,
            "no",
        )),
    );
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::diagnostics::test_support::{findings, fixed};

    #[test]
    fn only_yes() {
        let text = "run-as-root yes # simpler\n";
        expect![[r#"
            1:1-16 information run-as-root: Whoever breaks into the server gets the whole machine. With `run-as-root no` it runs as the user `pmta`, to whom spool and logs must then belong.
        "#]]
        .assert_eq(&findings(text));
        assert_eq!(fixed(text, "run-as-root"), "run-as-root no # simpler\n");
        expect![[""]].assert_eq(&findings("run-as-root no\n"));
    }
}
