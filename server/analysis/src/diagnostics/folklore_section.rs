//! `folklore-section`: a section that the web teaches and PowerMTA does not have.

mod addresses;
mod argument_inside;
mod bind;
mod block;
mod clutter;
mod dkim;
pub(super) mod listener;
mod pool;
mod reports;
mod rules;
mod sender;
mod surroundings;
mod tag_line;
mod unwrap;

pub(super) use block::line;

use super::{
    DirectiveSite, Edit, Finding, Fix, Group, Rule, Safety, SectionSite, Severity, conversion,
    keyword_block, renaming, wording,
};
use crate::catalog::{self, ArgumentKind, FolkloreSection, Place};
use crate::document::Document;
use crate::meaning::Meaning;
use crate::syntax::SectionForm;
use crate::text::TextRange;
use crate::workspace::{FileId, Workspace};

/// The rule.
pub static RULE: Rule = Rule {
    code: "folklore-section",
    severity: Severity::Warning,
    group: Group::Names,
    summary: "a section that the web teaches and PowerMTA does not have",
    documentation: "Many pages about PowerMTA show sections that no version of it has. The finding names what does
the same.

```pmta
<vmta mta1>
    smtp-source-host 192.0.2.10 mta1.example.com
</vmta>
```

```pmta
<virtual-mta mta1>
    smtp-source-host 192.0.2.10 mta1.example.com
</virtual-mta>
```

Where only the tag has the wrong name, the fix renames it at both ends. Where a block becomes several
sections, the fix writes them all; lines that it cannot place stay, for you to decide.",
};

pub(crate) fn check(site: &SectionSite<'_>, findings: &mut Vec<Finding>) {
    let Meaning::FolkloreSection(folklore) = site.judged.meaning else {
        return;
    };
    let range = TextRange::new(
        site.tag.range.start.min(site.tag.name.start),
        site.tag.name.end,
    );
    let has_brackets = site
        .section
        .is_none_or(|section| section.form == SectionForm::Tag);
    let mut finding = Finding::new(
        &RULE,
        range,
        message(site.written_name(), has_brackets, folklore),
    );
    finding.fixes.extend(converted(site, folklore));
    if finding.fixes.is_empty()
        && let Some(decision) = conversion::decision_about(&format!("<{}>", folklore.name))
    {
        finding.message = format!("{} {decision}", finding.message);
    }
    findings.push(finding);
}

/// Completes findings of a file with what only the rest of the file tells.
pub(crate) fn complete(
    workspace: &Workspace,
    file: FileId,
    document: &Document,
    findings: &mut [Finding],
) {
    surroundings::complete(workspace, file, document, findings);
}

/// A line that begins an invented section as if it needed no brackets, the lines inside not indented.
pub(crate) fn check_line(site: &DirectiveSite<'_>, findings: &mut Vec<Finding>) {
    if !is_opened_by(site) {
        return;
    }
    if let Some(folklore) = catalog::folklore_section(&site.name) {
        findings.push(Finding::new(
            &RULE,
            site.directive.name,
            message(site.written_name(), false, folklore),
        ));
    }
}

/// Whether the line begins an invented section, as far as its name tells.
pub(crate) fn is_opened_by(site: &DirectiveSite<'_>) -> bool {
    matches!(site.judged.meaning, Meaning::UnknownDirective)
        && catalog::folklore_section(&site.name).is_some()
        && !keyword_block::is_global(site)
}

fn message(written: &str, has_brackets: bool, folklore: &FolkloreSection) -> String {
    let name = wording::shown(written);
    let name = if has_brackets {
        format!("<{name}>")
    } else {
        name.into_owned()
    };
    match folklore.genuine {
        Some(genuine) => format!("PowerMTA has no section `{name}`. Write {genuine}."),
        None => format!("PowerMTA has no section `{name}` and nothing that does the same."),
    }
}

/// The fix that says the same in the way of PowerMTA.
fn converted(site: &SectionSite<'_>, folklore: &FolkloreSection) -> Option<Fix> {
    match (folklore.name, folklore.body_of) {
        ("sender", _) => sender::fix(site),
        ("pool", _) => pool::fix(site),
        ("bind", _) => bind::fix(site),
        ("listener", _) => listener::fix(site),
        ("smtp-service", _) => listener::by_port(site),
        ("dkim", _) => dkim::fix(site),
        ("dkim-sign-policy", _) => clutter::signing(site),
        ("statistics", _) => clutter::fix(site),
        ("policy", _) => clutter::daily_limits(site),
        ("fbl" | "feedback-loop", _) => reports::fix(site, "feedback-loop-processor"),
        ("bounce-handler", _) => reports::fix(site, "bounce-processor"),
        ("source-pool", _) => addresses::pool(site),
        ("smtp-source", _) => addresses::source(site),
        ("smtp-pattern", _) => rules::answers(site),
        ("pattern", _) => rules::category(site),
        ("include" | "http-listener" | "http-mgmt-listener" | "domain-key", _) => {
            tag_line::fix(site)
        }
        (_, Some(body)) if body != Place::GLOBAL && site.judged.location.place() == Some(body) => {
            unwrap::fix(site)
        }
        (_, Some(body)) if !folklore.rename_pair => {
            let section = body.section()?;
            let takes_path = section.argument == Some(ArgumentKind::FileOrPipe);
            if takes_path {
                argument_inside::fix(site, section)
            } else {
                None
            }
        }
        _ => renamed(site, folklore),
    }
}

