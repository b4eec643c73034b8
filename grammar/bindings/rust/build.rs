//! Compiles the generated parser and the scanner.

use std::path::Path;

fn main() {
    let source = Path::new("src");
    let mut build = cc::Build::new();
    build
        .std("c11")
        .include(source)
        // A parser without optimisation makes every test slow.
        .opt_level(2)
        .flag_if_supported("-Wno-unused-parameter")
        .flag_if_supported("-Wno-unused-but-set-variable")
        .file(source.join("parser.c"))
        .file(source.join("scanner.c"));
    if std::env::var("CARGO_CFG_TARGET_ENV").is_ok_and(|env| env == "msvc") {
        build.flag("-utf-8");
    }
    build.compile("tree-sitter-pmta");
    println!("cargo:rerun-if-changed=src");
}
