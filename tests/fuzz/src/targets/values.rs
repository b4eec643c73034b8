//! Any value of any directive is read, explained and repaired.

use std::hint::black_box;
use std::path::PathBuf;
use std::sync::LazyLock;

use pmta_analysis::catalog::{Directive, Place, directives_of};
use pmta_analysis::document::Document;
use pmta_analysis::value::{Context, parse, unquote};
use pmta_analysis::workspace::{FilePosition, Workspace};

use super::any_feature;
use crate::input::{Input, border};

static DIRECTIVES: LazyLock<Vec<(Place, &'static Directive)>> = LazyLock::new(|| {
    let of = |place: Place| directives_of(place).map(move |directive| (place, directive));
    Place::all().flat_map(of).collect()
});

/// Runs it.
pub(super) fn run(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let (place, directive) = input.pick(&DIRECTIVES);
    let at = input.below(256);
    let context = Context {
        cut_by_comment: input.byte() % 2 == 1,
    };
    let value = input.rest();
    let parsed = parse(&directive.value, &value, context);
    for piece in &parsed.pieces {
        assert!(value.get(piece.range.as_usize()).is_some(), "{piece:?}");
        assert!(value.get(piece.outer.as_usize()).is_some(), "{piece:?}");
    }
    for problem in &parsed.problems {
        assert!(value.get(problem.range.as_usize()).is_some(), "{problem:?}");
    }
    let mut last = 0;
    for problem in &parsed.problems {
        assert!(last <= problem.range.start, "problems out of order");
        last = problem.range.start;
    }
    black_box(unquote(&value));

    let name = directive.name.replace("/REGEX/", "/x/");
    let line: String = value
        .chars()
        .filter(|sign| !"\r\n".contains(*sign))
        .collect();
    let (open, close) = match place.section() {
        Some(section) => (
            format!("<{} x>\n", section.name),
            format!("</{}>\n", section.name),
        ),
        None => (String::new(), String::new()),
    };
    let text = format!("{open}{name} {line}\n{close}");
    let start = open.len() + name.len();
    let offset = border(&text, start + at % (line.len() + 2));
    let path = PathBuf::from("/etc/pmta/config");
    let (workspace, file) = Workspace::alone(path, Document::new(&text));
    any_feature::of_file(&workspace, file, &text);
    any_feature::at(&workspace, FilePosition { file, offset }, &text, "other");
}
