//! Pure analysis of PowerMTA configuration.
//!
//! Text goes in, understanding comes out: no I/O, no LSP types, bytes as the only unit of position.

pub mod call_hierarchy;
pub mod catalog;
pub mod code_lens;
pub mod completion;
mod cursor;
pub mod definition;
mod deployment;
pub mod diagnostics;
pub mod document;
pub mod facts;
pub mod file_rename;
pub mod findings;
pub mod fixing;
#[cfg(test)]
mod fixture;
pub mod folding;
pub mod format;
mod gaps;
pub mod highlight;
pub mod hover;
pub mod ignores;
pub mod inheritance;
pub mod inlay_hints;
pub mod linked_editing;
pub mod links;
pub mod meaning;
pub mod names;
mod occurrences;
mod outline;
pub mod pages;
pub mod policy;
pub mod refactor;
pub mod references;
pub mod remarks;
pub mod rename;
pub mod routing;
pub mod secrets;
pub mod selection;
pub mod semantic_tokens;
pub mod settings_lens;
pub mod signature_help;
mod slip;
pub mod symbols;
pub mod syntax;
pub mod text;
pub mod value;
pub mod view;
pub mod workspace;
