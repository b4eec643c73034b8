//! How far a long check is, for the person at the terminal.

use std::io::{self, IsTerminal as _, Write};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// Work that takes less says nothing.
const LONG: Duration = Duration::from_secs(1);

/// How often the line is written again.
const AGAIN: Duration = Duration::from_millis(200);

/// Goes to the start of the line and deletes it.
const ERASE: &str = "\r\x1b[K";

/// A line on a terminal that lives as long as this does.
#[derive(Debug, Default)]
pub(crate) struct Progress {
    running: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Progress {
    /// Tells on standard error how far work is, if that is a terminal and the work takes long. `state`
    /// says it in a few words.
    #[must_use]
    pub(crate) fn of(state: impl Fn() -> String + Send + 'static) -> Self {
        let is_dumb = std::env::var_os("TERM").is_none_or(|term| term == "dumb");
        if is_dumb || !io::stderr().is_terminal() {
            return Self::default();
        }
        Self::on(io::stderr(), LONG, state)
    }

    fn on(
        mut out: impl Write + Send + 'static,
        long: Duration,
        state: impl Fn() -> String + Send + 'static,
    ) -> Self {
        let (finished, waiting) = mpsc::channel::<()>();
        let started = Instant::now();
        let tell = move || {
            let mut is_shown = false;
            let mut wait = long;
            while waiting.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
                let seconds = started.elapsed().as_secs();
                // A terminal that takes nothing any more is no reason to stop the work.
                let _ = write!(out, "{ERASE}{} ({seconds} s)", state());
                let _ = out.flush();
                is_shown = true;
                wait = AGAIN;
            }
            if is_shown {
                let _ = write!(out, "{ERASE}");
                let _ = out.flush();
            }
        };
        Self {
            running: Some((finished, std::thread::spawn(tell))),
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((finished, thread)) = self.running.take() {
            drop(finished);
            let _ = thread.join();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;

    #[derive(Clone, Default)]
    struct Terminal(Arc<Mutex<Vec<u8>>>);

    impl Write for Terminal {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn shown(long: Duration, work: Duration) -> String {
        let terminal = Terminal::default();
        let progress = Progress::on(terminal.clone(), long, || "Checking".to_owned());
        std::thread::sleep(work);
        drop(progress);
        String::from_utf8(terminal.0.lock().unwrap().clone()).unwrap()
    }

    #[test]
    fn long_work_is_told_and_the_line_deleted() {
        let text = shown(Duration::ZERO, Duration::from_millis(50));
        assert!(text.starts_with("\r\x1b[KChecking (0 s)"), "{text:?}");
        assert!(text.ends_with(ERASE), "{text:?}");
    }

    #[test]
    fn short_work_says_nothing() {
        assert_eq!(shown(Duration::from_secs(60), Duration::ZERO), "");
    }
}
