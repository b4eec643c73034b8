//! When and how the process ends.
//!
//! It ends after `exit`, at the end of its input, when the editor that started it is gone, and when
//! a text may have been left half changed by a panic. Whatever hangs, it ends soon.

use std::cell::Cell;
use std::io::{self, Read};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, ready};
use std::thread;
use std::time::Duration;

use tokio::io::{AsyncRead, ReadBuf};
use tokio::sync::mpsc;

use crate::{log, views};

/// Status of a process whose texts cannot be trusted any more.
pub const PANIC_STATUS: i32 = 101;

/// Time to send what is on its way when the end has come.
const LAST_MOMENTS: Duration = Duration::from_millis(1_000);

/// Bytes read at a time, and how many of such pieces may wait.
const PIECE: usize = 64 << 10;
const MOST_PIECES: usize = 256;

/// Time between two looks at the process that started this one.
const WATCH_INTERVAL: Duration = Duration::from_millis(500);

/// What decides about the end of the process.
#[derive(Debug, Default)]
pub struct Lifetime {
    shutdown_seen: AtomicBool,
    is_ending: AtomicBool,
}

impl Lifetime {
    /// Remembers that the client asked for the end.
    pub fn see_shutdown(&self) {
        self.shutdown_seen.store(true, Ordering::SeqCst);
    }

    /// The status of the process if it ended now: 0 after `shutdown`, else 1.
    #[must_use]
    pub fn status(&self) -> i32 {
        i32::from(!self.shutdown_seen.load(Ordering::SeqCst))
    }

    /// Ends the process in a moment, if nothing else does before.
    pub fn end_soon(self: &Arc<Self>) {
        if self.is_ending.swap(true, Ordering::SeqCst) {
            return;
        }
        let lifetime = Arc::clone(self);
        thread::spawn(move || {
            thread::sleep(LAST_MOMENTS);
            leave(lifetime.status());
        });
    }

    /// Ends the process when this one, which started it, is gone.
    pub fn end_with(self: &Arc<Self>, parent: u32) {
        let lifetime = Arc::clone(self);
        thread::spawn(move || {
            while is_alive(parent) {
                thread::sleep(WATCH_INTERVAL);
            }
            log::info(format_args!(
                "process {parent}, which started this one, is gone"
            ));
            leave(lifetime.status());
        });
    }
}

/// Ends the process and leaves no files behind.
fn leave(status: i32) -> ! {
    views::remove_all();
    std::process::exit(status);
}

/// Whether a process is there and at work: one that has ended and waits to be looked at is not.
#[cfg(unix)]
fn is_alive(process: u32) -> bool {
    if let Ok(stat) = std::fs::read_to_string(format!("/proc/{process}/stat")) {
        // The state follows the name, which stands in parentheses and may hold some itself.
        let state = stat
            .rsplit_once(')')
            .and_then(|(_, rest)| rest.trim_start().chars().next());
        return !matches!(state, Some('Z' | 'X'));
    }
    let process = i32::try_from(process)
        .ok()
        .and_then(rustix::process::Pid::from_raw);
    let Some(process) = process else { return false };
    rustix::process::test_kill_process(process) != Err(rustix::io::Errno::SRCH)
}

/// Elsewhere the end of the input is the sign.
#[cfg(not(unix))]
fn is_alive(_: u32) -> bool {
    true
}

/// An input whose end is the end of the process, however busy it is: a thread of its own reads.
#[derive(Debug)]
pub struct Input {
    pieces: mpsc::Receiver<Vec<u8>>,
    piece: Vec<u8>,
    passed: usize,
}

impl Input {
    /// Reads from `source`.
    pub fn new(mut source: impl Read + Send + 'static, lifetime: Arc<Lifetime>) -> Self {
        let (sender, pieces) = mpsc::channel(MOST_PIECES);
        thread::spawn(move || {
            let mut buffer = vec![0; PIECE];
            loop {
                let length = match source.read(&mut buffer) {
                    Ok(length) => length,
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                    Err(_) => 0,
                };
                let piece = buffer.get(..length).unwrap_or_default();
                if piece.is_empty() || sender.blocking_send(piece.to_vec()).is_err() {
                    break;
                }
            }
            lifetime.end_soon();
        });
        Self {
            pieces,
            piece: Vec::new(),
            passed: 0,
        }
    }
}

impl AsyncRead for Input {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.passed >= self.piece.len() {
            self.piece = ready!(self.pieces.poll_recv(context)).unwrap_or_default();
            self.passed = 0;
        }
        let rest = self.piece.get(self.passed..).unwrap_or_default();
        let (now, _) = rest.split_at(rest.len().min(buffer.remaining()));
        buffer.put_slice(now);
        self.passed = self.passed.saturating_add(now.len());
        Poll::Ready(Ok(()))
    }
}

thread_local! {
    static IS_CONTAINED: Cell<bool> = const { Cell::new(false) };
}

/// Runs something whose panic hurts nobody else: it only reads.
pub fn contained<T>(run: impl FnOnce() -> T) -> T {
    struct Leave;
    impl Drop for Leave {
        fn drop(&mut self) {
            IS_CONTAINED.set(false);
        }
    }
    IS_CONTAINED.set(true);
    let _leave = Leave;
    run()
}

/// Makes a panic end the process, unless it is [`contained`]: a text that was being changed may be
/// anything now, and an editor starts its server again.
pub fn end_on_panic() {
    std::panic::set_hook(Box::new(|panic| {
        // The message is left out: it may quote the configuration, passwords and all.
        let place = panic
            .location()
            .map(ToString::to_string)
            .unwrap_or_default();
        log::error(format_args!("panic at {place}"));
        if !IS_CONTAINED.get() {
            leave(PANIC_STATUS);
        }
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn processes_that_have_ended_are_not_alive() {
        assert!(is_alive(std::process::id()));
        let mut child = std::process::Command::new("true").spawn().unwrap();
        let id = child.id();
        while is_alive(id) {
            thread::sleep(Duration::from_millis(5));
        }
        child.wait().unwrap();
        assert!(!is_alive(id));
        assert!(!is_alive(0));
    }

    #[test]
    fn the_status_tells_whether_the_client_asked() {
        let lifetime = Lifetime::default();
        assert_eq!(lifetime.status(), 1);
        lifetime.see_shutdown();
        assert_eq!(lifetime.status(), 0);
    }
}
