//! What several constructs in a row tell together: where an end tag was lost, and where a section
//! stands inside one that cannot hold it.
//!
//! The grammar ends a section when a tag opens that cannot stand inside it. If the section's own end
//! tag follows later, nothing was lost: the tag in between is misplaced, and the lines around it
//! still belong to the section.

use super::{
    Finding, Item, mismatched_end_tag, misplaced_directive, misplaced_section,
    several_section_arguments,
};
use super::{unclosed_section, unmatched_end_tag};
use crate::catalog;
use crate::document::Document;
use crate::facts::{Mark, marks};
use crate::syntax::{EntryKind, normalise};
use crate::text::TextRange;

/// How many constructs may stand between a section and its end tag for both to be put together.
const REACH: usize = 16;

/// A construct among its siblings.
struct Sibling {
    marks: Vec<Mark>,
    /// The name in its first opening tag.
    first_tag: Option<(String, TextRange)>,
}

/// What becomes of the siblings' findings.
#[derive(Default)]
struct Settlement {
    /// Siblings and ranges of `unclosed-section` findings that are wrong.
    not_unclosed: Vec<(usize, TextRange)>,
    /// Siblings and ranges of `unmatched-end-tag` findings that are wrong.
    not_unmatched: Vec<(usize, TextRange)>,
    /// Siblings whose first tag stands where it may not, and the name of the section around.
    misplaced: Vec<(usize, String)>,
    /// Siblings whose directives belong to a section that seemed ended.
    adopted: Vec<usize>,
    /// Siblings and ranges of empty opening tags that are further arguments of the next.
    stacked: Vec<(usize, TextRange)>,
}

fn settle_siblings(siblings: &[Sibling]) -> Settlement {
    let mut settlement = Settlement::default();
    let mut open: Vec<(usize, &str, TextRange, bool)> = Vec::new();
    for (index, sibling) in siblings.iter().enumerate() {
        for mark in &sibling.marks {
            match mark {
                Mark::Unclosed {
                    name,
                    opening,
                    is_empty,
                } => open.push((index, name, *opening, *is_empty)),
                Mark::Stray { name, range } => {
                    let found = open.iter().rposition(|(start, other, ..)| {
                        other == name && index.saturating_sub(*start) <= REACH
                    });
                    let Some(found) = found else { continue };
                    let Some((start, name, opening, _)) = open.get(found).copied() else {
                        continue;
                    };
                    let is_taken_up_again = siblings
                        .get(start.saturating_add(2)..index)
                        .unwrap_or_default()
                        .iter()
                        .any(|between| {
                            between
                                .first_tag
                                .as_ref()
                                .is_some_and(|(tag, _)| tag == name)
                        });
                    if is_taken_up_again {
                        continue;
                    }
                    open.truncate(found);
                    settlement.not_unclosed.push((start, opening));
                    settlement.not_unmatched.push((index, *range));
                    let cause = start.saturating_add(1);
                    if !settlement
                        .misplaced
                        .iter()
                        .any(|(other, _)| *other == cause)
                    {
                        settlement.misplaced.push((cause, name.to_owned()));
                    }
                    settlement.adopted.extend(cause..=index);
                }
            }
        }
    }
    for (index, name, opening, is_empty) in open {
        let next = siblings
            .get(index.saturating_add(1))
            .and_then(|next| next.first_tag.as_ref());
        let takes_domain = name == "domain";
        if is_empty && takes_domain && next.is_some_and(|(tag, _)| tag == name) {
            settlement.stacked.push((index, opening));
        }
    }
    settlement
}

impl Settlement {
    /// Whether a finding of the sibling stays. Ranges are relative to the same start.
    fn keeps(&self, sibling: usize, finding: &Finding) -> bool {
        let at = (sibling, finding.range);
        let is_place = std::ptr::eq(finding.rule, &misplaced_directive::RULE);
        !(std::ptr::eq(finding.rule, &unclosed_section::RULE)
            && (self.not_unclosed.contains(&at) || self.stacked.contains(&at))
            || std::ptr::eq(finding.rule, &unmatched_end_tag::RULE)
                && self.not_unmatched.contains(&at)
            || is_place && self.adopted.contains(&sibling))
    }

