//! `several-directives-on-one-line`: text whose line breaks were lost.

use super::{Edit, Finding, Fix, Group, Item, Rule, Safety, Severity};
use crate::syntax::{DirectiveForm, EntryKind, SectionEnd, SectionForm};
use crate::text::TextRange;

/// The rule.
pub static RULE: Rule = Rule {
    code: "several-directives-on-one-line",
    severity: Severity::Warning,
    group: Group::Structure,
    summary: "several directives or tags stand on one line",
    documentation: "PowerMTA reads one directive a line. Text copied from a web page often lost its line breaks.

```pmta
<domain example.com> max-smtp-out 20 max-msg-rate 10/s </domain>
```

```pmta
<domain example.com>
    max-smtp-out 20
    max-msg-rate 10/s
</domain>
```",
};

/// The beginning of a construct, with how deep it stands.
#[derive(Clone, Copy)]
struct Start {
    at: u32,
    end: u32,
    depth: usize,
    is_directive: bool,
}

pub(crate) fn check(item: Item<'_>, findings: &mut Vec<Finding>) {
    let is_flat = item.view.entries.iter().any(|entry| match &entry.kind {
        EntryKind::Directive(_) => !is_first_on_line(item, entry.range.start),
        EntryKind::Section(section) => match section.end {
            SectionEnd::Closed(closing, _) => !is_first_on_line(item, closing.start),
            SectionEnd::Missing => false,
        },
        EntryKind::Debris => !is_first_on_line(item, entry.range.start),
        _ => false,
    });
    if !is_flat {
        return;
    }
    let starts = starts(item);
    let mut lines: Vec<(TextRange, Vec<Start>)> = Vec::new();
    for start in starts {
        match lines.last_mut() {
            Some((line, members)) if line.touches(start.at) => members.push(start),
            _ => lines.push((item.line_around(start.at).0, vec![start])),
        }
    }
    for (line, members) in lines {
        if opens_brace(item, line) {
            continue;
        }
        if members.len() > 1 && members.iter().any(|start| start.is_directive) {
            findings.extend(finding(item, &members));
        }
    }
}

/// Whether a block in braces opens on the line. Its own fix comes first: half a block in braces is none.
fn opens_brace(item: Item<'_>, line: TextRange) -> bool {
    item.view.entries.iter().any(|entry| match &entry.kind {
        EntryKind::Section(section) => {
            section.form == SectionForm::Braces && line.contains_range(section.open.range)
        }
        _ => false,
    })
}

fn finding(item: Item<'_>, members: &[Start]) -> Option<Finding> {
    let (first, last) = (members.first()?, members.last()?);
    let outer = item.indentation(first.at);
    let mut edits = Vec::new();
    for pair in members.windows(2) {
        let [_, next] = pair else { continue };
        let before = item.text.get(..next.at as usize)?;
        let blanks = before
            .len()
            .saturating_sub(before.trim_end_matches([' ', '\t']).len());
        let depth = next.depth.saturating_sub(first.depth);
        let outer = dedented(outer, first.depth.saturating_sub(next.depth));
        let indentation = "    ".repeat(depth);
        edits.push(Edit {
            range: TextRange::of(before.len().saturating_sub(blanks), before.len()),
            text: format!("{}{outer}{indentation}", item.line_break()),
        });
    }
    let finding = Finding::new(
        &RULE,
        TextRange::new(first.at, last.end),
        "Several directives or tags stand on this line: PowerMTA reads one a line.",
    );
    Some(finding.with_fix(Fix {
        title: "Put each on its own line".to_owned(),
        safety: Safety::Unsafe,
        edits,
    }))
}

/// The indentation of what stands so many sections further out.
fn dedented(indentation: &str, steps: usize) -> &str {
    (0..steps).fold(indentation, |left, _| {
        left.strip_suffix('\t')
            .or_else(|| left.strip_suffix("    "))
            .unwrap_or(left.trim_end_matches(' '))
    })
}

/// Whether only blanks stand before `at` on its line.
fn is_first_on_line(item: Item<'_>, at: u32) -> bool {
    let before = item.text.get(..at as usize).unwrap_or_default();
    let blank = before.trim_end_matches([' ', '\t', '\u{FEFF}', '\u{A0}']);
    blank.is_empty() || blank.ends_with(['\n', '\r'])
}

