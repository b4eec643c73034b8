//! Writes a generated configuration: `generate SHAPE LINES`.

use std::io::Write as _;

use pmta_ls_tests::generator::{Shape, generate};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [shape, lines] = arguments.as_slice() else {
        panic!("generate SHAPE LINES");
    };
    let text = generate(
        lines.parse().unwrap_or_default(),
        Shape::named(shape).unwrap_or_else(|| panic!("{shape} is no shape")),
    );
    let _ = std::io::stdout().write_all(text.as_bytes());
}
