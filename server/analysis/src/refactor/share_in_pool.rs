//! Moves what all VirtualMTAs of a pool say alike into the pool.

use super::{Refactoring, RefactoringKind, Spot};
use crate::catalog::{self, Place, ReferenceKind};
use crate::diagnostics::{Item, deletion};
use crate::meaning::Meaning;
use crate::names;
use crate::syntax::{DirectiveForm, Entry, EntryKind, SectionEnd};
use crate::value::unquote;
use crate::workspace::{FilePosition, Workspace};

/// Most members that are compared.
const MOST_MEMBERS: usize = 100;

/// Index of the `<virtual-mta-pool>` around the place.
pub(super) fn pool_at(spot: &Spot) -> Option<u32> {
    let (index, entry) = spot.view.indexed().next()?;
    let is_pool = spot.judged.first().is_some_and(|judged| {
        matches!(judged.meaning, Meaning::Section(found) if found.name == "virtual-mta-pool")
    });
    (is_pool && entry.range.touches(spot.offset)).then_some(index)
}

pub(super) fn refactoring(workspace: &Workspace, spot: &Spot) -> Option<Refactoring> {
    let pool = pool_at(spot)?;
    let EntryKind::Section(section) = &spot.view.entry(pool)?.kind else {
        return None;
    };
    let SectionEnd::Closed(close, _) = section.end else {
        return None;
    };
    let members = members(workspace, spot, pool)?;
    let (first, others) = members
        .split_first()
        .filter(|(_, others)| !others.is_empty())?;
    let own: Vec<&str> = lines(spot, pool).map(|(_, name, _)| name).collect();
    let shared: Vec<(&str, &str)> = first
        .lines()
        .map(|(_, name, value)| (name, value))
        .filter(|(name, value)| {
            may_be_shared(name)
                && !own.contains(name)
                && others.iter().all(|other| other.says(name, value))
        })
        .collect();
    if shared.is_empty() {
        return None;
    }
    let line_break = spot.line_break();
    let added: String = shared
        .iter()
        .map(|(name, value)| format!("    {name} {value}{line_break}"))
        .collect();
    let end = crate::text::TextRange::empty(close.start);
    let mut edits = vec![spot.edit(end, added)];
    for member in &members {
        let item = Item {
            text: &member.spot.text,
            view: &member.spot.view,
            judged: &member.spot.judged,
        };
        let deleted = member
            .lines()
            .filter(|(_, name, value)| shared.contains(&(*name, *value)));
        edits.extend(deleted.map(|(entry, ..)| {
            let deletion = deletion::directive(item, entry.range);
            member.spot.edit(deletion.range, deletion.text)
        }));
    }
    Some(Refactoring {
        title: format!(
            "Move what its {} VirtualMTAs share into the pool",
            members.len()
        ),
        kind: RefactoringKind::Rewrite,
        edits,
    })
}

/// Whether a directive means the same in a pool as in each of its VirtualMTAs.
fn may_be_shared(name: &str) -> bool {
    let pool = Place::named("virtual-mta-pool");
    let directive = pool.and_then(|pool| catalog::directive_in(name, pool));
    // A limit of a pool is for all of it, one of a VirtualMTA for each.
    let is_limit = name.starts_with("max-");
    directive.is_some_and(|directive| !directive.repeatable) && !is_limit
}

/// A VirtualMTA of the pool.
struct Member {
    spot: Spot,
    section: u32,
}

impl Member {
    fn lines(&self) -> impl Iterator<Item = (&Entry, &str, &str)> {
        lines(&self.spot, self.section)
    }

    fn says(&self, name: &str, value: &str) -> bool {
        self.lines()
            .any(|(_, other, said)| other == name && said == value)
    }
}

/// The lines directly in a section: entry, name and value.
fn lines(spot: &Spot, section: u32) -> impl Iterator<Item = (&Entry, &str, &str)> {
    spot.view
        .children(Some(section))
        .filter_map(|(index, entry)| {
            let judged = spot.judged.get(index as usize)?;
            match (&entry.kind, judged.meaning) {
                (EntryKind::Directive(line), Meaning::Directive(found))
                    if line.form == DirectiveForm::Plain =>
                {
                    Some((entry, found.name, line.value.slice(&spot.text)))
                }
                _ => None,
            }
        })
}

/// The VirtualMTAs of the pool; none if one of them is not known, or says something in other files.
fn members(workspace: &Workspace, spot: &Spot, pool: u32) -> Option<Vec<Member>> {
    let named = lines(spot, pool).filter(|(_, name, _)| *name == "virtual-mta");
    let named: Vec<_> = named
        .map(|(.., value)| unquote(value).into_owned())
        .collect();
    if named.len() > MOST_MEMBERS {
        return None;
    }
    let names: Vec<&str> = named.iter().map(String::as_str).collect();
    let found = names::definitions(workspace, spot.file, ReferenceKind::VirtualMta, &names);
    let mut members = Vec::new();
    for index in 0..names.len() {
        let mut definitions = found
            .iter()
            .filter(|it| it.index == index && !it.is_folklore);
        let (Some(one), None) = (definitions.next(), definitions.next()) else {
            return None;
        };
        let at = FilePosition {
            file: one.name.file,
            offset: one.name.range.start as usize,
        };
        let spot = Spot::at(workspace, at)?;
        let section = spot
            .view
            .indexed()
            .find_map(|(index, entry)| match &entry.kind {
                EntryKind::Section(section) => {
                    section.open.range.touches(spot.offset).then_some(index)
                }
                _ => None,
            })?;
        members.push(Member { spot, section });
    }
    Some(members)
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::refactor::test_support::refactored;

    #[test]
    fn what_all_say_moves() {
        expect![[r#"
            Move what its 2 VirtualMTAs share into the pool
            <virtual-mta a>
                smtp-source-host 192.0.2.1 a.example.com
                # bounces
            </virtual-mta>
            <virtual-mta b>
                max-smtp-out 5
            </virtual-mta>
            <virtual-mta-pool p>
                virtual-mta a
                virtual-mta "b"
                rewrite-list one
            </virtual-mta-pool>
        "#]]
        .assert_eq(&refactored(
            "<virtual-mta a>\n    smtp-source-host 192.0.2.1 a.example.com\n    rewrite-list one # bounces\n</virtual-mta>\n<virtual-mta b>\n    rewrite-list one\n    max-smtp-out 5\n</virtual-mta>\n<virtual-mta-pool p>$0\n    virtual-mta a\n    virtual-mta \"b\"\n</virtual-mta-pool>\n",
            "Move",
        ));
    }

    #[test]
    fn not_where_one_differs_or_is_unknown() {
        for text in [
            "<virtual-mta a>\n    rewrite-list one\n</virtual-mta>\n<virtual-mta b>\n    rewrite-list two\n</virtual-mta>\n<virtual-mta-pool p>$0\n    virtual-mta a\n    virtual-mta b\n</virtual-mta-pool>\n",
            "<virtual-mta a>\n    rewrite-list one\n</virtual-mta>\n<virtual-mta-pool p>$0\n    virtual-mta a\n    virtual-mta c\n</virtual-mta-pool>\n",
        ] {
            assert_eq!(refactored(text, "Move"), "nothing among []\n");
        }
    }
}
