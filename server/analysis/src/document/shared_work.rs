//! Work on a long text that several threads share.

use std::num::NonZero;
use std::sync::Arc;

use super::cut;
use super::run::{self, Run};
use crate::catalog::Place;

/// Shorter texts, in bytes, are not worth a thread.
const LEAST_PER_THREAD: usize = 64 * cut::SHORTEST_RUN;

/// Gives each thread its share of some work, at most so many threads.
pub(super) fn each_share<T: Send>(
    work: &mut [T],
    most_threads: usize,
    run: impl Fn(&mut [T]) + Sync,
) {
    let threads = threads(most_threads);
    if threads < 2 {
        return run(work);
    }
    let share = work.len().div_ceil(threads).max(1);
    std::thread::scope(|scope| {
        let mut shares = work.chunks_mut(share);
        let own = shares.next();
        for share in shares {
            scope.spawn(|| run(share));
        }
        if let Some(own) = own {
            run(own);
        }
    });
}

fn threads(most: usize) -> usize {
    if most < 2 {
        return 1;
    }
    most.min(std::thread::available_parallelism().map_or(1, NonZero::get))
}

/// Parses a text whose top level stands in these places. Several threads begin in different places of a long one.
///
/// Where a run begins decides how all runs behind it are cut. So what a thread found is taken from the
/// place on where one of its runs begins at the end of a run before it: there it found what one thread
/// alone would have.
pub(super) fn parse(text: &str, places: &[Place]) -> Vec<Arc<Run>> {
    let parts = parts(text, threads(text.len() / LEAST_PER_THREAD));
    parse_parts(text, parts, places)
}

fn parse_parts(text: &str, parts: Vec<(usize, usize)>, places: &[Place]) -> Vec<Arc<Run>> {
    let mut found: Vec<(usize, usize, Vec<Arc<Run>>)> = parts
        .into_iter()
        .map(|(start, end)| (start, end, Vec::new()))
        .collect();
    let most = found.len();
    each_share(&mut found, most, |share| {
        for (start, end, runs) in share {
            *runs = run::parse_from(text, *start, *end, places);
        }
    });
    let mut all: Vec<Arc<Run>> = Vec::new();
    let mut at: usize = 0;
    let parse_until = |all: &mut Vec<Arc<Run>>, at: &mut usize, end: usize| {
        let runs = run::parse_from(text, *at, end, places);
        *at = runs
            .iter()
            .fold(*at, |at, run| at.saturating_add(run.length()));
        all.extend(runs);
    };
    for (start, end, runs) in found {
        let mut begin = start;
        for run in runs {
            parse_until(&mut all, &mut at, begin);
            let length = run.length();
            if at == begin {
                at = at.saturating_add(length);
                all.push(run);
            }
            begin = begin.saturating_add(length);
        }
        parse_until(&mut all, &mut at, end);
    }
    all
}

/// About so many parts of a text, each from where a run may begin to where the next part begins.
fn parts(text: &str, count: usize) -> Vec<(usize, usize)> {
    let share = text.len().div_ceil(count.max(1)).max(1);
    let mut parts = Vec::with_capacity(count);
    let mut start: usize = 0;
    while start < text.len() {
        let near = start.saturating_add(share);
        let line = text
            .as_bytes()
            .get(near..)
            .and_then(|rest| rest.iter().position(|byte| *byte == b'\n'))
            .map(|at| near.saturating_add(at).saturating_add(1));
        let end = match line.and_then(|line| Some((line, text.get(line..)?))) {
            Some((line, rest)) => line.saturating_add(cut::next(rest, cut::SHORTEST_RUN)),
            None => text.len(),
        };
        parts.push((start, end));
        start = end;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lengths(runs: &[Arc<Run>]) -> Vec<usize> {
        runs.iter().map(|run| run.length()).collect()
    }

    /// Parses in so many parts, and says whether that gives the same runs as one part.
    fn is_same(text: &str, count: usize) -> bool {
        let places = [Place::GLOBAL];
        let alone = run::parse_all(text, &places);
        lengths(&parse_parts(text, parts(text, count), &places)) == lengths(&alone)
    }

    #[test]
    fn parts_give_the_runs_of_the_whole() {
        let section = "<virtual-mta a>\n    max-smtp-out 1\n    <domain *>\n        dkim-sign yes\n    </domain>\n</virtual-mta>\n";
        let plain = "host-name a.example.com\n# a comment\n";
        let open = "<domain a>\nmax-smtp-out 1\n";
        for text in [
            section.repeat(2_000),
            plain.repeat(3_000),
            open.repeat(2_000),
            format!("{}{}", section.repeat(500), open.repeat(500)),
            format!("{}{}{}", plain.repeat(900), open, section.repeat(900)),
            format!("{}\\\n{}", plain.repeat(900), section.repeat(900)),
        ] {
            for count in [2, 3, 7] {
                assert!(is_same(&text, count), "{count} parts of {:.60}", text);
            }
        }
    }
}
