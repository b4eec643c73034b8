//! Turns `src/catalog/**/*.toml` into static tables, so that the catalog costs nothing at start-up.
//!
//! What a contributor can get wrong there is found here, and reported with file and entry.

#![allow(
    clippy::disallowed_methods,
    reason = "the build reads and writes files, analysis does not"
)]

#[path = "build/check.rs"]
mod check;
#[path = "build/emit.rs"]
mod emit;
#[path = "build/files.rs"]
mod files;
#[path = "build/folklore.rs"]
mod folklore;
#[path = "build/load.rs"]
mod load;
#[path = "build/spec.rs"]
mod spec;
#[path = "build/tables.rs"]
mod tables;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

fn main() -> ExitCode {
    match generate() {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            for line in problem.lines() {
                tell(&format!("cargo::error={line}"));
            }
            ExitCode::FAILURE
        }
    }
}

fn generate() -> Result<(), String> {
    let root = PathBuf::from(variable("CARGO_MANIFEST_DIR")?);
    let source = root.join("src").join("catalog");
    for watched in [&source, &source.join("folklore"), &root.join("build")] {
        tell(&format!("cargo::rerun-if-changed={}", watched.display()));
    }
    tell("cargo::rerun-if-changed=build.rs");
    let catalog = load::load(&source)?;
    check::check(&catalog)?;
    let out = Path::new(&variable("OUT_DIR")?).join("catalog.rs");
    std::fs::write(&out, emit::emit(&catalog))
        .map_err(|error| format!("{}: {error}", out.display()))
}

fn variable(name: &str) -> Result<String, String> {
    std::env::var(name).map_err(|error| format!("{name}: {error}"))
}

/// Says something to cargo. A closed pipe means that cargo is gone, and nobody is left to tell.
fn tell(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}
