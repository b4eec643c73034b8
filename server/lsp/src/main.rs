//! The `pmta-ls` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    pmta_ls::run(std::env::args_os())
}
