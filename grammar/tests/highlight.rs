//! The queries compile, and `highlights.scm` colours what `test/highlight` says.

use std::path::Path;

use streaming_iterator::StreamingIterator;
use tree_sitter::{Query, QueryCursor};

use crate::support::{assert_clean, files};

fn query(source: &str) -> Query {
    Query::new(&tree_sitter_pmta::LANGUAGE.into(), source).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn queries_compile() {
    let queries = [
        ("highlights", tree_sitter_pmta::HIGHLIGHTS_QUERY),
        ("folds", tree_sitter_pmta::FOLDS_QUERY),
        ("indents", tree_sitter_pmta::INDENTS_QUERY),
        ("injections", tree_sitter_pmta::INJECTIONS_QUERY),
        ("locals", tree_sitter_pmta::LOCALS_QUERY),
        ("tags", tree_sitter_pmta::TAGS_QUERY),
        ("textobjects", tree_sitter_pmta::TEXTOBJECTS_QUERY),
    ];
    for (name, source) in queries {
        let query = query(source);
        assert!(query.pattern_count() > 0, "{name} is empty");
    }
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("queries");
    assert_eq!(
        files(&directory).len(),
        queries.len(),
        "a query file is not tested"
    );
}

/// For each byte the capture that colours it: the last pattern wins.
fn colours(text: &[u8]) -> Vec<Option<String>> {
    let query = query(tree_sitter_pmta::HIGHLIGHTS_QUERY);
    let tree = assert_clean(text);
    let mut found: Vec<(usize, std::ops::Range<usize>, String)> = Vec::new();
    let mut cursor = QueryCursor::new();
    let mut matches = cursor.matches(&query, tree.root_node(), text);
    while let Some(found_match) = matches.next() {
        for capture in found_match.captures() {
            let name = query.capture_names()[usize::try_from(capture.index).unwrap()];
            if !name.starts_with('_') {
                found.push((
                    found_match.pattern_index,
                    capture.node.byte_range(),
                    name.to_owned(),
                ));
            }
        }
    }
    found.sort_by_key(|(pattern, ..)| *pattern);
    let mut colours = vec![None; text.len()];
    for (_, range, name) in found {
        colours[range].fill(Some(name));
    }
    colours
}

/// The columns and the name that a comment asserts of the line above: `# ^^ name`,
/// or `# <- name` for its first column.
fn assertion(line: &str) -> Option<(std::ops::Range<usize>, &str)> {
    let rest = line.strip_prefix('#')?;
    if let Some(name) = rest.trim_start().strip_prefix("<-") {
        return Some((0..1, name.trim()));
    }
    let start = line.find('^')?;
    let name = line[start..].trim_start_matches('^');
    Some((start..line.len().saturating_sub(name.len()), name.trim()))
}

#[test]
fn highlights() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("test/highlight");
    let mut count = 0_usize;
    for path in files(&directory) {
        let text = std::fs::read_to_string(&path).expect("a highlight test is UTF-8");
        let colours = colours(text.as_bytes());
        let mut line_start = 0_usize;
        let mut asserted_start = 0_usize;
        for (number, line) in text.lines().enumerate() {
            if let Some((columns, name)) = assertion(line) {
                count = count.saturating_add(1);
                for column in columns {
                    let found = colours[asserted_start.saturating_add(column)].as_deref();
                    assert_eq!(
                        found,
                        Some(name),
                        "{}:{} column {column}",
                        path.display(),
                        number.saturating_add(1)
                    );
                }
            } else {
                asserted_start = line_start;
            }
            line_start = line_start.saturating_add(line.len()).saturating_add(1);
        }
    }
    println!("{count} highlight assertions");
    assert!(count > 0, "no highlight tests were found");
}
