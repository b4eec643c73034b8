//! Every form of invented syntax, one fixture a form: what is reported on which line, and that the
//! lines around it are understood.

use std::fs;
use std::path::PathBuf;

use pmta_analysis::document::Document;

/// A fixture, what must be reported in it, and what else may be reported in the same lines because
/// the names there are invented too.
struct Row {
    file: &'static str,
    reported: &'static [(usize, &'static str)],
    beside: &'static [(usize, &'static str)],
}

const fn row(file: &'static str, reported: &'static [(usize, &'static str)]) -> Row {
    Row {
        file,
        reported,
        beside: &[],
    }
}

const SEVERAL: &str = "several-directives-on-one-line";
const ARGUMENTS: &str = "several-section-arguments";
const LOOK_ALIKE: &str = "look-alike-character";

const ROWS: [Row; 27] = [
    row("01-flattened.conf", &[(2, SEVERAL)]),
    row("02-trailing-words.conf", &[(3, SEVERAL), (6, SEVERAL)]),
    row(
        "03-xml-comment.conf",
        &[
            (1, "xml-comment"),
            (3, "xml-comment"),
            (6, "xml-comment"),
            (11, "xml-comment"),
        ],
    ),
    Row {
        file: "04-key-equals-value.conf",
        reported: &[(3, "assignment"), (4, "assignment")],
        // The sign goes with the invented name.
        beside: &[(1, "folklore-directive"), (2, "folklore-directive")],
    },
    row(
        "05-statement-end.conf",
        &[
            (1, "statement-semicolon"),
            (2, "statement-semicolon"),
            (4, "statement-semicolon"),
        ],
    ),
    row(
        "06-semicolon-comment.conf",
        &[(1, "semicolon-comment"), (3, "semicolon-comment")],
    ),
    row(
        "07-underscores.conf",
        &[
            (1, "underscore-name"),
            (3, "underscore-name"),
            (4, "underscore-name"),
        ],
    ),
    Row {
        file: "08-bracket-list.conf",
        reported: &[
            (1, "statement-semicolon"),
            (1, "bracket-list"),
            (6, "bracket-list"),
        ],
        beside: &[(1, "unknown-directive"), (1, "assignment")],
    },
    row(
        "09-brace-block.conf",
        &[
            (1, "brace-block"),
            (5, "brace-block"),
            (6, "brace-block"),
            (12, "unmatched-end-tag"),
        ],
    ),
    Row {
        file: "10-keyword-block.conf",
        reported: &[
            (1, "keyword-block"),
            (5, "keyword-block"),
            (8, "keyword-block"),
        ],
        beside: &[
            (1, "folklore-section"),
            (2, "folklore-directive"),
            (3, "folklore-directive"),
            (5, "folklore-section"),
        ],
    },
    Row {
        file: "11-indented-block.conf",
        reported: &[
            (1, "keyword-block"),
            (4, "keyword-block"),
            (6, "keyword-block"),
        ],
        beside: &[(6, "folklore-section"), (7, "folklore-directive")],
    },
    Row {
        file: "12-tag-attribute.conf",
        reported: &[
            (1, "tag-attribute"),
            (4, "tag-attribute"),
            (5, "tag-attribute"),
            (7, "tag-attribute"),
            (10, "tag-attribute"),
        ],
        beside: &[
            (1, "folklore-section"),
            (2, "folklore-directive"),
            (10, "folklore-section"),
        ],
    },
    row(
        "13-xml-element.conf",
        &[(2, "xml-element"), (5, "xml-element")],
    ),
    row(
        "14-wrapper.conf",
        &[(1, "wrapper-section"), (7, "wrapper-section")],
    ),
    row(
        "15-several-arguments.conf",
        &[(1, ARGUMENTS), (4, ARGUMENTS), (8, ARGUMENTS)],
    ),
    row(
        "16-argument-after-tag.conf",
        &[(1, ARGUMENTS), (4, ARGUMENTS)],
    ),
    Row {
        file: "17-backslash-continuation.conf",
        reported: &[(2, "continued-line"), (6, "continued-line")],
        beside: &[
            (6, "misplaced-directive"),
            (6, "unknown-word"),
            (6, "folklore-value"),
            (6, "unexpected-value"),
        ],
    },
    Row {
        file: "18-regex-flags.conf",
        reported: &[(2, "regex-flags"), (6, "regex-flags")],
        beside: &[(7, "invalid-regex")],
    },
    row(
        "19-unit-in-name.conf",
        &[(2, "unit-in-name"), (3, "unit-in-name")],
    ),
    row(
        "20-on-off.conf",
        &[
            (2, "invalid-boolean"),
            (3, "invalid-boolean"),
            (4, "invalid-boolean"),
        ],
    ),
    row("21-quotes-everywhere.conf", &[(5, "invalid-boolean")]),
    Row {
        file: "22-colon.conf",
        reported: &[(2, "assignment"), (3, "assignment")],
        beside: &[(6, "unknown-directive")],
    },
    row(
        "23-page-debris.conf",
        &[
            (2, "page-debris"),
            (3, "page-debris"),
            (5, "page-debris"),
            (6, "page-debris"),
            (7, "page-debris"),
        ],
    ),
    row(
        "24-html-entities.conf",
        &[(1, "html-entity"), (3, "html-entity")],
    ),
    row(
        "25-look-alikes.conf",
        &[
            (1, LOOK_ALIKE),
            (2, LOOK_ALIKE),
            (3, LOOK_ALIKE),
            (4, LOOK_ALIKE),
            (5, LOOK_ALIKE),
            (5, LOOK_ALIKE),
            (6, LOOK_ALIKE),
            (7, LOOK_ALIKE),
            (8, LOOK_ALIKE),
            (8, LOOK_ALIKE),
        ],
    ),
    row(
        "26-fences-and-shell.conf",
        &[
            (1, "page-debris"),
            (3, "page-debris"),
            (4, "shell-command"),
            (5, "shell-command"),
            (6, "shell-command"),
            (7, "shell-command"),
            (8, "shell-command"),
            (9, "page-debris"),
        ],
    ),
    row("27-path-placeholders.conf", &[]),
];

/// Groups whose findings are compared: those that tell what a single file alone shows.
const GROUPS: [&str; 4] = ["structure", "names", "syntax", "values"];

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/folklore")
}

#[expect(clippy::disallowed_methods, reason = "the fixtures are files")]
fn text_of(file: &str) -> String {
    fs::read_to_string(folder().join(file)).unwrap_or_default()
}

/// Line and code of each finding.
fn reported(text: &str) -> Vec<(usize, &'static str)> {
    Document::new(text)
        .findings()
        .iter()
        .filter(|finding| GROUPS.contains(&finding.rule.group.name()))
        .map(|finding| {
            let before = &text[..finding.range.start as usize];
            (
                before.matches('\n').count().saturating_add(1),
                finding.rule.code,
            )
        })
        .collect()
}

#[test]
fn each_form_has_its_finding_and_nothing_around_it_has_any() {
    let mut wrong = String::new();
    for Row {
        file,
        reported: expected,
        beside,
    } in &ROWS
    {
        let mut found = reported(&text_of(file));
        for one in *expected {
            match found.iter().position(|other| other == one) {
                Some(at) => {
                    found.remove(at);
                }
                None => wrong += &format!("{file}:{}: no {}\n", one.0, one.1),
            }
        }
        for (line, code) in found.iter().filter(|one| !beside.contains(one)) {
            wrong += &format!("{file}:{line}: {code} was not expected\n");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the fixtures are files")]
fn each_fixture_has_a_row() {
    let mut files: Vec<String> = fs::read_dir(folder())
        .expect("the folder")
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .filter(|name| name.ends_with(".conf"))
        .collect();
    files.sort();
    let rows: Vec<String> = ROWS.iter().map(|row| row.file.to_owned()).collect();
    assert_eq!(files, rows);
}
