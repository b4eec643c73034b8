//! No file of the corpora takes long.

use std::time::{Duration, Instant};

use pmta_analysis::document::Document;
use pmta_analysis::folding::folding;
use pmta_analysis::format::{FormatOptions, format, format_range};
use pmta_analysis::inlay_hints::{InlayOptions, inlay_hints};
use pmta_analysis::semantic_tokens::semantic_tokens;
use pmta_analysis::text::TextRange;
use pmta_ls_tests::generator::{Shape, generate};

/// Generous for a machine under load and a build without optimisation; a release build takes a few
/// milliseconds at the most.
const LIMIT: Duration = if cfg!(debug_assertions) {
    Duration::from_millis(2_000)
} else {
    Duration::from_millis(50)
};

#[test]
fn every_file_is_analysed_quickly() {
    let mut longest = (Duration::ZERO, String::new());
    for (path, bytes) in super::read_all("quick") {
        let start = Instant::now();
        let findings = Document::from_bytes(&bytes).findings().len();
        let took = start.elapsed();
        if took > longest.0 {
            longest = (took, format!("{} with {findings} findings", path.display()));
        }
    }
    println!("quick: the longest took {:?}: {}", longest.0, longest.1);
    assert!(longest.0 < LIMIT, "{longest:?}");
}

/// Generous too: what grows faster than the file takes minutes.
const LIMIT_OF_LONG_FILES: Duration = Duration::from_secs(10);

#[test]
fn long_files_are_formatted_coloured_and_folded_quickly() {
    for shape in [Shape::Nested, Shape::Flat] {
        let text = generate(50_000, shape);
        let all = TextRange::of(0, text.len());
        let document = Document::new(&text);
        let start = Instant::now();
        let edits = format(&document, &FormatOptions::default()).len();
        let formatted = start.elapsed();
        let tokens = semantic_tokens(&document, all).len();
        let coloured = start.elapsed();
        let folds = folding(&document).len();
        let folded = start.elapsed();
        let hints = inlay_hints(&document, all, InlayOptions::default()).len();
        let hinted = start.elapsed();
        println!(
            "quick: {shape:?}, {} lines: {edits} edits by {formatted:?}, {tokens} tokens by \
             {coloured:?}, {folds} folds by {folded:?}, {hints} hints by {hinted:?}",
            text.lines().count()
        );
        assert!(hinted < LIMIT_OF_LONG_FILES, "{shape:?}: {hinted:?}");

        let middle = text[..text.len() / 2].rfind('\n').unwrap_or(0) + 1;
        let here = TextRange::of(middle, middle + 200);
        let start = Instant::now();
        let tokens = semantic_tokens(&document, here).len();
        let coloured = start.elapsed();
        let hints = inlay_hints(&document, here, InlayOptions::default()).len();
        let hinted = start.elapsed();
        let edits = format_range(&document, here, &FormatOptions::default()).len();
        let formatted = start.elapsed();
        println!(
            "quick: {shape:?}, a few lines: {tokens} tokens by {coloured:?}, {hints} hints by \
             {hinted:?}, {edits} edits by {formatted:?}"
        );
        assert!(hinted < LIMIT, "{shape:?}: {hinted:?}");
    }
}
