//! Things that go wrong on demand, for tests of what happens then. Does nothing in a build for users.

use crate::requests::Cancellation;

/// Panics the first time that the method named by `PMTA_LS_TEST_PANIC` comes here.
#[cfg(feature = "fault-injection")]
#[expect(clippy::panic, reason = "that is what it is for")]
pub(crate) fn at(method: &str) {
    use std::sync::atomic::{AtomicBool, Ordering};
    static HAS_HAPPENED: AtomicBool = AtomicBool::new(false);
    let is_wanted = std::env::var("PMTA_LS_TEST_PANIC").is_ok_and(|wanted| wanted == method);
    if is_wanted && !HAS_HAPPENED.swap(true, Ordering::Relaxed) {
        panic!("a test wants it");
    }
}

/// Would panic if this were a build for tests.
#[cfg(not(feature = "fault-injection"))]
#[inline]
pub(crate) fn at(_: &str) {}

/// Waits until work is cancelled, where a test has set `PMTA_LS_TEST_SLOW`.
pub(crate) fn wait_for_cancellation(cancellation: &Cancellation) {
    while is_set("PMTA_LS_TEST_SLOW") && !cancellation.is_cancelled() {
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
}

/// Whether a test has set this variable.
pub(crate) fn is_set(variable: &str) -> bool {
    cfg!(feature = "fault-injection") && std::env::var_os(variable).is_some()
}
