//! No file of the corpora takes long.

use std::time::{Duration, Instant};

use pmta_analysis::document::Document;

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
