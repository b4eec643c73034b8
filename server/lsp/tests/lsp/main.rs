//! The language server over real pipes.

#![allow(
    clippy::arithmetic_side_effects,
    reason = "a test that overflows should fail"
)]

#[cfg(test)]
mod client;
#[cfg(test)]
mod commands;
#[cfg(test)]
mod completion;
#[cfg(test)]
mod definition;
#[cfg(test)]
mod diagnostics;
#[cfg(test)]
mod edit_order;
#[cfg(test)]
mod encodings;
#[cfg(test)]
mod files;
#[cfg(test)]
mod hover;
#[cfg(test)]
mod lifecycle;
#[cfg(test)]
mod panics;
#[cfg(test)]
mod quick_fixes;
#[cfg(test)]
mod random_edits;
#[cfg(test)]
mod text;
