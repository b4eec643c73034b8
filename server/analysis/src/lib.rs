//! Pure analysis of PowerMTA configuration.
//!
//! Text goes in, understanding comes out: no I/O, no LSP types, bytes as the only unit of position.

pub mod catalog;
pub mod code_lens;
pub mod completion;
mod cursor;
pub mod definition;
mod deployment;
pub mod diagnostics;
pub mod document;
pub mod facts;
pub mod findings;
#[cfg(test)]
mod fixture;
pub mod hover;
pub mod inheritance;
pub mod meaning;
pub mod names;
mod outline;
pub mod routing;
pub mod secrets;
pub mod syntax;
pub mod text;
pub mod value;
pub mod workspace;
