//! `unmatched-end-tag`: an end closes nothing.

use super::{Finding, Fix, Group, Item, Rule, Safety, Severity};
use crate::syntax::EntryKind;

/// The rule.
pub static RULE: Rule = Rule {
    code: "unmatched-end-tag",
    severity: Severity::Error,
    group: Group::Structure,
    summary: "an end tag closes nothing",
    documentation: "An end tag without a section of its name open before it. Often a line was deleted above, or the
tag was pasted twice. A `}` or `end` alone on a line is no PowerMTA syntax either.

```pmta
<domain example.com>
    max-smtp-out 20
</domain>
</domain>
```

Delete the line, or restore the opening tag it belongs to.",
};

pub(crate) fn check(item: Item<'_>, findings: &mut Vec<Finding>) {
    for entry in &item.view.entries {
        if !matches!(entry.kind, EntryKind::StrayEnd(_)) {
            continue;
        }
        let written = item.slice(entry.range);
        let lines = item.whole_lines(entry.range);
        let is_alone = item.slice(lines).trim() == written.trim();
        let deleted = if is_alone { lines } else { entry.range };
        findings.push(
            Finding::new(&RULE, entry.range, format!("`{}` closes nothing: no such section is open here.", written.trim()))
                .with_fix(Fix::replace(format!("Delete `{}`", written.trim()), Safety::Safe, deleted, "")),
        );
    }
}
