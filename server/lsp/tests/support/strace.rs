//! Programs run under `strace`, which tells what they ask of the system, and lets some of it fail.
//!
//! Not on every machine may one program trace another; tests that need it say so and end where it is
//! not allowed. `tests/run` installs `strace` and demands that it works.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Set where tests that need `strace` may not be left out.
const DEMANDED: &str = "PMTA_LS_TEST_STRACE";

/// Whether programs can be traced here.
///
/// # Panics
/// If they cannot but have to be.
pub(crate) fn is_possible() -> bool {
    let traced = Command::new("strace")
        .args(["-qq", "-o", "/dev/null", "true"])
        .stderr(Stdio::null())
        .status();
    let is_possible = traced.is_ok_and(|status| status.success());
    assert!(
        is_possible || std::env::var_os(DEMANDED).is_none(),
        "programs cannot be traced here"
    );
    if !is_possible {
        println!("strace: left out, programs cannot be traced here");
    }
    is_possible
}

/// The program under `strace` with these options of its own; what it does is written to a file.
pub(crate) fn command(log: &Path, options: &[&str], arguments: &[&str]) -> Command {
    let mut command = Command::new("strace");
    command
        .args(["-f", "-qq", "-s", "4096", "-o"])
        .arg(log)
        .args(options)
        .arg(env!("CARGO_BIN_EXE_pmta-ls"))
        .args(arguments);
    command
}

/// What a program asked of the system.
pub(crate) struct Trace(String);

impl Trace {
    /// What was written to a file.
    pub(crate) fn read(log: &Path) -> Self {
        Self(std::fs::read_to_string(log).unwrap())
    }

    /// The calls, each as a line that begins with its name.
    pub(crate) fn calls(&self) -> impl Iterator<Item = &str> {
        self.0.lines().filter_map(|line| {
            let (_, call) = line.split_once(' ')?;
            let call = call.trim_start();
            call.starts_with(|sign: char| sign.is_ascii_lowercase())
                .then_some(call)
        })
    }

    /// The calls of these names.
    pub(crate) fn calls_of<'a>(&'a self, names: &'a [&str]) -> impl Iterator<Item = &'a str> {
        self.calls().filter(move |call| {
            names
                .iter()
                .any(|name| call.starts_with(&format!("{name}(")))
        })
    }

    /// The paths that were opened with success, with what they were opened for.
    pub(crate) fn opened(&self) -> Vec<(PathBuf, &str)> {
        self.calls_of(&["open", "openat", "openat2", "creat"])
            .filter(|call| !call.contains(" = -1 "))
            .filter_map(|call| {
                let (_, rest) = call.split_once('"')?;
                let (path, flags) = rest.split_once('"')?;
                Some((PathBuf::from(path), flags))
            })
            .collect()
    }
}
