//! `include-twice`: the same file included twice in one place.

use std::collections::{HashMap, HashSet};

use super::include::{IncludeLine, line_of};
use super::{Edit, FileSite, Finding, Fix, Group, Item, Rule, Safety, Severity, deletion};
use crate::syntax::EntryKind;
use crate::text::TextRange;
use crate::workspace::{FileId, FileRange, Include, MOST_LEVELS, Root};

/// The rule.
pub static RULE: Rule = Rule {
    code: "include-twice",
    severity: Severity::Information,
    group: Group::References,
    summary: "the same file is included twice in one place",
    documentation: "The file's lines already stand in this place: another line before this one includes it, by its name
or by a wildcard.

```pmta
include /etc/pmta/parts/*.conf
include /etc/pmta/parts/bounces.conf
```

The same file in two sections is no mistake: that is what fragments are for.",
};

/// Where the lines of an included file end up: in a section, or at the top of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Body {
    file: FileId,
    section: Option<u32>,
}

/// A body, and where in it: the offsets of the `include` lines that lead there, outermost first.
type Way = (Body, Vec<u32>);

/// Reports the lines of the file that include what an earlier line includes in the same place.
pub(super) fn check(site: &FileSite<'_>, lines: &[IncludeLine<'_>], findings: &mut Vec<Finding>) {
    let own: HashSet<FileId> = lines.iter().flat_map(|line| line.include.files()).collect();
    if own.is_empty() {
        return;
    }
    let mut by_target: HashMap<FileId, Vec<&Include>> = HashMap::new();
    for include in &site.root.includes {
        for target in include.files().filter(|target| own.contains(target)) {
            by_target.entry(target).or_default().push(include);
        }
    }
    by_target.retain(|_, includes| includes.len() > 1);
    if by_target.is_empty() {
        return;
    }
    let including = including(site.root);
    for line in lines {
        for target in line.include.files() {
            let Some(others) = by_target.get(&target) else {
                continue;
            };
            let here = way(site, &including, line.include);
            let earlier = others
                .iter()
                .map(|other| (*other, way(site, &including, other)))
                .filter(|(_, other)| other.0 == here.0 && other.1 < here.1)
                .min_by(|(_, one), (_, other)| one.1.cmp(&other.1));
            if let Some((first, _)) = earlier {
                findings.push(finding(site, line, target, first));
            }
        }
    }
}

/// The lines that include each file of a root.
fn including(root: &Root) -> HashMap<FileId, Vec<&Include>> {
    let mut including: HashMap<FileId, Vec<&Include>> = HashMap::new();
    for include in &root.includes {
        for target in include.files() {
            including.entry(target).or_default().push(include);
        }
    }
    including
}

/// Where what a line includes ends up. A file that only one line includes is a part of the text around
/// that line; one that several include is taken for itself.
fn way(site: &FileSite<'_>, including: &HashMap<FileId, Vec<&Include>>, line: &Include) -> Way {
    let mut offsets = Vec::new();
    let mut line = line;
    for _ in 0..=MOST_LEVELS {
        let at = site.workspace.place_of(line);
        offsets.push(at.range.start);
        let section = section_around(site, at);
        let outer = match including.get(&line.from).map(Vec::as_slice) {
            Some([outer]) if section.is_none() => *outer,
            _ => {
                let body = Body {
                    file: line.from,
                    section,
                };
                offsets.reverse();
                return (body, offsets);
            }
        };
        line = outer;
    }
    let body = Body {
        file: line.from,
        section: None,
    };
    (body, offsets)
}

/// Where the section directly around a line begins; none: the line is at the top of its file.
fn section_around(site: &FileSite<'_>, at: FileRange) -> Option<u32> {
    let document = site.workspace.document(at.file)?;
    let (start, _, view) = document.item_at(at.range.start as usize)?;
    let start = TextRange::of(start, start).start;
    let parent = view
        .entries
        .iter()
        .find(|entry| {
            matches!(entry.kind, EntryKind::Directive(_))
                && entry.range.shifted(start).contains_range(at.range)
        })?
        .parent?;
    Some(view.entry(parent)?.range.shifted(start).start)
}

