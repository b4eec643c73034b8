//! `unknown-code`: a comment for pmta-ls names a rule that does not exist.

use super::{CommentSite, Finding, Fix, Group, RULES, Rule, Safety, Severity};
use crate::ignores;
use crate::policy::Selector;
use crate::remarks::{Order, Remark};
use crate::syntax::CommentForm;
use crate::text::TextRange;

/// Most letters in which a code that was meant may differ.
const FARTHEST: usize = 3;

/// The rule.
pub static RULE: Rule = Rule {
    code: "unknown-code",
    severity: Severity::Information,
    group: Group::Checker,
    summary: "a comment names a rule that does not exist",
    documentation: "A `# pmta-ls: ignore[…]` comment names a code that no rule and no group of rules has. It hides
nothing.

```pmta
max-msg-rate 100/H    # pmta-ls: ignore[value-cases]
```

```pmta
max-msg-rate 100/H    # pmta-ls: ignore[value-case]
```

The code stands behind every finding. `pmta-ls explain CODE` tells about a rule.",
};

pub(crate) fn check(site: &CommentSite<'_>, findings: &mut Vec<Finding>) {
    if site.form != CommentForm::Hash {
        return;
    }
    let Some(remark) = Remark::read(site.text()) else {
        return;
    };
    let (Order::Ignore(codes) | Order::IgnoreFile(codes)) = &remark.order else {
        return;
    };
    for (index, code) in codes.iter().enumerate() {
        let written = code.slice(site.text());
        if Selector::named(written).is_none() {
            let start = site.entry.range.start;
            findings.push(finding(written, code.shifted(start)).with_fix(Fix {
                title: format!("Delete `{written}`"),
                safety: Safety::Alternative,
                edits: vec![ignores::deletion(codes, index).shifted(start)],
            }));
        }
    }
}

fn finding(written: &str, range: TextRange) -> Finding {
    let names = RULES
        .iter()
        .map(|rule| rule.code)
        .chain(Group::ALL.map(Group::name));
    let nearest = names
        .map(|name| (strsim::damerau_levenshtein(written, name), name))
        .filter(|(distance, _)| *distance <= FARTHEST)
        .min();
    let Some((distance, name)) = nearest else {
        return Finding::new(
            &RULE,
            range,
            format!("There is no rule or group of rules `{written}`."),
        );
    };
    let safety = if distance == 1 {
        Safety::Safe
    } else {
        Safety::Alternative
    };
    Finding::new(
        &RULE,
        range,
        format!("There is no rule or group of rules `{written}`. Did you mean `{name}`?"),
    )
    .with_fix(Fix::replace(format!("Write `{name}`"), safety, range, name))
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::diagnostics::test_support::{findings, fixed};

    #[test]
    fn codes_that_no_rule_has() {
        let text = "http-log-data YES # pmta-ls: ignore[value-cas, zzz, values]\n";
        expect![[r#"
            1:15-18 information value-case: `YES` is only documented as `yes`.
            1:37-46 information unknown-code: There is no rule or group of rules `value-cas`. Did you mean `value-case`?
            1:48-51 information unknown-code: There is no rule or group of rules `zzz`.
        "#]].assert_eq(&findings(text));
        assert_eq!(
            fixed(text, "unknown-code"),
            "http-log-data YES # pmta-ls: ignore[value-case, zzz, values]\n"
        );
        assert_eq!(
            fixed("# pmta-ls: ignore[zzz, values]\n", "unknown-code"),
            "# pmta-ls: ignore[values]\n"
        );
    }
}
