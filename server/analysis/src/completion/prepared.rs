//! What candidates say that depends on the catalog alone, worked out once: lists of hundreds of them
//! are asked for at every key.

use std::sync::OnceLock;

use super::documentation::directive_key;
use super::snippet;
use crate::catalog::{DIRECTIVES, Directive};

/// What is known of a directive.
#[derive(Debug)]
pub(super) struct PreparedDirective {
    /// What its value looks like.
    pub(super) value: &'static str,
    /// Its name with a blank behind it.
    pub(super) opened: String,
    /// The line with places to jump to.
    pub(super) snippet: Option<String>,
    /// The key of its help.
    pub(super) key: String,
}

/// What is known of a directive.
pub(super) fn directive(entry: &'static Directive) -> &'static PreparedDirective {
    static ALL: [OnceLock<PreparedDirective>; DIRECTIVES.len()] =
        [const { OnceLock::new() }; DIRECTIVES.len()];
    static NONE: PreparedDirective = PreparedDirective {
        value: "",
        opened: String::new(),
        snippet: None,
        key: String::new(),
    };
    let cell = ALL.get(entry.id().index());
    cell.map_or(&NONE, |cell| {
        cell.get_or_init(|| PreparedDirective {
            value: entry
                .syntax
                .strip_prefix(entry.name)
                .unwrap_or(entry.syntax)
                .trim(),
            opened: format!("{} ", entry.name),
            snippet: snippet::directive(entry),
            key: directive_key(entry.name, Some(entry.place)),
        })
    })
}
