//! `page-debris`: text that a web page left in the file.

use super::{DirectiveSite, Finding, Fix, Group, Item, Rule, Safety, Severity};
use crate::meaning::Meaning;
use crate::syntax::{DirectiveForm, EntryKind};
use crate::text::TextRange;

/// The rule.
pub static RULE: Rule = Rule {
    code: "page-debris",
    severity: Severity::Warning,
    group: Group::Syntax,
    summary: "text that a web page left in the file",
    documentation: "Copying from a web page brings along more than the configuration: code fences, labels of buttons,
notes about the page, the frames of boxes. Links lose their beginning, so that a host name starts
with `://`.

````pmta
```conf
host-name ://mail.example.com
```
Use code with caution.
````

Delete such lines and write the whole name:

```pmta
host-name mail.example.com
```",
};

/// Lines that are nothing but debris, and debris behind the last directive of a line.
pub(crate) fn check_item(item: Item<'_>, findings: &mut Vec<Finding>) {
    for entry in &item.view.entries {
        if matches!(entry.kind, EntryKind::Debris) {
            findings.push(finding(item, entry.range));
        }
    }
}

/// Lines of box drawings, and values that lost their beginning.
pub(crate) fn check(site: &DirectiveSite<'_>, findings: &mut Vec<Finding>) {
    if is_drawing(site) {
        findings.push(finding(site.item, site.entry.range));
        return;
    }
    let value = site.value();
    if !is_incomplete_host(value) {
        return;
    }
    let range = site.directive.value;
    let mut finding = Finding::new(
        &RULE,
        range,
        "The beginning of this address was lost when it was copied: write all of it.",
    );
    if let Some(at) = value.find("://") {
        let sign = TextRange::of(at, at.saturating_add(3)).shifted(range.start);
        finding = finding.with_fix(Fix::replace("Delete `://`", Safety::Alternative, sign, ""));
    }
    findings.push(finding);
}

/// Whether a value starts in the middle of a URL, so that its type cannot be told.
pub(crate) fn is_incomplete_host(value: &str) -> bool {
    value.trim_start_matches('"').starts_with("://")
}

/// Whether the line is a part of a drawn box or a rule, which no directive's name can be.
pub(crate) fn is_drawing(site: &DirectiveSite<'_>) -> bool {
    let name = site.written_name();
    matches!(site.judged.meaning, Meaning::UnknownDirective)
        && site.directive.form == DirectiveForm::Plain
        && name.starts_with(is_box_drawing)
        && !name.contains(|character: char| character.is_ascii_alphanumeric())
}

fn is_box_drawing(character: char) -> bool {
    matches!(character, '\u{2500}'..='\u{259F}')
}

fn finding(item: Item<'_>, range: TextRange) -> Finding {
    let finding = Finding::new(
        &RULE,
        range,
        "This was left by a web page and is no configuration: delete it.",
    );
    let lines = item.whole_lines(range);
    if item.slice(lines).trim() == item.slice(range).trim() {
        finding.with_fix(Fix::replace("Delete the line", Safety::Safe, lines, ""))
    } else {
        finding
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::diagnostics::test_support::{findings, fixed};

    #[test]
    fn phrases_and_fences_are_debris() {
        expect![[r#"
            1:1-8 warning page-debris: This was left by a web page and is no configuration: delete it.
            3:1-4 warning page-debris: This was left by a web page and is no configuration: delete it.
            4:1-23 warning page-debris: This was left by a web page and is no configuration: delete it.
            5:1-5 warning page-debris: This was left by a web page and is no configuration: delete it.
        "#]].assert_eq(&findings(
            "```conf\nhost-name mail.example.com\n```\nUse code with caution.\nCopy\nrun-as-root no\n",
        ));
        assert_eq!(
            fixed("run-as-root no\nCopy\nhttp-mgmt-port 8080\n", "page-debris"),
            "run-as-root no\nhttp-mgmt-port 8080\n"
        );
    }

    #[test]
    fn debris_behind_a_directive_is_found() {
        expect![[r#"
            1:1-83 warning several-directives-on-one-line: Several directives or tags stand on this line: PowerMTA reads one a line.
            1:54-83 warning page-debris: This was left by a web page and is no configuration: delete it.
        "#]].assert_eq(&findings(
            "<domain example.net> max-smtp-out 20 retry-after 10m Can\u{2019}t copy the link right now\n</domain>\n",
        ));
    }

    #[test]
    fn drawn_boxes_are_debris() {
        expect![[r#"
            1:1-5 warning page-debris: This was left by a web page and is no configuration: delete it.
        "#]].assert_eq(&findings("\u{250C}\u{2500}\u{2500}\u{2510}\nrun-as-root no\n"));
    }

    #[test]
    fn a_host_without_its_beginning_is_debris() {
        expect![[r#"
            1:11-30 warning page-debris: The beginning of this address was lost when it was copied: write all of it.
        "#]].assert_eq(&findings("host-name ://mail.example.com\nrun-as-root no\n"));
        assert_eq!(
            fixed("host-name ://mail.example.com\n", "page-debris"),
            "host-name mail.example.com\n"
        );
    }
}
