//! The allocator of the program that is released. That of musl is slow, all the more with several threads.

use std::ffi::{c_int, c_long};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The number of the option in `mimalloc.h`: milliseconds until memory that nobody needs is given back.
const PURGE_DELAY: c_int = 15;

#[expect(
    unsafe_code,
    reason = "the allocator is written in C, and its crate does not speak of its options"
)]
mod options {
    use super::{c_int, c_long};

    // SAFETY: `mimalloc.h` declares it so. It stores a number of which any value is allowed.
    unsafe extern "C" {
        pub(super) safe fn mi_option_set(option: c_int, value: c_long);
    }
}

/// Gives memory back when it is free. Each thread would keep its own for a second, and by then the thread
/// that did the work of a moment has nothing to do in which it could give it back: days later half of the
/// process would be such memory.
pub(crate) fn keep_nothing() {
    options::mi_option_set(PURGE_DELAY, 0);
}
