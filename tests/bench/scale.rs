//! What each operation costs, by the size of the configuration. Prints tables.
//!
//! `cargo bench -p pmta-ls-tests --bench scale [-- LINES…]`; instructions are counted where valgrind
//! is there.

use std::io::Write as _;
use std::process::Command;
use std::time::{Duration, Instant};

use pmta_ls_tests::callgrind;
use pmta_ls_tests::generator::{Shape, generate};
use pmta_ls_tests::operations::{Growth, OPERATIONS, Operation, measured_once};
use pmta_ls_tests::session::Session;

/// The sizes measured if none are given.
const SIZES: [usize; 4] = [200, 2_000, 20_000, 200_000];

/// Instructions are counted up to this size: valgrind is slow.
const LONGEST_COUNTED: usize = 20_000;

/// No operation is repeated for longer than this.
const LONGEST: Duration = Duration::from_secs(2);

/// How often an operation is repeated, if it is quick.
const TIMES: usize = 101;

fn main() {
    let asked = std::env::args().filter_map(|it| it.parse().ok());
    let asked: Vec<usize> = asked.collect();
    let sizes = if asked.is_empty() {
        SIZES.to_vec()
    } else {
        asked
    };
    tell(
        "Microseconds, median",
        &sizes,
        &sizes.iter().map(|lines| times(*lines)).collect::<Vec<_>>(),
    );
    let counted: Vec<usize> = sizes
        .into_iter()
        .filter(|lines| *lines <= LONGEST_COUNTED)
        .collect();
    match counts(&counted) {
        Ok(columns) => tell("Thousand instructions", &counted, &columns),
        Err(error) => say(&format!("Instructions are not counted: {error}\n")),
    }
    for shape in ["nested", "flat"] {
        memory(shape);
    }
}

/// The median of each operation, in microseconds.
fn times(lines: usize) -> Vec<f64> {
    let mut session = Session::open(generate(lines, Shape::Nested));
    OPERATIONS
        .iter()
        .map(|operation| {
            let begin = Instant::now();
            let mut taken = Vec::new();
            while taken.len() < TIMES && begin.elapsed() < LONGEST {
                let start = Instant::now();
                measured_once(operation, &mut session);
                taken.push(start.elapsed());
            }
            taken.sort_unstable();
            let median = taken.get(taken.len() / 2).copied().unwrap_or_default();
            median.as_secs_f64() * 1e6
        })
        .collect()
}

/// The instructions of each operation, in thousands.
fn counts(sizes: &[usize]) -> Result<Vec<Vec<f64>>, String> {
    let program = callgrind::program().ok_or("the example `measured` was not built")?;
    let operations: Vec<&Operation> = OPERATIONS.iter().collect();
    sizes
        .iter()
        .map(|lines| {
            let counted = callgrind::instructions(&program, *lines, &operations)?;
            Ok(counted.into_iter().map(|it| it as f64 / 1e3).collect())
        })
        .collect()
}

/// The memory that an open file takes, beside the size of its text.
fn memory(shape: &str) {
    let Some(program) = callgrind::program() else {
        return;
    };
    say(&format!(
        "\nMemory, {shape}\n\n| lines | text, MB | memory, MB | times |\n|---|---|---|---|\n"
    ));
    for lines in SIZES {
        let told = Command::new(&program)
            .arg(shape)
            .arg(lines.to_string())
            .output();
        let told = told.map(|it| String::from_utf8_lossy(&it.stdout).into_owned());
        let told = told.unwrap_or_default();
        let numbers: Vec<f64> = told
            .split_whitespace()
            .filter_map(|it| it.parse().ok())
            .collect();
        let [text, taken] = numbers.as_slice() else {
            continue;
        };
        let (text, taken) = (text / 1e6, taken * 1024.0 / 1e6);
        say(&format!(
            "| {lines} | {text:.1} | {taken:.1} | {:.1} |\n",
            taken / text
        ));
    }
}

fn tell(title: &str, sizes: &[usize], columns: &[Vec<f64>]) {
    let mut table = format!("\n{title}\n\n| operation | grows |");
    for lines in sizes {
        table.push_str(&format!(" {lines} lines |"));
    }
    table.push_str(&format!("\n|---|---|{}\n", "---|".repeat(sizes.len())));
    for (row, operation) in OPERATIONS.iter().enumerate() {
        let grows = match operation.growth {
            Growth::Flat => "no",
            Growth::Linear => "yes",
        };
        table.push_str(&format!("| {} | {grows} |", operation.name));
        for column in columns {
            let value = column.get(row).copied().unwrap_or_default();
            table.push_str(&format!(" {value:.0} |"));
        }
        table.push('\n');
    }
    say(&table);
}

fn say(text: &str) {
    let _ = std::io::stdout().write_all(text.as_bytes());
}