    /// The findings that take their place, with the siblings they belong to.
    /// `text` gives some text of a sibling and what follows it, from a range in the sibling on.
    fn additions(
        &self,
        siblings: &[Sibling],
        text: impl Fn(usize, TextRange) -> String,
    ) -> Vec<(usize, Finding)> {
        let misplaced = self.misplaced.iter().filter_map(|(index, outer)| {
            let (name, range) = siblings.get(*index)?.first_tag.as_ref()?;
            let section = catalog::section(name)?;
            catalog::section(outer)?;
            Some((*index, misplaced_section::finding(*range, section, outer)))
        });
        let stacked = self.stacked.iter().map(|(index, opening)| {
            let is_first = !self
                .stacked
                .iter()
                .any(|(other, _)| other.saturating_add(1) == *index);
            let lines = if is_first {
                text(*index, *opening)
            } else {
                String::new()
            };
            (*index, several_section_arguments::stacked(*opening, &lines))
        });
        misplaced.chain(stacked).collect()
    }
}

/// Settles the constructs inside the sections of one item.
pub(super) fn settle_inside(item: Item<'_>, findings: &mut Vec<Finding>) {
    for (parent, entry) in item.view.indexed() {
        let EntryKind::Section(_) = entry.kind else {
            continue;
        };
        let has_marks = item
            .view
            .children(Some(parent))
            .any(|(_, child)| matches!(&child.kind, EntryKind::StrayEnd(_)));
        let may_be_stacked = item.view.children(Some(parent)).any(|(_, child)| {
            matches!(&child.kind, EntryKind::Section(section) if section.end == crate::syntax::SectionEnd::Missing)
        });
        if has_marks || may_be_stacked {
            settle_children(item, parent, findings);
        }
    }
}

fn settle_children(item: Item<'_>, parent: u32, findings: &mut Vec<Finding>) {
    let all_marks = marks(item.text, item.view, Some(parent));
    let mut ranges = Vec::new();
    let mut siblings = Vec::new();
    for (_, child) in item.view.children(Some(parent)) {
        let inside = |range: TextRange| child.range.contains_range(range);
        let own_marks = all_marks
            .iter()
            .filter(|mark| match mark {
                Mark::Unclosed { opening, .. } => inside(*opening),
                Mark::Stray { range, .. } => inside(*range),
            })
            .cloned()
            .collect();
        let first_tag = match &child.kind {
            EntryKind::Section(section) => {
                let name = section.open.name;
                Some((normalise(item.slice(name)).into_owned(), name))
            }
            _ => None,
        };
        ranges.push(child.range);
        siblings.push(Sibling {
            marks: own_marks,
            first_tag,
        });
    }
    let settlement = settle_siblings(&siblings);
    let sibling_of = |range: TextRange| ranges.iter().position(|child| child.contains_range(range));
    findings.retain(|finding| {
        sibling_of(finding.range).is_none_or(|sibling| settlement.keeps(sibling, finding))
    });
    findings.extend(
        settlement
            .additions(&siblings, |_, opening| {
                let end = TextRange::of(0, item.text.len()).end;
                item.slice(TextRange::new(opening.start, end)).to_owned()
            })
            .into_iter()
            .map(|(_, finding)| several_section_arguments::with_macro_above(item, finding)),
    );
}

/// All findings of a document's items, settled, with ranges from the start of the file.
pub(crate) fn settle(document: &Document) -> Vec<Finding> {
    let has_marks = document
        .items_where(|contents| contents.has_marks)
        .next()
        .is_some();
    if !has_marks {
        return document
            .items_where(|contents| contents.has_findings)
            .flat_map(|item| {
                let by = TextRange::of(0, item.start).end;
                item.facts
                    .rare()
                    .findings
                    .iter()
                    .map(move |finding| finding.clone().shifted(by))
            })
            .collect();
    }
    let siblings: Vec<Sibling> = document
        .items()
        .map(|item| Sibling {
            marks: item.facts.rare().marks.clone(),
            first_tag: item.facts.first_tag.map(|range| {
                let at = range.shifted(TextRange::of(0, item.start).end);
                (
                    normalise(&document.slice(at.as_usize())).into_owned(),
                    range,
                )
            }),
        })
        .collect();
    let settlement = settle_siblings(&siblings);
    let starts: Vec<usize> = document.items().map(|item| item.start).collect();
    let mut additions = settlement.additions(&siblings, |index, opening| {
        let start = starts.get(index).copied().unwrap_or_default();
        lines_from(document, start.saturating_add(opening.start as usize))
    });
    let mut findings = Vec::new();
    for (index, item) in document.items().enumerate() {
        let by = TextRange::of(0, item.start).end;
        let kept = item
            .facts
            .rare()
            .findings
            .iter()
            .filter(|finding| settlement.keeps(index, finding))
            .cloned();
        let added = additions
            .extract_if(.., |(sibling, _)| *sibling == index)
            .map(|(_, finding)| finding);
        let mut own: Vec<Finding> = kept
            .chain(added)
            .map(|finding| finding.shifted(by))
            .collect();
        if item
            .facts
            .rare()
            .marks
            .iter()
            .any(|mark| matches!(mark, Mark::Stray { .. }))
        {
            correct_name_instead(&mut findings, &mut own, document);
        }
        findings.extend(own);
    }
    findings
}

