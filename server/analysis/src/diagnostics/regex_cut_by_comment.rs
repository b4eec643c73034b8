//! `regex-cut-by-comment`: a `#` inside an expression cuts it off.

use crate::diagnostics::{DirectiveSite, Edit, Fix, Group, Rule, Safety, Severity};
use crate::text::TextRange;

/// The rule.
pub static RULE: Rule = Rule {
    code: "regex-cut-by-comment",
    severity: Severity::Warning,
    group: Group::Values,
    summary: "a `#` inside an expression cuts it off",
    documentation: r#"A `#` begins a comment everywhere, inside an expression too: PowerMTA sees an expression that
ends there.

```pmta
/address rejected \(#5.1.1\)/ bad-mailbox
```

Write the sign as `\x23`:

```pmta
/address rejected \(\x235.1.1\)/ bad-mailbox
```"#,
};

/// The fix that writes the sign in a way that begins no comment, if the expression ends behind it.
pub(super) fn fix(site: &DirectiveSite<'_>) -> Option<Fix> {
    let item = site.item;
    let end = site.directive.value.end.max(site.directive.name.end);
    let (line, _) = item.line_around(end);
    let cut = TextRange::new(end, line.end);
    let text = item.slice(cut);
    let mut is_escaped = false;
    let close = text.find(|sign| {
        let ends = sign == '/' && !is_escaped;
        is_escaped = sign == '\\' && !is_escaped;
        ends
    })?;
    let expression = text.get(..close)?;
    let signs = expression.match_indices('#').map(|(at, sign)| Edit {
        range: TextRange::of(at, at.saturating_add(sign.len())).shifted(cut.start),
        text: "\\x23".to_owned(),
    });
    let edits: Vec<Edit> = signs.collect();
    (!edits.is_empty()).then(|| Fix {
        title: "Write `#` as `\\x23`".to_owned(),
        safety: Safety::Safe,
        edits,
    })
}
