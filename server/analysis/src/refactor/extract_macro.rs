//! Puts `<domain>` sections with the same settings, one behind the other, under one macro.

use super::{Refactoring, RefactoringKind, Spot};
use crate::diagnostics::Edit;
use crate::diagnostics::several_section_arguments::{is_plain, macro_name};
use crate::meaning::Meaning;
use crate::syntax::{EntryKind, SectionEnd, SectionForm};
use crate::text::TextRange;
use crate::workspace::{FilePosition, Workspace};

/// Most sections that are put together.
const MOST_SECTIONS: usize = 200;

pub(super) fn refactoring(workspace: &Workspace, spot: &Spot) -> Option<Refactoring> {
    let first = DomainSection::of(spot)?;
    let mut domains = vec![first.domain.clone()];
    let mut end = first.end;
    let mut next = spot
        .start
        .saturating_add(TextRange::of(0, spot.text.len()).end);
    while domains.len() < MOST_SECTIONS {
        let at = FilePosition {
            file: spot.file,
            offset: next as usize,
        };
        let Some(other) = Spot::at(workspace, at).filter(|other| other.start == next) else {
            break;
        };
        let Some(section) = DomainSection::of(&other).filter(|it| it.lines == first.lines) else {
            break;
        };
        domains.push(section.domain);
        end = section.end;
        next = next.saturating_add(TextRange::of(0, other.text.len()).end);
    }
    if domains.len() < 2 {
        return None;
    }
    let name = macro_name(&first.domain);
    let line_break = spot.line_break();
    let list = domains.join(", ");
    let closing = first.close.shifted(spot.start);
    let edits = vec![
        spot.edit(
            first.open,
            format!("domain-macro {name} {list}{line_break}<domain ${name}>"),
        ),
        (
            spot.file,
            Edit {
                range: TextRange::new(closing.end, end),
                text: String::new(),
            },
        ),
    ];
    Some(Refactoring {
        title: format!(
            "Put {} domains with the same settings under `${name}`",
            domains.len()
        ),
        kind: RefactoringKind::Extract,
        edits,
    })
}

/// A `<domain>` section at the top level that a macro can stand for.
struct DomainSection {
    domain: String,
    /// Its lines without indentation.
    lines: Vec<String>,
    open: TextRange,
    close: TextRange,
    /// Where it ends in the file.
    end: u32,
}

impl DomainSection {
    fn of(spot: &Spot) -> Option<Self> {
        let (entry, judged) = spot.view.entries.first().zip(spot.judged.first())?;
        let EntryKind::Section(section) = &entry.kind else {
            return None;
        };
        let is_domain = matches!(judged.meaning, Meaning::Section(found) if found.name == "domain");
        let SectionEnd::Closed(close, _) = section.end else {
            return None;
        };
        let domain = section.open.argument?.slice(&spot.text);
        // A comment beside the section would be lost.
        let is_alone = spot.view.children(None).nth(1).is_none();
        if !is_alone || !is_domain || section.form != SectionForm::Tag || !is_plain(domain) {
            return None;
        }
        let body = TextRange::new(section.open.range.end, close.start).slice(&spot.text);
        let lines: Vec<String> = body
            .lines()
            .map(|line| line.trim().to_owned())
            .filter(|line| !line.is_empty())
            .collect();
        (!lines.is_empty()).then(|| Self {
            domain: domain.to_owned(),
            lines,
            open: section.open.range,
            close,
            end: entry.range.end.saturating_add(spot.start),
        })
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::refactor::test_support::refactored;

    #[test]
    fn sections_with_the_same_lines() {
        expect![[r#"
            Put 2 domains with the same settings under `$yahoo_domains`
            domain-macro yahoo_domains yahoo.com, aol.com
            <domain $yahoo_domains>
                max-smtp-out 5
            </domain>
            <domain gmail.com>
                max-smtp-out 20
            </domain>
        "#]]
        .assert_eq(&refactored(
            "<domain yahoo.com>$0\n    max-smtp-out 5\n</domain>\n\n<domain aol.com>\n  max-smtp-out 5\n</domain>\n<domain gmail.com>\n    max-smtp-out 20\n</domain>\n",
            "Put",
        ));
    }

    #[test]
    fn not_where_the_next_differs() {
        assert_eq!(
            refactored(
                "<domain yahoo.com>$0\n    max-smtp-out 5\n</domain>\n<domain aol.com>\n    max-smtp-out 6\n</domain>\n",
                "Put",
            ),
            "nothing among []\n"
        );
    }
}
