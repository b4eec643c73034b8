//! Every page that help names is there, with the anchor that is named.

use std::collections::{BTreeMap, BTreeSet};

use pmta_analysis::catalog::{
    DIRECTIVES, FOLKLORE_DIRECTIVES, FOLKLORE_SECTIONS, KINDS, Place, SECTIONS,
};
use pmta_analysis::diagnostics::RULES;
use pmta_analysis::hover::{Block, Page, directive, section};
use pmta_analysis::pages;
use pmta_ls_tests::workspace_root;

/// The anchors of a Markdown file's headings, made as those make them that show Markdown.
fn anchors(text: &str) -> BTreeSet<String> {
    let headings = text.lines().filter_map(|line| line.strip_prefix("## "));
    headings
        .map(|heading| {
            let kept = heading.to_lowercase().replace(' ', "-");
            kept.chars()
                .filter(|sign| sign.is_alphanumeric() || "-_".contains(*sign))
                .collect()
        })
        .collect()
}

#[test]
fn pages_that_are_named_are_there() {
    let named = (DIRECTIVES.iter().map(|one| pages::directive(one.name)))
        .chain(Place::all().map(pages::place))
        .chain(RULES.iter().map(|one| pages::rule(one.code)))
        .chain(KINDS.iter().map(|one| pages::kind(one.name)))
        .chain(
            FOLKLORE_DIRECTIVES
                .iter()
                .map(|one| pages::folklore_directive(one.name)),
        )
        .chain(
            FOLKLORE_SECTIONS
                .iter()
                .map(|one| pages::folklore_section(one.name)),
        );
    let mut known: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut missing = Vec::new();
    let mut count = 0;
    for name in named {
        count += 1;
        let (path, anchor) = name.split_once('#').unwrap_or((&name, ""));
        let file = workspace_root().join(path);
        if !file.is_file() {
            missing.push(name);
            continue;
        }
        let anchors = known.entry(path.to_owned()).or_insert_with(|| {
            anchors(&std::fs::read_to_string(&file).expect("a file that can be read"))
        });
        if !anchor.is_empty() && !anchors.contains(anchor) {
            missing.push(name);
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
    assert!(count > 900, "{count}");
}

/// The page that help names.
fn named_by(help: &Page) -> Option<String> {
    help.blocks.iter().find_map(|block| match block {
        Block::Field("Page", text) => Some(text.trim_matches('`').to_owned()),
        _ => None,
    })
}

#[test]
fn help_names_the_page() {
    for entry in DIRECTIVES {
        let page = Some(pages::directive(entry.name));
        assert_eq!(named_by(&directive::directive(entry)), page);
        let entries = std::slice::from_ref(entry);
        assert_eq!(named_by(&directive::directive_anywhere(entries)), page);
    }
    for one in SECTIONS {
        let page = Some(pages::place(one.place));
        assert_eq!(named_by(&section::section(one)), page);
    }
    for one in FOLKLORE_DIRECTIVES {
        let page = Some(pages::folklore_directive(one.name));
        assert_eq!(named_by(&directive::folklore(one)), page);
    }
    for one in FOLKLORE_SECTIONS {
        let page = Some(pages::folklore_section(one.name));
        assert_eq!(named_by(&section::folklore(one)), page);
    }
}