/// All constructs that belong on lines of their own, in order.
fn starts(item: Item<'_>) -> Vec<Start> {
    let mut starts = Vec::new();
    for entry in &item.view.entries {
        let depth = item.view.ancestors(entry).count();
        match &entry.kind {
            EntryKind::Directive(directive) if directive.form == DirectiveForm::Element => starts
                .push(Start {
                    at: entry.range.start,
                    end: entry.range.end,
                    depth,
                    is_directive: true,
                }),
            EntryKind::Directive(directive) => {
                let end = directive
                    .inline_section
                    .map_or(entry.range.end, |tag| tag.end);
                starts.push(Start {
                    at: entry.range.start,
                    end,
                    depth,
                    is_directive: true,
                });
            }
            EntryKind::Debris => {
                starts.push(Start {
                    at: entry.range.start,
                    end: entry.range.end,
                    depth,
                    is_directive: true,
                });
            }
            EntryKind::Section(section) if section.form == SectionForm::Tag => {
                let tag = section.open.range;
                if !starts
                    .iter()
                    .any(|start| start.is_directive && start.at < tag.start && tag.end <= start.end)
                {
                    starts.push(Start {
                        at: tag.start,
                        end: tag.end,
                        depth,
                        is_directive: false,
                    });
                }
                if let SectionEnd::Closed(closing, _) = section.end {
                    starts.push(Start {
                        at: closing.start,
                        end: closing.end,
                        depth,
                        is_directive: false,
                    });
                }
            }
            EntryKind::StrayEnd(_) => {
                starts.push(Start {
                    at: entry.range.start,
                    end: entry.range.end,
                    depth,
                    is_directive: false,
                });
            }
            _ => {}
        }
    }
    starts.sort_by_key(|start| start.at);
    starts
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::test_support::{findings, fixed};
    use expect_test::expect;

    #[test]
    fn a_section_on_one_line() {
        let text = r#"<domain a.example.com> max-smtp-out 20 max-msg-rate 10/s </domain> # both
log-file /var/log/pmta/log
"#;
        expect![[r#"
            1:1-67 warning several-directives-on-one-line: Several directives or tags stand on this line: PowerMTA reads one a line.
        "#]].assert_eq(&findings(text));
        expect![[r#"
            <domain a.example.com>
                max-smtp-out 20
                max-msg-rate 10/s
            </domain> # both
            log-file /var/log/pmta/log
        "#]]
        .assert_eq(&fixed(text, "several-directives-on-one-line"));
    }

    #[test]
    fn indented() {
        let text = r#"<virtual-mta mta1>
    host-name mta1.example.com <domain *> max-smtp-out 20
        retry-after 10m
    </domain>
</virtual-mta>
"#;
        expect![[r#"
            2:5-58 warning several-directives-on-one-line: Several directives or tags stand on this line: PowerMTA reads one a line.
        "#]].assert_eq(&findings(text));
        expect![[r#"
            <virtual-mta mta1>
                host-name mta1.example.com
                <domain *>
                    max-smtp-out 20
                    retry-after 10m
                </domain>
            </virtual-mta>
        "#]]
        .assert_eq(&fixed(text, "several-directives-on-one-line"));
    }

    #[test]
    fn two_rules() {
        let text = r#"<bounce-category-patterns>
    /spam/ spam-related /quota/ quota-issues
</bounce-category-patterns>
"#;
        expect![[r#"
            2:5-45 warning several-directives-on-one-line: Several directives or tags stand on this line: PowerMTA reads one a line.
        "#]].assert_eq(&findings(text));
        expect![[r#"
            <bounce-category-patterns>
                /spam/ spam-related
                /quota/ quota-issues
            </bounce-category-patterns>
        "#]]
        .assert_eq(&fixed(text, "several-directives-on-one-line"));
    }

    #[test]
    fn ordinary_lines() {
        let text = r#"<pattern-list senders>
    mail-from /a@/ <pattern-list>
        * virtual-mta=mta2
    </pattern-list>
</pattern-list>
<domain *> # all
    smtp-hosts "[192.0.2.1]:25"
</domain> # end
custom-dsn-from-header "use max-smtp-out 20 here <postmaster@example.com>"
"#;
        expect![""].assert_eq(&findings(text));
    }
}
