//! Where work is done: on the thread that reads and writes messages, or on one of its own.
//!
//! To wake another thread and to be woken by it takes longer than most answers. So what has lately been
//! short is done at once, and only what was long, or is not known yet, where it delays nobody.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hash, RandomState};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::oneshot;

use crate::exit::contained;

/// Nobody notices that the other messages wait for this long.
const SHORT: Duration = Duration::from_millis(4);

/// Work of a kind has to be short this often, one time after the other, before it is taken for short, and
/// this often when it has been long.
const TRIALS: u8 = 2;
const TRIALS_AFTER_LONG: u8 = 8;

/// Kinds of work that are remembered.
const MOST_KINDS: usize = 1 << 12;

/// Work that takes about the same time each time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Kind(u64);

/// How long work took lately; all copies share it.
#[derive(Clone, Debug, Default)]
pub struct Pace(Arc<Known>);

#[derive(Debug, Default)]
struct Known {
    hasher: RandomState,
    /// How often work of a kind has to be short before it is taken for short.
    trials: Mutex<HashMap<Kind, u8>>,
}

impl Pace {
    /// The kind of work that is called so and is done for this.
    #[must_use]
    pub fn kind(&self, name: &str, of: impl Hash) -> Kind {
        Kind(self.0.hasher.hash_one((name, of)))
    }

    fn trials(&self) -> MutexGuard<'_, HashMap<Kind, u8>> {
        let trials = self.0.trials.lock();
        trials.unwrap_or_else(PoisonError::into_inner)
    }

    /// Does work that only reads; nothing comes back if it panicked. Work of no kind is never taken for
    /// short.
    pub async fn work<T: Send + 'static>(
        &self,
        kind: Option<Kind>,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Option<T> {
        let (sender, done) = oneshot::channel();
        let pace = self.clone();
        // One type for all work keeps the program small.
        let work: Box<dyn FnOnce() + Send> = Box::new(move || {
            let started = Instant::now();
            let result = work();
            if let Some(kind) = kind {
                pace.see(kind, started.elapsed());
            }
            // If nobody waits any more, nobody misses it.
            let _ = sender.send(result);
        });
        if kind.is_some_and(|kind| self.is_short(kind)) {
            // A panic takes the sender with it, here as on a thread.
            let _ = catch_unwind(AssertUnwindSafe(|| contained(work)));
        } else {
            tokio::task::spawn_blocking(move || contained(work));
        }
        done.await.ok()
    }

    fn is_short(&self, kind: Kind) -> bool {
        self.trials().get(&kind) == Some(&0)
    }

    /// Remembers how long work of a kind took.
    fn see(&self, kind: Kind, took: Duration) {
        let mut trials = self.trials();
        if trials.len() >= MOST_KINDS {
            trials.clear();
        }
        let left = trials.entry(kind).or_insert(TRIALS);
        *left = if took > SHORT {
            TRIALS_AFTER_LONG
        } else {
            left.saturating_sub(1)
        };
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    fn run<T>(work: impl Future<Output = T>) -> T {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap();
        runtime.block_on(work)
    }

    /// Whether work of a kind is done on this thread.
    fn is_done_here(pace: &Pace, kind: Option<Kind>) -> bool {
        let there = run(pace.work(kind, || thread::current().id()));
        there == Some(thread::current().id())
    }

    fn fails(pace: &Pace, kind: Option<Kind>) -> bool {
        run(pace.work(kind, || -> u8 { panic!("a test wants it") })).is_none()
    }

    #[test]
    fn work_that_was_short_is_done_at_once() {
        let pace = Pace::default();
        let kind = pace.kind("hover", "a");
        let is_short_after = |took: Duration| {
            pace.see(kind, took);
            pace.is_short(kind)
        };
        assert!(!pace.is_short(kind));
        assert!(!is_short_after(SHORT));
        assert!(is_short_after(SHORT));
        assert!(is_short_after(Duration::ZERO));
        // Once it is long, it takes some time until it is trusted again.
        assert!(!is_short_after(SHORT * 2));
        assert!((1..TRIALS_AFTER_LONG).all(|_| !is_short_after(SHORT)));
        assert!(is_short_after(SHORT));
        assert!(is_done_here(&pace, Some(kind)));
        // Other work says nothing about it, and some is never trusted.
        assert!(!is_done_here(&pace, Some(pace.kind("hover", "b"))));
        assert!((0..9).all(|_| !is_done_here(&pace, None)));
    }

    #[test]
    fn work_is_measured() {
        let pace = Pace::default();
        let kind = pace.kind("hover", "a");
        pace.see(kind, SHORT);
        pace.see(kind, SHORT);
        assert!(pace.is_short(kind));
        run(pace.work(Some(kind), || thread::sleep(SHORT * 2)));
        assert!(!pace.is_short(kind));
    }

    #[test]
    fn a_panic_hurts_nobody_wherever_it_happens() {
        let pace = Pace::default();
        let kind = pace.kind("hover", "a");
        assert!(fails(&pace, Some(kind)));
        pace.see(kind, SHORT);
        pace.see(kind, SHORT);
        assert!(fails(&pace, Some(kind)));
        assert!(fails(&pace, None));
        assert!(is_done_here(&pace, Some(kind)));
    }

    #[test]
    fn what_is_remembered_is_bounded() {
        let pace = Pace::default();
        for number in 0..MOST_KINDS * 2 + 10 {
            pace.see(pace.kind("hover", number), Duration::ZERO);
        }
        assert!(pace.trials().len() <= MOST_KINDS);
    }
}
