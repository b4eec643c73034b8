//! What belongs together with what is under the cursor, in one file: the places of a name, the two
//! tags of a section.

use crate::cursor::{Cursor, Part};
use crate::linked_editing::tag_names;
use crate::occurrences::{occurrences, subject_at};
use crate::text::TextRange;
use crate::workspace::{FilePosition, Workspace};

/// A place to be highlighted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Highlight {
    /// From the start of the file.
    pub range: TextRange,
    /// What stands there.
    pub role: Role,
}

/// What a highlighted place is to the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The name is defined there.
    Definition,
    /// The name is used there.
    Use,
    /// A tag, which is neither.
    Tag,
}

/// All that is to be highlighted in the file of a position, in order.
#[must_use]
pub fn highlights(workspace: &Workspace, at: FilePosition) -> Vec<Highlight> {
    let cursor = workspace
        .document(at.file)
        .and_then(|document| Cursor::at(document, at.offset));
    let Some(cursor) = cursor else {
        return Vec::new();
    };
    let is_tag = matches!(
        cursor.part,
        Part::SectionName | Part::EndName(_) | Part::InlineSection(_)
    );
    if is_tag {
        let names = tag_names(&cursor).into_iter().flatten().flatten();
        let tag = |range: TextRange| Highlight {
            range: range.shifted(cursor.start),
            role: Role::Tag,
        };
        return names.map(tag).collect();
    }
    let Some(subject) = subject_at(&cursor, at.file) else {
        return Vec::new();
    };
    let found = occurrences(workspace, at.file, subject.kind, &subject.text);
    let here = found.iter().filter(|it| it.name.file == at.file);
    here.map(|it| Highlight {
        range: it.name.range,
        role: if it.is_definition {
            Role::Definition
        } else {
            Role::Use
        },
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::fixture::fixture;
    use crate::workspace::FileRange;

    fn check(text: &str, expected: &Expect) {
        let fixture = fixture(text);
        let found = highlights(&fixture.workspace, fixture.at);
        let shown = found.iter().map(|one| {
            let at = FileRange {
                file: fixture.at.file,
                range: one.range,
            };
            format!("{} ({:?})\n", fixture.shown(at), one.role)
        });
        expected.assert_eq(&shown.collect::<String>());
    }

    #[test]
    fn definitions_and_uses_of_this_file_are_told_apart() {
        check(
            "include b.conf\n<virtual-mta a>\n</virtual-mta>\n<source a>\ndefault-virtual-mta $0a\n</source>\n<virtual-mta-pool p>\nvirtual-mta \"a\"\n# virtual-mta a\n</virtual-mta-pool>\n#- /etc/pmta/b.conf\n<virtual-mta-pool q>\nvirtual-mta a\n</virtual-mta-pool>\n",
            &expect![[r#"
                2:14 a (Definition)
                5:21 a (Use)
                8:14 a (Use)
            "#]],
        );
    }

    #[test]
    fn both_tags_of_a_section_belong_together() {
        let text = "<virtual-mta a>\n<domain *>\n</domain>\n</virtual-mta>\n";
        for cursor in ["<vir$0tual-mta a", "</virtual-$0mta"] {
            let plain = cursor.replace("$0", "");
            check(
                &text.replacen(&plain, cursor, 1),
                &expect![[r#"
                    1:2 virtual-mta (Tag)
                    4:3 virtual-mta (Tag)
                "#]],
            );
        }
        check(
            "<virtual-mta a>\n<dom$0ain *>\n</virtual-mta>\n",
            &expect![[r#"
                2:2 domain (Tag)
            "#]],
        );
    }

    #[test]
    fn nothing_belongs_to_values_that_name_nothing() {
        check("max-smtp-out 1$02\n", &expect![[""]]);
        check("# a$0\n", &expect![[""]]);
    }
}
