//! What must hold for any input, as functions of bytes that panic where it does not.
//!
//! `main.rs` gives them to libFuzzer; `tests/replay.rs` runs them with every input that once failed,
//! and with the corpora, damaged at random.

pub mod input;
pub mod memory;
pub mod seeds;
mod targets;

pub use targets::{TARGETS, Target, target};
