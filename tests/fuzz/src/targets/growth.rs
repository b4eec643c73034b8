//! No text takes time that grows faster than the text: a piece that stands there sixteen times as often
//! takes not much more than sixteen times as long.

use std::hint::black_box;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use pmta_analysis::document::Document;
use pmta_analysis::findings::findings;
use pmta_analysis::folding::folding;
use pmta_analysis::format::{FormatOptions, format};
use pmta_analysis::semantic_tokens::semantic_tokens;
use pmta_analysis::symbols::document_symbols;
use pmta_analysis::text::TextRange;
use pmta_analysis::workspace::Workspace;

use crate::input::Input;

/// Bytes of the short and of the long text.
const SHORT: usize = 1 << 10;
const TIMES: u32 = 16;

/// How much longer than in proportion the long text may take, for caches and other programs, and how
/// long it may take in any case.
const SLACK: u32 = 3;
const NEVER_MIND: Duration = Duration::from_millis(400);

/// Most times that it is measured again: other programs run as well.
const MOST_TRIES: usize = 4;

/// Runs it.
pub(super) fn run(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let before = usize::from(input.byte() % 32);
    let before = input.text(before);
    let piece = input.rest();
    if piece.is_empty() {
        return;
    }
    let text = |length: usize| before.clone() + &piece.repeat(length / piece.len() + 1);
    let (short, long) = (text(SHORT), text(SHORT * TIMES as usize));
    let mut best: Option<(Duration, Duration)> = None;
    for _ in 0..MOST_TRIES {
        let (short, long) = (time(&short), time(&long));
        let (short, long) = match best {
            Some(best) => (short.max(best.0), long.min(best.1)),
            None => (short, long),
        };
        if long <= NEVER_MIND || long <= short * TIMES * SLACK {
            return;
        }
        best = Some((short, long));
    }
    panic!("{best:?} for {piece:?} behind {before:?}");
}

/// How long it takes to open a text and to show it.
fn time(text: &str) -> Duration {
    let started = Instant::now();
    let document = Document::new(text);
    let all = TextRange::of(0, text.len());
    let (workspace, file) = Workspace::alone(PathBuf::from("/etc/pmta/config"), document);
    black_box(findings(&workspace, file));
    black_box(document_symbols(&workspace, file));
    if let Some(document) = workspace.document(file) {
        black_box(folding(document));
        black_box(semantic_tokens(document, all));
        black_box(format(document, &FormatOptions::default()));
    }
    started.elapsed()
}
