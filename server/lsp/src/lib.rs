//! The `pmta-ls` program: language server, command line and disk around the pure
//! analysis of `pmta-analysis`.

pub mod capabilities;
mod cli;
pub mod code_lens;
pub mod commands;
pub mod completion;
pub mod exit;
mod fault;
pub mod files;
pub mod framing;
pub mod from_proto;
pub mod log;
pub mod mask;
pub mod position;
pub mod project;
pub mod publish;
pub mod quick_fixes;
pub mod requests;
pub mod server;
pub mod settings;
pub mod state;
pub mod survey;
pub mod sync;
pub mod to_proto;

use std::ffi::OsString;
use std::process::ExitCode;

/// Runs the program with these arguments, the first of which is its name.
#[must_use]
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    cli::run(args)
}
