//! The names in the two tags of a section, which change together.

use crate::cursor::{Cursor, Part};
use crate::syntax::{EntryKind, Section, SectionEnd, SectionForm};
use crate::text::TextRange;
use crate::workspace::{FilePosition, Workspace};

/// Both names of the section whose tag is at a position, from the start of the file; none if one is
/// missing or they are not written alike.
#[must_use]
pub fn linked_ranges(workspace: &Workspace, at: FilePosition) -> Option<[TextRange; 2]> {
    let cursor = Cursor::at(workspace.document(at.file)?, at.offset)?;
    let [open, end] = tag_names(&cursor)?;
    let (open, end) = (open?, end?);
    let is_alike = open.slice(&cursor.text) == end.slice(&cursor.text);
    is_alike.then(|| [open, end].map(|range| range.shifted(cursor.start)))
}

/// The names in the opening and the end tag of the section whose tag name is under the cursor,
/// relative to the item's start.
pub(crate) fn tag_names(cursor: &Cursor) -> Option<[Option<TextRange>; 2]> {
    let section = match cursor.part {
        Part::SectionName | Part::EndName(_) => section(&cursor.entry()?.kind),
        // The tag ends the line of a rule, and its section is a construct of its own.
        Part::InlineSection(name) => {
            let entries = cursor.view.entries.iter();
            let mut sections = entries.filter_map(|entry| section(&entry.kind));
            sections.find(|section| section.open.name == name)
        }
        _ => None,
    }?;
    let end = match section.end {
        SectionEnd::Closed(_, name) if section.form == SectionForm::Tag => Some(name),
        _ => None,
    };
    Some([Some(section.open.name), end.filter(|name| !name.is_empty())])
}

fn section(kind: &EntryKind) -> Option<&Section> {
    match kind {
        EntryKind::Section(section) => Some(section),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::fixture;
    use crate::workspace::FileRange;

    fn linked(text: &str) -> Vec<String> {
        let fixture = fixture(text);
        let found = linked_ranges(&fixture.workspace, fixture.at);
        let shown = found.into_iter().flatten().map(|range| {
            fixture.shown(FileRange {
                file: fixture.at.file,
                range,
            })
        });
        shown.collect()
    }

    #[test]
    fn the_names_of_both_tags_are_linked() {
        let both = ["2:2 domain", "3:3 domain"];
        assert_eq!(linked("\n<do$0main *>\n</domain>\n"), both);
        assert_eq!(linked("\n<domain *>\n</domain$0>\n"), both);
        let nested = "<pattern-list p>\nmail-from /x/ <$0pattern-list>\nrcpt-to /y/ virtual-mta=a\n</pattern-list>\n</pattern-list>\n";
        assert_eq!(linked(nested), ["2:16 pattern-list", "4:3 pattern-list"]);
    }

    #[test]
    fn names_that_differ_or_have_no_counterpart_are_not() {
        for text in [
            "<do$0main *>\n",
            "<do$0main *>\n</Domain>\n",
            "<domain $0*>\n</domain>\n",
            "domain * {\n}$0\n",
            "$0\n",
        ] {
            assert!(linked(text).is_empty(), "{text}");
        }
    }
}
