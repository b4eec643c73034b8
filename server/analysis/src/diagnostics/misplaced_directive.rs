//! `misplaced-directive`: a directive of PowerMTA stands where it may not.

use super::conversion::{self, Answer};
use super::relocation::{self, Lines};
use super::{
    DirectiveSite, Finding, Fix, Group, Rule, Safety, Severity, folklore_value, renaming, wording,
};
use crate::catalog::{self, Place};
use crate::meaning::{Location, Meaning};
use crate::syntax::DirectiveForm;

/// The rule.
pub static RULE: Rule = Rule {
    code: "misplaced-directive",
    severity: Severity::Warning,
    group: Group::Names,
    summary: "a directive of PowerMTA stands where it may not",
    documentation: "Every directive has the sections in which it may stand. Elsewhere PowerMTA does not take it.

```pmta
<virtual-mta mta1>
    max-msg-rate 500/h
</virtual-mta>
```

```pmta
<virtual-mta mta1>
    <domain *>
        max-msg-rate 500/h
    </domain>
</virtual-mta>
```

Nothing is reported where the place of a line is not known for sure: in a section that nobody
knows or that is never ended, and in a file that no known file includes. A comment
`# pmta-ls: place=domain` before the first directive tells the place of such a file.",
};

pub(crate) fn check(site: &DirectiveSite<'_>, findings: &mut Vec<Finding>) {
    let Meaning::Misplaced(entries) = site.judged.meaning else {
        return;
    };
    let Location::In(place) = site.judged.location else {
        return;
    };
    let name = match site.directive.form {
        DirectiveForm::Pattern => "A line that begins with a pattern".to_owned(),
        _ => format!("`{}`", wording::shown(site.written_name())),
    };
    let right = wording::in_places(entries.iter().map(|entry| entry.place));
    let here = wording::in_place(place);
    let scope = catalog::folklore_scope(&site.name, place);
    let why = scope
        .map(|scope| format!(" {}", scope.explanation))
        .unwrap_or_default();
    let mut finding = Finding::new(
        &RULE,
        site.directive.name,
        format!("{name} belongs {right}, not {here}.{why}"),
    );
    if let Some(other) = scope.and_then(|scope| scope.rename_to) {
        finding = finding.with_fix(Fix {
            title: format!("Change to `{other}`"),
            safety: Safety::Unsafe,
            edits: renaming::directive(site, other),
        });
    }
    finding.fixes.extend(moved(site, entries, scope));
    if finding.fixes.is_empty()
        && let Some(Answer::Decision { sentence, .. }) = conversion::answer(site, &site.name)
    {
        finding.message = format!("{} {sentence}", finding.message);
    }
    findings.push(finding);
}

/// The fix that puts the line where it may stand, if that is plain: where the catalog says so, or in a
/// section for all domains.
fn moved(
    site: &DirectiveSite<'_>,
    entries: &[catalog::Directive],
    scope: Option<&catalog::FolkloreScope>,
) -> Option<Fix> {
    let is_plain = site.directive.form == DirectiveForm::Plain;
    let is_right = !site.value().is_empty() && folklore_value::of(site).is_none();
    if !is_plain || !is_right || site.directive.inline_section.is_some() {
        return None;
    }
    let may_stand_in = |place: &Place| entries.iter().any(|entry| entry.place == *place);
    let domain = || {
        Place::named("domain")
            .filter(|_| scope.is_none())
            .filter(may_stand_in)
    };
    let lines = Lines {
        lines: vec![format!("{} {}", site.written_name(), site.value())],
        into: scope.and_then(|scope| scope.into).or_else(domain)?,
        argument: None,
        above: Vec::new(),
    };
    relocation::fix(site, &lines)
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::diagnostics::test_support::{findings, fixed};

    #[test]
    fn the_right_place_is_named() {
        expect![[r#"
            2:1-13 warning misplaced-directive: `max-msg-rate` belongs in `<domain>`, not at the top level. There is no message rate for the whole server.
            4:5-17 warning misplaced-directive: `max-msg-rate` belongs in `<domain>`, not in `<source>`. Incoming mail has no rate limit.
            5:5-11 warning misplaced-directive: `pickup` belongs at the top level, not in `<source>`.
        "#]].assert_eq(&findings(
            "smtp-listener 0/0:25\nmax-msg-rate 5/s\n<source 127.0.0.1>\n    max-msg-rate 5/s\n    pickup /a /b\n</source>\n",
        ));
    }

    #[test]
    fn a_directive_of_the_place_that_does_the_same_is_offered() {
        let text = "<virtual-mta mta1>\n    max-msg-rate 500/h # each\n</virtual-mta>\n";
        expect![[r#"
            2:5-17 warning misplaced-directive: `max-msg-rate` belongs in `<domain>`, not in `<virtual-mta>`. The total of a VirtualMTA is max-smtp-msg-rate.
        "#]].assert_eq(&findings(text));
        expect![[r#"
            <virtual-mta mta1>
                max-smtp-msg-rate 500/h # each
            </virtual-mta>
        "#]]
        .assert_eq(&fixed(text, "misplaced-directive"));
    }

    #[test]
    fn patterns_have_their_places_too() {
        expect![[r#"
            2:5-12 warning misplaced-directive: A line that begins with a pattern belongs in `<bounce-category-patterns>`, not in `<domain>`.
        "#]].assert_eq(&findings("<domain example.com>\n    /quota/ quota-issues\n</domain>\n"));
    }

    #[test]
    fn nothing_is_reported_where_the_place_is_not_sure() {
        expect![[""]].assert_eq(&findings("max-msg-rate 5/s\n"));
        expect![[r#"
            1:1-19 error unclosed-section: This section has no end: write `</source>` where it ends.
        "#]]
        .assert_eq(&findings("<source 127.0.0.1>\n    max-msg-rate 5/s\n"));
        expect![[r#"
            1:2-17 warning unknown-section: PowerMTA has no section `<no-such-section>`.
        "#]]
        .assert_eq(&findings(
            "<no-such-section>\n    max-msg-rate 5/s\n</no-such-section>\n",
        ));
    }
}
