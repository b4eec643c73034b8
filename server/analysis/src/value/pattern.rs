//! Narrower expressions of the catalog that a whole value must match.

use std::cell::RefCell;

use pcre2::bytes::{Regex, RegexBuilder};

use super::reader::{Reader, Token};
use crate::catalog::ValueSpec;
use crate::diagnostics::invalid_value;

thread_local! {
    /// Expressions compiled so far; the catalog has a handful of them.
    static COMPILED: RefCell<Vec<(&'static str, Option<Regex>)>> = const { RefCell::new(Vec::new()) };
}

/// Reports a value that does not match the expression of its spec.
pub(super) fn check(reader: &mut Reader<'_>, spec: &'static ValueSpec, token: Token) {
    let Some(pattern) = spec.pattern else { return };
    if matches(pattern, reader.slice(token.inner)) {
        return;
    }
    let shown = reader.shown(spec, token.inner);
    reader.report(&invalid_value::RULE, token.inner, || {
        let form = if spec.means.is_empty() {
            format!("it must match `{pattern}`")
        } else {
            spec.means.trim_end_matches('.').to_owned()
        };
        (
            format!("{shown} does not have the form needed here: {form}."),
            Vec::new(),
        )
    });
}

fn matches(pattern: &'static str, text: &str) -> bool {
    COMPILED.with_borrow_mut(|compiled| {
        if !compiled.iter().any(|(known, _)| *known == pattern) {
            let whole = format!(r"\A(?:{pattern})\z");
            compiled.push((
                pattern,
                RegexBuilder::new().utf(true).ucp(true).build(&whole).ok(),
            ));
        }
        let regex = compiled.iter().find(|(known, _)| *known == pattern);
        // An expression that cannot be used says nothing about the value.
        regex
            .and_then(|(_, regex)| regex.as_ref())
            .is_none_or(|regex| regex.is_match(text.as_bytes()).unwrap_or(true))
    })
}
