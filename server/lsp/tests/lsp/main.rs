//! The language server over real pipes.

#![allow(
    clippy::arithmetic_side_effects,
    reason = "a test that overflows should fail"
)]

#[cfg(test)]
mod campus;
#[cfg(test)]
mod capabilities;
#[cfg(test)]
mod client;
#[cfg(test)]
mod clients;
#[cfg(test)]
mod commands;
#[cfg(test)]
mod completion;
#[cfg(test)]
mod configuration;
#[cfg(test)]
mod definition;
#[cfg(test)]
mod diagnostics;
#[cfg(test)]
mod documents;
#[cfg(test)]
mod edit_order;
#[cfg(test)]
mod encodings;
#[cfg(test)]
mod endurance;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod file_operations;
#[cfg(test)]
mod files;
#[cfg(test)]
mod formatting;
#[cfg(test)]
mod genuine_set;
#[cfg(test)]
mod hover;
#[cfg(test)]
mod in_process;
#[cfg(test)]
#[cfg(unix)]
#[path = "../support/kept_out.rs"]
mod kept_out;
#[cfg(test)]
mod lifecycle;
#[cfg(test)]
mod navigation;
#[cfg(test)]
mod panics;
#[cfg(test)]
#[path = "../support/planted.rs"]
mod planted;
#[cfg(test)]
#[cfg(unix)]
mod privacy;
#[cfg(test)]
mod progress;
#[cfg(test)]
mod project_file;
#[cfg(test)]
mod protocol;
#[cfg(test)]
mod quick_fixes;
#[cfg(test)]
mod random_edits;
#[cfg(test)]
mod related;
#[cfg(test)]
mod rename;
#[cfg(test)]
mod secrets;
#[cfg(test)]
mod semantic_tokens;
#[cfg(test)]
#[cfg(unix)]
#[path = "../support/strace.rs"]
mod strace;
#[cfg(test)]
mod text;
#[cfg(test)]
mod transport;
#[cfg(test)]
mod watching;
