//! Counts instructions with valgrind: the same on every run, however busy the machine is.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::operations::Operation;

/// The functions behind which valgrind writes down what it counted since the last time: what is
/// measured stands between them.
const MARKS: [&str; 2] = ["*before_measuring*", "*measured_once*"];

/// The example `measured` beside the program that asks: tests and measurements are built into one
/// folder, examples into another next to it.
#[must_use]
pub fn program() -> Option<PathBuf> {
    let own = std::env::current_exe().ok()?;
    let program = own.parent()?.parent()?.join("examples/measured");
    program.is_file().then_some(program)
}

/// Instructions of each operation on a nested configuration of so many lines.
///
/// # Errors
/// If valgrind is not there, or fails; a sentence that says which.
pub fn instructions(
    program: &Path,
    lines: usize,
    operations: &[&Operation],
) -> Result<Vec<u64>, String> {
    let folder = std::env::temp_dir().join(format!("pmta-ls-callgrind-{}", std::process::id()));
    std::fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    let counted = run(program, lines, operations, &folder);
    let _ = std::fs::remove_dir_all(&folder);
    counted
}

fn run(
    program: &Path,
    lines: usize,
    operations: &[&Operation],
    folder: &Path,
) -> Result<Vec<u64>, String> {
    let output = Command::new("valgrind")
        .arg("--tool=callgrind")
        .args(MARKS.map(|mark| format!("--dump-after={mark}")))
        .arg(format!(
            "--callgrind-out-file={}",
            folder.join("out").display()
        ))
        .arg(program)
        .arg("nested")
        .arg(lines.to_string())
        .args(operations.iter().map(|it| it.name))
        .output()
        .map_err(|error| format!("valgrind cannot be run: {error}"))?;
    if !output.status.success() {
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        return Err(format!("valgrind failed: {told}"));
    }
    let numbers = (1..=operations.len()).map(|number| number * MARKS.len());
    let counts = numbers.map(|number| count(&folder.join(format!("out.{number}"))));
    counts.collect()
}

/// What one file of callgrind sums up.
fn count(file: &Path) -> Result<u64, String> {
    let text = std::fs::read_to_string(file)
        .map_err(|error| format!("{} cannot be read: {error}", file.display()))?;
    let total = text.lines().find_map(|line| line.strip_prefix("totals: "));
    total
        .and_then(|it| it.split_whitespace().next()?.parse().ok())
        .ok_or_else(|| format!("{} has no totals", file.display()))
}
