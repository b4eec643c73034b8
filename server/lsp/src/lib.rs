//! The `pmta-ls` program: command line and disk around the pure analysis of `pmta-analysis`.

mod cli;
pub mod files;

use std::ffi::OsString;
use std::process::ExitCode;

/// Runs the program with these arguments, the first of which is its name.
#[must_use]
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    cli::run(args)
}
