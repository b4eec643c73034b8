//! `tag-attribute`: a tag is written with XML attributes, or closes itself.

use super::{Finding, Fix, Group, Rule, Safety, SectionSite, Severity};
use crate::catalog;
use crate::text::TextRange;

/// The rule.
pub static RULE: Rule = Rule {
    code: "tag-attribute",
    severity: Severity::Warning,
    group: Group::Syntax,
    summary: "a tag is written with XML attributes, or closes itself",
    documentation: "An opening tag holds the section's name and, where the section needs one, a bare argument. It knows no
`NAME=\"VALUE\"`, and no tag closes itself.

```pmta
<virtual-mta-pool name=\"pool1\">
    <virtual-mta name=\"mta1\" />
</virtual-mta-pool>
```

```pmta
<virtual-mta-pool pool1>
    virtual-mta mta1
</virtual-mta-pool>
```",
};

/// Attributes whose value is what PowerMTA expects as the argument.
const NAMING: [&str; 3] = ["name", "pool-name", "id"];

pub(crate) fn check(site: &SectionSite<'_>, findings: &mut Vec<Finding>) {
    let is_self_closing = site.section.is_none();
    let Some(range) = attributes(site).or_else(|| is_self_closing.then(|| sign(site))) else {
        return;
    };
    let name = site.written_name();
    let message = if is_self_closing {
        format!(
            "No tag closes itself in PowerMTA: `{name}` is a section with an end tag, or a directive without brackets."
        )
    } else {
        format!(
            "Tags have no attributes in PowerMTA: the bare argument follows the name, as in `<{name} x>`."
        )
    };
    let mut finding = Finding::new(&RULE, range, message);
    finding.fixes.extend(conversion(site));
    findings.push(finding);
}

/// The part of the argument that consists of attributes.
fn attributes(site: &SectionSite<'_>) -> Option<TextRange> {
    let (first, _) = site.tag.attributes.first()?;
    let argument = site.tag.argument?;
    let is_word = site
        .item
        .slice(*first)
        .starts_with(|first: char| first.is_ascii_alphabetic());
    (is_word && first.start == argument.start).then_some(argument)
}

/// The `/>` of a tag that closes itself.
fn sign(site: &SectionSite<'_>) -> TextRange {
    let end = site.tag.range.end;
    TextRange::new(end.saturating_sub(2).max(site.tag.name.end), end)
}

fn conversion(site: &SectionSite<'_>) -> Option<Fix> {
    let value = argument_value(site)?;
    if site.section.is_some() {
        let range = attributes(site)?;
        return Some(Fix::replace(
            format!("Write `{value}` alone"),
            Safety::Unsafe,
            range,
            value,
        ));
    }
    let place = site.judged.location.place()?;
    catalog::directive_in(&site.name, place)?;
    let line = format!("{} {value}", site.written_name());
    Some(Fix::replace(
        format!("Write `{line}`"),
        Safety::Unsafe,
        site.tag.range,
        line,
    ))
}

/// What the only attribute names, quoted where it has to be; the plain argument of a self-closing tag.
fn argument_value(site: &SectionSite<'_>) -> Option<String> {
    let value = match site.tag.attributes.as_slice() {
        [(name, value)] => {
            let name = site.item.slice(*name);
            NAMING
                .iter()
                .any(|naming| naming.eq_ignore_ascii_case(name))
                .then(|| site.item.slice(*value))?
        }
        [] => site.argument(),
        _ => return None,
    };
    if value.is_empty() {
        return None;
    }
    let needs_quotes = value.contains([' ', '\t']) && !value.starts_with('"');
    Some(if needs_quotes {
        format!("\"{value}\"")
    } else {
        value.to_owned()
    })
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::diagnostics::test_support::{findings, fixed};

    const POOL: &str = "<virtual-mta-pool pool-name=\"p\">\n    <virtual-mta name=\"v1\" />\n</virtual-mta-pool>\n";

    #[test]
    fn attributes_and_tags_that_close_themselves() {
        expect![[r#"
            1:19-32 warning tag-attribute: Tags have no attributes in PowerMTA: the bare argument follows the name, as in `<virtual-mta-pool x>`.
            2:18-27 warning tag-attribute: No tag closes itself in PowerMTA: `virtual-mta` is a section with an end tag, or a directive without brackets.
        "#]].assert_eq(&findings(POOL));
        expect![[r#"
            1:1-6 warning folklore-section: PowerMTA has no section `<bind>`. Write <virtual-mta V> <domain D> ... </domain> </virtual-mta>.
            1:7-45 warning tag-attribute: Tags have no attributes in PowerMTA: the bare argument follows the name, as in `<bind x>`.
        "#]].assert_eq(&findings("<bind source-vmta=\"a\" destination-domain=\"b\">\n</bind>\n"));
    }

    #[test]
    fn quoted_arguments_and_commands_are_genuine() {
        expect![[""]].assert_eq(&findings(
            "<acct-file \"/var/log/pmta/a b.csv\">\n    records d\n</acct-file>\n<acct-file |/opt/x --out=y>\n    records d\n</acct-file>\n",
        ));
    }

    #[test]
    fn the_name_becomes_the_argument() {
        expect![[r#"
            <virtual-mta-pool p>
                <virtual-mta name="v1" />
            </virtual-mta-pool>
        "#]]
        .assert_eq(&fixed(POOL, "tag-attribute"));
        expect![[r#"
            <virtual-mta-pool p>
                virtual-mta v1
            </virtual-mta-pool>
        "#]]
        .assert_eq(&fixed(
            "<virtual-mta-pool p>\n    <virtual-mta name=\"v1\" />\n</virtual-mta-pool>\n",
            "tag-attribute",
        ));
    }
}
