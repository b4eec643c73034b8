//! Does operations once each on a generated file, for a tool that counts instructions.
//!
//! `measured SHAPE LINES [OPERATION]…`: a line for each operation, in order, with what it gave. Each is
//! done twice before, so that only what costs every time is counted. Without operations the memory that the open file takes is told instead, in KiB.

use std::io::Write as _;

use pmta_ls_tests::generator::{Shape, generate};
use pmta_ls_tests::operations::{before_measuring, measured_once, operation};
use pmta_ls_tests::session::Session;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [shape, lines, operations @ ..] = arguments.as_slice() else {
        panic!("measured SHAPE LINES [OPERATION]…");
    };
    let Some(shape) = Shape::named(shape) else {
        panic!("{shape} is no shape");
    };
    let lines: usize = lines.parse().unwrap_or_default();
    let mut out = std::io::stdout().lock();
    let before = resident();
    let mut session = Session::open(generate(lines, shape));
    if operations.is_empty() {
        let taken = resident().saturating_sub(before);
        let _ = writeln!(out, "{} {taken}", session.text.len());
    }
    for name in operations {
        let Some(operation) = operation(name) else {
            panic!("{name} is no operation");
        };
        (operation.run)(&mut session);
        (operation.run)(&mut session);
        before_measuring();
        let _ = writeln!(out, "{name} {}", measured_once(operation, &mut session));
    }
}

/// The memory that this process takes, in KiB; 0 where the system does not tell.
fn resident() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let number = line.and_then(|line| line.split_whitespace().next());
    number.and_then(|it| it.parse().ok()).unwrap_or_default()
}
