//! The tree-sitter grammar of PowerMTA configuration files.
//!
//! Every byte string has a tree without error nodes: see `grammar.js` for the
//! node types.

use tree_sitter_language::LanguageFn;

#[allow(
    unsafe_code,
    reason = "the generated parser is C; the function takes nothing and returns a static table"
)]
mod language {
    use super::LanguageFn;

    unsafe extern "C" {
        fn tree_sitter_pmta() -> *const ();
    }

    /// The grammar, to be given to `tree_sitter::Parser::set_language`.
    pub const LANGUAGE: LanguageFn = unsafe { LanguageFn::from_raw(tree_sitter_pmta) };
}

pub use language::LANGUAGE;

/// The node types and their fields, as JSON.
pub const NODE_TYPES: &str = include_str!("../../src/node-types.json");

/// Colours.
pub const HIGHLIGHTS_QUERY: &str = include_str!("../../queries/highlights.scm");

/// Foldable sections.
pub const FOLDS_QUERY: &str = include_str!("../../queries/folds.scm");

/// Indentation.
pub const INDENTS_QUERY: &str = include_str!("../../queries/indents.scm");

/// Other languages inside a file: patterns and comments.
pub const INJECTIONS_QUERY: &str = include_str!("../../queries/injections.scm");

/// Definitions and references within a file.
pub const LOCALS_QUERY: &str = include_str!("../../queries/locals.scm");

/// Named sections, for outlines.
pub const TAGS_QUERY: &str = include_str!("../../queries/tags.scm");

/// Sections, directives and comments as text objects.
pub const TEXTOBJECTS_QUERY: &str = include_str!("../../queries/textobjects.scm");
