//! The page about a rule, made from what the rule says of itself.

use std::fmt::Write as _;

use super::{Group, RULES, Rule, Safety, best_fix};

/// The page about a rule, as Markdown.
#[must_use]
pub fn page(rule: &Rule) -> String {
    format!(
        "# {}\n\n{}.\n\nSeverity {}, group `{}`. {}\n\n{}\n\n{}\n",
        rule.code,
        capitalised(rule.summary),
        rule.severity.name(),
        rule.group.name(),
        fix_sentence(rule),
        rule.documentation.trim(),
        switches(rule),
    )
}

fn fix_sentence(rule: &Rule) -> &'static str {
    match best_fix(rule) {
        Some(Safety::Safe) => "Where the answer is plain, `pmta-ls check --fix` repairs it.",
        Some(Safety::Unsafe) => {
            "There is a fix that may change the meaning: `pmta-ls check --unsafe-fixes` makes it."
        }
        Some(Safety::Alternative) => "Editors offer fixes to choose from.",
        None => "There is no automatic fix.",
    }
}

fn switches(rule: &Rule) -> String {
    if rule.code == "too-many-findings" {
        return "To change what is shown, set `max-findings` in `pmta-ls.toml`.".to_owned();
    }
    let in_file = format!(
        "To change how bad it is, or not to see it at all, write it into `[rules]` of `pmta-ls.toml`:\n\n\
         ```toml\n[rules]\n{} = \"off\"\n```",
        rule.code
    );
    let is_about_comments = matches!(
        rule.code,
        "unused-ignore" | "unknown-code" | "malformed-directive-comment"
    );
    if is_about_comments {
        in_file
    } else {
        format!(
            "To accept one finding, write `# pmta-ls: ignore[{}]` at the end of its line or alone on the \
             line above.\n\n{in_file}",
            rule.code
        )
    }
}

/// The list of all rules by group, as Markdown, with links to their pages.
#[must_use]
pub fn index() -> String {
    let mut index = String::from(
        "# Rules\n\nWhat pmta-ls reports. Each code and each group can be given a severity, or be switched off, in \
         `pmta-ls.toml`.\n\nFix: *safe* fixes are made by `pmta-ls check --fix`, *unsafe* ones may change the meaning \
         and are made by `--unsafe-fixes`, *choice* ones are offered in editors.\n",
    );
    for group in Group::ALL {
        let rules = RULES.iter().filter(|rule| rule.group == group);
        let mut lines = String::new();
        for rule in rules {
            let fix = match best_fix(rule) {
                Some(Safety::Safe) => "safe",
                Some(Safety::Unsafe) => "unsafe",
                Some(Safety::Alternative) => "choice",
                None => "",
            };
            let _ = writeln!(
                lines,
                "| [{code}]({code}.md) | {} | {fix} | {} |",
                rule.severity.name(),
                rule.summary,
                code = rule.code
            );
        }
        if !lines.is_empty() {
            let _ = write!(
                index,
                "\n## {}\n\n| code | severity | fix | what |\n|---|---|---|---|\n{lines}",
                group.name()
            );
        }
    }
    index
}

fn capitalised(text: &str) -> String {
    let mut signs = text.chars();
    // A summary may begin with code, which stays as it is.
    let first: String = signs
        .next()
        .map(|sign| sign.to_uppercase().collect())
        .unwrap_or_default();
    format!("{first}{}", signs.as_str())
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::diagnostics::rule;

    #[test]
    fn a_page_tells_what_to_do() {
        expect![[r#"
            # semicolon-comment

            A comment begins with `;`.

            Severity warning, group `syntax`. Where the answer is plain, `pmta-ls check --fix` repairs it.

            Comments begin with `#`. A `;` starts one in other programs' files, not in PowerMTA's.

            ```pmta
            ; general settings
            ```

            ```pmta
            # general settings
            ```

            To accept one finding, write `# pmta-ls: ignore[semicolon-comment]` at the end of its line or alone on the line above.

            To change how bad it is, or not to see it at all, write it into `[rules]` of `pmta-ls.toml`:

            ```toml
            [rules]
            semicolon-comment = "off"
            ```
        "#]]
        .assert_eq(&page(rule("semicolon-comment").unwrap()));
    }

    #[test]
    fn every_rule_is_in_the_index() {
        let index = index();
        for rule in RULES {
            assert!(
                index.contains(&format!("({}.md)", rule.code)),
                "{}",
                rule.code
            );
        }
    }
}
