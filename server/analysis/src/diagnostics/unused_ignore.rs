//! `unused-ignore`: a comment hides findings that there are not.

use super::{Edit, Finding, Fix, Group, Rule, Safety, Severity};
use crate::text::TextRange;

/// The rule.
pub static RULE: Rule = Rule {
    code: "unused-ignore",
    severity: Severity::Information,
    group: Group::Checker,
    summary: "a comment hides nothing",
    documentation: "A `# pmta-ls: ignore[…]` comment names a code of which there is no finding on its line, or in its file.
The line was repaired or moved, or the comment stands on the wrong line: alone on a line it is about the next
one, behind a directive about that.

```pmta
max-msg-rate 100/h    # pmta-ls: ignore[value-case]
```

Delete the code, or the comment: what it hides one day may be worth knowing. A rule that could not be asked,
because an included file is missing, is not reported here.",
};

/// A finding about codes that hide nothing, which `edit` takes away.
pub(crate) fn finding(
    range: TextRange,
    codes: &[String],
    title: impl Into<String>,
    edit: Edit,
) -> Finding {
    let codes: Vec<String> = codes.iter().map(|code| format!("`{code}`")).collect();
    Finding::new(
        &RULE,
        range,
        format!(
            "There is nothing to ignore here about {}.",
            codes.join(", ")
        ),
    )
    .with_fix(Fix {
        title: title.into(),
        safety: Safety::Safe,
        edits: vec![edit],
    })
}
