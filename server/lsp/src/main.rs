//! The `pmta-ls` command.

#[cfg(target_env = "musl")]
mod allocator;

use std::process::ExitCode;

fn main() -> ExitCode {
    #[cfg(target_env = "musl")]
    allocator::keep_nothing();
    pmta_ls::run(std::env::args_os())
}
