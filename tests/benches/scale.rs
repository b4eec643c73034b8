//! Parse and analysis of generated files, and one-character edits, by size. Prints a table.

use std::time::{Duration, Instant};

use pmta_analysis::document::Document;
use pmta_ls_tests::generator::{Shape, generate};

fn main() {
    let sizes = [2_000, 20_000, 200_000];
    let mut table = String::from(
        "| shape | lines | MB | open, ms | lines/s | edit, µs (median of 200) | worst |\n|---|---|---|---|---|---|---|\n",
    );
    for shape in [Shape::Nested, Shape::Flat] {
        for lines in sizes {
            let text = generate(lines, shape);
            let actual = text.matches('\n').count();
            let start = Instant::now();
            let mut document = Document::new(&text);
            let open = start.elapsed();
            let edits = edits(&mut document, &text);
            let median = edits.get(edits.len() / 2).copied().unwrap_or_default();
            let worst = edits.last().copied().unwrap_or_default();
            table.push_str(&format!(
                "| {shape:?} | {actual} | {:.1} | {:.1} | {:.0} | {:.0} | {:.0} |\n",
                text.len() as f64 / 1e6,
                open.as_secs_f64() * 1e3,
                actual as f64 / open.as_secs_f64(),
                median.as_secs_f64() * 1e6,
                worst.as_secs_f64() * 1e6,
            ));
        }
    }
    use std::io::Write as _;
    let _ = std::io::stdout().write_all(table.as_bytes());
}

/// Times of one-character edits spread over the file, sorted.
fn edits(document: &mut Document, text: &str) -> Vec<Duration> {
    let mut times: Vec<Duration> = (0..200_usize)
        .map(|number| {
            let near = text.len().saturating_mul(number) / 200;
            let at = text
                .get(near..)
                .and_then(|rest| rest.find("example"))
                .unwrap_or(0)
                .saturating_add(near);
            let at = at.saturating_add(number);
            let start = Instant::now();
            document.edit(at..at, "x");
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    times
}