/// The fix for a section of which only the tags are wrong.
fn renamed(site: &SectionSite<'_>, folklore: &FolkloreSection) -> Option<Fix> {
    if !folklore.rename_pair || site.section.is_none() {
        return None;
    }
    let section = folklore.body_of?.section()?;
    if site
        .place()
        .is_some_and(|place| !section.nests_in.contains(&place))
    {
        return None;
    }
    let mut edits = renaming::section(site, section.name);
    if let [_] = site.tag.attributes.as_slice() {
        let value = site.item.slice(site.tag.name_range(site.item.text)?);
        let argument = Edit {
            range: site.tag.argument?,
            text: value.to_owned(),
        };
        edits.insert(1, argument);
    } else if !site.tag.attributes.is_empty()
        || (section.argument_required && site.argument().is_empty())
    {
        return None;
    }
    Some(Fix {
        title: format!("Change to `<{}>`", section.name),
        safety: Safety::Unsafe,
        edits,
    })
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::diagnostics::test_support::{findings, fixed};

    #[test]
    fn both_tags_are_renamed() {
        let text = "<vmta mta1>\n    smtp-source-host 192.0.2.10 mta1.example.com\n</vmta>\n";
        expect![[r#"
            1:1-6 warning folklore-section: PowerMTA has no section `<vmta>`. Write <virtual-mta NAME>.
        "#]].assert_eq(&findings(text));
        expect![[r#"
            <virtual-mta mta1>
                smtp-source-host 192.0.2.10 mta1.example.com
            </virtual-mta>
        "#]]
        .assert_eq(&fixed(text, "folklore-section"));
    }

    #[test]
    fn an_attribute_becomes_the_argument() {
        let text =
            "<vmta name=\"mta1\">\n    smtp-source-host 192.0.2.10 mta1.example.com\n</vmta>\n";
        expect![[r#"
            <virtual-mta mta1>
                smtp-source-host 192.0.2.10 mta1.example.com
            </virtual-mta>
        "#]]
        .assert_eq(&fixed(text, "folklore-section"));
    }

    #[test]
    fn what_only_clutters_is_said_to_do_nothing() {
        expect![[r#"
            1:1-12 warning folklore-section: PowerMTA has no section `<statistics>` and nothing that does the same.
            2:5-9 warning folklore-directive: PowerMTA has no directive `host`. Part of an invented <statistics> section.
        "#]].assert_eq(&findings("<statistics graphite>\n    host graphite.example.com\n</statistics>\n"));
    }

    #[test]
    fn a_line_without_brackets_that_only_names_it() {
        expect![[r#"
            1:1-7 warning folklore-section: PowerMTA has no section `policy`. Write cold-virtual-mta + max-cold-virtual-mta-msg.
            3:1-13 warning folklore-directive: PowerMTA has no directive `warmup-start`. Ramp-up is max-cold-virtual-mta-msg with a list of daily limits, for a cold-virtual-mta. Decide how many messages a new address sends each day: `max-cold-virtual-mta-msg 100/day,200/day,400/day` in a `<domain>`, for the `cold-virtual-mta` of a VirtualMTA.
        "#]].assert_eq(&findings("policy ramp-up\n\nwarmup-start 50\n"));
    }

    #[test]
    fn a_section_that_must_be_converted_has_no_fix() {
        expect![[r#"
            1:1-8 warning folklore-section: PowerMTA has no section `<sender>`. Write <pattern-list NAME> + <virtual-mta VMTA> (+ <rewrite-list NAME>). Decide which VirtualMTA sends this mail: `mail-from /^ADDRESS$/ virtual-mta=NAME` in the `<pattern-list>` that the `<source>` names.
            2:5-13 warning folklore-directive: PowerMTA has no directive `max-conn`. The cap on simultaneous outgoing connections is max-smtp-out (per queue in <domain>, in total in <virtual-mta>).
        "#]].assert_eq(&findings("<sender news@example.com>\n    max-conn 80\n</sender>\n"));
    }
}
