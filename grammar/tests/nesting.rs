//! Which sections stay open when another one opens.

use crate::support::assert_clean;

/// A section and where it may stand: `*` is the top level.
const NESTS_IN: &[(&str, &[&str])] = &[
    ("acct-file", &["*"]),
    (
        "address-list",
        &["*", "bounce-processor", "feedback-loop-processor"],
    ),
    ("aliases", &["*"]),
    ("bounce-category-patterns", &["*"]),
    ("bounce-processor", &["*"]),
    ("dns", &["*"]),
    ("domain", &["*", "virtual-mta", "virtual-mta-pool"]),
    ("domain-key-list", &["*"]),
    (
        "email-patterns",
        &["bounce-processor", "feedback-loop-processor"],
    ),
    ("feedback-loop-processor", &["*"]),
    ("gm-imprinter", &["*"]),
    ("mx-rollup-list", &["*"]),
    ("pattern-list", &["*"]),
    ("proxy", &["*"]),
    ("rewrite-list", &["*"]),
    ("signals", &["*"]),
    ("signals-filter", &["*"]),
    ("smtp-listener", &["*"]),
    ("smtp-pattern-list", &["*"]),
    ("smtp-user", &["*"]),
    ("source", &["*"]),
    ("source-group", &["*"]),
    ("sparkpost-analytics", &["*"]),
    ("spool", &["*"]),
    ("suppression-list", &["*"]),
    ("transmissions-api", &["*"]),
    ("transmissions-api-listener", &["*"]),
    ("vault", &["*"]),
    ("virtual-mta", &["*"]),
    ("virtual-mta-pool", &["*"]),
];

const WRAPPERS: &[&str] = &[
    "powermta",
    "pmta",
    "config",
    "configuration",
    "pmta-config",
    "powermta-config",
];

/// How deep the tag after `before` is nested in sections.
fn depth_of_last_section(text: &str) -> usize {
    let tree = assert_clean(text.as_bytes());
    let mark = text.find("MARK").expect("the text has a mark");
    let mut node = tree
        .root_node()
        .descendant_for_byte_range(mark, mark)
        .expect("the mark is in the tree");
    let mut depth = 0_usize;
    while let Some(parent) = node.parent() {
        if matches!(parent.kind(), "section" | "brace_section") {
            depth = depth.saturating_add(1);
        }
        node = parent;
    }
    depth
}

fn may_nest(child: &str, parent: &str) -> bool {
    let (_, parents) = NESTS_IN
        .iter()
        .find(|(name, _)| *name == child)
        .expect("a known section");
    // Where no place can be found the open section is left as it is.
    parents.contains(&parent) || !parents.contains(&"*")
}

#[test]
fn every_section_in_every_section() {
    let mut pairs = 0_usize;
    for (parent, _) in NESTS_IN {
        for (child, _) in NESTS_IN {
            let expected = if may_nest(child, parent) { 2 } else { 1 };
            let text = format!("<{parent} a>\nx y\n<{child} MARK>\n");
            assert_eq!(depth_of_last_section(&text), expected, "{text}");
            let text = format!("{parent} a {{\nx y\n{child} MARK {{\n");
            assert_eq!(depth_of_last_section(&text), expected, "{text}");
            pairs = pairs.saturating_add(1);
        }
    }
    println!("{pairs} pairs of sections");
}

#[test]
fn every_section_in_every_section_of_a_wrapper() {
    for wrapper in WRAPPERS {
        for (parent, _) in NESTS_IN {
            for (child, _) in NESTS_IN {
                let nests = may_nest(child, parent) && *child != "email-patterns";
                let in_processor =
                    matches!(*parent, "bounce-processor" | "feedback-loop-processor");
                let expected = if nests || (*child == "email-patterns" && in_processor) {
                    3
                } else {
                    2
                };
                let text = format!("<{wrapper}>\n<{parent} a>\n<{child} MARK>\n");
                assert_eq!(depth_of_last_section(&text), expected, "{text}");
            }
        }
    }
}

#[test]
fn unknown_sections() {
    for (name, parents) in NESTS_IN {
        let text = format!("<{name} a>\n<limits MARK>\n");
        assert_eq!(depth_of_last_section(&text), 2, "{text}");
        let only_top = *parents == ["*"] && *name != "pattern-list";
        let text = format!("<limits>\n<{name} MARK>\n");
        assert_eq!(
            depth_of_last_section(&text),
            if only_top { 1 } else { 2 },
            "{text}"
        );
    }
}

#[test]
fn pattern_lists() {
    assert_eq!(
        depth_of_last_section("<pattern-list a>\n<pattern-list>\nMARK x\n"),
        2
    );
    assert_eq!(
        depth_of_last_section("<pattern-list a>\nmail-from /x/ <pattern-list b>\nMARK x\n"),
        2
    );
    assert_eq!(
        depth_of_last_section("<pattern-list a>\n<pattern-list b>\nMARK x\n"),
        1
    );
    assert_eq!(
        depth_of_last_section("<source a>\nx y <pattern-list>\nMARK x\n"),
        1
    );
}

#[test]
fn top_level_folklore() {
    for name in [
        "vmta",
        "pool",
        "virtual-mta-group",
        "sender",
        "user",
        "bounce-handler",
        "smtp-source",
    ] {
        assert_eq!(
            depth_of_last_section(&format!("<limits>\n<{name} MARK>\n")),
            1,
            "{name}"
        );
    }
    for name in ["vmta", "pool", "virtual-mta-group"] {
        assert_eq!(
            depth_of_last_section(&format!("<{name} a>\n<domain MARK>\n")),
            2,
            "{name}"
        );
    }
}
