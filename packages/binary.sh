#!/usr/bin/env bash
# binary.sh DEST: builds pmta-ls for release and copies it to DEST. It runs on any Linux of this kind of
# processor: linked statically with musl, or, where rustup cannot add that target, with a glibc of 2014
# (2.17) through the compiler of the wheel `ziglang`.
#   PMTA_LS_BINARY   a program that is built already, to be copied instead
#   PMTA_LS_LIBC     musl or glibc, to decide it by hand
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
[ $# -eq 1 ] || { echo "usage: binary.sh DEST" >&2; exit 2; }
dest=$1
target=${CARGO_TARGET_DIR:-$root/target}
machine=$(uname -m)

say() { printf -- '-- %s\n' "$*" >&2; }

musl() {
    rustup target add "$machine-unknown-linux-musl" >/dev/null 2>&1 || return 1
    command -v musl-gcc >/dev/null || { echo "binary.sh needs musl-gcc: apt-get install musl-tools" >&2; exit 2; }
}

with_musl() {
    local triple=$machine-unknown-linux-musl
    say "building for $triple"
    local variable=CC_${triple//-/_}
    (cd "$root" && env "$variable=musl-gcc" cargo build --quiet --release --locked --target "$triple" -p pmta-ls)
    built=$target/$triple/release/pmta-ls
}

with_glibc() {
    local triple=$machine-unknown-linux-gnu
    say "building for $triple with symbols of glibc 2.17 at most"
    local tools=$target/zig
    [ -x "$tools/bin/cargo-zigbuild" ] || {
        python3 -m venv "$tools"
        "$tools/bin/pip" install --quiet --disable-pip-version-check ziglang==0.15.2 cargo-zigbuild==0.24.0
    }
    (cd "$root" && PATH=$tools/bin:$PATH cargo zigbuild --quiet --release --locked --target "$triple.2.17" -p pmta-ls)
    built=$target/$triple/release/pmta-ls
}

built=${PMTA_LS_BINARY:-}
if [ -z "$built" ]; then
    libc=${PMTA_LS_LIBC:-}
    [ -n "$libc" ] || if musl; then libc=musl; else libc=glibc; fi
    "with_$libc"
fi
install -D -m 755 "$built" "$dest"
# Whatever linker was used.
strip "$dest"
