//! What a keystroke costs does not grow with the file.
//!
//! Instructions are counted, for times say little on a busy machine. Without valgrind nothing is
//! measured, and continuous integration fails.

use pmta_ls_tests::callgrind::{instructions, program};
use pmta_ls_tests::operations::{Growth, OPERATIONS, Operation};

/// What an operation on a file ten times as long may cost, compared with that on the short one.
const MOST: f64 = 1.5;

#[test]
fn a_keystroke_costs_the_same_in_a_long_file() {
    let operations: Vec<&Operation> = OPERATIONS
        .iter()
        .filter(|it| it.growth == Growth::Flat)
        .collect();
    let Some(program) = program() else {
        panic!("the example `measured` was not built: run all tests of the package");
    };
    let counted = [2_000, 20_000].map(|lines| instructions(&program, lines, &operations));
    let [short, long] = match counted {
        [Ok(short), Ok(long)] => [short, long],
        [Err(error), _] | [_, Err(error)] => {
            assert!(std::env::var_os("CI").is_none(), "{error}");
            println!("cost: not measured: {error}");
            return;
        }
    };
    let mut dear = Vec::new();
    for ((operation, short), long) in operations.iter().zip(&short).zip(&long) {
        let ratio = *long as f64 / *short as f64;
        println!(
            "cost: {}: {short} and {long}, {ratio:.2} times",
            operation.name
        );
        if ratio > MOST {
            dear.push(format!("{} {ratio:.2}", operation.name));
        }
    }
    assert!(dear.is_empty(), "grew by more than {MOST}: {dear:?}");
}