/// Some lines of a document from a byte on.
fn lines_from(document: &Document, start: usize) -> String {
    let rope = document.rope();
    let line = rope.byte_to_line(start.min(rope.len_bytes()));
    let end = line.saturating_add(REACH).min(rope.len_lines());
    document.slice(start..rope.line_to_byte(end))
}

/// An end tag that closed an outer section too early, and the outer section's real end tag later:
/// the first one only has the wrong name.
fn correct_name_instead(before: &mut [Finding], own: &mut Vec<Finding>, document: &Document) {
    let is_unclosed = |finding: &&mut Finding| std::ptr::eq(finding.rule, &unclosed_section::RULE);
    let Some(last) = before.iter_mut().rfind(is_unclosed) else {
        return;
    };
    let Some(closing) = last.related.first() else {
        return;
    };
    let tag = document.slice(closing.range.as_usize());
    let stray = own.iter().position(|finding| {
        std::ptr::eq(finding.rule, &unmatched_end_tag::RULE)
            && document.slice(finding.range.as_usize()) == tag
    });
    if let Some(stray) = stray {
        own.remove(stray);
        mismatched_end_tag::rename_instead(last);
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::test_support::findings;
    use expect_test::expect;

    #[test]
    fn a_section_that_may_not_stand_inside() {
        let text = r#"<virtual-mta mta1>
    smtp-source-host 192.0.2.1 mta1.example.com
    <source 0/0>
        smtp-service yes
    </source>
    host-name mta1.example.com
</virtual-mta>
log-file /var/log/pmta/log
"#;
        expect![[r#"
            3:6-12 warning misplaced-section: `<source>` belongs at the top level, not in `<virtual-mta>`.
        "#]].assert_eq(&findings(text));
    }

    #[test]
    fn two_levels_deep() {
        let text = r#"<virtual-mta mta1>
    <domain *>
        <source 0/0>
            smtp-service yes
        </source>
        max-smtp-out 20
    </domain>
    host-name mta1.example.com
</virtual-mta>
"#;
        expect![[r#"
            3:10-16 warning misplaced-section: `<source>` belongs at the top level, not in `<domain>`.
        "#]].assert_eq(&findings(text));
    }

    #[test]
    fn a_domain_in_a_domain() {
        let text = r#"<domain a.example.com>
    <domain b.example.com>
        max-smtp-out 20
    </domain>
</domain>
"#;
        expect![[r#"
            2:6-12 warning misplaced-section: `<domain>` belongs at the top level, in `<virtual-mta>` or in `<virtual-mta-pool>`, not in `<domain>`.
        "#]].assert_eq(&findings(text));
    }

    #[test]
    fn a_domain_in_a_domain_of_a_virtual_mta() {
        let text = r#"<virtual-mta mta1>
    <domain a.example.com>
        <domain b.example.com>
            max-smtp-out 20
        </domain>
        max-smtp-out 5
    </domain>
</virtual-mta>
"#;
        expect![[r#"
            3:10-16 warning misplaced-section: `<domain>` belongs at the top level, in `<virtual-mta>` or in `<virtual-mta-pool>`, not in `<domain>`.
        "#]].assert_eq(&findings(text));
    }

    #[test]
    fn stacked_domains() {
        let text = r#"<domain a.example.com>
<domain b.example.com>
    max-smtp-out 20
</domain>
"#;
        expect![[r#"
            1:1-23 warning several-section-arguments: This section is empty: one tag names one domain. For several with the same settings use a `domain-macro`.
        "#]].assert_eq(&findings(text));
    }

    #[test]
    fn lost_and_surplus_far_apart() {
        let text = r#"<domain a.example.com>
    max-smtp-out 20
<domain b.example.com>
    max-smtp-out 20
</domain>
<domain c.example.com>
    max-smtp-out 20
</domain>
</domain>
"#;
        expect![[r#"
            1:1-23 error unclosed-section: This section has no end: write `</domain>` where it ends.
            9:1-10 error unmatched-end-tag: `</domain>` closes nothing: no such section is open here.
        "#]].assert_eq(&findings(text));
    }
}
