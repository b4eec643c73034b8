//! `hash-in-quotes`: a `#` inside quotes may start a comment.

use super::{Finding, Group, Item, Rule, Severity};
use crate::syntax::EntryKind;
use crate::text::TextRange;

/// The rule.
pub static RULE: Rule = Rule {
    code: "hash-in-quotes",
    severity: Severity::Information,
    group: Group::Structure,
    summary: "a `#` inside quotes may start a comment",
    documentation: "A `#` starts a comment anywhere in a line, and no PowerMTA guide says that double quotes protect
it. pmta-ls reads it as text there, which may be wrong.

```pmta
password \"blue#42\"
```

Choose a value without `#`. In a pattern write `\\x23`.",
};

pub(crate) fn check(item: Item<'_>, findings: &mut Vec<Finding>) {
    for entry in &item.view.entries {
        let range = match &entry.kind {
            EntryKind::Directive(directive) => directive.value,
            EntryKind::Section(section) => match section.open.argument {
                Some(argument) => argument,
                None => continue,
            },
            _ => continue,
        };
        let text = item.slice(range);
        if !text.contains('#') || !text.contains('"') {
            continue;
        }
        for quoted in quoted_parts(text) {
            let inside = quoted.slice(text);
            if let Some(at) = inside.find('#') {
                let hash = TextRange::of(at, at.saturating_add(1))
                    .shifted(quoted.start)
                    .shifted(range.start);
                findings.push(Finding::new(
                    &RULE,
                    hash,
                    "`#` may start a comment even inside quotes: the guides do not say. Better do without it.",
                ));
            }
        }
    }
}

/// The closed quotations in `text`, with their quotes.
fn quoted_parts(text: &str) -> Vec<TextRange> {
    let mut parts = Vec::new();
    let mut open = None;
    let mut is_escaped = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if open.is_some() => is_escaped = true,
            b'\n' | b'\r' => open = None,
            b'"' => match open.take() {
                Some(start) => parts.push(TextRange::of(start, at.saturating_add(1))),
                None => open = Some(at),
            },
            _ => {}
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::test_support::findings;
    use expect_test::expect;

    #[test]
    fn in_values_and_tags() {
        let text = r#"<smtp-user bob>
    password "blue#42"
    password "plain"
</smtp-user>
<acct-file "|/opt/x #1">
</acct-file>
host-name "a" # "b#c"
"#;
        expect![[r#"
            2:19-20 information hash-in-quotes: `#` may start a comment even inside quotes: the guides do not say. Better do without it.
            3:5-13 warning duplicate-directive: `password` has one value, and another line sets it to a different one. Keep the line that is meant.
            5:21-22 information hash-in-quotes: `#` may start a comment even inside quotes: the guides do not say. Better do without it.
        "#]].assert_eq(&findings(text));
    }
}
