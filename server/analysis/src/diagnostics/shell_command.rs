//! `shell-command`: a command for a shell stands in the file.

use super::{DirectiveSite, Edit, Finding, Fix, Group, Rule, Safety, Severity};
use crate::meaning::Meaning;
use crate::syntax::DirectiveForm;
use crate::text::TextRange;

/// The rule.
pub static RULE: Rule = Rule {
    code: "shell-command",
    severity: Severity::Warning,
    group: Group::Syntax,
    summary: "a command for a shell stands in the file",
    documentation: "Instructions mix lines for the configuration with commands to type in a terminal. Run the command
there, and delete the line here.

```pmta
host-name mail.example.com
pmta reload
```

```pmta
host-name mail.example.com
```",
};

/// First words of command lines that instructions for PowerMTA show.
const COMMANDS: [&str; 24] = [
    "pmta",
    "pmtad",
    "pmtahttp",
    "pmtahttpd",
    "systemctl",
    "service",
    "openssl",
    "chown",
    "chmod",
    "tail",
    "nano",
    "vi",
    "vim",
    "sudo",
    "apt",
    "apt-get",
    "yum",
    "cd",
    "cat",
    "mkdir",
    "echo",
    "telnet",
    "dig",
    "$",
];

pub(crate) fn check(site: &DirectiveSite<'_>, findings: &mut Vec<Finding>) {
    if !is_shell_command(site) {
        return;
    }
    let range = site.entry.range;
    let mut finding = Finding::new(
        &RULE,
        range,
        "This is a command for a shell, not configuration: run it in a terminal.",
    );
    let (line, _) = site.item.line_around(range.start);
    if site
        .item
        .slice(TextRange::new(line.start, range.start))
        .trim()
        .is_empty()
    {
        finding = finding.with_fix(Fix {
            title: "Make it a comment".to_owned(),
            safety: Safety::Unsafe,
            edits: vec![Edit {
                range: TextRange::empty(range.start),
                text: "# ".to_owned(),
            }],
        });
    }
    findings.push(finding);
}

/// Whether the line is a command line: nothing else is to be said about it then.
pub(crate) fn is_shell_command(site: &DirectiveSite<'_>) -> bool {
    matches!(site.judged.meaning, Meaning::UnknownDirective)
        && site.directive.form == DirectiveForm::Plain
        && !site.directive.value.is_empty()
        && COMMANDS.contains(&site.written_name())
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::diagnostics::test_support::{findings, fixed};

    #[test]
    fn command_lines_are_told_from_configuration() {
        expect![[r#"
            2:1-12 warning shell-command: This is a command for a shell, not configuration: run it in a terminal.
            3:1-25 warning shell-command: This is a command for a shell, not configuration: run it in a terminal.
        "#]].assert_eq(&findings(
            "host-name mail.example.com\npmta reload\n$ systemctl restart pmta\nrun-as-root no\n",
        ));
    }

    #[test]
    fn the_line_becomes_a_comment() {
        assert_eq!(
            fixed("  pmta reload\n", "shell-command"),
            "  # pmta reload\n"
        );
    }
}
