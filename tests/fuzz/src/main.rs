//! libFuzzer with the target that `PMTA_FUZZ_TARGET` names.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use pmta_ls_fuzz::{Target, target};

static TARGET: LazyLock<&Target> = LazyLock::new(|| {
    let name = std::env::var("PMTA_FUZZ_TARGET").unwrap_or_default();
    target(&name).unwrap_or_else(|| panic!("PMTA_FUZZ_TARGET names no target: {name:?}"))
});

fuzz_target!(|bytes: &[u8]| (TARGET.run)(bytes));
