//! The TextMate grammar: `source.json`, with the names that the catalog has.

use pmta_analysis::catalog::{self, DIRECTIVES, ValueKind, ValueSpec};

use super::super::words;
use super::alternation::alternation;

/// What stands for the names in the source, as a word of its own.
const MARKS: [&str; 3] = [
    "(DIRECTIVES-WITH-EXPRESSIONS)",
    "(DIRECTIVES)",
    "(SECTIONS)",
];

pub fn grammar(source: &str) -> String {
    let mut directives: Vec<&str> = words::directives();
    let in_digits = DIRECTIVES.iter().map(|directive| directive.name);
    directives
        .extend(in_digits.filter(|name| name.starts_with(|first: char| first.is_ascii_digit())));
    let mut grammar = source.to_owned();
    for (mark, names) in MARKS
        .into_iter()
        .zip([with_expressions(), directives, words::sections()])
    {
        assert_eq!(
            grammar.matches(mark).count(),
            1,
            "{mark} stands once in the source"
        );
        let mut names = names;
        names.sort_unstable();
        names.dedup();
        grammar = grammar.replace(mark, &format!("({})", alternation(&names)));
    }
    grammar
}

/// Directives that take an expression between slashes.
fn with_expressions() -> Vec<&'static str> {
    words::directives()
        .into_iter()
        .filter(|name| {
            catalog::directives_named(name)
                .iter()
                .any(|directive| holds_expression(&directive.value))
        })
        .collect()
}

fn holds_expression(spec: &ValueSpec) -> bool {
    match spec.kind {
        ValueKind::Regex => true,
        ValueKind::List { item, .. } => holds_expression(item),
        ValueKind::Composite(parts) => parts.iter().any(|part| holds_expression(&part.value)),
        ValueKind::AnyOf(kinds) => kinds.iter().any(holds_expression),
        _ => false,
    }
}