fn finding(
    site: &FileSite<'_>,
    line: &IncludeLine<'_>,
    target: FileId,
    first: &Include,
) -> Finding {
    let first = site.workspace.place_of(first);
    let message = format!(
        "`{}` is already included in this place, by {}.",
        site.workspace.shown_name(target),
        line_of(site.workspace, first)
    );
    let finding = Finding::new(&RULE, line.range, message)
        .with_related_in(first, "it is included here first");
    let Some(edit) = deletion(site, line).filter(|_| !line.is_wildcard()) else {
        return finding;
    };
    finding.with_fix(Fix {
        title: "Delete the line".to_owned(),
        safety: Safety::Safe,
        edits: vec![edit],
    })
}

/// The edit that takes the line away.
fn deletion(site: &FileSite<'_>, line: &IncludeLine<'_>) -> Option<Edit> {
    let (start, text, view) = site.document.item_at(line.range.start as usize)?;
    let start = TextRange::of(start, start).start;
    let directive = view.entries.iter().find(|entry| {
        matches!(entry.kind, EntryKind::Directive(_))
            && entry.range.shifted(start).contains_range(line.range)
    })?;
    let item = Item {
        text: &text,
        view: &view,
        judged: &[],
    };
    let mut edit = deletion::directive(item, directive.range);
    edit.range = edit.range.shifted(start);
    Some(edit)
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::diagnostics::test_support::reported;

    const TOP: &str = "postmaster you@example.com\n";

    #[test]
    fn twice_in_one_body() {
        let text = format!(
            "{TOP}include a.conf\n<virtual-mta one>\n    include b.conf\n    include \"b.conf\"\n</virtual-mta>\ninclude *.conf\n"
        );
        expect![[r#"
            config:5:14-20 information include-twice: `b.conf` is already included in this place, by line 4 of `config`.
                config:4: it is included here first
            config:7:9-15 information include-twice: `a.conf` is already included in this place, by line 2 of `config`.
                config:2: it is included here first
        "#]]
        .assert_eq(&reported(
            &[
                ("/w/config", &text),
                ("/w/a.conf", "host-name mail.example.com\n"),
                ("/w/b.conf", ""),
            ],
            &[],
        ));
    }

    #[test]
    fn twice_over_another_file() {
        let text = format!("{TOP}include all.conf\ninclude a.conf\n");
        expect![[r#"
            config:3:9-15 information include-twice: `a.conf` is already included in this place, by line 1 of `all.conf`.
                all.conf:1: it is included here first
        "#]]
        .assert_eq(&reported(
            &[
                ("/w/config", &text),
                ("/w/all.conf", "include a.conf\n"),
                ("/w/a.conf", "host-name mail.example.com\n"),
            ],
            &[],
        ));
    }

    #[test]
    fn sections_of_their_own_are_places_of_their_own() {
        let text = format!(
            "{TOP}<virtual-mta one>\n    include a.conf\n    <domain one.example>\n        include b.conf\n    </domain>\n    <domain two.example>\n        include b.conf\n    </domain>\n</virtual-mta>\n<virtual-mta two>\n    include a.conf\n</virtual-mta>\ninclude outer.conf\n<domain x.example>\n    include outer.conf\n    include b.conf\n</domain>\n"
        );
        assert_eq!(
            reported(
                &[
                    ("/w/config", &text),
                    ("/w/a.conf", "smtp-source-host 192.0.2.1 mail.example.com\n"),
                    ("/w/b.conf", ""),
                    ("/w/outer.conf", "include b.conf\n"),
                ],
                &[],
            ),
            ""
        );
    }
}
