//! Writes a `<domain $macro>` section out, once for each domain of the macro.

use super::{Refactoring, RefactoringKind, Spot};
use crate::catalog::ReferenceKind;
use crate::meaning::Meaning;
use crate::names;
use crate::syntax::{EntryKind, SectionEnd};
use crate::workspace::{FilePosition, Workspace};

/// Most domains that are written out.
const MOST_DOMAINS: usize = 100;

pub(super) fn refactoring(workspace: &Workspace, spot: &Spot) -> Option<Refactoring> {
    let (index, _) = spot.view.indexed().find(|(index, entry)| {
        let judged = spot.judged.get(*index as usize);
        let is_domain = judged.is_some_and(
            |it| matches!(it.meaning, Meaning::Section(found) if found.name == "domain"),
        );
        is_domain && entry.range.touches(spot.offset)
    })?;
    let entry = spot.view.entry(index)?;
    let EntryKind::Section(section) = &entry.kind else {
        return None;
    };
    if section.end == SectionEnd::Missing {
        return None;
    }
    let argument = section.open.argument?;
    let name = argument.slice(&spot.text).strip_prefix('$')?;
    let domains = domains(workspace, spot, name)?;
    let whole = entry.range.slice(&spot.text);
    let before = argument.start.saturating_sub(entry.range.start) as usize;
    let after = argument.end.saturating_sub(entry.range.start) as usize;
    let (head, tail) = (whole.get(..before)?, whole.get(after..)?);
    let line = spot.text.get(..entry.range.start as usize)?;
    let indentation = line.rsplit(['\n', '\r']).next().unwrap_or_default();
    let sections: Vec<String> = domains
        .iter()
        .map(|domain| format!("{head}{domain}{tail}"))
        .collect();
    let between = format!("{}{indentation}", spot.line_break());
    Some(Refactoring {
        title: format!("Write a section for each domain of `${name}`"),
        kind: RefactoringKind::Inline,
        edits: vec![spot.edit(entry.range, sections.join(&between))],
    })
}

/// The domains of a macro that is defined once, without others inside.
fn domains(workspace: &Workspace, spot: &Spot, name: &str) -> Option<Vec<String>> {
    let found = names::definitions(workspace, spot.file, ReferenceKind::DomainMacro, &[name]);
    let [definition] = found.as_slice() else {
        return None;
    };
    let at = FilePosition {
        file: definition.name.file,
        offset: definition.name.range.start as usize,
    };
    let defining = Spot::at(workspace, at)?;
    let line = defining
        .view
        .entries
        .iter()
        .find_map(|entry| match &entry.kind {
            EntryKind::Directive(line) if line.value.touches(defining.offset) => Some(line),
            _ => None,
        })?;
    let value = line.value.slice(&defining.text);
    let (_, list) = value.split_once([' ', '\t'])?;
    let domains: Vec<String> = list
        .split(',')
        .map(|domain| domain.trim().to_owned())
        .filter(|domain| !domain.is_empty())
        .collect();
    let are_plain =
        !list.contains(['$', '#', '\n', '"']) && domains.iter().all(|it| it.contains('.'));
    (are_plain && (1..=MOST_DOMAINS).contains(&domains.len())).then_some(domains)
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::refactor::test_support::refactored;

    #[test]
    fn a_section_for_each_domain() {
        expect![[r#"
            Write a section for each domain of `$two`
            domain-macro two a.example.com, b.example.com
            <virtual-mta one>
                <domain a.example.com>
                    max-smtp-out 5
                </domain>
                <domain b.example.com>
                    max-smtp-out 5
                </domain>
            </virtual-mta>
        "#]]
        .assert_eq(&refactored(
            "domain-macro two a.example.com, b.example.com\n<virtual-mta one>\n    <domain $two>$0\n        max-smtp-out 5\n    </domain>\n</virtual-mta>\n",
            "Write",
        ));
    }

    #[test]
    fn not_for_parts_of_domains_and_macros_in_macros() {
        for text in [
            "domain-macro tld com, net\n<domain $tld>$0\n    max-smtp-out 5\n</domain>\n",
            "domain-macro one a.example.com\ndomain-macro two $one, b.example.com\n<domain $two>$0\n    max-smtp-out 5\n</domain>\n",
            "<domain $none>$0\n    max-smtp-out 5\n</domain>\n",
        ] {
            assert_eq!(refactored(text, "Write"), "nothing among []\n");
        }
    }
}
