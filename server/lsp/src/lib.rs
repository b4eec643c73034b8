//! The `pmta-ls` program: language server, command line and disk around the pure
//! analysis of `pmta-analysis`.

pub mod capabilities;
mod cli;
pub mod code_lens;
pub mod commands;
pub mod completion;
pub mod configuration;
pub mod connection;
pub mod dashed_words;
pub mod exit;
mod fault;
pub mod features;
pub mod file_operations;
pub mod files;
mod fix_all;
pub mod fix_everything;
pub mod formatting;
pub mod framing;
pub mod from_proto;
pub mod inlay_hints;
pub mod late_changes;
mod line_edits;
pub mod links;
pub mod log;
pub mod looks;
pub mod mask;
pub mod navigation;
pub mod options;
pub mod outbox;
pub mod output;
pub mod pace;
mod parallel;
pub mod position;
pub mod preferences;
pub mod progress;
pub mod project;
pub mod project_check;
pub mod project_file;
pub mod publish;
pub mod pull;
pub mod quick_fixes;
mod reach;
pub mod refactorings;
pub mod rename;
pub mod requests;
pub mod routes;
pub mod semantic_tokens;
pub mod server;
pub mod settings;
pub mod settings_lens;
pub mod signature_help;
pub mod source_actions;
pub mod state;
pub mod structure;
pub mod survey;
pub mod symbols;
pub mod sync;
pub mod to_proto;
pub mod views;
pub mod watch;
mod write;

use std::ffi::OsString;
use std::process::ExitCode;

/// Runs the program with these arguments, the first of which is its name.
#[must_use]
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    cli::run(args)
}

/// What the command line takes, for pages about it.
#[must_use]
pub fn command_line() -> clap::Command {
    cli::command_line()
}
