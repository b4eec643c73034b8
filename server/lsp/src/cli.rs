//! The command line: arguments in, text and an exit status out.

mod arguments;
mod check;
mod configuration;
mod explain;
mod fmt;
mod output;
mod settings;
mod trace;

use std::ffi::OsString;
use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use arguments::{Arguments, Command, Completions};
use output::{Output, Status};

use crate::server;

/// Runs the command that these arguments give, the first of which is the program's name.
pub(crate) fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let args: Vec<OsString> = args.into_iter().collect();
    if let Some(serve) = editor_command(&args) {
        return serve();
    }
    let arguments = match Arguments::try_parse_from(args) {
        Ok(arguments) => arguments,
        Err(error) => return refuse(&error).into(),
    };
    let Some(command) = arguments.command else {
        return serve_or_help();
    };
    let status = match command {
        Command::Lsp(_) => return server::serve(),
        Command::Check(check) => check::check(&check),
        Command::Fmt(fmt) => fmt::fmt(&fmt),
        Command::Settings(settings) => settings::settings(&settings),
        Command::Trace(trace) => trace::trace(&trace),
        Command::Explain(explain) => explain::explain(&explain),
        Command::Completions(completions) => complete(&completions),
    };
    status.into()
}

/// What to do with the arguments that editors give. An editor waits for its server, and to prepare all other
/// commands takes a good part of that time.
fn editor_command(args: &[OsString]) -> Option<fn() -> ExitCode> {
    let given: Vec<_> = args.iter().skip(1).map(|it| it.to_str()).collect();
    match given.as_slice() {
        [] => Some(serve_or_help),
        [Some("lsp")] | [Some("lsp"), Some("--stdio")] => Some(server::serve),
        _ => None,
    }
}

/// What the command line takes.
pub(crate) fn command_line() -> clap::Command {
    Arguments::command()
}

/// Without a command: editors start a language server so, and people get help.
fn serve_or_help() -> ExitCode {
    if !std::io::stdin().is_terminal() {
        return server::serve();
    }
    // If nobody reads it, there is nobody to tell.
    let _ = command_line().print_help();
    Status::Trouble.into()
}

/// Prints help, the version, or what is wrong with the arguments.
fn refuse(error: &clap::Error) -> Status {
    // If nobody reads it, there is nobody to tell.
    let _ = error.print();
    if error.use_stderr() {
        Status::Trouble
    } else {
        Status::Success
    }
}

fn complete(completions: &Completions) -> Status {
    let mut script = Vec::new();
    clap_complete::generate(
        completions.shell,
        &mut command_line(),
        "pmta-ls",
        &mut script,
    );
    Output::standard().print(Status::Success, |out: &mut dyn Write| {
        out.write_all(&script)
    })
}
